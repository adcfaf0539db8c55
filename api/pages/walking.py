"""Lists that no index orders, a page at a time: the store's own order is walked, from a cursor on or back to it.

What is listed is one triple pattern for each arm, so that the store skips to a page without a join.  A cursor is the
place of a row and a fingerprint of its node: where nodes came or went before it, the row is looked for near its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from api.errors import ApiError
from api.pages.page import Visit

SLACK = 25  # rows that may have come or gone before a cursor without moving what follows it
_CURSOR = re.compile(r"(\d{1,9})-([0-9a-f]{12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list: its *nodes*, which of all they are (*first* counts from 1), and GraphQL's PageInfo."""

    nodes: Sequence[str]
    first: int
    total: int
    info: dict[str, Any]

    @property
    def last(self) -> int:
        return self.first + len(self.nodes) - 1


def leaf(visit: Visit, arms: Sequence[str], size: int) -> Leaf:
    """The *size* nodes that ``?after=`` or ``?before=`` asks for of those that *arms*, patterns about ``?node``, give.

    Nodes of an earlier arm come first.  ApiError 400 for what is no cursor, or for both.
    """
    after, before = visit.given("after"), visit.given("before")
    if after and before:
        raise ApiError(400, "after, before: only one of them")
    pattern = " UNION ".join(f"{{ {arm} }}" for arm in arms)
    if cursor := after or before:
        place, mark = _read(cursor)
        begin = max(0, place - SLACK - (size if before else 0))
        rows = _rows(visit, pattern, begin, place - begin + SLACK + size + 2)
        at = next((at for at, node in enumerate(rows) if _mark(node) == mark), min(place - begin, len(rows)))
        begun = max(0, at - size) if before else min(at + 1, len(rows))
        rows = rows[: at + 1] if before else rows  # the row of the cursor itself: there is a next page
    else:
        begin = begun = 0
        rows = _rows(visit, pattern, 0, size + 1)
    nodes = rows[begun : begun + size]
    first = begin + begun
    total = visit.asking.summed(f"SELECT (COUNT(?node) AS ?count) {{ {pattern} }}")
    info = {
        "hasNextPage": begun + size < len(rows),
        "hasPreviousPage": first > 0 and bool(nodes),
        "startCursor": _cursor(first, nodes[0]) if nodes else None,
        "endCursor": _cursor(first + len(nodes) - 1, nodes[-1]) if nodes else None,
    }
    return Leaf(nodes, first + 1, int(str(total[0]["count"])), info)


def _rows(visit: Visit, pattern: str, offset: int, limit: int) -> list[str]:
    rows = visit.asking.select(f"SELECT ?node {{ {pattern} }} OFFSET {offset} LIMIT {limit}")
    return [str(row["node"]) for row in rows]


def _mark(node: str) -> str:
    return sha256(node.encode()).hexdigest()[:12]


def _cursor(place: int, node: str) -> str:
    return f"{place}-{_mark(node)}"


def _read(cursor: str) -> tuple[int, str]:
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise ApiError(400, f"{cursor[:60]!r} is no cursor of this page")
    return int(found[1]), found[2]
