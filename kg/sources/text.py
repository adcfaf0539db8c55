"""Plain text: UTF-8, kept exactly as it stands in the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import EmptyInput, NoText, OverBudget, UnreadableInput
from kg.model import Document, Interval
from kg.sources.language import language_of
from kg.sources.reading import Reading, Source

SUFFIXES = (".txt", ".text")
EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,7}")
"""What tells a kind of file: code and tables are text too, but no articles.  A name's other dots tell nothing."""
HEADLINE = 200
"""Characters; a longer first line is a paragraph."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SIGNATURE = re.compile(r"\s[–—|]\s+(?P<by>(?:By|Par)\s+)?(?P<name>[^–—|\d]+)$")
WIDE_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_text(source: Source, reading: Reading) -> Iterator[Document]:
    """One Document of the whole file; the reader of last resort, so it never answers None.

    The text is the file decoded as UTF-8, without newline translation and with a byte order mark left in place
    (as furniture), so that offsets hold in the file itself.  Raises EmptyInput, NoText (only white space),
    UnreadableInput (not text, or not UTF-8: the byte offset is named) and OverBudget.
    """
    data = source.bytes(reading.budgets.file_bytes)
    text = decode(data)
    if EXTENSION.fullmatch(source.suffix) and source.suffix not in SUFFIXES:
        raise UnreadableInput(f"no reader for {source.suffix} files; articles are {', '.join(SUFFIXES)} or web pages")
    if not text.strip("\ufeff \t\r\n\v\f\u00a0"):
        raise NoText("nothing but white space")
    if len(text) > reading.budgets.text_characters:
        limit = reading.budgets.text_characters
        raise OverBudget(f"{len(text):,} characters, more than the {limit:,} one article may have")
    published = reading.published_of(source.name)
    head = head_of(text)
    yield Document(
        digest=hashlib.sha256(data).hexdigest(),
        text=text,
        language=reading.language or language_of(text),
        title=head.title,
        publisher=head.publisher,
        author=head.author,
        path=source.name,
        published=Interval.day(published) if published else None,
        retrieved=reading.retrieved,
        marking=reading.marking,
        furniture=((0, 1),) if text.startswith("\ufeff") else (),
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a dispatch: its headline, and who signs it."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None


def head_of(text: str) -> Head:
    """The head of a dispatch: a headline, then a dateline that may end in its outlet or author.

    Read only where the form is plain: a first line that is no sentence, right below it a line with a year in it,
    then an empty line.  ``LONDON, April 6, 2016 | By A. Writer, Staff`` names an author, ``… – Agency`` a publisher.
    """
    lines = text.lstrip("\ufeff\r\n").split("\n", 3)
    if len(lines) < 3 or lines[2].strip():
        return Head()
    title, dateline = lines[0].strip(), lines[1].strip()
    if not title or len(title) > HEADLINE or title.endswith(".") or not YEAR.search(dateline):
        return Head()
    signed = SIGNATURE.search(dateline)
    if signed is None:
        return Head(title)
    if signed["by"]:
        return Head(title, author=signed["name"].split(",")[0].strip())
    return Head(title, publisher=signed["name"].strip())


def decode(data: bytes) -> str:
    """*data* as strict UTF-8; raises EmptyInput for no bytes and UnreadableInput for anything but UTF-8 text."""
    if not data:
        raise EmptyInput("the file is empty")
    if data[:2] in WIDE_MARKS:
        raise UnreadableInput(f"{WIDE_MARKS[data[:2]]}, not UTF-8: convert it first")
    if (zero := data.find(b"\x00")) >= 0:
        raise UnreadableInput(f"binary, not text: a zero byte at byte {zero}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start} ({error.reason})"
        ) from None
