"""How many rows lie where in an order of numbers: so that a page can be looked for in a small window of keys.

A window found through the terms of the index costs what stands in it, 1 µs a row; ordering all rows of a graph of 10 M
quads takes 1.5 ms, and a range of keys among them 2 ms more.  The counts are of a generation and need not be exact: a
window that turns out too small is given up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Any

import tantivy

from kg.index.query import Filters
from kg.index.schema import STEPS, first_key

LEAST = 20_000  # rows of a kind from which windows are worth their counting
SHARE = 1 / 8  # of all rows that are of the kind, else windows are full of others
WORDS = 1 / 4  # of the kind's rows: words that leave less find them faster without a window
FEW = 20  # rows wanted at least: fewer may by chance be missing where they are expected
MOST = 1_500  # rows looked through in a window
ROOM = 2  # as many rows in a window as are expected to hold what is wanted, times this


@dataclass(frozen=True, slots=True)
class Density:
    """Counts of rows by steps of *width* keys: *starts* of the steps that hold any, and the rows up to their ends."""

    width: int
    starts: Sequence[int]
    until: Sequence[int]

    @classmethod
    def of(cls, searcher: tantivy.Searcher, scope: tantivy.Query, field: str) -> Density:
        """The density of the rows of *scope* in *field*."""
        width = STEPS[field]
        asked = {"steps": {"histogram": {"field": field, "interval": float(width), "min_doc_count": 1}}}
        answer: Mapping[str, Any] = searcher.aggregate(scope, asked)
        found = sorted((int(one["key"]), int(one["doc_count"])) for one in answer["steps"]["buckets"])
        return cls(width, [start for start, _ in found], list(accumulate(count for _, count in found)))

    @property
    def total(self) -> int:
        return self.until[-1] if self.until else 0

    def below(self, key: int) -> float:
        """About how many rows stand below *key*: within a step keys are spread evenly, by their hashes."""
        place = bisect_right(self.starts, key) - 1
        if place < 0:
            return 0.0
        before = self.until[place - 1] if place else 0
        return before + min((key - self.starts[place]) / self.width, 1.0) * (self.until[place] - before)

    def key_at(self, rows: float) -> int | None:
        """A key that about so many rows stand below; None for none and for all."""
        if rows <= 0 or rows >= self.total:
            return None
        place = bisect_right(self.until, rows)
        before = self.until[place - 1] if place else 0
        return self.starts[place] + int(self.width * (rows - before) / (self.until[place] - before))

    def window(self, lower: int | None, upper: int | None, rows: float, *, upwards: bool) -> tuple[int, int]:
        """The keys between which the first *rows* rows from the one end stand, or from the other.

        No further than where rows stand at all, and a step: other kinds' rows may be many there.
        """
        lower = max(self.starts[0] - self.width, 0) if lower is None else lower
        upper = self.starts[-1] + 2 * self.width if upper is None else upper
        if upwards:
            end = self.key_at(self.below(lower) + rows)
            return lower, upper if end is None else min(end, upper)
        end = self.key_at(self.below(upper) - rows)
        return lower if end is None else max(end, lower), upper


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows for the pages of the rows of *scope* that *filters* leave; *known* keeps densities for the generation."""

    searcher: tantivy.Searcher
    scope: tantivy.Query
    kind: str
    filters: Filters
    known: dict[tuple[str, str], Density]

    def find(
        self, field: str, lower: int | None, upper: int | None, limit: int, *, upwards: bool
    ) -> tuple[int, int] | None:
        """Keys of *field* between which the first *limit* rows after *lower* (or before *upper*) probably stand.

        None where a window would not pay.
        """
        if field not in STEPS or self.searcher.doc_freq("kind", self.kind) < max(LEAST, self.searcher.num_docs * SHARE):
            return None
        density = self._density(field)
        left = self._share(density.total) if density.total else -1.0
        if left < WORDS:
            return None
        lower, upper, dated = self._dated(field, lower, upper, upwards)
        rows = ROOM * max(limit, FEW) / max(left * dated, 1e-9)
        return density.window(lower, upper, rows, upwards=upwards) if rows <= MOST else None

    def _density(self, field: str) -> Density:
        if (self.kind, field) not in self.known:
            self.known[self.kind, field] = Density.of(self.searcher, self.scope, field)
        return self.known[self.kind, field]

    def _share(self, rows: int) -> float:
        """About which share of the *rows* rows the filters' words leave; 0 where that would be long to find out."""
        asked = self.filters
        if asked.either or asked.without or asked.iris is not None or asked.min_confidence is not None:
            return 0.0
        left = 1.0
        for name, words in asked.words.items():
            left *= min(1.0, self.searcher.doc_freq(name, str(words[0])) / rows) if len(words) == 1 else 0.0
        return left

    def _dated(
        self, field: str, lower: int | None, upper: int | None, upwards: bool
    ) -> tuple[int | None, int | None, float]:
        """The keys, not beyond the filters' days where those are the order, and the share of rows the days leave."""
        since, until = self.filters.since, self.filters.until
        if since is None and until is None:
            return lower, upper, 1.0
        if field != "by_date":
            return lower, upper, self._between(self._density("by_date"))
        if upwards:  # what begins before *since* may last beyond it, so the first row may stand anywhere
            return lower, upper, 0.0 if since is not None and lower is None else 1.0
        # Nothing that begins after *until* matches.
        end = None if until is None else first_key(until + timedelta(days=1))
        return lower, end if upper is None else upper if end is None else min(upper, end), 1.0

    def _between(self, density: Density) -> float:
        since, until = self.filters.since, self.filters.until
        first = 0.0 if since is None else density.below(first_key(since))
        last = float(density.total) if until is None else density.below(first_key(until + timedelta(days=1)))
        return max(0.0, last - first) / density.total
