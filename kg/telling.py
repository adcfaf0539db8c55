"""What the resolution graph of one level says of a story, and how that changes.

Every line has its owners: an actor, a pair of profiles, an event, a claim, a document.  An owner is told anew when
it may
have changed; a line comes with its first owner and goes with its last one.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg import iris, shapes
from kg.nquads import boolean, decimal, integer, iri, string, typed
from kg.rdf.actors import rebased
from kg.resolve.across import claims, events
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.neighbours import APART, MAYBE, SAME
from kg.resolve.across.reasons import sentence
from kg.resolve.across.story import Changed, Story
from kg.resolve.known import KnownActors
from kg.terms import KG, RDF, SKOS, XSD

Fetch = Callable[[str], Abstract]
MAYBE_SAME = "maybeSameAs"


class Teller:
    """Tells *story*, in a graph whose base is *base*; *fetch* gives the abstract of a document of it."""

    def __init__(self, story: Story, base: str, fetch: Fetch) -> None:
        self.story, self.memory, self.base, self._fetch = story, story.memory, base, fetch
        self._known = {rebased(one, base): one for one in KnownActors.load().by_iri}
        self._counts: Counter[str] = Counter()
        self._gone: set[str] = set()
        self._come: set[str] = set()

    def tell(self, changed: Changed) -> tuple[set[bytes], set[bytes]]:
        """The triples (N-Triples) that go and that come because of what *changed*."""
        for actor in sorted(changed.actors):
            self._say(f"actor {actor}", self._actor(actor))
        for profile in sorted(self._with_partners(changed.profiles)):
            self._say(f"maybe {profile}", self._maybes(profile))
        for root in sorted(changed.roots):
            self._say(f"event {root}", self._event(root), alone=True)
        for claim in sorted(changed.claims):
            self._say(f"claim {claim}", self._claim(claim), alone=True)
        for digest in sorted(changed.documents):
            self._say(f"document {digest}", self._document(digest))
        return self._settle()

    def lines(self) -> list[str]:
        """Everything that is told, as ``subject predicate object``, sorted."""
        return sorted({line for (told,) in self.memory.each("SELECT lines FROM out") for line in unpack(told)})

    # -------------------------------------------------------------- owners
    def _say(self, owner: str, lines: Iterable[str], *, alone: bool = False) -> None:
        """Tells *owner* anew; *alone* says that no other owner tells any of its lines, so that none need be counted."""
        now = sorted(set(lines))
        what, name = owner.split(" ", 1)
        node = self.memory.id(name)
        kept = self.memory.one("SELECT lines FROM out WHERE node = ? AND what = ?", node, what)
        before = [] if kept is None else unpack(kept)
        if before == now:
            return
        if alone:
            self._gone.update(set(before).difference(now))
            self._come.update(set(now).difference(before))
        else:
            self._counts.subtract(before)
            self._counts.update(now)
        self.memory.run("DELETE FROM out WHERE node = ? AND what = ?", node, what)
        if now:
            self.memory.run("INSERT INTO out VALUES (?, ?, ?)", self.memory.number(name), what, _pack(now))

    def _settle(self) -> tuple[set[bytes], set[bytes]]:
        # What goes with one owner and comes with another stays.
        gone = {f"{line} .".encode() for line in self._gone - self._come}
        come = {f"{line} .".encode() for line in self._come - self._gone}
        self._gone, self._come = set(), set()
        for line, by in self._counts.items():
            if not by:
                continue
            digest = hashlib.blake2b(line.encode(), digest_size=16).digest()
            before = int(self.memory.one("SELECT n FROM line WHERE digest = ?", digest) or 0)
            if before + by:
                self.memory.run("INSERT OR REPLACE INTO line VALUES (?, ?)", digest, before + by)
            else:
                self.memory.run("DELETE FROM line WHERE digest = ?", digest)
            if not before:
                come.add(f"{line} .".encode())
            elif not before + by:
                gone.add(f"{line} .".encode())
        self._counts.clear()
        return gone, come

    # -------------------------------------------------------------- actors
    def _actor(self, actor: str) -> Iterable[str]:
        """Kind and names, as most documents give them; of a known actor only the names that no list has."""
        profiles = self.memory.members("iri", actor)
        node, tallies = iri(actor), self.story.actors.tallies
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
        for _, document, _ in self.story.decided.splits:
            digest = self.story.digest_of(document)
            if not digest:
                continue
            for minted, iri_ in self.story.assigned(digest).items():
                before = self.story.unsplit(digest, minted)
                if before != iri_ and actor in (before, iri_):
                    said = [
                        value
                        for name, said_what, value in self._fetch(digest).said
                        if (name, said_what) == (minted, what)
                    ]
                    found.update(said) if actor == iri_ else found.subtract(said)
        return found

    def _with_partners(self, profiles: set[str]) -> set[str]:
        partners = {
            other
            for one in profiles
            for other, label, _ in self.story.actors.nodes.scores(one)
            if label in (SAME, MAYBE, APART)
        }
        return profiles | partners

    def _maybes(self, profile: str) -> Iterable[str]:
        """The pairs left open, told by their first profile: the actors, the score, the reason."""
        layer = self.story.actors.nodes
        for other, label, score in layer.scores(profile):
            if not profile < other or label not in (SAME, MAYBE, APART):
                continue
            one, two = self._iri(profile), self._iri(other)
            if one and two and one != two and not self.story.decided.apart(one, two):
                yield from self._open(one, two, score, layer.reason(profile, other))

    def _open(self, one: str, two: str, score: float, reason: str) -> Iterable[str]:
        first, second = sorted((one, two))
        yield f"{iri(first)} {iri(KG.maybeSameAs)} {iri(second)}"
        yield f"{iri(second)} {iri(KG.maybeSameAs)} {iri(first)}"
        digest = hashlib.sha256(reason.encode()).hexdigest()[:8]
        node = f"{iris.claim_relation(self.base, MAYBE_SAME, first, second)}-{digest}"
        yield from _facts(node, (
            (RDF.type, iri(KG.PossibleIdentity)), (KG.concerns, iri(first)), (KG.concerns, iri(second)),
            (KG.reason, string(reason)), (KG.score, decimal(score)),
        ))  # fmt: skip

    def _iri(self, profile: str) -> str | None:
        return self.memory.root("iri", profile) or None

    # -------------------------------------------------------------- events
    def _event(self, root: str) -> Iterable[str]:
        """An event that several reports tell: what most say, with the first report's words; and which reports tell
        it."""
        members = self.story.events.members(root)
        told = {one: facts for one in members if (facts := self.story.events.facts(one)) is not None}
        node = self._event_iri(root)
        for one in told:
            for other, label, _ in self.story.events.scores(one):
                if label == events.PART:
                    yield from self._part(one, other)
        if len(told) < 2:
            return
        first = told[root]
        kinds = Counter(facts["kind"] for facts in told.values())
        leaf = min(kinds, key=lambda kind: (-kinds[kind], kind != first["kind"], kind))
        pairs = [(RDF.type, iri(KG.NS + name)) for name in (leaf, *shapes.superclasses(leaf))]
        pairs += [
            (SKOS.prefLabel, string(first["label"])), (KG.trigger, iri(first["trigger"])), (KG.reportedIn,
            iri(first["document"])),
            (KG.alleged, boolean(all(facts["alleged"] for facts in told.values()))),
            (KG.confidence, decimal(max(round(float(facts["confidence"]), 4) for facts in told.values()))),
        ]  # fmt: skip
        pairs += [(KG.evidence, iri(facts["trigger"])) for facts in told.values()]
        pairs += _when(told.values())
        for facts in told.values():
            for role, actors in facts["roles"].items():
                pairs += [(p, iri(a)) for a in actors for p in (KG.hasParticipant, f"{KG.NS}has{role.capitalize()}")]
        yield from _facts(node, pairs)
        yield from (f"{iri(one)} {iri(KG.sharedEvent)} {iri(node)}" for one in told)
        for later, earlier, _ in events.corrections(told.items()):
            yield f"{iri(later)} {iri(KG.corrects)} {iri(earlier)}"

    def _event_iri(self, node: str) -> str:
        """The node of the event that a report tells: shared by several reports, or the report's own."""
        root = self.story.events.root(node)
        return iris.shared_event(self.base, [root]) if len(self.story.events.members(root)) > 1 else node

    def _part(self, one: str, two: str) -> Iterable[str]:
        facts, others = self.story.events.facts(one), self.story.events.facts(two)
        if facts and others and events.inside(facts, others):
            yield f"{iri(one)} {iri(KG.subEventOf)} {iri(two)}"

    # -------------------------------------------------------------- claims
    def _claim(self, claim: str) -> Iterable[str]:
        """The relations in which *claim* is the later one, and from how many independent sources it comes."""
        layer = self.story.claims
        own = layer.facts(claim)
        if own is None:
            return
        for other, label, score in layer.scores(claim):
            facts = layer.facts(other)
            if facts is None or label not in claims.relations([label]):
                continue
            later, earlier = claims.later_first(claim, other, {claim: own["day"], other: facts["day"]})
            if later == claim:
                yield from self._relation(label, later, earlier, layer.reason(claim, other), score)
        members = layer.members(layer.root(claim))
        sources = {facts["family"] for one in members if (facts := layer.facts(one)) is not None}
        if len(members) > 1:
            yield f"{iri(claim)} {iri(KG.independentSources)} {integer(len(sources))}"

    def _relation(self, kind: str, later: str, earlier: str, reason: str, score: float) -> Iterable[str]:
        node = iris.claim_relation(self.base, kind, later, earlier)
        yield from _facts(node, (
            (RDF.type, iri(KG.ClaimRelation)), (KG.relationKind, string(kind)), (KG.fromClaim, iri(later)),
            (KG.toClaim, iri(earlier)), (KG.reason, string(sentence(reason))), (KG.reasonCode, string(reason)),
            (KG.score, decimal(score)),
        ))  # fmt: skip

    # -------------------------------------------------------------- documents
    def _document(self, digest: str) -> Iterable[str]:
        """What it copies, and what it alone says of unknown actors."""
        if not self.story.holds(digest):
            return
        abstract = self._fetch(digest)
        root = self.story.families.root(abstract.iri)
        if root != abstract.iri:
            yield f"{iri(abstract.iri)} {iri(KG.copyOf)} {iri(root)}"
        terms = {f"<{old}>": f"<{new}>" for old, new in self.story.assigned(digest).items()}
        for subject, predicate, value in abstract.rest:
            one, two = terms.get(subject, subject), terms.get(value, value)
            if one != two:
                yield f"{one} {predicate} {two}"


def _pack(lines: Iterable[str]) -> bytes:
    """*lines* as they are kept: they repeat the same IRIs over and over, so that packed they take a tenth."""
    return zlib.compress("\n".join(lines).encode(), 1)


def unpack(kept: bytes) -> list[str]:
    """The lines that `_pack` packed."""
    return zlib.decompress(kept).decode().split("\n")


def _facts(node: str, pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{iri(node)} {iri(predicate)} {value}" for predicate, value in pairs)


def _when(reports: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The days that most of the reports state, of equally frequent ones the narrower."""
    stated: Counter[tuple[str, str, str]] = Counter(
        (facts["begin"], facts["end"], facts["precision"]) for facts in reports if facts["stated"]
    )
    if not stated:
        return []
    order = {name: place for place, name in enumerate(("hour", "day", "month", "year", "range"))}
    begin, end, precision = min(stated, key=lambda one: (-stated[one], order.get(one[2], 9), one))
    return [(KG.begin, typed(begin, XSD.date)), (KG.end, typed(end, XSD.date)), (KG.precision, string(precision))]
