"""Which pairs are compared: sorted neighbourhoods under common keys, and clusters of what was found to be the same.

Two nodes are compared when they stand under a common key, and at most `window` places apart in the order of that key.
Which pairs that are depends on the set of nodes only: a node that comes between two others may part them, and they are
compared again when it goes.  A node therefore costs a bounded number of comparisons, however many share its key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from kg.resolve.across.memory import Memory, short_hash

SAME, MAYBE, APART, NEVER = "same", "maybe", "apart", "never"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison found: a *label* (`same`, `maybe`, `apart` = not one cluster, though they may be
    the same, `never`, or a relation's kind), a *score* and its *reason*."""

    label: str
    score: float
    reason: str


_BEFORE = """SELECT node FROM key WHERE key = ? AND (place, tie) < (?, ?)
ORDER BY place DESC, tie DESC LIMIT ?"""
_AFTER = "SELECT node FROM key WHERE key = ? AND (place, tie) > (?, ?) ORDER BY place, tie LIMIT ?"
_HELD = 24_000
"""Nodes whose facts are held in memory."""
_KEY = 8
"""Bytes of a key as it is kept."""
_OWN = (1 << 40) - 1
_SCORES = """SELECT b, label, score FROM score WHERE a = ?
UNION ALL SELECT a, label, score FROM score INDEXED BY score_b WHERE b = ?"""
_JOINED = """SELECT 1 FROM score WHERE a = ? AND label = ?
UNION ALL SELECT 1 FROM score INDEXED BY score_b WHERE b = ? AND label = ? LIMIT 1"""
Compare = Callable[[Any, Any], Verdict | None]
Facts = dict[str, Any]


class Neighbours:
    """The nodes of one *kind* in *memory*; *compare* gets the facts of two nodes, the one of the smaller place first.

    Nodes that `joins` labels connect are one cluster, unless an `apart` or a `never` stands between two of its members.
    """

    def __init__(self, memory: Memory, kind: str, compare: Compare, *, window: int, joins: str = SAME) -> None:
        self.memory, self.kind, self.compare, self.window, self.joins = memory, kind, compare, window, joins
        self.enemies: Callable[[Iterable[str]], Mapping[str, set[str]]] = lambda nodes: {}
        """Nodes that somebody decided must not meet in a cluster."""
        self.touched: set[str] = set()
        self.noted: set[str] = set()
        """Nodes of which something was noted, or noted no more; who asks empties it."""
        self._facts: dict[str, tuple[str, Facts]] = {}
        self._parting: set[tuple[str, str]] = set()
        """Pairs between which an `apart` or a `never` came or went."""

    # -------------------------------------------------------------- nodes
    def facts(self, node: str) -> Facts | None:
        """What is known of *node*; None where there is no such node."""
        held = self._held(node)
        return held[1] if held else None

    def _held(self, node: str) -> tuple[str, Facts] | None:
        """The place and the facts of *node*."""
        if node not in self._facts:
            rows = self.memory.rows("SELECT place, facts FROM node WHERE node = ?", self.memory.id(node))
            if not rows:
                return None
            self._hold(node, rows[0][0], orjson.loads(rows[0][1]))
        return self._facts[node]

    def _hold(self, node: str, place: str, facts: Facts) -> None:
        """Holds what is known of *node* in memory, and lets go of the half that came first where that is too much."""
        if len(self._facts) >= _HELD:
            self._facts = dict(islice(self._facts.items(), _HELD // 2, None))
        self._facts[node] = (place, facts)

    def put(self, node: str, place: str, facts: Mapping[str, Any], keys: Iterable[str]) -> bool:
        """Takes *node* up, or anew; False when nothing about it changed.  *place* orders it among its neighbours."""
        text = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)
        now = orjson.loads(text)
        before = self._held(node)
        if before == (place, now):
            return False  # keys are a function of the facts
        if before:
            self.remove(node)
        short = sorted({_short(f"{self.kind}:{key}") for key in keys})
        kept = b"".join(key.to_bytes(_KEY, "big", signed=True) for key in short)
        self.memory.run("INSERT INTO node VALUES (?, ?, ?, ?)", self.memory.number(node), place, kept, text)
        self._hold(node, place, now)
        self.touched.add(node)
        self.noted.add(node)
        pairs: set[str] = set()
        for key in short:
            pairs.update(self._enter(key, place, node))
        for other in sorted(pairs):
            self._judge(node, other)
        return True

    def remove(self, node: str) -> None:
        """Forgets *node*; what it parted are neighbours again."""
        held, keys, number = self._held(node), self._keys(node), self.memory.id(node)
        if held is None:
            return
        place = held[0]
        for key in keys:
            sql = "DELETE FROM key WHERE key = ? AND place = ? AND tie = ? AND node = ?"
            self.memory.run(sql, key, place, short_hash(node), number)
        for other, label, _ in self.scores(node):
            self._touch(node, other, label)
        self.memory.run("DELETE FROM score WHERE a = ?", number)
        self.memory.run("DELETE FROM score INDEXED BY score_b WHERE b = ?", number)
        self.memory.run("DELETE FROM node WHERE node = ?", number)
        self._facts.pop(node, None)
        self.touched.add(node)
        self.noted.add(node)
        for key in keys:
            for left, right in self._parted(*self._around(key, place, node)):
                self._judge(left, right)

    def _touch(self, one: str, two: str, label: str) -> None:
        """Takes note that what *label* says of two nodes came or went: of their clusters, or of the later one alone."""
        if label == self.joins:
            self.touched.update((one, two))
        elif label in (APART, NEVER):
            self._parting.add((one, two))
        held = [(found[0], node) for node in (one, two) if (found := self._held(node))]
        self.noted.update(node for _, node in (held if label in (MAYBE, APART) else sorted(held)[-1:]))

    def _enter(self, key: int, place: str, node: str) -> list[str]:
        """Sets *node* among those under *key*; its neighbours there."""
        before, after = self._around(key, place, node)
        number = self.memory.id(node)
        self.memory.run("INSERT INTO key VALUES (?, ?, ?, ?)", key, place, short_hash(node), number)
        for left, right in self._parted(before, after):
            self._part(left, right)
        return before + after

    def _around(self, key: int, place: str, node: str) -> tuple[list[str], list[str]]:
        """The neighbours of *node* under *key*, before and after it, the nearest first."""
        return self._before(key, place, node), self._after(key, place, node)

    def _before(self, key: int, place: str, node: str) -> list[str]:
        return self._beside(_BEFORE, key, place, node)

    def _after(self, key: int, place: str, node: str) -> list[str]:
        return self._beside(_AFTER, key, place, node)

    def _beside(self, sql: str, key: int, place: str, node: str) -> list[str]:
        rows = self.memory.rows(sql, key, place, short_hash(node), self.window)
        return [self.memory.text(number) for (number,) in rows]

    def _parted(self, before: list[str], after: list[str]) -> list[tuple[str, str]]:
        """The pairs that are neighbours only while nothing stands between *before* and *after*."""
        return [(before[i], after[j]) for i in range(len(before)) if (j := self.window - 1 - i) < len(after)]

    def _part(self, left: str, right: str) -> None:
        """*left* and *right* are too far apart under one key; what was noted of them goes, unless another key holds."""
        a, b = sorted((left, right))
        pair = (self.memory.id(a), self.memory.id(b))
        label = self.memory.one("SELECT label FROM score WHERE a = ? AND b = ?", *pair)
        if label and not self._near(a, b):
            self.memory.run("DELETE FROM score WHERE a = ? AND b = ?", *pair)
            self._touch(a, b, label)

    def _near(self, a: str, b: str) -> bool:
        held = self._held(a)
        return held is not None and any(
            b in self._before(key, held[0], a) or b in self._after(key, held[0], a)
            for key in sorted(set(self._keys(a)) & set(self._keys(b)))
        )

    def _keys(self, node: str) -> list[int]:
        """The keys of *node*."""
        kept: bytes = self.memory.one("SELECT keys FROM node WHERE node = ?", self.memory.id(node)) or b""
        return [int.from_bytes(kept[at : at + _KEY], "big", signed=True) for at in range(0, len(kept), _KEY)]

    def _judge(self, left: str, right: str) -> None:
        one, two = self._held(left), self._held(right)
        if one is None or two is None:
            return
        earlier = (one[0], left) < (two[0], right)
        found = self.compare(one[1], two[1]) if earlier else self.compare(two[1], one[1])
        if found is not None:
            a, b = sorted((left, right))
            self.memory.run(
                "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?)",
                self.memory.id(a), self.memory.id(b), found.label, round(found.score, 4), found.reason,
            )  # fmt: skip
            self._touch(a, b, found.label)

    # -------------------------------------------------------------- what was found
    def scores(self, node: str) -> list[tuple[str, str, float]]:
        """``(other node, label, score)`` of each pair noted with *node*, sorted."""
        number = self.memory.id(node)
        rows = self.memory.rows(_SCORES, number, number)
        return sorted((self.memory.text(other), label, score) for other, label, score in rows)

    def reason(self, one: str, two: str) -> str:
        """Why what is noted of a pair is noted."""
        a, b = sorted((one, two))
        sql = "SELECT reason FROM score WHERE a = ? AND b = ?"
        return str(self.memory.one(sql, self.memory.id(a), self.memory.id(b)))

    def root(self, node: str) -> str:
        """The root of the cluster of *node*: its first member."""
        return self.memory.root(self.kind, node) or node

    def members(self, root: str) -> list[str]:
        return self.memory.members(self.kind, root)

    def recluster(self) -> set[str]:
        """Brings clusters up to date with what was touched; the nodes whose cluster may have changed, gone ones too."""
        # What parts two nodes means nothing to a node that nothing joins: of most homonyms that is so.
        self.touched.update(node for pair in self._parting if all(map(self._joined, pair)) for node in pair)
        self._parting.clear()
        reach = set(self.touched)
        for node in list(self.touched):
            reach.update(self.members(self.root(node)))
        seen: dict[str, list[tuple[str, str, float]]] = {}
        for node in sorted(reach):
            if node not in seen and self.facts(node) is not None:
                self._component(node, seen)
        gone = {node for node in reach if self.facts(node) is None}
        for node in seen.keys() | gone:
            self.memory.leave(self.kind, node)
        for root, members in self._clusters(seen):
            for node in members:
                self.memory.enter(self.kind, node, root)
        self.touched.clear()
        return seen.keys() | gone

    def _joined(self, node: str) -> bool:
        """Whether something joins *node* with another one."""
        number = self.memory.id(node)
        return self.memory.one(_JOINED, number, self.joins, number, self.joins) is not None

    def _component(self, start: str, seen: dict[str, list[tuple[str, str, float]]]) -> None:
        """Adds to *seen* all nodes that joins connect with *start*, each with what was noted of it."""
        left = [start]
        while left:
            node = left.pop()
            if node not in seen:
                seen[node] = self.scores(node)
                left += [other for other, label, _ in seen[node] if label == self.joins]

    def _clusters(self, nodes: Mapping[str, list[tuple[str, str, float]]]) -> Iterable[tuple[str, list[str]]]:
        """The clusters of *nodes* (whole components), the surest pairs joined first; ``(root, members)``.

        Two clusters stay two where somebody decided so, where a `never` stands between members of them, or where more
        pairs of their members are `apart` than join.
        """
        of = {node: {node} for node in nodes}
        never: dict[str, set[str]] = defaultdict(set)
        for node, others in self.enemies(nodes).items():
            never[node] |= others
        apart, joined = defaultdict(set), defaultdict(set)
        pairs: list[tuple[float, str, str]] = []
        for node, noted in nodes.items():
            for other, label, score in noted:
                if label == NEVER:
                    never[node].add(other)
                elif label == APART:
                    apart[node].add(other)
                elif label == self.joins:
                    joined[node].add(other)
                    if node < other:
                        pairs.append((-score, node, other))
        for _, one, two in sorted(pairs):
            mine, theirs = sorted((of[one], of[two]), key=len, reverse=True)
            if mine is theirs or any(never[node] & mine for node in theirs if node in never):
                continue
            if _between(apart, theirs, mine) > _between(joined, theirs, mine):
                continue
            mine |= theirs
            for node in theirs:
                of[node] = mine
        place = {node: held[0] for node in nodes if (held := self._held(node))}
        for members in {id(group): group for group in of.values()}.values():
            yield min(members, key=lambda node: (place[node], node)), sorted(members)


def _between(noted: Mapping[str, set[str]], some: Iterable[str], others: set[str]) -> int:
    """How many pairs of *noted* lead from *some* to *others*."""
    return sum(len(noted[node] & others) for node in some if node in noted)


def _short(key: str) -> int:
    """A number for a key: were two keys ever to share it, their nodes would be compared, no more.

    Three of its bytes are of what stands before the first blank, so that keys which begin alike stand together on disk.
    """
    owner = short_hash(key.partition(" ")[0])
    return (owner & ~_OWN) | (short_hash(key) & _OWN)
