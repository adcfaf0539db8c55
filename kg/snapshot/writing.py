"""Snapshots out: the same bytes for the same graph, with memory bounded by the largest graph."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import shapes
from kg.errors import UsageError
from kg.snapshot.source import Graphs, Source, content_of, quads_of
from kg.terms import RDF, XSD


def save(source: Source, path: Path | str, *, with_provenance: bool = False) -> None:
    """Write *source* to *path* in the format of its suffix; the old file stays until the new one is whole."""
    path = Path(path)
    write = _writer_of(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            write(content_of(source, with_provenance), file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def dump(source: Source, suffix: str, *, with_provenance: bool = False) -> bytes:
    """The same in memory: ``dump(reader, ".ttl")``."""
    file = io.BytesIO()
    _writer_of(Path("snapshot" + suffix))(content_of(source, with_provenance), file)
    return file.getvalue()


def _type_first(triple: bytes) -> tuple[bytes, bool, bytes]:
    subject, predicate, rest = triple.split(b" ", 2)
    return subject, predicate != f"<{RDF.type}>".encode(), predicate + b" " + rest


def _write_nquads(content: Graphs, file: BinaryIO) -> None:
    for graph, triples in content:
        file.write(quads_of(graph, triples))


def _write_turtle(content: Graphs, file: BinaryIO) -> None:
    _write_with_prefixes((quad.triple for quad in _parsed(content)), file, ox.RdfFormat.TURTLE)


def _write_trig(content: Graphs, file: BinaryIO) -> None:
    _write_with_prefixes(_parsed(content), file, ox.RdfFormat.TRIG)


def _write_with_prefixes(
    statements: Iterator[ox.Quad] | Iterator[ox.Triple], file: BinaryIO, form: ox.RdfFormat
) -> None:
    sorted_file = _SortedHeader(file)
    ox.serialize(statements, sorted_file, format=form, prefixes=dict(shapes.prefixes()))  # type: ignore[arg-type]
    sorted_file.close()


class _SortedHeader:
    """Passes a Turtle document on with its prefix lines sorted: the serializer prints them in a random order."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._header: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._header is None:
            return self._file.write(data)
        self._header += data
        complete, newline, rest = self._header.rpartition(b"\n")
        lines = [line for line in complete.split(b"\n") if line]
        if not b"@prefix ".startswith(rest[:8]) or any(not line.startswith(b"@prefix ") for line in lines):
            self.close()
        return len(data)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """Write what is held back: the prefix lines, sorted, and what follows them."""
        if self._header is not None:
            lines = self._header.splitlines(keepends=True)
            prefixes = [line for line in lines if line.startswith(b"@prefix ")]
            self._file.write(b"".join(sorted(prefixes) + lines[len(prefixes) :]))
            self._header = None


def _write_json_ld(content: Graphs, file: BinaryIO) -> None:
    ox.serialize(_parsed(content), file, format=ox.RdfFormat.JSON_LD)


def _parsed(content: Graphs) -> Iterator[ox.Quad]:
    for graph, triples in content:
        yield from ox.parse(quads_of(graph, sorted(triples, key=_type_first)), format=ox.RdfFormat.N_QUADS)


def _write_csv(content: Graphs, file: BinaryIO) -> None:
    """RFC 4180, header first; *datatype* is empty for IRIs, plain strings and texts in a language."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(("graph", "subject", "predicate", "object", "datatype", "language"))
    for graph, triples in content:
        for quad in ox.parse(b"\n".join(triples), format=ox.RdfFormat.N_TRIPLES):
            table.writerow((graph, _plain(quad.subject), quad.predicate.value, *_object(quad.object)))
    text.detach()


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _object(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> tuple[str, str, str]:
    if not isinstance(term, ox.Literal):
        return _plain(term), "", ""
    datatype = term.datatype.value
    plain = term.language or datatype == XSD.string
    return term.value, "" if plain else datatype, term.language or ""


WRITERS: Mapping[str, Callable[[Graphs, BinaryIO], None]] = {
    ".csv": _write_csv,
    ".jsonld": _write_json_ld,
    ".nq": _write_nquads,
    ".trig": _write_trig,
    ".ttl": _write_turtle,
}


def _writer_of(path: Path) -> Callable[[Graphs, BinaryIO], None]:
    try:
        return WRITERS[path.suffix]
    except KeyError:
        raise UsageError(f"cannot write {path.suffix or path.name!r}: one of {', '.join(sorted(WRITERS))}") from None
