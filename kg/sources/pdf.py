"""PDF: the document information dictionary and the XMP packet (ISO 32000-1, 14.3), not the text."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kg.model import Document
from kg.sources.bodies import with_body
from kg.sources.media import by_magic
from kg.sources.metadata import EARLIEST, file_with, moment, whole, words, zone
from kg.sources.reading import Reading, Source

KIND = "application/pdf"
LARGEST = 64 * 2**20
"""Bytes of a file that is parsed: a larger one is described without its properties."""
DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?", re.ASCII)


def read_pdf(source: Source, reading: Reading) -> Iterator[Document] | None:
    """One File with the properties of a PDF; None when *source* is none."""
    return _one(source, reading) if by_magic(source.head) == KIND else None


def _one(source: Source, reading: Reading) -> Iterator[Document]:
    facts: dict[str, Any] = {}
    warnings: tuple[str, ...] = ()
    try:
        if source.size > LARGEST:
            raise ValueError(f"{source.size:,} bytes, too large to look inside")
        facts = _properties(source)
    except RecursionError:
        warnings = ("its properties cannot be read: its objects refer to each other in circles",)
    except Exception as error:  # pypdf lets errors of every kind out of files built to break it
        warnings = (f"its properties cannot be read: {words(str(error)) or type(error).__name__}",)
    title, author = (facts.pop(name, None) for name in ("title", "author"))
    file = file_with(source, reading, KIND, facts, title=title, author=author, warnings=warnings)
    yield with_body(file, source, reading, KIND)


def _properties(source: Source) -> dict[str, Any]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs pieces of broken files, which belong in no log
    with source.opened() as stream:
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted:
            return {"encrypted": True}
        info: Any = reader.metadata or {}
        xmp = reader.xmp_metadata
        creator, producer = words(info.get("/Creator")), words(info.get("/Producer"))
        if xmp is not None:
            creator = creator or words(xmp.xmp_creator_tool)
            producer = producer or words(xmp.pdf_producer)
        application = " / ".join(dict.fromkeys(each for each in (creator, producer) if each))
        return {
            "title": words(info.get("/Title")),
            "author": words(info.get("/Author")) or (_first(xmp.dc_creator) if xmp is not None else None),
            "createdAt": pdf_date(info.get("/CreationDate")) or _time(xmp, "xmp_create_date"),
            "modifiedAt": pdf_date(info.get("/ModDate")) or _time(xmp, "xmp_modify_date"),
            "application": application or None,
        }


def _time(xmp: Any, name: str) -> datetime | None:
    value = getattr(xmp, name, None) if xmp is not None else None
    return value if isinstance(value, datetime) and value.year >= EARLIEST else moment(value)


def _first(values: object) -> str | None:
    return words(values[0]) if isinstance(values, list) and values else None


def pdf_date(value: object) -> datetime | None:
    """A PDF date (7.9.4), ``D:20170424183000+02'00'``; None for none, or one that is not to the minute.

    >>> pdf_date("D:20170424183000+02'00'").isoformat()
    '2017-04-24T18:30:00+02:00'
    """
    found = DATE.match(value) if isinstance(value, str) else None
    if found is None or found[5] is None:
        return None
    offset = "Z" if found[7] else f"{found[8]}{found[9] or '00'}" if found[8] else None
    try:
        at = whole(found.groups()[:6]).replace(tzinfo=zone(offset))
    except ValueError:
        return None
    return at if at.year >= EARLIEST else None
