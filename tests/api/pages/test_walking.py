"""Lists walked in the store's own order: every row once, forwards and backwards, whatever comes or goes meanwhile."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.errors import ApiError
from api.pages import relations
from api.pages.page import Visit
from api.pages.walking import SLACK, leaf

ARMS = ('?node kg:relationKind "contradicts"', '?node kg:relationKind "withdraws"')


def visit(nodes: list[str], **asked: str) -> Visit:
    """A visit of a graph in which these *nodes*, in this order, answer."""

    def select(query: str) -> list[dict[str, str]]:
        assert all(arm in query for arm in ARMS)
        offset, limit = (int(number) for number in re.findall(r"OFFSET (\d+) LIMIT (\d+)", query)[0])
        return [{"node": node} for node in nodes[offset : offset + limit]]

    def summed(query: str) -> list[dict[str, str]]:
        assert "COUNT(?node)" in query
        return [{"count": str(len(nodes))}]

    return cast(Visit, SimpleNamespace(given=asked.get, asking=SimpleNamespace(select=select, summed=summed)))


def named(count: int) -> list[str]:
    return [f"urn:{number}" for number in range(count)]


@given(st.integers(0, 130), st.integers(1, 30))
def test_every_row_is_met_once_each_way(count: int, size: int) -> None:
    nodes, met, info = named(count), [], {}
    asked: dict[str, Any] = {}
    while True:
        page = leaf(visit(nodes, **asked), ARMS, size)
        info = page.info
        assert page.total == count and (page.first, page.last) == (len(met) + 1, len(met) + len(page.nodes))
        assert info["hasPreviousPage"] == bool(met)
        met += page.nodes
        if not info["hasNextPage"]:
            break
        asked = {"after": info["endCursor"]}
    assert met == nodes
    back = list(page.nodes)
    while info["hasPreviousPage"]:
        page = leaf(visit(nodes, before=info["startCursor"]), ARMS, size)
        info = page.info
        assert info["hasNextPage"]
        back = [*page.nodes, *back]
    assert back == nodes


@given(st.integers(1, SLACK), st.booleans())
def test_what_came_or_went_before_a_cursor_moves_nothing(moved: int, came: bool) -> None:
    nodes = named(200)
    first = leaf(visit(nodes[moved:] if came else nodes), ARMS, 60)
    later = visit(nodes if came else nodes[moved:], after=first.info["endCursor"])
    begun = nodes.index(first.nodes[-1]) + 1
    assert list(leaf(later, ARMS, 20).nodes) == nodes[begun : begun + 20]


def test_a_row_that_is_gone_leaves_its_place() -> None:
    nodes = named(50)
    cursor = leaf(visit(nodes), ARMS, 10).info["endCursor"]
    assert list(leaf(visit([one for one in nodes if one != "urn:9"], after=cursor), ARMS, 3).nodes)[0] == "urn:11"
    assert leaf(visit(named(3), after=cursor), ARMS, 10).nodes == []


@pytest.mark.parametrize("cursor", ["x", "-1-0123456789ab", "1-0123456789AB", "1-0123456789ab ", "٣-0123456789ab"])
def test_what_is_no_cursor_is_an_error(cursor: str) -> None:
    for way in ("after", "before"):
        with pytest.raises(ApiError, match="no cursor"):
            leaf(visit(named(3), **{way: cursor}), ARMS, 2)
    with pytest.raises(ApiError, match="only one"):
        leaf(visit(named(3), after=cursor, before=cursor), ARMS, 2)


def test_the_pages_have_cursors(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("/contradictions", "/repeats", "/checks"):
        info = client.get(f"{path}?format=json").json()["pageInfo"]
        assert not info["hasNextPage"] and not info["hasPreviousPage"]
        assert client.get(f"{path}?after={info['endCursor']}&format=json").json()["pageInfo"]["startCursor"] is None
        assert client.get(f"{path}?after=x", headers={"accept": "text/html"}).status_code == 400
    monkeypatch.setitem(relations.KINDS, "repeats", ("repeats", "contradicts"))  # three relations: three pages of one
    monkeypatch.setattr(relations, "SIZE", 1)
    first = client.get("/repeats")
    assert first.text.count('<section class="pair">') == 1 and "1 to 1 of 3." in first.text
    (onward,) = re.findall(r'<a rel="next" href="([^"]+)"', first.text)
    second = client.get(onward)
    assert second.text.count('<section class="pair">') == 1 and "2 to 2 of 3." in second.text
    (back,) = re.findall(r'<a rel="prev" href="([^"]+)"', second.text)
    assert "1 to 1 of 3." in client.get(back).text
