"""Reading the index: pages, totals, facets and search results of one generation at one marking level."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tantivy

from kg.errors import GraphBroken, LimitExceeded, UsageError
from kg.index.density import Density, Windows
from kg.index.ordered import Ordered, Parts
from kg.index.page import SEPARATOR, Hit, Page, place_of
from kg.index.query import MUST, Filters, clauses, kind_query
from kg.index.schema import FACETS, ORDERS, fits, register
from kg.index.words import Word, query_of, understand

RANKED = 1_000  # how many hits an order by relevance reaches; deeper pages need an order by a field
_KEPT_COUNTS = 1_000
_EXACT = 65_000  # words of a field a segment counts: up to so many, facets are exact


class Index:
    """The index in *folder*; safe to share between threads.  GraphBroken where it cannot be opened."""

    def __init__(self, folder: Path) -> None:
        if not fits(folder):
            raise GraphBroken(f"{folder}: no index, or one of another version of claimgraph; run: kg reindex")
        try:
            self._index = register(tantivy.Index.open(os.fspath(folder)))
        except (ValueError, OSError) as error:
            raise GraphBroken(f"{folder}: the index cannot be opened ({error}); try: kg reindex") from error
        self._searcher = self._index.searcher()
        self._counts: dict[bytes, int] = {}
        self._densities: dict[tuple[str, str], Density] = {}

    def find(
        self,
        kind: str | Sequence[str],
        filters: Filters | None = None,
        *,
        text: str | None = None,
        order: str = "date",
        descending: bool = True,
        after: str | None = None,
        before: str | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> Page:
        """One page of rows of *kind*: the *first* ones after the cursor *after*, or the *last* ones before *before*.

        *order*: ``date``, ``confidence``, ``name``, or ``relevance`` (with *text*; best first, the first 1,000
        only).  Rows without a date come last when descending.  UsageError for what cannot be asked.
        """
        if (first is None) == (last is None):
            raise UsageError("ask for either the first or the last rows")
        size = first if first is not None else last
        if size is None or size < 0:
            raise UsageError(f"a page has 0 rows or more, not {size}")
        words, parts = self._understand(kind, filters, text)
        if order == "relevance":
            return self._ranked(words, parts, after, before, size, backwards=last is not None)
        if order not in ORDERS:
            raise UsageError(f"no order {order!r}: {', '.join(ORDERS)} or relevance")
        scope = "" if not isinstance(kind, str) else kind  # several kinds: no windows
        windows = Windows(self._searcher, parts[0][1], scope, filters or Filters(), self._densities)
        rows = Ordered(self._searcher, self._index.parse_query, parts, f"by_{order}", windows)
        hits, more, edge = self._ordered(rows, descending, after, before, size, backwards=last is not None)
        return Page(tuple(hits), lambda: self._count(parts, _asked(kind, filters, text)), more, edge, words)

    def count(self, kind: str | Sequence[str], filters: Filters | None = None, *, text: str | None = None) -> int:
        """How many rows match."""
        _, parts = self._understand(kind, filters, text)
        return self._count(parts, _asked(kind, filters, text))

    def facets(
        self,
        kind: str | Sequence[str],
        fields: Sequence[str],
        filters: Filters | None = None,
        *,
        text: str | None = None,
        limit: int = 20,
    ) -> dict[str, list[tuple[str, int]]]:
        """For each of *fields* its most frequent words among the matching rows, with their counts; ties by word.

        Exact for fields with up to 65,000 different words.
        """
        if unknown := set(fields) - set(FACETS):
            raise UsageError(f"no facet {min(unknown)!r}: {', '.join(FACETS)}")
        _, parts = self._understand(kind, filters, text)
        terms = {
            name: {"terms": {"field": name, "size": max(limit, 1), "segment_size": _EXACT, "order": {"_count": "desc"}}}
            for name in fields
        }
        answer: Mapping[str, Any] = self._searcher.aggregate(tantivy.Query.boolean_query(parts), terms) if terms else {}
        return {
            name: sorted(
                ((str(one["key"]), int(one["doc_count"])) for one in answer[name]["buckets"]),
                key=lambda pair: (-pair[1], pair[0]),
            )[:limit]
            for name in fields
        }

    def days(
        self, kind: str | Sequence[str], filters: Filters | None = None, *, text: str | None = None
    ) -> list[tuple[date, int]]:
        """How many matching rows begin on each day, in order; rows without a date are in none."""
        _, parts = self._understand(kind, filters, text)
        # 65,000 different days are 178 years of daily news: beyond that the rarest would be left out.
        terms = {"days": {"terms": {"field": "begin", "size": 65_000}}}
        answer: Mapping[str, Any] = self._searcher.aggregate(tantivy.Query.boolean_query(parts), terms)
        return sorted((date.fromordinal(int(one["key"])), int(one["doc_count"])) for one in answer["days"]["buckets"])

    @property
    def rows(self) -> int:
        """How many rows there are, of all kinds."""
        return self._searcher.num_docs

    # -------------------------------------------------------------- inside
    def _understand(
        self, kind: str | Sequence[str], filters: Filters | None, text: str | None
    ) -> tuple[tuple[Word, ...], list[tuple[tantivy.Occur, tantivy.Query]]]:
        scope = kind_query([kind] if isinstance(kind, str) else kind)
        parts = [(MUST, tantivy.Query.const_score_query(scope, 0.0)), *clauses(filters or Filters())]
        words: tuple[Word, ...] = ()
        if text is not None and text.strip():
            words = tuple(understand(text, self._searcher, scope))
            parts += [(MUST, query_of(word)) for word in words]
            if not words:  # nothing but punctuation: nothing can match
                parts.append((MUST, tantivy.Query.empty_query()))
        return words, parts

    def _count(self, parts: Parts, asked: str) -> int:
        """How many rows match *parts*; what was *asked* once is known, for these rows never change."""
        key = blake2b(asked.encode(), digest_size=16).digest()  # it may list thousands of IRIs
        found = self._counts.get(key)
        if found is None:
            found = _total(self._searcher.search(tantivy.Query.boolean_query(list(parts)), limit=1))
            if len(self._counts) >= _KEPT_COUNTS:
                self._counts.clear()  # another thread may do so, too
            self._counts[key] = found
        return found

    def _ordered(
        self,
        rows: Ordered,
        descending: bool,
        after: str | None,
        before: str | None,
        size: int,
        *,
        backwards: bool,
    ) -> tuple[list[Hit], bool, bool]:
        """The hits of a page, and whether there are more after it and before it."""
        lower, upper = (before, after) if descending else (after, before)
        # Backwards = the same walk from the other end, turned round afterwards.
        found = rows.walk(lower, upper, size + 1, upwards=descending == backwards)
        hits = [self._hit(key, address) for key, address in found[:size]]
        if backwards:
            hits.reverse()
        start = before if backwards else after
        edge = start is not None and rows.beyond(start, below=descending == backwards)
        more = len(found) > size
        return hits, *((edge, more) if backwards else (more, edge))

    def _ranked(
        self,
        words: tuple[Word, ...],
        parts: list[tuple[tantivy.Occur, tantivy.Query]],
        after: str | None,
        before: str | None,
        size: int,
        *,
        backwards: bool,
    ) -> Page:
        result = self._searcher.search(tantivy.Query.boolean_query(parts), limit=RANKED, count=True)
        total = _total(result)
        hits = sorted(
            (self._hit("", address, float(score)) for score, address in result.hits),
            key=lambda hit: (-round(hit.score or 0.0, 4), hit.iri),
        )
        low = place_of(hits, after) + 1 if after else 0
        high = place_of(hits, before) if before else len(hits)
        low, high = (max(low, high - size), high) if backwards else (low, min(high, low + size))
        if not backwards and low >= RANKED and total > RANKED:
            raise LimitExceeded(f"relevance orders the first {RANKED} hits; order by date to read on")
        return Page(tuple(hits[low : max(low, high)]), lambda: total, max(low, high) < total, low > 0, words)

    def _hit(self, cursor: str, address: tantivy.DocAddress, score: float | None = None) -> Hit:
        kept = self._searcher.doc(address)
        iri = str(kept.get_first("iri"))
        if score is not None:
            cursor = f"{round(score, 4)}{SEPARATOR}{iri}"
        graph, start = kept.get_first("graph"), kept.get_first("start")
        return Hit(iri, cursor, str(graph or ""), str(kept.get_first("body") or ""), int(start or 0), score)


def _asked(kind: str | Sequence[str], filters: Filters | None, text: str | None) -> str:
    return repr((kind, filters or Filters(), text))


def _total(result: tantivy.SearchResult) -> int:
    return int(getattr(result, "count"))  # noqa: B009 - the attribute exists, tantivy's type stub leaves it out
