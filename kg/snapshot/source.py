"""What a snapshot is made of: graphs in the order of their IRIs, triples sorted; a graph or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from kg import iris
from kg.store import DEFAULT_GRAPH
from kg.store.oxigraph import graphs, triples_of

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


def content_of(source: Source, with_provenance: bool) -> Graphs:
    """The graphs that hold something, the provenance graph only when it is asked for."""
    left_out = None if with_provenance else iris.provenance_graph(source.base)
    return ((graph, triples) for graph, triples in source.graph_iter() if graph != left_out and triples)


def quads_of(graph: str, triples: list[bytes]) -> bytes:
    """The triples as N-Quads lines."""
    tail = f" <{graph}> .\n".encode() if graph != DEFAULT_GRAPH else b" .\n"
    return b"".join(triple[: -len(b" .")] + tail for triple in triples)
