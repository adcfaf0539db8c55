"""Mailboxes: mbox files, read as a stream however large they are.

Dialects differ (RFC 4155), so ``From_`` lines inside bodies are told by what stands around them: a message begins at
a ``From `` line with a year, after an empty line or at the beginning, before a header line; or with a whole date as
C's asctime writes it, for a mail may have no header at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.model import Document
from kg.sources.reading import Found, Reading, Skipped, Source

SUFFIXES = (".mbox", ".mbx")
FROM = re.compile(rb"From \S.*?\d{4}(?:\s+[+-]\d{4})?[ \t]*\r?\n?\Z")
DATED = re.compile(
    rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-3]\d "
    rb"\d\d:\d\d(?::\d\d)?(?: [A-Z]{1,5})? \d{4}(?: [+-]\d{4})?[ \t]*\r?\n?\Z"
)
HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]+[ \t]*:|>?From ")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LONGEST = 1 << 20
"""Bytes of one line read at once; a longer line comes in pieces, and none but the first can begin a message."""


def read_mbox(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The messages of a mailbox, then the mailbox as an Archive; None when *source* is none.

    A message larger than ``Budgets.message_bytes`` is Skipped; the ones after it are read.
    """
    if not (source.suffix in SUFFIXES or source.suffix in ("", ".txt")) or not _begins(source.head):
        return None
    return _messages(source, reading)


def _begins(head: bytes) -> bool:
    first, _, rest = head.partition(b"\n")
    return _starts(first, rest)


def _starts(line: bytes, after: bytes) -> bool:
    """Whether *line*, at the beginning or after an empty one, begins a message that goes on with *after*."""
    return FROM.match(line) is not None and (HEADER.match(after) is not None or DATED.match(line) is not None)


def _messages(source: Source, reading: Reading) -> Iterator[Found]:
    number = 0
    limit = reading.budgets.message_bytes
    with source.opened() as stream:
        for data in split(stream, limit):
            number += 1
            if data is None:
                yield Skipped(f"{source.name}!/{number}", "OVER_BUDGET", f"a message of more than {limit:,} bytes")
            else:
                yield source.member(str(number), data, "message/rfc822")
    yield archive(source, reading, "application/mbox", number)


def archive(source: Source, reading: Reading, media_type: str, members: int) -> Document:
    """The container itself, with the number of its *members*."""
    return Document(
        digest=source.digest,
        text="",
        kind="Archive",
        title=source.file_name,
        path=source.name,
        retrieved=reading.retrieved,
        marking=reading.marking,
        part_of=reading.collection,
        contained_in=source.container,
        facts=(
            ("byteSize", source.size),
            ("fileName", source.file_name),
            ("mediaType", media_type),
            ("memberCount", members),
        ),
    )


def split(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages of an mbox *stream*, without their ``From_`` lines and with ``>From`` unquoted; None for one of more
    than *limit* bytes, of which no more than that is ever held."""
    lines: list[bytes] = []
    size, blank, whole, started = 0, True, True, False
    line = stream.readline(_LONGEST)
    while line:
        after = stream.readline(_LONGEST)
        if blank and whole and _starts(line, after):
            if started:
                yield _message(lines, size, limit)
            lines, size, started = [], 0, True
        else:
            size += len(line)
            started = True
            if size <= limit:
                lines.append(line)
        blank = whole and not line.strip()
        whole = line.endswith(b"\n")
        line = after
    if started:
        yield _message(lines, size, limit)


def _message(lines: list[bytes], size: int, limit: int) -> bytes | None:
    if size > limit:
        return None
    if len(lines) > 1 and not lines[-1].strip():
        lines = lines[:-1]  # the empty line that parts messages is no part of them
    data = b"".join(lines)
    return _QUOTED.sub(rb"\1", data) if b">From " in data else data
