"""Every field of every type, asked of every object there is: nothing non-null comes back null, nothing fails."""

from __future__ import annotations

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_required_argument,
)

from api.graphql.schema import schema
from tests.api.graphql.conftest import Ask

FRAMES = ("edges", "node", "pageInfo")


def selection(kind: GraphQLOutputType, depth: int) -> str:
    """All fields of *kind*; objects below as far as *depth* goes, then their ids or what they have for one."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLInterfaceType):
        own = "__typename id"
        return " ".join([own, *(f"... on {t.name} {{ {own} }}" for t in schema().get_possible_types(named))])
    if not isinstance(named, GraphQLObjectType):
        return ""
    parts = ["__typename"]
    for name, field in named.fields.items():
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        below = get_named_type(field.type)
        arguments = "(first: 2)" if "first" in field.args else ""
        if not isinstance(below, (GraphQLObjectType, GraphQLInterfaceType)):
            parts.append(name)
        elif depth > 0 or not hasattr(below, "interfaces") or name in FRAMES:
            parts.append(f"{name}{arguments} {{ {selection(field.type, depth - (name not in FRAMES))} }}")
        elif "id" in below.fields:
            parts.append(f"{name}{arguments} {{ id }}")
    return " ".join(parts)


@pytest.mark.parametrize("field", ["claims", "actors", "events", "documents"])
@pytest.mark.parametrize("marking", ["CLEAR", "AMBER"])
def test_every_field(ask: Ask, engine: object, field: str, marking: str) -> None:
    query_type = schema().query_type
    assert query_type is not None
    data = ask(f"{{ {field}(first: 10) {{ {selection(query_type.fields[field].type, 1)} }} }}", marking)
    assert data[field]["edges"]
    assert (
        len(data["explain"]["sparql"]) <= 4
    )  # two levels, and at most one each for mentions and for a document's actors
