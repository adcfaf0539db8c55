"""An event: who says what of it, who asserts and who denies, its roles, its reports and parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.pages import claims
from api.pages.marks import Mark, stretches
from api.pages.matrix import Matrix, crossed
from api.pages.naming import NAMED, title
from api.pages.page import Page, Visit
from api.pages.pictures import reporting, sayings
from kg.store import sparql

REPORTS = 50  # of one shared event, shown on its page
QUERY = (
    """query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Event {
    iri label kind begin end precision alleged confidence
    roles { role actor { iri name kind } }
    trigger { start end exact paragraph }
    reportedIn { iri title publisher published publishedPrecision language }
    subEventOf { ...Named } sharedEvent { iri } corrects { ...Named reportedIn { title } }
    claims(first: 100) { totalCount edges { node { ...Row } } }
  } }
}"""
    + claims.ROW
    + NAMED
)


def build(visit: Visit, iri: str) -> Page:
    """The page of one report of an event, or of an event that several documents report."""
    reports = _reports(visit, iri)
    own, *found = (one for one in visit.asking.graphql(QUERY, ids=[iri, *reports])["nodes"] if one)
    rows = {row["iri"]: row for one in [own, *found] for row in claims.nodes(one["claims"])}
    shared, found = bool(found), found or [own]
    ordered = sorted(rows.values(), key=lambda row: (claims.day(row), row["iri"]))
    plain = [{name: value for name, value in one.items() if name != "claims"} for one in found]
    matrix: Matrix = crossed(ordered)
    return Page(
        "event",
        title(own, visit.words),
        {"event": {**own, "claims": None}, "reports": plain, "claims": ordered, "parts": _parts(visit, reports, iri)},
        claims.table(ordered),
        {
            "shared": shared,
            "roles": _roles(found),
            "told_when": reporting(plain, visit.words),
            "picture": sayings(ordered, visit.words),
            "matrix": matrix,
            "about": own["iri"],
            "sentences": claims.sentences(ordered),
            "told": {one["iri"]: _told(one) for one in found},
        },
        iri,
    )


def _reports(visit: Visit, iri: str) -> list[str]:
    """The reports of the same event, itself included; none where resolution joined it to no other."""
    node = sparql(iri)
    rows = visit.asking.select(
        f"SELECT DISTINCT ?report {{ {{ ?report kg:sharedEvent {node} }} UNION"
        f" {{ {node} kg:sharedEvent/^kg:sharedEvent ?report }} }} ORDER BY ?report LIMIT {REPORTS}"
    )
    return [str(row["report"]) for row in rows if "report" in row]


def _parts(visit: Visit, reports: Sequence[str], iri: str) -> list[dict[str, str]]:
    whole = " ".join(sparql(one) for one in dict.fromkeys([iri, *reports]))
    rows = visit.asking.select(
        f"SELECT DISTINCT ?part {{ VALUES ?whole {{ {whole} }} ?part kg:subEventOf ?whole }} ORDER BY ?part LIMIT 50"
    )
    names = visit.names(str(row["part"]) for row in rows)
    return [{"iri": iri, "name": name} for iri, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0]))]


def _roles(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each role with its actors, once, and in how many reports."""
    counted: dict[tuple[str, str, str], int] = {}
    for one in found:
        for role in one["roles"]:
            key = (role["role"], role["actor"]["iri"], role["actor"]["name"])
            counted[key] = counted.get(key, 0) + 1
    return [
        {"role": role, "iri": iri, "name": name, "reports": number}
        for (role, iri, name), number in sorted(counted.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][2]))
    ]


def _told(event: dict[str, Any]) -> object:
    """The paragraph of the words that name the event, with these words marked."""
    trigger = event["trigger"]
    paragraph = trigger["paragraph"]
    if paragraph is None:
        return []
    at = paragraph.find(trigger["exact"])
    return stretches(paragraph, [Mark(at, at + len(trigger["exact"]), "event")] if at >= 0 else [])
