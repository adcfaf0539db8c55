"""The quads of one named graph under way, and the look-ups that refuse an id or an index which leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from kg import shapes
from kg.model import Interval
from kg.nquads import day, decimal, iri, string
from kg.terms import KG, RDF

_T = TypeVar("_T")


class Graph:
    """The quads of one named graph under way."""

    def __init__(self, name: str) -> None:
        self._end = f"{iri(name)} ."
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, *objects: str | None) -> None:
        """*objects* are terms as kg.nquads writes them; None is skipped: it states nothing."""
        start = f"{iri(subject)} {iri(predicate)}"
        self._lines.update(f"{start} {term} {self._end}" for term in objects if term is not None)

    def types(self, subject: str, leaf: str) -> None:
        """The class *leaf* and every superclass of ours: the store infers nothing."""
        self.add(subject, RDF.type, *_classes(leaf))

    def share(self, subject: str, predicate: str, value: float) -> None:
        """A score or confidence, to four digits: more would be noise that differs from machine to machine."""
        self.add(subject, predicate, decimal(round(value, 4)))

    def interval(self, subject: str, interval: Interval | None, begin: str, end: str, precision: str) -> None:
        if interval is not None:
            self.add(subject, begin, day(interval.begin) if interval.begin else None)
            self.add(subject, end, day(interval.end) if interval.end else None)
            self.add(subject, precision, string(interval.precision))

    def lines(self) -> list[str]:
        return sorted(self._lines)


@cache
def _classes(leaf: str) -> tuple[str, ...]:
    return tuple(iri(KG.NS + name) for name in (leaf, *shapes.superclasses(leaf)))


def nodes(things: Iterable[_T], mint: Callable[[_T], str]) -> list[tuple[str, _T]]:
    """Each of *things* with its IRI, in their order.

    Two that are equal but for their ids share one node.  Two that differ and would share one IRI (the same words
    read in two ways) are told apart by ``-2``, ``-3`` …: mixing them would ascribe to each what the other says.
    """
    placed: dict[str, list[_T]] = {}
    found = []
    for thing in things:
        iri = mint(thing)
        same_place = placed.setdefault(iri, [])
        plain = _without_id(thing)
        if plain not in same_place:
            same_place.append(plain)
        number = same_place.index(plain) + 1
        found.append((iri if number == 1 else f"{iri}-{number}", thing))
    return found


def _without_id(thing: Any) -> Any:
    return replace(thing, id="") if hasattr(thing, "id") else thing


def found(where: Mapping[str, str], id: str, what: str) -> str:
    if id not in where:
        raise ValueError(f"no {what} has the id {id!r} in this extraction")
    return where[id]


def at(things: Sequence[_T], index: int, what: str) -> _T:
    if not 0 <= index < len(things):
        raise ValueError(f"no {what} has the index {index} in this extraction")
    return things[index]
