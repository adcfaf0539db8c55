"""Snapshots compared: a hash that is equal where the quads are, and what leads from one to another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.snapshot.source import Source, content_of, quads_of


def content_hash(source: Source, *, with_provenance: bool = False) -> str:
    """SHA-256 (hex) of the snapshot as ``.nq``: equal exactly where the quads are equal."""
    digest = hashlib.sha256()
    for graph, triples in content_of(source, with_provenance):
        digest.update(quads_of(graph, triples))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Diff:
    """What leads from one graph to another: N-Quads lines, sorted by graph, then by triple."""

    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def diff(old: Source, new: Source, *, with_provenance: bool = False) -> Diff:
    """The quads that *new* has and *old* has not, and the other way round."""
    added: list[str] = []
    removed: list[str] = []
    before, after = content_of(old, with_provenance), content_of(new, with_provenance)
    one, two = next(before, None), next(after, None)
    while one or two:
        # Both come in the order of graph IRIs: walk them together, a graph at a time.
        graph = min(pair[0] for pair in (one, two) if pair)
        here = set(one[1]) if one and one[0] == graph else set()
        there = set(two[1]) if two and two[0] == graph else set()
        removed += quads_of(graph, sorted(here - there)).decode().splitlines()
        added += quads_of(graph, sorted(there - here)).decode().splitlines()
        one = next(before, None) if one and one[0] == graph else one
        two = next(after, None) if two and two[0] == graph else two
    return Diff(tuple(added), tuple(removed))
