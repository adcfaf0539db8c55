"""Paths between actors: as short as a plain search finds them, bounded in work, in both directions."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from api.access import Access
from api.graphql import between
from api.graphql.between import Search
from api.graphql.execute import Engine, GraphQLRequest, Refused
from api.graphql.links import Link
from api.pool import Pool
from tests.api.graphql.conftest import Ask

Edges = dict[tuple[str, str], str]


@dataclass
class Plain:
    """Answers what the search asks from *edges*: ``(actor, actor) -> via``; the last via is the newest."""

    edges: Edges
    asked: list[str] = field(default_factory=list)

    def around(self, actors: Sequence[str]) -> list[Link]:
        self.asked.append("around")
        both = [*self.edges.items(), *(((b, a), via) for (a, b), via in self.edges.items())]
        return [Link(a, via, b) for (a, b), via in both if a in actors]

    def weight(self, actors: Sequence[str]) -> int:
        return sum(a in actors or b in actors for a, b in self.edges)

    def across(self, left: Sequence[str], right: Sequence[str], enough: int) -> list[Link]:
        self.asked.append("across")
        assert not set(left) & set(right)
        return [link for link in self.around(left) if link.target in right]

    def newest(self, vias: Sequence[str]) -> list[str]:
        return sorted(vias, reverse=True)


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


@given(
    st.sets(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS)).filter(lambda pair: pair[0] < pair[1])),
    st.sampled_from([-1, 2, 100]),
)
def test_paths_are_shortest_and_real_and_all_of_them(pairs: set[tuple[str, str]], heavy: int) -> None:
    edges = {pair: f"urn:via-{n}" for n, pair in enumerate(sorted(pairs))}
    with mock.patch.object(between, "HEAVY", heavy):
        search = Search(Plain(edges))
        chains = search.chains("urn:a", "urn:g", 6, 1_000)
    shortest = distance(edges, "urn:a", "urn:g")
    assert {tuple(one.via for one in chain) for chain in chains} == walks(edges, "urn:a", "urn:g", shortest)
    assert len({tuple(chain) for chain in chains}) == len(chains) and search.exhaustive
    for chain in chains:
        assert chain[0].source == "urn:a" and chain[-1].target == "urn:g"
        assert all(one.target == other.source for one, other in zip(chain, chain[1:], strict=False))
        assert all(edges.get((x.source, x.target), edges.get((x.target, x.source))) == x.via for x in chain)


def walks(edges: Edges, a: str, b: str, length: int | None) -> set[tuple[str, ...]]:
    """The vias of every walk of *length* from *a* to *b*."""
    if length is None or length == 0:
        return {()} if a == b and length == 0 else set()
    steps = [(y if x == a else x, via) for (x, y), via in edges.items() if a in (x, y)]
    return {(via, *rest) for after, via in steps for rest in walks(edges, after, b, length - 1)}


def test_the_newest_come_first_and_what_is_left_out_is_told() -> None:
    edges = {("urn:a", "urn:b"): "v1", ("urn:a", "urn:c"): "v2", ("urn:b", "urn:g"): "v3", ("urn:c", "urn:g"): "v4"}
    chains = Search(Plain(edges)).chains("urn:a", "urn:g", 6, 20)
    assert chains == [
        [Link("urn:a", "v2", "urn:c"), Link("urn:c", "v4", "urn:g")],
        [Link("urn:a", "v1", "urn:b"), Link("urn:b", "v3", "urn:g")],
    ]
    search = Search(Plain(edges))
    assert search.chains("urn:a", "urn:g", 6, 1) == chains[:1] and not search.exhaustive
    assert Search(Plain(edges)).chains("urn:a", "urn:g", 1, 20) == []


def test_a_heavy_step_is_not_taken_where_a_link_joins_the_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(between, "HEAVY", 1)
    hubs = Plain({("urn:a", other): f"v{other}" for other in ACTORS[1:]} | {("urn:f", "urn:g"): "vfg"})
    assert [chain[0].via for chain in Search(hubs).chains("urn:a", "urn:g", 6, 20)] == ["vurn:g"]
    assert hubs.asked[0] == "across"
    light = Plain({("urn:a", "urn:g"): "v"})
    assert Search(light).chains("urn:a", "urn:g", 6, 20) and light.asked == ["around"]


def test_a_frontier_that_is_cut_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = {("urn:a", "urn:b"): "v1", ("urn:a", "urn:c"): "v2", ("urn:c", "urn:d"): "v3", ("urn:d", "urn:g"): "v4"}
    monkeypatch.setattr(between, "FRONTIER", 1)
    search = Search(Plain(edges | {("urn:g", "urn:e"): "v5", ("urn:g", "urn:f"): "v6"}))
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
