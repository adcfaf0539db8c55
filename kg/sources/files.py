"""A file whose content stays closed: its name, size and kind are kept, nothing of what stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document
from kg.sources.media import media_type
from kg.sources.reading import Reading, Source


def read_file(source: Source, reading: Reading) -> Iterator[Document]:
    """One Document of kind File: the reader of last resort inside leaks, so it never answers None."""
    yield described(source, reading)


def described(source: Source, reading: Reading, *warnings: str) -> Document:
    """*source* as a File of which nothing but name, size and kind is known, with *warnings* on why that is all."""
    facts: list[tuple[str, object]] = [("byteSize", source.size), ("fileName", source.file_name)]
    if kind := media_type(source, source.media_type):
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
