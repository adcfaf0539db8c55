"""What is told of actors: their kinds and names, and which of them may be one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from kg import iris
from kg.nquads import decimal, iri, string
from kg.rdf.actors import rebased
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.neighbours import APART, MAYBE, SAME
from kg.resolve.across.story import Story
from kg.resolve.known import KnownActors
from kg.telling.lines import lines_of
from kg.terms import KG, RDF, SKOS

MAYBE_SAME = "maybeSameAs"


class ActorLines:
    """The lines of actors and of pairs of profiles; *fetch* gives the abstract of a document."""

    def __init__(self, story: Story, base: str, fetch: Callable[[str], Abstract]) -> None:
        self._story, self._base, self._fetch = story, base, fetch
        self._known = {rebased(one, base): one for one in KnownActors.load().by_iri}

    def of(self, actor: str) -> Iterable[str]:
        """Kind and names, as most documents give them; of a known actor only the names that no list has."""
        profiles = self._story.memory.members("iri", actor)
        node, tallies = iri(actor), self._story.actors.tallies
        names, others, kinds = (
            tallies(profiles, what) + self._moved(actor, what) for what in ("name", "alias", "types")
        )
        aliases = {*names, *others}
        if actor in self._known:
            listed = {string(name) for _, name in KnownActors.load().by_iri[self._known[actor]].names}
            yield from (f"{node} {iri(SKOS.altLabel)} {name}" for name in aliases - listed)
            return
        if not names:
            return
        best = max(kinds, key=lambda types: (kinds[types], types.count(" "), types))
        yield from (f"{node} {iri(RDF.type)} {kind}" for kind in best.split(" "))
        name = min(names, key=lambda value: (-names[value], -len(value), value))
        yield f"{node} {iri(SKOS.prefLabel)} {name}"
        yield from (f"{node} {iri(SKOS.altLabel)} {alias}" for alias in aliases - {name})

    def _moved(self, actor: str, what: str) -> Counter[str]:
        """What documents say of the actor that a split made, or said of the one it was taken from."""
        found: Counter[str] = Counter()
        for _, document, _ in self._story.decided.splits:
            digest = self._story.digest_of(document)
            if not digest:
                continue
            for minted, iri_ in self._story.assigned(digest).items():
                before = self._story.unsplit(digest, minted)
                if before != iri_ and actor in (before, iri_):
                    said = [
                        value
                        for name, said_what, value in self._fetch(digest).said
                        if (name, said_what) == (minted, what)
                    ]
                    found.update(said) if actor == iri_ else found.subtract(said)
        return found

    def with_partners(self, profiles: set[str]) -> set[str]:
        """*profiles* and all that they were compared with and not told apart from."""
        partners = {
            other
            for one in profiles
            for other, label, _ in self._story.actors.nodes.scores(one)
            if label in (SAME, MAYBE, APART)
        }
        return profiles | partners

    def left_open(self, profile: str) -> Iterable[str]:
        """The pairs left open, told by their first profile: the actors, the score, the reason."""
        layer = self._story.actors.nodes
        for other, label, score in layer.scores(profile):
            if not profile < other or label not in (SAME, MAYBE, APART):
                continue
            one, two = self._iri(profile), self._iri(other)
            if one and two and one != two and not self._story.decided.apart(one, two):
                yield from self._open(one, two, score, layer.reason(profile, other))

    def _open(self, one: str, two: str, score: float, reason: str) -> Iterable[str]:
        first, second = sorted((one, two))
        yield f"{iri(first)} {iri(KG.maybeSameAs)} {iri(second)}"
        yield f"{iri(second)} {iri(KG.maybeSameAs)} {iri(first)}"
        digest = hashlib.sha256(reason.encode()).hexdigest()[:8]
        node = f"{iris.claim_relation(self._base, MAYBE_SAME, first, second)}-{digest}"
        yield from lines_of(node, (
            (RDF.type, iri(KG.PossibleIdentity)), (KG.concerns, iri(first)), (KG.concerns, iri(second)),
            (KG.reason, string(reason)), (KG.score, decimal(score)),
        ))  # fmt: skip

    def _iri(self, profile: str) -> str | None:
        return self._story.memory.root("iri", profile) or None
