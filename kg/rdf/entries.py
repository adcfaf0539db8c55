"""What lists and containers name: one Entry node each, in the graph of the document that names it."""

from __future__ import annotations

from collections.abc import Iterable

from kg import iris
from kg.model import Entry
from kg.nquads import boolean, integer, iri, moment, string
from kg.rdf.graph import Graph
from kg.terms import KG


def add_entries(graph: Graph, document: str, entries: Iterable[Entry]) -> None:
    """Adds *entries* of the document with that IRI to its *graph*."""
    for entry in entries:
        node = iris.entry(document, entry.path)
        graph.types(node, "Entry")
        graph.add(document, KG.entry, iri(node))
        graph.add(node, KG.path, string(entry.path))
        graph.add(node, KG.byteSize, integer(entry.size) if entry.size is not None else None)
        graph.add(node, KG.modifiedAt, moment(entry.modified) if entry.modified is not None else None)
        graph.add(node, KG.checksum, string(entry.checksum) if entry.checksum is not None else None)
        graph.add(node, KG.encrypted, boolean(True) if entry.encrypted else None)
        graph.add(node, KG.reason, string(entry.reason) if entry.reason is not None else None)
