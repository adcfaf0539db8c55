"""Any other node of the graph: what is said of it, and what points at it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from api.pages.page import Page, Table, Visit
from api.pages.terms import short, shown
from kg.store import sparql

POINTING = 100  # nodes that point at this one, shown


def build(visit: Visit, iri: str) -> Page:
    node, reader = sparql(iri), visit.asking.reader
    said = visit.asking.select(f"SELECT DISTINCT ?p ?o {{ {node} ?p ?o }} ORDER BY ?p ?o")
    pointing = visit.asking.select(f"SELECT DISTINCT ?s ?p {{ ?s ?p {node} }} LIMIT {POINTING + 1}")
    label = reader.select(
        f"SELECT ?l {{ {node} ?p ?l VALUES ?p {{ skos:prefLabel kg:title kg:text kg:exact }} }} ORDER BY ?l LIMIT 1"
    )
    graph = f"/rdf-graph-store?graph={quote(iri, safe='')}" if reader.has_graph(iri) else ""
    view: dict[str, Any] = {
        "said": [(shown(row["p"], visit), shown(row["o"], visit)) for row in said],
        "pointing": [(shown(row["s"], visit), shown(row["p"], visit)) for row in pointing[:POINTING]],
        "more": len(pointing) > POINTING,
        "graph": graph,
        "in_text": _in_text(visit, iri),
    }
    rows = [(str(row["p"]), str(row["o"])) for row in said]
    title = str(label[0]["l"]) if label else short(iri, reader)
    statements = {"statements": [{"predicate": p, "object": o} for p, o in rows]}
    return Page("node", title, statements, Table(("predicate", "object"), rows), view, iri)


def _in_text(visit: Visit, iri: str) -> str:
    """Where a span or mention stands on its document's page."""
    for part in ("/span/", "/mention/"):
        document, found, place = iri.partition(part)
        if found and place.split("-")[0].isdigit():
            return visit.href(document, f"#o{place.split('-')[0]}")
    return ""
