"""Web pages: the article's text out of its furniture, and what the page says about itself."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import EmptyInput, NoText, OverBudget, UnreadableInput
from kg.model import Document, Interval
from kg.sources.language import language_of
from kg.sources.reading import Reading, Source

if TYPE_CHECKING:
    from kg.sources.page_facts import PageFacts

SENTENCE = 5
"""Words; a page whose blocks are all shorter holds menus and buttons, no article."""
SUFFIXES = (".html", ".htm", ".xhtml")
OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]+)", re.I)
WEB_NAMES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
"""Labels that browsers read as Windows-1252 (WHATWG Encoding Standard, section 4.2)."""


def read_html(source: Source, reading: Reading) -> Iterator[Document] | None:
    """One Document of the page's article; None when *source* is no HTML.

    The stored text is the article's main text, its blocks parted by one empty line.  Raises EmptyInput, NoText (no
    article remains once the furniture is gone), UnreadableInput (binary, or in no encoding it names) and OverBudget.
    """
    if source.suffix not in SUFFIXES and not OPENING.match(source.head):
        return None
    return _article(source, reading)


def _article(source: Source, reading: Reading) -> Iterator[Document]:
    from kg.sources.page_facts import facts_of, main_text  # trafilatura: slow to load, needed by pages only

    data = source.bytes(reading.budgets.page_bytes)
    markup = decode_page(data)
    text = main_text(markup)
    if not any(len(block.split()) >= SENTENCE for block in text.split("\n\n")):
        raise NoText("a page without an article's text")
    if len(text) > reading.budgets.text_characters:
        limit = reading.budgets.text_characters
        raise OverBudget(f"{len(text):,} characters, more than the {limit:,} one article may have")
    facts: PageFacts = facts_of(markup)
    given = reading.published_of(source.name)
    yield Document(
        digest=hashlib.sha256(data).hexdigest(),
        text=text,
        language=reading.language or language_of(text),
        title=facts.title,
        publisher=facts.publisher,
        author=facts.author,
        url=facts.url,
        path=source.name,
        published=Interval.day(given) if given else facts.published,
        retrieved=reading.retrieved,
        marking=reading.marking,
        furniture=_headline(text, facts.title),
    )


def _headline(text: str, title: str | None) -> tuple[tuple[int, int], ...]:
    """The headline as furniture, where the article's text opens with it."""
    return ((0, len(title)),) if title and text.startswith(title + "\n") else ()


def decode_page(data: bytes) -> str:
    """The page's characters: UTF-8 where its bytes are UTF-8, else in the encoding its ``meta`` names, strictly.

    UTF-8 goes first because text in a one-byte encoding is practically never valid UTF-8, while pages that name the
    wrong encoding are common.
    """
    if not data.strip():
        raise EmptyInput("the file is empty")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    if (zero := data.find(b"\x00")) >= 0:
        raise UnreadableInput(f"binary, not text: a zero byte at byte {zero}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        named = CHARSET.search(data[:4096])
        label = named[1].decode("ascii").lower() if named else "utf-8"
        if label.replace("_", "-") in ("utf-8", "utf8"):
            raise UnreadableInput(
                f"not UTF-8, and no other charset is named: byte 0x{data[error.start]:02x} at byte {error.start}"
            ) from None
    return _strictly(data, WEB_NAMES.get(label, label))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"not {encoding}, the encoding it names: byte {error.start} ({error.reason})") from None
    except LookupError:
        raise UnreadableInput(f"in an unknown encoding: {encoding}") from None
