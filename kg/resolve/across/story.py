"""One story across documents, kept true while documents come and go: what changes is found, and only that is done anew.

Layers follow each other: copies, then actors, then events (whose participants are actors), then claims (whose
speakers are
actors and whose topics events).  Each layer is a function of the set of documents and of the layers before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.resolve.across import claims, events, families
from kg.resolve.across.abstract import UNDATED, Abstract
from kg.resolve.across.decided import Decided, concerned
from kg.resolve.across.memory import Memory
from kg.resolve.across.neighbours import Neighbours
from kg.resolve.across.profiles import Profiles

_PLACES = frozenset({"GeopoliticalEntity", "Place"})
DOCUMENT, EVENT, CLAIM = "document", "event", "claim"
Fetch = Callable[[str], Abstract]
"""The abstract of the document with a digest."""


@dataclass
class Changed:
    """What may have changed: digests of *documents*, IRIs of *actors*, *profiles*, *roots* of clusters of events,
    and IRIs of *claims*."""

    documents: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    profiles: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)


class Story:
    """The story that *memory* holds; *fetch* gives abstracts of documents in it, *rebase* known actors' IRIs in the
    graph."""

    def __init__(
        self,
        memory: Memory,
        fetch: Fetch,
        *,
        rebase: Callable[[str], str] = lambda iri: iri,
        similar: claims.Similar | None = None,
    ) -> None:
        self.memory, self._fetch = memory, fetch
        self.decided = Decided()
        self._about: set[str] = set()
        self.families = Neighbours(memory, DOCUMENT, families.compare, window=families.WINDOW)
        self.actors = Profiles(memory, rebase)
        self.events = Neighbours(memory, EVENT, events.compare, window=events.WINDOW)
        self.claims = Neighbours(memory, CLAIM, claims.comparer(similar), window=claims.WINDOW, joins=claims.REPEATS)

    def documents(self, among: Iterable[str] | None = None) -> dict[str, str]:
        """Digest -> stamp of the abstract, for each document in the story, of those *among* them or of all."""
        if among is None:
            return dict(self.memory.rows("SELECT digest, stamp FROM doc"))
        one = "SELECT digest, stamp FROM doc WHERE digest = ?"
        return dict(row for digest in among for row in self.memory.rows(one, digest))

    def holds(self, digest: str) -> bool:
        return self.memory.one("SELECT 1 FROM doc WHERE digest = ?", digest) is not None

    def stamp_of(self, digest: str) -> str:
        """The stamp of the abstract as it went in."""
        return str(self.memory.one("SELECT stamp FROM doc WHERE digest = ?", digest) or "")

    def digest_of(self, document: str) -> str:
        """The digest of the document with this IRI; "" where the story does not hold it."""
        return next(iter(self._home(document)), "")

    def applied(self) -> list[list[list[str]]]:
        """The decisions that were obeyed last, as `Decided.dumps` gives them."""
        found: list[list[list[str]]] = json.loads(
            self.memory.one("SELECT value FROM meta WHERE name = 'decided'") or "[[], [], []]"
        )
        return found

    # -------------------------------------------------------------- in and out
    def settle(
        self,
        gone: Iterable[tuple[str, Abstract]],
        come: Iterable[tuple[str, str, Abstract]],
        decided: Decided | None = None,
    ) -> Changed:
        """Takes documents out (``(digest, abstract as it went in)``) and in (``(digest, stamp, abstract)``), and obeys
        what was *decided*."""
        changed = Changed()
        decided = decided or Decided()
        about = self._decide(decided)
        for digest, abstract in gone:
            self._leave(digest, abstract, changed)
        for digest, stamp, abstract in come:
            self._join(digest, stamp, abstract, changed)
        moved = {digest for node in self.families.recluster() for digest in self._home(node)}
        self.families.noted.clear()
        renamed = self._name(self.actors.settle() | about, changed)
        changed.profiles |= self.actors.nodes.noted
        self.actors.nodes.noted.clear()
        renamed |= {digest for document in self._split_in(about) for digest in self._home(document)}
        self._events(changed.documents | renamed)
        moved_events = self._told(self.events.recluster(), changed)
        changed.roots |= {self.events.root(node) for node in self.events.noted}
        self.events.noted.clear()
        homes = {digest for node in moved_events for digest in self._home(node)}
        self._claims(changed.documents | renamed | homes | moved)
        changed.claims |= self.claims.recluster() | self.claims.noted
        self.claims.noted.clear()
        changed.documents |= renamed | moved
        changed.actors |= {iri for iri in self._about if "/actor/" in iri}
        return changed

    # -------------------------------------------------------------- decisions
    def _decide(self, decided: Decided) -> set[str]:
        """Takes over what was decided; the profiles that this may concern."""
        before = self.applied()
        now = decided.dumps()
        self.decided = self.actors.decided = decided
        self._about = concerned(before, now)
        if before == now:
            return set()
        self.memory.run("INSERT OR REPLACE INTO meta VALUES ('decided', ?)", json.dumps(now))
        found: set[str] = set()
        for iri in self._about:
            rows = self.memory.rows("SELECT DISTINCT node FROM occ WHERE iri = ?", self.memory.id(iri))
            found.update(self.memory.text(number) for (number,) in rows)
            found.update(self.memory.members("iri", iri))
        self.actors.nodes.touched.update(node for node in found if self.actors.nodes.facts(node) is not None)
        return found

    def _split_in(self, about: set[str]) -> set[str]:
        """The documents of splits that came or went."""
        return {one for one in self._about if "/document/" in one} if about else set()

    def _join(self, digest: str, stamp: str, abstract: Abstract, changed: Changed) -> None:
        self.memory.run("INSERT OR REPLACE INTO doc VALUES (?, ?)", digest, stamp)
        self._settle_at(abstract.iri, digest)
        if abstract.signature:
            facts = families.facts_of(abstract.words, abstract.signature, abstract.marks)
            self.families.put(abstract.iri, abstract.published or UNDATED, facts, families.keys_of(abstract.signature))
        self.actors.add(abstract)
        changed.documents.add(digest)

    def _leave(self, digest: str, abstract: Abstract, changed: Changed) -> None:
        self.memory.run("DELETE FROM doc WHERE digest = ?", digest)
        self.families.remove(abstract.iri)
        self.actors.remove(abstract)
        for node, layer in (
            *((e.iri, self.events) for e in abstract.events),
            *((c.iri, self.claims) for c in abstract.claims),
        ):
            layer.remove(node)
            self.memory.run("DELETE FROM home WHERE node = ?", self.memory.id(node))
        self.memory.run("DELETE FROM home WHERE node = ?", self.memory.id(abstract.iri))
        changed.claims.update(claim.iri for claim in abstract.claims)
        changed.documents.add(digest)

    # -------------------------------------------------------------- the layers
    def _name(self, profiles: set[str], changed: Changed) -> set[str]:
        """Gives profiles their IRIs; the digests of documents in which one changed."""
        renamed: set[str] = set()
        changed.profiles |= profiles
        of: dict[str, str | None] = {}
        for node in sorted(self.actors.bearers(profiles) | profiles):
            before = self.memory.root("iri", node) or None
            root = self.actors.nodes.root(node)
            if root not in of or self.actors.nodes.facts(node) is None:
                of[root] = self.decided.iri(found) if (found := self._found(node)) else None
            now = of[root]
            changed.actors.update(iri for iri in (before, now) if iri and (node in profiles or before != now))
            if before == now:
                continue
            self.memory.leave("iri", node)
            if now is not None:
                self.memory.enter("iri", node, now)
            renamed.update(self.actors.documents(node))
        return {digest for digest in renamed if self.holds(digest)}

    def _found(self, node: str) -> str | None:
        """The IRI that resolution finds for a profile; None where no document has it any more."""
        if node.endswith("#known"):
            return node.removesuffix("#known") if self.actors.borne(node) else None
        return self.actors.iri_of(node) if self.actors.nodes.facts(node) is not None else None

    def assigned(self, digest: str) -> dict[str, str]:
        """The IRI of each named actor of a document, by the IRI it was minted under."""
        sql = "SELECT o.iri, m.root FROM occ o JOIN member m ON m.kind = 'iri' AND m.node = o.node WHERE o.digest = ?"
        text = self.memory.text
        found = {text(minted): text(now) for minted, now in self.memory.rows(sql, self.memory.id(digest))}
        if self.decided.splits:
            rows = self.memory.rows("SELECT node FROM home WHERE digest = ?", self.memory.id(digest))
            # The IRIs of what a document tells begin with its own.
            document = min((text(number) for (number,) in rows), key=len, default="")
            found = {minted: self.decided.iri_in(iri, document) for minted, iri in found.items()}
        return found

    def unsplit(self, digest: str, minted: str) -> str:
        """The IRI that an actor of a document would have without splits."""
        sql = """SELECT m.root FROM occ o JOIN member m ON m.kind = 'iri' AND m.node = o.node
        WHERE o.digest = ? AND o.iri = ?"""
        found = self.memory.one(sql, self.memory.id(digest), self.memory.id(minted))
        return self.memory.text(found) if found else minted

    def _events(self, digests: Iterable[str]) -> None:
        for digest, abstract in self._abstracts(digests):
            assigned = self.assigned(digest)
            near = _near(abstract, assigned)
            for event in abstract.events:
                facts = events.facts_of(event, abstract, assigned, near)
                self.events.put(event.iri, events.place_of(facts), facts, events.keys_of(facts))
                self._settle_at(event.iri, digest)

    def _told(self, nodes: set[str], changed: Changed) -> set[str]:
        """Notes which clusters of events changed; those of *nodes* that are in another one now."""
        moved: set[str] = set()
        for node in nodes:
            before = self.memory.root("told", node) or None
            now = self.events.root(node) if self.events.facts(node) is not None else None
            changed.roots.update(root for root in (before, now) if root)
            if before == now:
                continue
            moved.add(node)
            self.memory.leave("told", node)
            if now is not None:
                self.memory.enter("told", node, now)
        return moved

    def _claims(self, digests: Iterable[str]) -> None:
        for digest, abstract in self._abstracts(digests):
            assigned = self.assigned(digest)
            kinds = {event.iri: (self.events.root(event.iri), event.kind) for event in abstract.events}
            family, near = self.families.root(abstract.iri), _near(abstract, assigned)
            for claim in abstract.claims:
                facts = claims.facts_of(claim, abstract, assigned, kinds, family, near)
                self.claims.put(claim.iri, claims.place_of(facts), facts, claims.keys_of(facts))
                self._settle_at(claim.iri, digest)

    def _abstracts(self, digests: Iterable[str]) -> Iterable[tuple[str, Abstract]]:
        for digest in sorted(digests):
            if self.holds(digest):
                yield digest, self._fetch(digest)

    def _home(self, node: str) -> list[str]:
        rows = self.memory.rows("SELECT digest FROM home WHERE node = ?", self.memory.id(node))
        return [self.memory.text(number) for (number,) in rows]

    def _settle_at(self, node: str, digest: str) -> None:
        """Notes the document of *node*."""
        numbers = self.memory.number(node), self.memory.number(digest)
        self.memory.run("INSERT OR REPLACE INTO home VALUES (?, ?)", *numbers)


def _near(abstract: Abstract, assigned: Mapping[str, str]) -> list[str]:
    """The actors of a document, places left out, the most mentioned ones first."""
    return [assigned.get(one.iri, one.iri) for one in abstract.actors if one.kind not in _PLACES]
