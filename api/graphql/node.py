"""Nodes and connections: the Relay frame that every type of the schema stands in.

A node is only an IRI and the request's facts; its fields are read by ``read`` when the executor asks for them.
"""

from __future__ import annotations

from copy import copy
from typing import Generic, Self, TypeVar

import strawberry
from strawberry.utils.str_converters import to_camel_case, to_snake_case

from api.graphql.facts import Facts, Page
from api.graphql.fields import TYPES, node
from api.graphql.sources import CLASS_OF, SOURCES, annotation_of, shown
from kg import shapes

T = TypeVar("T")


@strawberry.interface(description="Anything with a global id (GraphQL Global Object Identification).")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque; `node(id:)` finds the object again.")

    _iri: strawberry.Private[str]
    _facts: strawberry.Private[Facts]

    @classmethod
    def at(cls, iri: str, facts: Facts) -> Self:
        """The object at *iri*, its fields to be read from *facts*."""
        self = cls.__new__(cls)
        self._iri, self._facts = iri, facts
        return self


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="One entry of a page.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Stays valid when the graph is published anew.")
    node: T


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]]
    page_info: PageInfo
    total_count: int = strawberry.field(description="How many the filters match in all, whatever the page.")


def connection(page: Page, facts: Facts, target: str) -> Connection[object]:
    """*page* as the schema shows it; *target* names the type of its nodes, or ``Subject`` where hits say their own."""
    hits = page.hits
    edges = [Edge(cursor=hit.cursor, node=node(facts, hit.kind or target, hit.iri)) for hit in hits]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=hits[0].cursor if hits else None,
        end_cursor=hits[-1].cursor if hits else None,
    )
    return Connection(edges=edges, page_info=info, total_count=page.total if page.total is not None else len(hits))


def read(source: object, name: str) -> object:
    """The schema's default resolver: a node's field from the facts, any other value's attribute."""
    if isinstance(source, Node):
        return SOURCES[type(source).__name__][name].read(source._facts, source._iri)
    return getattr(source, name)


def shaped(cls: type[T]) -> type[T]:
    """Makes *cls* a type of the schema: its words come from the ontology, its nodes become findable by name.

    What the ontology says of its class and *cls* does not spell out becomes a field all the same, at the end.
    """
    kind = cls.__name__
    spelt = {name for each in cls.__mro__ for name in getattr(each, "__annotations__", ())}
    for each in shown(kind):
        if to_snake_case(each.name) not in spelt:
            cls.__annotations__[to_snake_case(each.name)] = annotation_of(each)
    shape = shapes.classes()[CLASS_OF[kind]]
    made = strawberry.type(cls, description=shape.definition["en"])
    words = {each.name: each.description["en"] for each in shapes.fields(CLASS_OF[kind])}
    definition = made.__strawberry_definition__  # type: ignore[attr-defined]
    definition.fields = [copy(each) for each in definition.fields]  # those of an interface are shared by its types
    for each in definition.fields:
        each.description = words.get(to_camel_case(each.python_name)) or each.description
    TYPES[kind] = made.at  # type: ignore[attr-defined]
    return made
