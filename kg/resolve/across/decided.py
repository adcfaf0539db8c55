"""What analysts decided about who is who, as resolution obeys it: it wins over whatever scores say.

Pairs are of IRIs as the graph shows them, or as they are minted; a split takes an actor's name, in some documents, to
another node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

Pair = tuple[str, str]
Split = tuple[str, str, str]
"""``(actor, document, node)``: in *document*, what resolution would call *actor* is *node*."""


@dataclass(frozen=True)
class Decided:
    """*merges* are one actor, *different* are two; *known* are the actors that a list knows: a merge keeps their
    IRI."""

    merges: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    splits: frozenset[Split] = frozenset()
    known: frozenset[str] = frozenset()

    def dumps(self) -> list[list[list[str]]]:
        """Plain lists that compare and can be kept."""
        return [sorted(map(list, group)) for group in (self.merges, self.different, self.splits)]

    @cached_property
    def _stands_for(self) -> Mapping[str, str]:
        """The IRI that stands for each actor of a merge: a known actor's, else the first in order."""
        groups: dict[str, set[str]] = {}
        for one, two in sorted(self.merges):
            both = groups.get(one, {one}) | groups.get(two, {two})
            groups.update(dict.fromkeys(both, both))
        return {actor: min(group, key=lambda iri: (iri not in self.known, iri)) for actor, group in groups.items()}

    @cached_property
    def _moved(self) -> Mapping[Pair, str]:
        return {(actor, document): node for actor, document, node in sorted(self.splits)}

    def iri(self, actor: str) -> str:
        """The IRI of *actor* by the merges."""
        return self._stands_for.get(actor, actor)

    def iri_in(self, actor: str, document: str) -> str:
        """The IRI of *actor* in one document, by splits and merges."""
        node = self._moved.get((actor, document)) or self._moved.get((self.iri(actor), document))
        return self.iri(node) if node else self.iri(actor)

    def apart(self, one: str, two: str) -> bool:
        """Whether *one* and *two* were found to be two."""
        return (one, two) in self.different or (two, one) in self.different

    def enemies(self, nodes: Iterable[str]) -> dict[str, set[str]]:
        """Which of *nodes* (profiles) must not meet in a cluster."""
        by_name: dict[str, set[str]] = defaultdict(set)
        for node in nodes:
            by_name[node.partition("#")[0]].add(node)
        found: dict[str, set[str]] = defaultdict(set)
        for one, two in self.different:
            for a, b in ((one, two), (two, one)):
                for node in by_name.get(a, ()):
                    found[node] |= by_name.get(b, set())
        return found


def concerned(before: list[list[list[str]]], now: list[list[list[str]]]) -> set[str]:
    """The IRIs in decisions that came or went; every actor that a changed merge leads to."""
    old, new = ({(number, *one) for number, group in enumerate(side) for one in group} for side in (before, now))
    found = {str(iri) for one in old ^ new for iri in one[1:]}
    groups = [set(pair) for side in (before, now) for pair in (side[0] if side else [])]
    size = -1
    while size != len(found):
        size = len(found)
        found.update(iri for group in groups if group & found for iri in group)
    return found
