"""The actors of a story: profiles kept true while documents come and go, and the IRI that each one is given."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from kg.resolve.across import actors
from kg.resolve.across.abstract import Abstract, ActorFacts
from kg.resolve.across.decided import Decided
from kg.resolve.across.memory import Memory
from kg.resolve.across.neighbours import Neighbours

ACTOR = "actor"
_EVERYWHERE = frozenset({"GeopoliticalEntity", "MediaOutlet"})
"""Known actors of these kinds stand beside anybody."""
KNOWN = "{}#known"
"""The profile of an actor that the document itself gives a known actor's IRI: compared with nothing, decided about
alone."""


class Profiles:
    """Profiles in *memory*: ``occ`` says which documents have them, ``tally`` what these say, counted."""

    def __init__(self, memory: Memory, rebase: Callable[[str], str]) -> None:
        self.memory, self._rebase = memory, rebase
        self.nodes = Neighbours(memory, ACTOR, actors.compare, window=actors.WINDOW)
        self.decided = Decided()
        self.nodes.enemies = lambda nodes: self.decided.enemies(nodes)
        self._dirty: set[str] = set()

    # -------------------------------------------------------------- documents
    def add(self, abstract: Abstract) -> None:
        self._count(abstract, 1)

    def remove(self, abstract: Abstract) -> None:
        self._count(abstract, -1)

    def _count(self, abstract: Abstract, by: int) -> None:
        company = {
            one.iri: actors.company(one.kind, one.names[0])
            for one in abstract.actors
            if not (one.known and one.kind in _EVERYWHERE)
        }
        profile = {one.iri: KNOWN.format(one.iri) if one.known else actors.profile_of(one) for one in abstract.actors}
        number = self.memory.number
        for one in abstract.actors:
            node = profile[one.iri]
            row = (number(node), abstract.first, number(abstract.digest), number(one.iri))
            if by > 0:
                self.memory.run("INSERT OR REPLACE INTO occ VALUES (?, ?, ?, ?)", *row)
            else:
                self.memory.run("DELETE FROM occ WHERE node = ? AND first = ? AND digest = ? AND iri = ?", *row)
            if one.known:
                self._dirty.add(node)
                continue
            self.memory.run(
                "INSERT INTO bearer VALUES (?, ?, ?) ON CONFLICT(iri, node) DO UPDATE SET n = n + excluded.n",
                number(one.iri),
                number(node),
                by,
            )
            self._tally(node, "facts", _plain(one), by)
            for name in one.names:
                self._tally(node, "called", name, by)
            for other in sorted({name for iri, name in company.items() if iri != one.iri}):
                self._tally(node, "near", other, by)
            self._dirty.add(node)
        for iri, what, value in abstract.said:
            if iri in profile:
                self._tally(profile[iri], what, value, by)

    def _tally(self, node: str, what: str, value: str, by: int) -> None:
        self.memory.run(
            "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT(node, what, value) DO UPDATE SET n = n + excluded.n",
            self.memory.number(node), what, value, by,
        )  # fmt: skip

    # -------------------------------------------------------------- clusters
    def settle(self) -> set[str]:
        """Brings clusters and IRIs up to date; the profiles whose IRI, or whose description, may have changed."""
        dirty, self._dirty = self._dirty, set()
        for node in sorted(dirty):
            self.memory.run("DELETE FROM tally WHERE node = ? AND n = 0", self.memory.id(node))
            if node.endswith(KNOWN[2:]):
                continue
            if self.borne(node):
                self._profile(node)
            else:
                self.nodes.remove(node)
        return self.nodes.recluster() | dirty

    def _profile(self, node: str) -> None:
        facts = [ActorFacts(**_fields(json.loads(text))) for text in self._top(node, "facts", 1)]
        found = actors.facts_of(facts[0], self._top(node, "called", actors.NAMES), self._top(node, "near", actors.NEAR))
        self.nodes.put(node, actors.place_of(found), found, actors.keys_of(found))

    def _top(self, node: str, what: str, many: int) -> list[str]:
        """The most frequent values, of equally frequent ones the first in order."""
        sql = "SELECT value FROM tally WHERE node = ? AND what = ? ORDER BY n DESC, value LIMIT ?"
        return [row[0] for row in self.memory.rows(sql, self.memory.id(node), what, many)]

    # -------------------------------------------------------------- IRIs
    def iri_of(self, node: str) -> str:
        """The IRI of the actor that the profile *node* is of.

        A known actor's where a member is one; else that of the name that was first in the news, told apart by a sense
        where another bearer of that name was in the news before.
        """
        members = self.nodes.members(self.nodes.root(node)) or [node]
        known = Counter(facts["known"] for one in members if (facts := self.nodes.facts(one)) and facts["known"])
        if known:
            return self._rebase(min(known, key=lambda iri: (-known[iri], iri)))
        first, iri, earliest = min(self._first(one) for one in members)
        owner = self.memory.one("SELECT node FROM occ WHERE iri = ? ORDER BY first LIMIT 1", self.memory.id(iri))
        if self.memory.text(owner) in members:
            return iri
        return f"{iri}-{sha256(f'{first}|{earliest}'.encode()).hexdigest()[:4]}"

    def _first(self, node: str) -> tuple[str, str, str]:
        """``(place in time, IRI as minted, node)`` of a profile's first document."""
        sql = "SELECT first, iri FROM occ WHERE node = ? ORDER BY first LIMIT 1"
        ((first, iri),) = self.memory.rows(sql, self.memory.id(node))
        return first, self.memory.text(iri), node

    def bearers(self, nodes: Iterable[str]) -> set[str]:
        """All profiles that share a minted IRI, or a cluster, with one of *nodes*: their senses hang together."""
        found: set[str] = set()
        for node in nodes:
            minted = node.partition("#")[0]
            if node.endswith(KNOWN[2:]):
                continue
            sql = "SELECT node FROM bearer WHERE iri = ? AND n > 0"
            for (number,) in self.memory.rows(sql, self.memory.id(minted)):
                found.add(other := self.memory.text(number))
                found.update(self.nodes.members(self.nodes.root(other)))
        return found

    def borne(self, node: str) -> bool:
        """Whether a document has the profile."""
        return self.memory.one("SELECT 1 FROM occ WHERE node = ? LIMIT 1", self.memory.id(node)) is not None

    def documents(self, node: str) -> list[str]:
        """The digests of the documents that have the profile."""
        rows = self.memory.rows("SELECT DISTINCT digest FROM occ WHERE node = ?", self.memory.id(node))
        return sorted(self.memory.text(number) for (number,) in rows)

    def profiles(self, digest: str) -> list[tuple[str, str]]:
        """``(IRI as minted, profile)`` of each unknown named actor of a document."""
        rows = self.memory.rows("SELECT iri, node FROM occ WHERE digest = ?", self.memory.id(digest))
        return sorted((self.memory.text(iri), self.memory.text(node)) for iri, node in rows)

    def tallies(self, nodes: Iterable[str], what: str) -> Counter[str]:
        """What the documents of all *nodes* say, counted."""
        found: Counter[str] = Counter()
        for node in nodes:
            for value, number in self.memory.rows(
                "SELECT value, n FROM tally WHERE node = ? AND what = ? AND n > 0", self.memory.id(node), what
            ):
                found[value] += number
        return found


def _plain(one: ActorFacts) -> str:
    """What makes the profile, without the names, which are counted by themselves."""
    raw = {"iri": one.iri, "kind": one.kind, "gender": one.gender, "roles": one.roles, "bodies": one.bodies}
    return json.dumps({**raw, "names": ()}, sort_keys=True)


def _fields(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
