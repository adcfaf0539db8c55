"""A document: its text with each claim's evidence marked, its claims, events and actors beside it."""

from __future__ import annotations

from typing import Any

from api.pages import claims
from api.pages.marks import Mark, marks_of, stretches
from api.pages.page import Page, Visit
from kg.store import sparql

DEMO = "claimgraph demo"  # the publisher of the sample articles (data/README.md)
MOST = 200
QUERY = (
    """query($id: ID!, $after: String) {
  document(id: $id) {
    iri kind title publisher author published publishedPrecision language url path digest marking superseded
    extractor schemaVersion warnings text
    partOf { iri name } containedIn { iri title path } revisionOf { iri title }
    claims(first: 200, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { ...Row } } }
    events(first: 200) { totalCount edges { node {
      iri label kind begin end precision alleged trigger { start end exact } roles { role actor { iri name } }
    } } }
    actors(first: 200) { totalCount edges { node { iri name kind } } }
  }
}"""
    + claims.ROW
)


def build(visit: Visit, iri: str) -> Page:
    found = visit.asking.graphql(QUERY, id=iri, after=visit.given("after"))["document"]
    rows = sorted(claims.nodes(found["claims"]), key=lambda one: (_first(one), one["iri"]))
    events = sorted(claims.nodes(found["events"]), key=lambda one: (one["trigger"]["start"], one["iri"]))
    actors = sorted(claims.nodes(found["actors"]), key=lambda one: str(one["name"]).casefold())
    marks = [mark for number, claim in enumerate(rows, 1) for mark in marks_of(claim, number)]
    marks += [Mark(one["trigger"]["start"], one["trigger"]["end"], "event") for one in events]
    family = _family(visit, iri)
    document = {name: value for name, value in found.items() if name not in ("claims", "events", "actors")}
    title = found["title"] or found["path"] or iri
    return Page(
        "document",
        title,
        {
            "document": document,
            "copyOf": family["original"],
            "copies": family["copies"],
            "claims": rows,
            "events": events,
            "actors": actors,
        },
        claims.table(rows),
        {
            "stretches": stretches(found["text"], marks) if found["text"] else [],
            "total": found["claims"]["totalCount"],
            "more": found["claims"]["pageInfo"],
            "demo": found["publisher"] == DEMO,
            "sentences": {},
        },
        iri,
    )


def _family(visit: Visit, iri: str) -> dict[str, list[dict[str, str]]]:
    """The publication that it copies, if it is a near copy, and the near copies of it."""
    node = sparql(iri)
    rows = visit.asking.select(
        f"SELECT ?document ?title ?copies {{ {{ {node} kg:copyOf ?document BIND(false AS ?copies) }} UNION"
        f" {{ ?document kg:copyOf {node} BIND(true AS ?copies) }} OPTIONAL {{ ?document kg:title ?title }} }}"
        f" ORDER BY ?document LIMIT {MOST}"
    )
    found: dict[str, list[dict[str, str]]] = {"original": [], "copies": []}
    for row in rows:
        one = {"iri": str(row["document"]), "name": str(row.get("title", row["document"]))}
        found["copies" if str(row["copies"]) == "true" else "original"].append(one)
    return found


def _first(claim: dict[str, Any]) -> int:
    return min(int(one["start"]) for one in [claim["cue"], *claim["evidence"]])
