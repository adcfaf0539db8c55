"""What one request has read from the graph: properties of nodes by IRI, and pages of IRIs by field.

Filled level by level by ``load``, read by the fields of ``types``; a field that asks for what was not loaded is a bug
and fails, it never goes back to the store for one object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Value(NamedTuple):
    """An IRI or a literal's lexical form; *language* is "" for IRIs and plain literals."""

    text: str
    language: str = ""


class Hit(NamedTuple):
    """One entry of a page: the node, its keyset cursor, and for searches its score and the passage found."""

    iri: str
    cursor: str
    kind: str = ""
    score: float = 0.0
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a connection.  *total* counts what the filter matches, None where nobody asked."""

    hits: tuple[Hit, ...]
    has_next: bool = False
    has_previous: bool = False
    total: int | None = None


@dataclass(slots=True)
class Facts:
    """*nodes*: IRI -> predicate -> values; *asked*: IRI -> predicates; *found*: (parent IRI, field) -> result."""

    nodes: dict[str, dict[str, list[Value]]] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    found: dict[tuple[str, int], object] = field(default_factory=dict)

    def missing(self, iri: str, predicates: Iterable[str]) -> frozenset[str]:
        return frozenset(predicates) - self.asked.get(iri, set())

    def ask(self, iri: str, predicates: Iterable[str]) -> None:
        self.asked.setdefault(iri, set()).update(predicates)

    def add(self, iri: str, predicate: str, value: Value) -> None:
        properties = self.nodes.get(iri)
        if properties is None:
            properties = self.nodes[iri] = {}
        values = properties.get(predicate)
        if values is None:
            properties[predicate] = [value]
        elif value not in values:
            values.append(value)

    def all(self, iri: str, predicate: str) -> list[Value]:
        """The values of *predicate*, in no order; KeyError if no level asked for it."""
        properties = self.nodes.get(iri)
        values = properties.get(predicate) if properties is not None else None
        if values is not None:
            return values
        if predicate not in self.asked.get(iri, ()):
            raise KeyError(f"{predicate} of {iri} was not loaded")
        return []

    def one(self, iri: str, predicate: str) -> str | None:
        """The value of a property that has at most one (the smallest, should the graph hold several)."""
        values = self.all(iri, predicate)
        if len(values) < 2:
            return values[0].text if values else None
        return min(value.text for value in values)


Read = Callable[[Facts, str], object]
Nodes = Mapping[str, Mapping[str, list[Value]]]
