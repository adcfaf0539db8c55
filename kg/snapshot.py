"""Snapshots: the graph as a file, the same bytes for the same graph; in again, hashed, compared.

    .nq .trig .jsonld   every graph, sorted by graph, then by triple        .csv   the same as a table
    .ttl                the triples of all graphs, in the same order (which graph said what is lost)

``graph/provenance`` (clock times) is left out unless asked for.  Memory is bounded by the largest graph.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

import pyoxigraph as ox

from kg import iris, shapes
from kg.errors import UnreadableInput, UsageError
from kg.model import MARKINGS
from kg.store import DEFAULT_GRAPH, Writer
from kg.store.oxigraph import graphs, triples_of
from kg.terms import KG, RDF

Graphs: TypeAlias = Iterator[tuple[str, list[bytes]]]


class Source(Protocol):
    """A Reader, or a snapshot that was loaded: named graphs in the order of their IRIs, triples sorted."""

    @property
    def base(self) -> str: ...

    def graph_iter(self) -> Graphs: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot in memory, as ``load`` reads it; *base* as the graph it is compared with, or will go into, has it."""

    store: ox.Store
    base: str = iris.BASE

    def graph_iter(self) -> Graphs:
        if default := triples_of(self.store, DEFAULT_GRAPH):
            yield DEFAULT_GRAPH, default
        for graph in graphs(self.store):
            yield graph, triples_of(self.store, graph)


# ------------------------------------------------------------------ out
def save(source: Source, path: Path | str, *, with_provenance: bool = False) -> None:
    """Write *source* to *path* in the format of its suffix; the old file stays until the new one is whole."""
    path = Path(path)
    write = _writer_of(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            write(_content(source, with_provenance), file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def dump(source: Source, suffix: str, *, with_provenance: bool = False) -> bytes:
    """The same in memory: ``dump(reader, ".ttl")``."""
    file = io.BytesIO()
    _writer_of(Path("snapshot" + suffix))(_content(source, with_provenance), file)
    return file.getvalue()


def content_hash(source: Source, *, with_provenance: bool = False) -> str:
    """SHA-256 (hex) of the snapshot as ``.nq``: equal exactly where the quads are equal."""
    digest = hashlib.sha256()
    for graph, triples in _content(source, with_provenance):
        digest.update(_quads(graph, triples))
    return digest.hexdigest()


def _content(source: Source, with_provenance: bool) -> Graphs:
    left_out = None if with_provenance else iris.provenance_graph(source.base)
    return ((graph, triples) for graph, triples in source.graph_iter() if graph != left_out and triples)


def _quads(graph: str, triples: list[bytes]) -> bytes:
    """The triples as N-Quads lines."""
    tail = f" <{graph}> .\n".encode() if graph != DEFAULT_GRAPH else b" .\n"
    return b"".join(triple[: -len(b" .")] + tail for triple in triples)


def _type_first(triple: bytes) -> tuple[bytes, bool, bytes]:
    subject, predicate, rest = triple.split(b" ", 2)
    return subject, predicate != f"<{RDF.type}>".encode(), predicate + b" " + rest


def _write_nquads(content: Graphs, file: BinaryIO) -> None:
    for graph, triples in content:
        file.write(_quads(graph, triples))


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
        yield from ox.parse(_quads(graph, sorted(triples, key=_type_first)), format=ox.RdfFormat.N_QUADS)


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
    plain = term.language or datatype == "http://www.w3.org/2001/XMLSchema#string"
    return term.value, "" if plain else datatype, term.language or ""


WRITERS: Mapping[str, Callable[[Graphs, BinaryIO], None]] = {
    ".csv": _write_csv,
    ".jsonld": _write_json_ld,
    ".nq": _write_nquads,
    ".trig": _write_trig,
    ".ttl": _write_turtle,
}
FORMATS: Mapping[str, ox.RdfFormat] = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}


def _writer_of(path: Path) -> Callable[[Graphs, BinaryIO], None]:
    try:
        return WRITERS[path.suffix]
    except KeyError:
        raise UsageError(f"cannot write {path.suffix or path.name!r}: one of {', '.join(sorted(WRITERS))}") from None


# ------------------------------------------------------------------ in
def load(path: Path | str, *, base: str = iris.BASE, graph: str = DEFAULT_GRAPH) -> Snapshot:
    """Read a snapshot; the triples of a format without graphs go to *graph*.  UnreadableInput where it is none."""
    path = Path(path)
    if path.suffix not in FORMATS:
        raise UsageError(f"cannot read {path.suffix or path.name!r}: one of {', '.join(sorted(FORMATS))}")
    store = ox.Store()
    target = ox.NamedNode(graph) if graph != DEFAULT_GRAPH else None
    triples_only = path.suffix == ".ttl"
    try:
        store.bulk_load(path=os.fspath(path), format=FORMATS[path.suffix], to_graph=target if triples_only else None)
    except SyntaxError as error:
        raise UnreadableInput(f"{path}: {error}") from error
    except OSError as error:
        raise UsageError(f"{path}: {error}") from error
    return Snapshot(store, base)


def restore(snapshot: Snapshot, writer: Writer, level: str | None = None) -> None:
    """Write a snapshot into a graph: each document at its own marking, everything else at *level*.

    *level* defaults to the highest marking in the snapshot: what the documents of all levels together brought
    about (actors, resolution) may tell of the most secret one.
    """
    content = dict(snapshot.graph_iter())
    texts = {name: content.pop(name) for name in list(content) if name.startswith(writer.base + "graph/texts/")}
    markings = {name: _marking(name, triples) for name, triples in content.items()}
    rest = level or max(markings.values(), key=MARKINGS.index, default=MARKINGS[0])
    for name, triples in content.items():
        is_document = f"<{name}> <{RDF.type}> <{KG.Document}> .".encode() in triples
        quads = _quads(name, triples) + b"".join(_quads(one, texts[one]) for one in _texts_of(triples) if one in texts)
        writer.put(quads, [name], markings[name] if is_document else rest)


def _marking(graph: str, triples: list[bytes]) -> str:
    stated = [level for level in MARKINGS if f'<{graph}> <{KG.marking}> "{level}" .'.encode() in triples]
    return stated[-1] if stated else MARKINGS[0]


def _texts_of(triples: list[bytes]) -> list[str]:
    said = f"> <{KG.storedText}> <".encode()
    return [one.rsplit(b"<", 1)[1][: -len(b"> .")].decode() for one in triples if said in one]


# ------------------------------------------------------------------ compared
@dataclass(frozen=True, slots=True)
class Diff:
    """What leads from one graph to another: N-Quads lines, sorted by graph, then by triple."""

    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def diff(old: Source, new: Source, *, with_provenance: bool = False) -> Diff:
    """The quads that *new* has and *old* has not, and the other way round."""
    added: list[str] = []
    removed: list[str] = []
    before, after = _content(old, with_provenance), _content(new, with_provenance)
    one, two = next(before, None), next(after, None)
    while one or two:
        # Both come in the order of graph IRIs: walk them together, a graph at a time.
        graph = min(pair[0] for pair in (one, two) if pair)
        here = set(one[1]) if one and one[0] == graph else set()
        there = set(two[1]) if two and two[0] == graph else set()
        removed += _quads(graph, sorted(here - there)).decode().splitlines()
        added += _quads(graph, sorted(there - here)).decode().splitlines()
        one = next(before, None) if one and one[0] == graph else one
        two = next(after, None) if two and two[0] == graph else two
    return Diff(tuple(added), tuple(removed))
