"""Runs: what wrote which documents' graphs, when.  The only place where clock times enter the graph."""

from __future__ import annotations

from collections.abc import Iterable

from kg import iris
from kg.model import Document, Run
from kg.nquads import iri, moment, string
from kg.rdf.graph import Graph
from kg.terms import KG, PROV


def provenance_quads(run: Run, documents: Iterable[Document], base: str) -> list[str]:
    """The run, the documents whose graphs it wrote, and when each was read: quads of the provenance graph."""
    documents = sorted(documents, key=lambda document: document.digest)
    node = iris.run(base, run.software, run.version, run.model, run.started.isoformat(), *(d.digest for d in documents))
    graph = Graph(iris.provenance_graph(base))
    graph.types(node, "Run")
    graph.add(node, KG.software, string(run.software))
    graph.add(node, KG.version, string(run.version))
    graph.add(node, KG.model, string(run.model) if run.model else None)
    graph.add(node, PROV.startedAtTime, moment(run.started))
    graph.add(node, PROV.endedAtTime, moment(run.ended) if run.ended else None)
    for document in documents:
        written = iris.document(base, document.digest)
        graph.add(node, PROV.used, iri(written))
        graph.add(node, PROV.generated, iri(written))
        graph.add(written, KG.retrieved, moment(document.retrieved) if document.retrieved else None)
    return graph.lines()
