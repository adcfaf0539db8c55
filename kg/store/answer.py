"""Answering a user's SPARQL and parsing and printing RDF, for the SPARQL endpoint: media types in, bytes out.

A user's query has no time limit in here: it belongs in a process that can be killed (``reader.store_path``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.store.complaint import complaint
from kg.store.nquads import DEFAULT_GRAPH, split
from kg.store.oxigraph import graph_name, open_read_only
from kg.store.terms import node
from kg.store.touched import names_dataset

# Media types in order of preference; of SPARQL results (W3C recommendations of 2013) and of RDF.
RESULT_TYPES: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
BOOLEAN_TYPES = ("application/sparql-results+json", "application/sparql-results+xml")
RDF_TYPES: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class Answer:
    """What a query gave: ``kind`` is ``solutions``, ``boolean`` or ``graph``; ``write`` evaluates the rest of it."""

    def __init__(self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self._result: ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple] = result
        kinds = {ox.QuerySolutions: "solutions", ox.QueryBoolean: "boolean", ox.QueryTriples: "graph"}
        self.kind = kinds[type(result)]

    @property
    def media_types(self) -> tuple[str, ...]:
        """What it can be written as, best first."""
        if self.kind == "graph":
            return tuple(RDF_TYPES)
        return tuple(RESULT_TYPES) if self.kind == "solutions" else BOOLEAN_TYPES

    def limit(self, triples: int, error: type[Exception]) -> None:
        """Let ``write`` raise *error* at one more than so many triples; only for a ``graph``."""
        if isinstance(self._result, (ox.QuerySolutions, ox.QueryBoolean)):
            raise UsageError(f"the rows of {self.kind} are counted where they are written")
        self._result = _at_most(self._result, triples, error)

    def write(self, file: BinaryIO, media_type: str, prefixes: Mapping[str, str] | None = None) -> None:
        """Write the answer as it is computed; QueryError where its evaluation fails on the way."""
        if media_type not in self.media_types:
            raise UsageError(f"{self.kind} cannot be written as {media_type}")
        try:
            if isinstance(self._result, (ox.QuerySolutions, ox.QueryBoolean)):
                self._result.serialize(file, format=RESULT_TYPES[media_type])
            else:
                ox.serialize(self._result, file, format=RDF_TYPES[media_type], prefixes=dict(prefixes or {}))
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"SPARQL: {error}") from error


def _at_most(triples: Iterable[ox.Triple], limit: int, error: type[Exception]) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples, start=1):
        if count > limit:
            raise error
        yield triple


def evaluate(
    store: ox.Store | Path,
    query: str,
    *,
    base: str | None = None,
    prefixes: Mapping[str, str] | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answer:
    """Begin to answer *query* (a store, or where a checkpoint lies).

    With neither *default_graphs* nor *named_graphs* (the protocol's dataset) and no FROM in the query, the default
    graph is the union of all graphs (sd:UnionDefaultGraph).  QueryError where the query is wrong.
    """
    # pyoxigraph lets the union win over FROM, so the query's own dataset must switch it off.
    given = bool(default_graphs or named_graphs)
    union = not given and not names_dataset(query)
    opened = open_read_only(store) if isinstance(store, Path) else store
    try:
        result = opened.query(
            query,
            base_iri=base,
            prefixes=dict(prefixes or {}),
            use_default_graph_as_union=union,
            default_graph=[graph_name(graph) for graph in default_graphs] if given else None,
            named_graphs=[node(graph) for graph in named_graphs] if given else None,
        )
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(f"SPARQL: {complaint(error, query, prefixes or {})}") from error
    return Answer(result)


def parse_rdf(data: bytes, media_type: str, *, graph: str = DEFAULT_GRAPH, base: str | None = None) -> bytes:
    """N-Quads of *data*; what names no graph goes to *graph*.  UsageError where it is not what *media_type* says."""
    if media_type not in RDF_TYPES:
        raise UsageError(f"unknown media type {media_type!r}: one of {', '.join(RDF_TYPES)}")
    try:
        quads = [
            ox.Quad(quad.subject, quad.predicate, quad.object, _in(quad.graph_name, graph))
            for quad in ox.parse(data, format=RDF_TYPES[media_type], base_iri=base, rename_blank_nodes=True)
        ]
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"not {media_type}: {error}") from error
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def graphs_of(quads: bytes) -> list[str]:
    """The graphs that *quads* (N-Quads) speak of."""
    return sorted(split(quads))


def print_rdf(triples: Sequence[bytes], media_type: str, prefixes: Mapping[str, str] | None = None) -> bytes:
    """N-Triples lines as *media_type*."""
    if media_type not in RDF_TYPES:
        raise UsageError(f"cannot write {media_type!r}: one of {', '.join(RDF_TYPES)}")
    parsed = (quad.triple for quad in ox.parse(b"\n".join(triples), format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(parsed, format=RDF_TYPES[media_type], prefixes=dict(prefixes or {})) or b""


def _in(
    name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, graph: str
) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    return graph_name(graph) if isinstance(name, ox.DefaultGraph) else name
