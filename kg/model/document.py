"""One source, the text kept of it, and that text's shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's stored text: ``exact == text[start:end]``."""

    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span ``[start, end)`` of *text*; refuses offsets outside it."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(text)} characters")
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from *begin* to *end*, both inclusive; ``None`` = open on that side.

    *precision* says how much was known, not how long it lasted: ``vendredi soir`` is one day at precision
    ``hour``, ``en mars`` a month at precision ``month``.
    """

    begin: date | None
    end: date | None
    precision: str = "day"

    @classmethod
    def day(cls, day: date, precision: str = "day") -> Interval:
        return cls(day, day, precision)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a list or a container names: its *path* there, *size* in bytes, *modified* as stated, *checksum*
    as ``algorithm:hex``, whether it is *encrypted*, and the *reason* why it was not opened."""

    path: str
    size: int | None = None
    modified: datetime | None = None
    checksum: str | None = None
    encrypted: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One source and the text kept of it.

    *digest* is the SHA-256 of the source's bytes (hex); *text* what offsets point into ("" where no text is
    kept); *published* the date of publication, the anchor of every relative time in it.  *furniture* are the
    parts of the text that are not the article's body (headline, dateline, menus, credits): extractors read
    the body only, though names in a headline still count as mentions.  *marking* is a TLP level.
    *facts* are the metadata of non-articles as ``(property, value)`` pairs in the ontology's words.
    *contained_in* is the digest of the container it was found in, *attached* the ``(digest, file name)`` of each
    attachment of a mail; *parties* what is known of its sender, once resolved: ``(property, actor IRI)``;
    *entries* what a list names, and what of a container has no Document of its own.
    """

    digest: str
    text: str
    kind: str = "Article"
    language: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None
    published: Interval | None = None
    retrieved: datetime | None = None
    part_of: str | None = None
    marking: str = "CLEAR"
    furniture: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()
    contained_in: str | None = None
    attached: tuple[tuple[str, str], ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation found in the text.  *outer* includes its marks, *inner* does not; *depth* 0 is outermost."""

    outer: tuple[int, int]
    inner: tuple[int, int]
    depth: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """The text's shape: *paragraphs* of the body, *quotes* and *sentences* in them (in text order), *furniture*."""

    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quote, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
