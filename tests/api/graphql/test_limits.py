"""What is too much is refused with a code before anything is read; what is reasonable passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query, parse
from hypothesis import given
from hypothesis import strategies as st

from api.access import Access
from api.graphql import load
from api.graphql.execute import Engine, GraphQLRequest, Refused
from api.graphql.limits import Deadline, Measure
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import GraphQLLimits, Settings


def codes(engine: Engine, query: str, **variables: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        engine.prepare(GraphQLRequest(query, variables))
    return [(error.extensions or {})["code"] for error in refused.value.errors]


def nested(levels: int) -> str:
    """``{ claims { edges { node { reportedIn { claims { … } } } } } }``, one claim a page."""
    inside = "text"
    for _ in range(levels):
        inside = f"reportedIn {{ claims(first: 1) {{ edges {{ node {{ {inside} }} }} }} }}"
    return f"{{ claims(first: 1) {{ edges {{ node {{ {inside} }} }} }} }}"


LAUGHS = "{ claims { edges { node { ...f0 } } } }" + "".join(
    f" fragment f{n} on Claim {{ speaker {{ claims(first: 1) {{ edges {{ node {{ ...f{n + 1} }} }} }} }} "
    f"a{n}: speaker {{ claims(first: 1) {{ edges {{ node {{ ...f{n + 1} }} }} }} }} }}"
    for n in range(30)
) + " fragment f30 on Claim { text }"  # fmt: skip


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (nested(10), "TOO_DEEP"),
        ("{" + " ".join(f"a{n}: claims(first: 0) {{ totalCount }}" for n in range(41)) + "}", "TOO_MANY_ALIASES"),
        ("{ claims { totalCount " + "@include(if: true) " * 41 + "} }", "TOO_MANY_DIRECTIVES"),
        ("{ claims { edges { node { " + "text " * 5000 + "} } } }", "TOO_MANY_TOKENS"),
        ("{ claims(first: 200) { edges { node { reportedIn { claims(first: 200) { edges { node {"
         " speaker { name } } } } } } } } }", "TOO_COSTLY"),
        (LAUGHS, "TOO_DEEP"),
        ("{ claims { edges { node { ...f } } } } fragment f on Claim { ...f }", "GRAPHQL_VALIDATION_FAILED"),
        ("{a" * 1500, "TOO_DEEP"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ claims { } }", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
    ],
)  # fmt: skip
def test_refused(engine: Engine, query: str, code: str) -> None:
    assert codes(engine, query)[0] == code


def test_aliases_in_fragments_count_as_often_as_they_are_spread(engine: Engine) -> None:
    """An alias limit that does not look into fragments is none (CVE-2026-47707)."""
    fragment = "fragment f on Claim {" + " ".join(f"a{n}: text" for n in range(15)) + "}"
    page = "claims { edges { node { ...f } } }"
    three = f"{{ x: {page} y: {page} {page} }}"
    assert codes(engine, three + fragment) == ["TOO_MANY_ALIASES"]
    engine.prepare(GraphQLRequest("{ claims { edges { node { ...f } } } }" + fragment))


def test_doubling_fragments_are_measured_in_linear_time() -> None:
    document = parse(LAUGHS)
    size = Measure(document).fragment("f0")
    assert size.aliases > 2**29


@given(st.integers(1, 12), st.integers(0, 12))
def test_sizes_add_up(depth: int, aliases: int) -> None:
    inside = " ".join(f"a{n}: text" for n in range(aliases)) or "text"
    for _ in range(depth - 1):
        inside = f"claims {{ {inside} }}"
    size = Measure(parse(f"{{ ...f }} fragment f on Query {{ {inside} }}")).fragment("f")
    assert (size.depth, size.aliases) == (depth, aliases)


@pytest.mark.parametrize("descriptions", [True, False])
def test_the_standard_introspection_passes(engine: Engine, descriptions: bool) -> None:
    query = get_introspection_query(descriptions=descriptions, specified_by_url=True, input_value_deprecation=True)
    engine.prepare(GraphQLRequest(query))


def test_introspection_that_doubles_is_refused(engine: Engine) -> None:
    query = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    assert codes(engine, query) == ["GRAPHQL_VALIDATION_FAILED"]


def test_no_introspection_hides_the_schema_and_its_suggestions(graph: Path, engine: Engine) -> None:
    closed = Engine(schema(), Settings(graph=graph, introspection=False))
    assert set(codes(closed, "{ __schema { types { name } } }")) == {"GRAPHQL_VALIDATION_FAILED"}
    for each, hinted in ((engine, True), (closed, False)):
        with pytest.raises(Refused) as refused:
            each.prepare(GraphQLRequest("{ claim(id: 1) { txt } }"))
        assert ("Did you mean" in refused.value.errors[0].message) == hinted
    closed.prepare(GraphQLRequest("{ claims { edges { node { __typename } } } }"))


def test_variables_are_checked(engine: Engine) -> None:
    assert codes(engine, "query($n: Int) { claims(first: $n) { totalCount } }", n="many") == ["BAD_VARIABLES"]
    assert codes(engine, "query($n: ID!) { claim(id: $n) { id } }") == ["BAD_VARIABLES"]


def test_operation_names_are_checked(engine: Engine) -> None:
    two = "query a { claims { totalCount } } query b { events { totalCount } }"
    for name in (None, "c"):
        with pytest.raises(Refused) as refused:
            engine.prepare(GraphQLRequest(two, operation_name=name))
        assert (refused.value.errors[0].extensions or {})["code"] == "BAD_OPERATION_NAME"
    assert engine.prepare(GraphQLRequest(two, operation_name="b")).selected[0].name == "events"


def test_time_runs_out(graph: Path) -> None:
    hurried = Engine(schema(), Settings(graph=graph, graphql=replace(GraphQLLimits(), seconds=-1.0)))
    prepared = hurried.prepare(GraphQLRequest("{ claims { edges { node { text } } } }"))
    with pytest.raises(Refused) as refused:
        hurried.run(prepared, Pool(graph).current, Access())
    assert (refused.value.errors[0].extensions or {})["code"] == "TIMEOUT"


def test_a_deadline_in_time_passes() -> None:
    Deadline(60.0).check()


def test_very_long_documents_are_not_kept(engine: Engine) -> None:
    query = "{ claims { totalCount } }" + " " * 60_000
    assert engine.document(query) is not engine.document(query)


def test_documents_are_kept_once_valid(engine: Engine) -> None:
    query = "{ claims(first: 7) { totalCount } }"
    assert engine.document(query) is engine.document(query)


def test_texts_are_bounded(graph: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MOST_TEXT", 300)
    prepared = engine.prepare(GraphQLRequest("{ documents { edges { node { text } } } }"))
    with pytest.raises(Refused, match="more than 300 characters"):
        engine.run(prepared, Pool(graph).current, Access())
