"""Rows in an order: a walk along unique sort keys, between two of them, from either end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import tantivy

from kg.errors import UsageError
from kg.index.density import Windows
from kg.index.query import MUST
from kg.index.schema import NAME_START, name_start_of_key, schema

AS_MANY = 4  # times the rows wanted are read in the rough order of names
Parts: TypeAlias = Sequence[tuple[tantivy.Occur, tantivy.Query]]
Found: TypeAlias = list[tuple[str, tantivy.DocAddress]]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows that *parts* match in the order of *field*; *parse* is the index's query language, *windows* guess where
    a page stands."""

    searcher: tantivy.Searcher
    parse: Callable[[str], tantivy.Query]
    parts: Parts
    field: str
    windows: Windows

    def walk(self, lower: str | None, upper: str | None, limit: int, *, upwards: bool) -> Found:
        """The first *limit* rows between the keys *lower* and *upper* (neither included), from the lower end or the
        upper; UsageError where a key is not one of this order's."""
        for key in (lower, upper):
            if key is not None:
                self._check(key)
        by_name = self.field == "by_name"
        near = (self._near if by_name else self._in_window)(lower, upper, limit, upwards)
        if near is not None:
            return near
        between = [self._range(lower, upper)] if lower is not None or upper is not None else []
        return self._first(self.field, [*self.parts, *between], limit, upwards)

    def beyond(self, key: str, *, below: bool) -> bool:
        """Whether a row stands at *key* or on the one side of it.  Nearly always the row at the key is still there."""
        self._check(key)
        exact = str(key) if self.field == "by_name" else int(key)
        itself = tantivy.Query.term_query(schema(), self.field, exact)
        if self.searcher.search(self._both([(MUST, itself)]), limit=1, count=False).hits:
            return True
        return bool(self.walk(None, key, 1, upwards=False) if below else self.walk(key, None, 1, upwards=True))

    # -------------------------------------------------------------- inside
    def _both(self, more: Parts) -> tantivy.Query:
        return tantivy.Query.boolean_query([*self.parts, *more])

    def _first(self, field: str, parts: Parts, limit: int, upwards: bool) -> Found:
        order = tantivy.Order.Asc if upwards else tantivy.Order.Desc
        query = tantivy.Query.boolean_query(list(parts))
        hits = self.searcher.search(query, limit=limit, count=False, order_by_field=field, order=order).hits
        return [(str(key), address) for key, address in hits]

    def _in_window(self, lower: str | None, upper: str | None, limit: int, upwards: bool) -> Found | None:
        """As ``walk``, among few rows around the place where the page begins; None where they do not hold it."""
        low, high = (None if key is None else int(key) for key in (lower, upper))
        window = self.windows.find(self.field, low, high, limit, upwards=upwards)
        if window is None:
            return None
        found = self._first(self.field, [*self.parts, _keys(self.field, *window, by_term=True)], limit, upwards)
        return found if len(found) == limit else None

    def _near(self, lower: str | None, upper: str | None, limit: int, upwards: bool) -> Found | None:
        """As ``walk``, for texts, which tantivy orders four times slower than numbers: more rows than wanted by the
        number that their beginning is, put in order by their kept keys.

        None where that is not enough: among very many texts with one beginning.
        """
        low, high = (None if key is None else name_start_of_key(key) for key in (lower, upper))
        between = [_numbers(low, high)] if low is not None or high is not None else []
        rough = self._first(NAME_START, [*self.parts, *between], AS_MANY * limit, upwards)
        if not rough:
            return []
        whole = len(rough) < AS_MANY * limit
        kept: Found = []
        for start, rows in groupby(rough, key=itemgetter(0)):
            if not whole and start == rough[-1][0]:
                break  # there may be more of those that begin so
            keys = sorted(((self._key(at), at) for _, at in rows), key=itemgetter(0), reverse=not upwards)
            kept += [(key, at) for key, at in keys if (lower is None or key > lower) and (upper is None or key < upper)]
            if len(kept) >= limit:
                break
        if whole or len(kept) >= limit:
            return kept[:limit]
        # Many share a beginning with the cursor or among themselves: all that begin so, by the text.
        last = int(rough[-1][0])
        same = _numbers(low, last) if upwards else _numbers(last, high)
        beyond = [self._range(lower, upper)] if lower is not None or upper is not None else []
        found = self._first(self.field, [*self.parts, same, *beyond], limit, upwards)
        return found if len(found) == limit else None

    def _key(self, address: tantivy.DocAddress) -> str:
        return str(self.searcher.doc(address).get_first(self.field))

    def _range(self, lower: str | None, upper: str | None) -> tuple[tantivy.Occur, tantivy.Query]:
        """Keys between the two, neither included."""
        if self.field != "by_name":
            return _keys(self.field, *(None if key is None else int(key) for key in (lower, upper)))
        # tantivy-py has ranges over text only in its query language; a key of hexadecimal digits is safe there.
        return MUST, self.parse(f"{self.field}:{{{lower or '*'} TO {upper or '*'}}}")

    def _check(self, key: str) -> None:
        if self.field == "by_name":
            sound = bool(key) and not set(key) - set("0123456789abcdef") and len(key) >= 18
        else:
            sound = key.isascii() and key.isdigit() and int(key) < 1 << 64
        if not sound:
            raise UsageError(f"not a cursor of this order: {key!r}")


def _keys(
    field: str, low: int | None, high: int | None, *, by_term: bool = False
) -> tuple[tantivy.Occur, tantivy.Query]:
    """Keys between the two, neither included; *by_term* costs what stands there, without it what the index holds."""
    kind, sides = tantivy.FieldType.Unsigned, {"include_lower": low is None, "include_upper": high is None}
    return MUST, tantivy.Query.range_query(schema(), field, kind, low, high, use_inverted_index=by_term, **sides)


def _numbers(low: int | None, high: int | None) -> tuple[tantivy.Occur, tantivy.Query]:
    """Names whose beginning is a number from *low* to *high*, both included."""
    return MUST, tantivy.Query.range_query(schema(), NAME_START, tantivy.FieldType.Unsigned, low, high)
