"""Lines about one node, and what most of several reports state."""

from __future__ import annotations

from collections.abc import Iterable

from kg.nquads import iri


def lines_of(node: str, pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    """A line ``subject predicate object`` for each ``(predicate, object)`` of *node*."""
    return (f"{iri(node)} {iri(predicate)} {value}" for predicate, value in pairs)
