"""A file whose content stays closed: its name, size and kind are kept, nothing of what stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document
from kg.sources.reading import Reading, Source

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
)


def read_file(source: Source, reading: Reading) -> Iterator[Document]:
    """One Document of kind File: the reader of last resort inside leaks, so it never answers None."""
    yield described(source, reading)


def described(source: Source, reading: Reading, *warnings: str) -> Document:
    """*source* as a File of which nothing but name, size and kind is known, with *warnings* on why that is all."""
    facts: list[tuple[str, object]] = [("byteSize", source.size), ("fileName", source.file_name)]
    if kind := media_type(source.head, source.media_type):
        facts.append(("mediaType", kind))
    return Document(
        digest=source.digest,
        text="",
        kind="File",
        title=source.file_name,
        path=source.name,
        retrieved=reading.retrieved,
        marking=reading.marking,
        part_of=reading.collection,
        contained_in=source.container,
        warnings=warnings,
        facts=tuple(facts),
    )


def media_type(head: bytes, declared: str | None = None) -> str | None:
    """The media type told from the first bytes, else the *declared* one; None when neither says."""
    told = next((kind for start, kind in _MAGIC if head.startswith(start)), None)
    if told in ("application/zip", "application/x-ole-storage") and declared and "/" in declared:
        return declared  # office formats are containers of these kinds, and the declared type is finer
    if told:
        return told
    return declared if declared and declared != "application/octet-stream" else None
