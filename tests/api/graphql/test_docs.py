"""Every query in the documentation runs, and every connection has an example there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import GraphQLObjectType, TypeInfo, TypeInfoVisitor, Visitor, get_named_type, parse, visit

from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.limits import GraphQLLimits
from api.graphql.schema import schema
from tests.api.graphql.conftest import Ask

PAGE = (Path(__file__).parents[3] / "docs" / "graphql.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
OTHERS = re.findall(r"```graphql norun\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_documented_queries_run_and_find_something(ask: Ask, query: str) -> None:
    data = ask(query)
    del data["explain"]
    assert all(value for value in data.values()), data
    for value in data.values():
        if isinstance(value, dict) and "edges" in value:
            assert value["edges"]


@pytest.mark.parametrize("query", OTHERS)
def test_other_documented_operations_are_valid(engine: Engine, query: str) -> None:
    engine.document(query)


class Connections(Visitor):
    def __init__(self, types: TypeInfo):
        super().__init__()
        self.types = types
        self.found: set[str] = set()

    def enter_field(self, *_: object) -> None:
        named = get_named_type(self.types.get_type())
        if isinstance(named, GraphQLObjectType):
            self.found.add(named.name)


def test_every_connection_and_query_field_has_an_example(engine: Engine) -> None:
    types = TypeInfo(schema())
    seen = Connections(types)
    roots: set[str] = set()
    for query in (*QUERIES, *OTHERS):
        visit(parse(query), TypeInfoVisitor(types, seen))
        roots |= {each.name for each in engine.prepare(GraphQLRequest(query)).selected}
    connections = {name for name in schema().type_map if name.endswith("Connection")}
    assert connections <= seen.found, f"without an example: {connections - seen.found}"
    query_type = schema().query_type
    assert query_type is not None
    undocumented = {name for name in query_type.fields if not re.search(rf"`{name}\b|\b{name}\(", PAGE)}
    assert not undocumented


def test_the_documented_limits_are_the_limits() -> None:
    limits = GraphQLLimits()
    for value in (limits.tokens, limits.depth, limits.aliases, limits.cost, limits.seconds, limits.page_cap):
        assert (f"{value:g} s" if isinstance(value, float) else f"{value:,}") in PAGE
    for code in re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", PAGE):
        sources = "".join(
            file.read_text(encoding="utf-8") for file in (Path(__file__).parents[3] / "api").rglob("*.py")
        )
        assert f'"{code}"' in sources
