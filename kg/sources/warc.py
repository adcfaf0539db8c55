"""WARC files (ISO 28500): the web pages archived in them, each through the reader of web pages."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kg.errors import OverBudget, Skip
from kg.sources.html import read_html
from kg.sources.metadata import file_with, moment, words
from kg.sources.reading import Found, Reading, Skipped, Source

KIND = "application/warc"
PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The pages of a WARC file, plain or gzipped, then the file as an Archive; None when *source* is none, or
    belongs to a leak."""
    if source.container is not None or reading.collection is not None or not _begins(source.head):
        return None
    return _read(source, reading)


def _begins(head: bytes) -> bool:
    if head.startswith(b"\x1f\x8b\x08"):
        try:
            head = zlib.decompressobj(31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def _read(source: Source, reading: Reading) -> Iterator[Found]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    count, seen = 0, set[str]()
    warnings: tuple[str, ...] = ()
    with source.opened() as stream:
        try:
            for record in _records(ArchiveIterator(stream)):
                count += 1
                if count > reading.budgets.members:
                    raise OverBudget(f"more than {reading.budgets.members:,} records")
                if record.rec_type == "response" and _is_page(record):
                    yield from _page(source, reading, record, count, seen)
        except (ArchiveLoadFailed, OverBudget, ValueError, EOFError, OSError, zlib.error, AttributeError) as error:
            reason = words(str(error)) or type(error).__name__
            warnings = (f"not read to its end: {reason}",)
            yield Skipped(source.name, "OVER_BUDGET" if isinstance(error, OverBudget) else "UNREADABLE", reason)
    yield file_with(source, reading, KIND, {"memberCount": count}, kind="Archive", warnings=warnings)


def _records(archive: Any) -> Iterator[Any]:
    """The records of *archive*; warcio writes pieces of damaged ones to stderr, where they do not belong."""
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(archive, None)
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return False
    return (headers.get_header("Content-Type") or "").split(";")[0].strip().lower() in PAGES


def _page(source: Source, reading: Reading, record: Any, number: int, seen: set[str]) -> Iterator[Found]:
    limit = reading.budgets.page_bytes
    data = record.content_stream().read(limit + 1)
    page = source.member(f"{number}.html", data)
    if page.digest in seen:  # one page fetched twice
        return
    seen.add(page.digest)
    url, at = words(record.rec_headers.get_header("WARC-Target-URI")), _fetched(record)
    try:
        if len(data) > limit:
            raise OverBudget(f"a page of more than {limit:,} bytes")
        for found in read_html(page, reading) or ():
            yield replace(found, url=url or found.url, retrieved=at or found.retrieved, contained_in=source.digest)
    except Skip as error:
        yield Skipped.of(page.name, error)


def _fetched(record: Any) -> datetime | None:
    at = moment(record.rec_headers.get_header("WARC-Date"))
    return at if at is None or at.tzinfo is not None else at.replace(tzinfo=UTC)
