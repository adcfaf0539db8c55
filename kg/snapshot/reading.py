"""Snapshots in: from a file to memory, from there to a graph."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import iris
from kg.errors import UnreadableInput, UsageError
from kg.model import MARKINGS
from kg.snapshot.source import Snapshot, quads_of
from kg.store import DEFAULT_GRAPH, Writer
from kg.terms import KG, RDF

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
}


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
        quads = quads_of(name, triples) + b"".join(
            quads_of(one, texts[one]) for one in _texts_of(triples) if one in texts
        )
        writer.put(quads, [name], markings[name] if is_document else rest)


def _marking(graph: str, triples: list[bytes]) -> str:
    stated = [level for level in MARKINGS if f'<{graph}> <{KG.marking}> "{level}" .'.encode() in triples]
    return stated[-1] if stated else MARKINGS[0]


def _texts_of(triples: list[bytes]) -> list[str]:
    said = f"> <{KG.storedText}> <".encode()
    return [one.rsplit(b"<", 1)[1][: -len(b"> .")].decode() for one in triples if said in one]
