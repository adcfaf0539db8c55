"""Paths between actors: as short as a plain search finds them, bounded in work, in both directions."""

from __future__ import annotations

import re
from collections import deque
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from api.access import Access
from api.graphql import between
from api.graphql.between import Link, Search
from api.graphql.execute import Engine, GraphQLRequest, Refused
from api.pool import Pool
from tests.api.graphql.conftest import Ask

Edges = dict[tuple[str, str], str]


def lookups(edges: Edges) -> Any:
    """Answers the query for neighbours from *edges*: ``(actor, actor) -> via``."""

    def select(reader: object, query: str) -> list[dict[str, str]]:
        (start,) = set(re.findall(r"VALUES \?a \{ (.*?) \}", query))
        actors = re.findall(r"<(.*?)>", start)
        both = [*edges.items(), *(((b, a), via) for (a, b), via in edges.items())]
        return [{"a": a, "via": via, "b": b} for (a, b), via in both if a in actors]

    return SimpleNamespace(reader=None, trace=SimpleNamespace(select=select))


def distance(edges: Edges, a: str, b: str) -> int | None:
    seen, queue = {a: 0}, deque([a])
    while queue:
        here = queue.popleft()
        for one, other in [*edges, *((y, x) for x, y in edges)]:
            if one == here and other not in seen:
                seen[other] = seen[here] + 1
                queue.append(other)
    return seen.get(b)


ACTORS = [f"urn:{letter}" for letter in "abcdefg"]


@given(st.sets(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS)).filter(lambda pair: pair[0] < pair[1])))
def test_paths_are_shortest_and_real(pairs: set[tuple[str, str]]) -> None:
    edges = {pair: f"urn:via-{n}" for n, pair in enumerate(sorted(pairs))}
    search = Search(lookups(edges))
    chains = search.chains("urn:a", "urn:g", 6, 20)
    shortest = distance(edges, "urn:a", "urn:g")
    assert {len(chain) for chain in chains} == ({shortest} if shortest is not None else set())
    for chain in chains:
        assert chain[0].source == "urn:a" and chain[-1].target == "urn:g"
        assert all(one.target == other.source for one, other in zip(chain, chain[1:], strict=False))
        assert all(edges.get((x.source, x.target), edges.get((x.target, x.source))) == x.via for x in chain)
    assert len({tuple(chain) for chain in chains}) == len(chains)


def test_all_paths_of_the_shortest_length() -> None:
    edges = {("urn:a", "urn:b"): "v1", ("urn:a", "urn:c"): "v2", ("urn:b", "urn:g"): "v3", ("urn:c", "urn:g"): "v4"}
    chains = Search(lookups(edges)).chains("urn:a", "urn:g", 6, 20)
    assert chains == [
        [Link("urn:a", "v1", "urn:b"), Link("urn:b", "v3", "urn:g")],
        [Link("urn:a", "v2", "urn:c"), Link("urn:c", "v4", "urn:g")],
    ]
    search = Search(lookups(edges))
    assert len(search.chains("urn:a", "urn:g", 6, 1)) == 1 and not search.exhaustive
    assert Search(lookups(edges)).chains("urn:a", "urn:g", 1, 20) == []


def test_a_bound_that_cuts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = {("urn:a", "urn:b"): "v1", ("urn:a", "urn:c"): "v2", ("urn:c", "urn:g"): "v3", ("urn:d", "urn:g"): "v4"}
    monkeypatch.setattr(between, "LINKS", 1)
    search = Search(lookups(edges))
    search.chains("urn:a", "urn:g", 6, 5)
    assert not search.exhaustive


def test_in_the_graph(ask: Ask) -> None:
    query = """query($a: String!, $b: String!) { between(a: $a, b: $b) { exhaustive paths { length steps {
      source { name } via { id __typename } target { name } } } } }"""
    for a, b in (("WikiLeaks", "Anne Rivoire"), ("Anne Rivoire", "WikiLeaks")):
        found = ask(query, a=a, b=b)["between"]
        assert found["exhaustive"] and found["paths"]
        assert all(path["length"] == len(path["steps"]) == 1 for path in found["paths"])
        assert {(s["source"]["name"], s["target"]["name"]) for p in found["paths"] for s in p["steps"]} == {(a, b)}
    assert ask(query, a="WikiLeaks", b="Nobody Known")["between"]["paths"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ('a: "WikiLeaks", b: "wikileaks"', "BAD_ARGUMENT"),
        ('a: "WikiLeaks", b: "Anne Rivoire", maxLength: 7', "BAD_ARGUMENT"),
        ('a: "WikiLeaks", b: "Anne Rivoire", first: 0', "PAGE_TOO_LARGE"),
        ('a: "", b: "Anne Rivoire"', "BAD_ARGUMENT"),
    ],
)
def test_what_cannot_be_asked(engine: Engine, graph: Any, arguments: str, code: str) -> None:
    prepared = engine.prepare(GraphQLRequest(f"{{ between({arguments}) {{ exhaustive }} }}"))
    with pytest.raises(Refused) as refused:
        engine.run(prepared, Pool(graph).current, Access())
    error: GraphQLError = refused.value.errors[0]
    assert (error.extensions or {})["code"] == code
