"""The text of office files and PDF, for those who ask for bodies (``--with-bodies``): paragraphs, no layout."""

from __future__ import annotations

import zipfile
from dataclasses import replace

from lxml import etree

from kg.model import Document
from kg.sources.language import language_of
from kg.sources.media import SLIDES, WORD
from kg.sources.metadata import words
from kg.sources.reading import Reading, Source

PART = 32 * 2**20
"""Bytes of one part with text that are read."""
PAGES = 500
"""Pages of a PDF, slides of a presentation, that are read."""
PDF = "application/pdf"


def with_body(document: Document, source: Source, reading: Reading, media_type: str) -> Document:
    """*document* with its text where the run asks for bodies; a text that cannot be read is a warning."""
    if not reading.with_bodies or source.size > reading.budgets.file_bytes or dict(document.facts).get("encrypted"):
        return document
    try:
        text = body(source, media_type, reading.budgets.text_characters)
    except Exception as error:  # the libraries let errors of every kind out of files built to break them
        warning = f"its text cannot be read: {words(str(error)) or type(error).__name__}"
        return replace(document, warnings=(*document.warnings, warning))
    if not text:
        return document
    return replace(document, text=text, language=reading.language or language_of(text) or document.language)


def body(source: Source, media_type: str, limit: int) -> str:
    """The text of *source*, of at most *limit* characters; "" for kinds without a reader of text.

    Raises what the libraries raise for broken files; callers turn that into a warning.
    """
    if media_type == PDF:
        text = _pdf(source, limit)
    elif media_type in (WORD, SLIDES):
        text = _office(source, media_type, limit)
    else:
        return ""
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    return clean[:limit].strip()


def _pdf(source: Source, limit: int) -> str:
    from pypdf import PdfReader

    pages: list[str] = []
    with source.opened() as stream:
        for number, page in enumerate(PdfReader(stream, strict=False).pages):
            if number == PAGES or sum(map(len, pages)) > limit:
                break
            pages.append(page.extract_text())
    return "\n\n".join(pages)


def _office(source: Source, media_type: str, limit: int) -> str:
    """The paragraphs (``w:p``, ``a:p``) of the main part, or of the slides in the order of their numbers."""
    paragraphs: list[str] = []
    with source.opened() as stream, zipfile.ZipFile(stream) as box:
        for name in _parts(box, media_type)[:PAGES]:
            with box.open(name) as part:
                data = part.read(PART + 1)
            if len(data) > PART or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise ValueError(f"{name} is too large, or declares a document type")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            for node in etree.fromstring(data, parser).iter("{*}p"):
                paragraphs.append("".join(text.text or "" for text in node.iter("{*}t")))
            if sum(map(len, paragraphs)) > limit:
                break
    return "\n\n".join(each for each in paragraphs if each.strip())


def _parts(box: zipfile.ZipFile, media_type: str) -> list[str]:
    names = box.namelist()
    if media_type == WORD:
        return [name for name in names if name == "word/document.xml"]
    slides = [name for name in names if name.startswith("ppt/slides/slide") and name.endswith(".xml")]
    return sorted(slides, key=lambda name: (len(name), name))
