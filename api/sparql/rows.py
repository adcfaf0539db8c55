"""Counting the rows of SPARQL results in the bytes of their serialisation, piece by piece.

The store writes results faster than Python could look at rows one by one, so the limit on rows is kept on what it
writes.  Each counter is exact whatever the values hold and wherever the pieces are cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

_JSON_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_QUOTED = re.compile(rb'"[^"]*"')


class Counter(Protocol):
    @property
    def rows(self) -> int: ...

    def feed(self, piece: bytes) -> None: ...


class JsonRows:
    """SPARQL 1.1 results in JSON: without its strings, ``[{`` and ``},{`` stand before rows and nowhere else."""

    def __init__(self) -> None:
        self.rows = 0
        self._open = b""  # a string that is not finished yet
        self._last = b""

    def feed(self, piece: bytes) -> None:
        bare = _JSON_STRING.sub(b"", self._open + piece)
        start = bare.find(b'"')
        bare, self._open = (bare, b"") if start < 0 else (bare[:start], bare[start:])
        seen = self._last + bare
        self.rows += seen.count(b"[{") + seen.count(b"},{")
        # What could be the beginning of a mark; the marks overlap in no byte, so nothing is counted twice.
        self._last = b"}," if seen.endswith(b"},") else seen[-1:] if seen[-1:] in b"[}" else b""


class XmlRows:
    """SPARQL results in XML: ``<`` is written ``&lt;`` in values, so ``<result>`` is a row."""

    def __init__(self) -> None:
        self.rows = 0
        self._last = b""

    def feed(self, piece: bytes) -> None:
        seen = self._last + piece
        self.rows += seen.count(b"<result>")
        self._last = seen[1 - len(b"<result>") :]


class CsvRows:
    """CSV (RFC 4180): line ends outside quotes, less the header's."""

    def __init__(self) -> None:
        self._lines = 0
        self._quoted = False

    @property
    def rows(self) -> int:
        return max(0, self._lines - 1)

    def feed(self, piece: bytes) -> None:
        bare = _QUOTED.sub(b"", b'"' + piece if self._quoted else piece)
        before, quote, _ = bare.partition(b'"')
        self._quoted = bool(quote)
        self._lines += before.count(b"\n")


class TsvRows:
    """TSV: line ends in values are written ``\\n``, so each line after the header is a row."""

    def __init__(self) -> None:
        self._lines = 0

    @property
    def rows(self) -> int:
        return max(0, self._lines - 1)

    def feed(self, piece: bytes) -> None:
        self._lines += piece.count(b"\n")


COUNTERS: Mapping[str, Callable[[], Counter]] = {
    "application/sparql-results+json": JsonRows,
    "application/sparql-results+xml": XmlRows,
    "text/csv": CsvRows,
    "text/tab-separated-values": TsvRows,
}
