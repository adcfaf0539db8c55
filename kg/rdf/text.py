"""The stored text's graph, and the names of the graphs that belong to a document."""

from __future__ import annotations

from kg import iris
from kg.model import Document
from kg.nquads import string
from kg.rdf.graph import Graph
from kg.terms import KG


def text_quads(document: Document, base: str) -> list[str]:
    """The graph of the stored text: a function of the text alone, so that documents with one text share it."""
    if not document.text:
        return []
    node = iris.text(base, document.text)
    graph = Graph(node)
    graph.types(node, "Text")
    graph.add(node, KG.content, string(document.text))
    graph.add(node, KG.digest, string(node.rpartition("/")[2]))
    return graph.lines()


def document_graphs(document: Document, base: str) -> list[str]:
    """The names of the graphs that ``document_quads`` fills: the document's, then its text's if one is kept."""
    own = iris.document(base, document.digest)
    return [own, iris.text(base, document.text)] if document.text else [own]
