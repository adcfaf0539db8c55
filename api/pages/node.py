"""Any other node of the graph: what is said of it, and what points at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from api.pages.page import Page, Table, Visit
from kg.store import IRI, Literal, Reader, sparql

POINTING = 100  # nodes that point at this one, shown


@dataclass(frozen=True, slots=True)
class Term:
    """A term for people: a link where it leads somewhere, *note* a literal's datatype."""

    text: str
    href: str = ""
    language: str = ""
    note: str = ""


def build(visit: Visit, iri: str) -> Page:
    node, reader = sparql(iri), visit.asking.reader
    said = visit.asking.select(f"SELECT DISTINCT ?p ?o {{ {node} ?p ?o }} ORDER BY ?p ?o")
    pointing = visit.asking.select(f"SELECT DISTINCT ?s ?p {{ ?s ?p {node} }} LIMIT {POINTING + 1}")
    label = reader.select(
        f"SELECT ?l {{ {node} ?p ?l VALUES ?p {{ skos:prefLabel kg:title kg:text kg:exact }} }} ORDER BY ?l LIMIT 1"
    )
    graph = f"/rdf-graph-store?graph={quote(iri, safe='')}" if reader.has_graph(iri) else ""
    view: dict[str, Any] = {
        "said": [(_term(row["p"], visit), _term(row["o"], visit)) for row in said],
        "pointing": [(_term(row["s"], visit), _term(row["p"], visit)) for row in pointing[:POINTING]],
        "more": len(pointing) > POINTING,
        "graph": graph,
        "in_text": _in_text(visit, iri),
    }
    rows = [(str(row["p"]), str(row["o"])) for row in said]
    title = str(label[0]["l"]) if label else _short(iri, reader)
    shown = {"statements": [{"predicate": p, "object": o} for p, o in rows]}
    return Page("node", title, shown, Table(("predicate", "object"), rows), view, iri)


def _in_text(visit: Visit, iri: str) -> str:
    """Where a span or mention stands on its document's page."""
    for part in ("/span/", "/mention/"):
        document, found, place = iri.partition(part)
        if found and place.split("-")[0].isdigit():
            return visit.href(document, f"#o{place.split('-')[0]}")
    return ""


def _term(term: object, visit: Visit) -> Term:
    reader = visit.asking.reader
    if isinstance(term, Literal):
        plain = term.language or term.datatype.endswith("#string")
        return Term(str(term), language=term.language or "", note="" if plain else _short(term.datatype, reader))
    text = str(term)
    return Term(_short(text, reader), href=visit.href(text)) if isinstance(term, IRI) else Term(text)


def _short(iri: str, reader: Reader) -> str:
    """The IRI with its prefix where one of ours fits it."""
    fitting = [(name, start) for name, start in reader.prefixes.items() if iri.startswith(start) and iri != start]
    if not fitting:
        return iri
    name, start = max(fitting, key=lambda pair: len(pair[1]))
    return f"{name}:{iri.removeprefix(start)}"
