"""A plan's answer is the executor's, to the byte; what is out of the ordinary is left to the executor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from api.graphql.complete import Plan, Unusual
from api.graphql.execute import Context, Engine, GraphQLRequest, Prepared, lookups
from api.graphql.facts import Facts, Value
from api.graphql.limits import Deadline
from api.graphql.load import Loader
from api.graphql.schema import schema
from api.pool import Pool
from kg.terms import KG
from tests.api.graphql.test_docs import QUERIES
from tests.api.graphql.test_every_field import selection

EVERY = [
    f"{{ {name}(first: 10) {{ {selection(schema().type_map['Query'].fields[name].type, 1)} }} }}"  # type: ignore[attr-defined]
    for name in ("claims", "actors", "events", "documents")
]
FORMS = [
    "{ claims(first: 3) { edges { node { __typename a: text b: text text } } } __typename }",
    "{ one: claims(first: 1) { ...page } two: claims(last: 1) { ...page } } "
    "fragment page on ClaimConnection { edges { node { speaker { name } ...more } } } "
    "fragment more on Claim { speaker { kind id } about { __typename label ... on Event { kind } ... on Actor { name } "
    "} }",
    "{ claims(first: 2) { edges { node { ... on Node { id ... on Claim { text stance } } about { id } about { label } "
    "} } } }",
    "query($no: Boolean = false) { claims(first: 2) { totalCount @skip(if: true) edges @include(if: true) "
    "{ node { text @include(if: $no) form } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } "
    "} }",
    '{ actor(name: "Nobody At All") { name } }',
    "{ claims(first: 0) { totalCount edges { node { text } } } }",
    "{ events(first: 5) { edges { node { roles { role actor { name } } begin end alleged confidence } } } }",
]


def loaded(graph: Path, engine: Engine, query: str, marking: str) -> tuple[Prepared, Context]:
    prepared, context, reader = engine.prepare(GraphQLRequest(query)), Context(Facts()), Pool(graph).current(marking)
    Loader(reader, context.facts, lookups(reader, engine.limits), Deadline(10)).load(prepared.selected)
    return prepared, context


@pytest.mark.parametrize("marking", ["CLEAR", "AMBER"])
@pytest.mark.parametrize("query", [*EVERY, *FORMS, *QUERIES])
def test_a_plan_answers_as_the_executor(graph: Path, engine: Engine, query: str, marking: str) -> None:
    prepared, context = loaded(graph, engine, query, marking)
    reference = engine.executed(prepared, context)
    assert not reference.errors
    assert orjson.dumps(Plan(engine.schema, prepared, context.found).data()) == orjson.dumps(reference.data)


def spoilt(graph: Path, engine: Engine, predicate: str, value: str | None) -> tuple[Prepared, Context, Any]:
    """Two claims, the first with *value* (None: nothing) for a property that every claim has."""
    prepared, context = loaded(graph, engine, "{ claims(first: 2) { edges { node { stance text } } } }", "CLEAR")
    iri = next(iter(context.facts.nodes))
    context.facts.nodes[iri][predicate] = [] if value is None else [Value(value)]
    return prepared, context, iri


@pytest.mark.parametrize(("predicate", "value"), [(KG.text, None), (KG.stance, None), (KG.stance, "mumbles")])
def test_what_is_wrong_is_reported_by_the_executor(
    graph: Path, engine: Engine, predicate: str, value: str | None
) -> None:
    prepared, context, _ = spoilt(graph, engine, predicate, value)
    with pytest.raises((Unusual, ValueError)):
        Plan(engine.schema, prepared, context.found).data()
    answer = engine.answer(prepared, context)
    assert answer.errors and answer.errors[0].path == ["claims", "edges", 0, "node", predicate.removeprefix(KG.NS)]


def test_introspection_is_the_executor_s(graph: Path, engine: Engine) -> None:
    prepared, context = loaded(graph, engine, "{ __schema { queryType { name } } }", "CLEAR")
    with pytest.raises(Unusual):
        Plan(engine.schema, prepared, context.found).data()
    assert engine.answer(prepared, context).data == {"__schema": {"queryType": {"name": "Query"}}}
