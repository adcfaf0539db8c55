"""The store: one writer, many readers, never in each other's way.

    live/<LEVEL>  ──commit──▶  generations/N/<LEVEL>  ◀──current──  Reader, ReaderPool

``open_writer`` for writing (a transaction), ``open_reader`` for one consistent state, ``ReaderPool`` for servers.
"""

from kg.store.manifest import DEFAULT_BASE, SCHEMA, Manifest
from kg.store.nquads import DEFAULT_GRAPH
from kg.store.opening import open_writer, repair
from kg.store.oxigraph import Source
from kg.store.reader import Reader, ReaderPool, open_reader
from kg.store.terms import IRI, BlankNode, Literal, Row, Term, Triple, sparql, values
from kg.store.writer import Writer

__all__ = [
    "DEFAULT_BASE", "DEFAULT_GRAPH", "IRI", "SCHEMA", "BlankNode", "Literal", "Manifest", "Reader", "ReaderPool", "Row",
    "Source", "Term", "Triple", "Writer", "open_reader", "open_writer", "repair", "sparql", "values",
]  # fmt: skip
