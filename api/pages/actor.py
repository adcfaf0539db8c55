"""An actor: its names with their evidence, what it said, what was said about it, with whom, when, in which sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages import claims
from api.pages.network import words
from api.pages.page import Page, Visit
from api.pages.pictures import network
from api.pages.words import STANCES
from kg.store import sparql

MENTIONS = 150  # mentions looked at for the names in texts
QUERY = (
    """query($id: ID!, $iri: String!, $after: String) {
  actor(id: $id) {
    iri name kind aliases description sameAs sectors reliability
    memberOf { iri name } countries { iri name } parents { iri name } founders { iri name } leaders { iri name }
    maybeSameAs { iri name }
    claims(first: 12, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { ...Row } } }
    claimsAbout(first: 6) { totalCount edges { node { ...Row } } }
    events(first: 8) { totalCount edges { node {
      iri label kind begin end precision alleged roles { role actor { iri name } }
      reportedIn { iri title publisher published publishedPrecision }
    } } }
  }
  saidIn: facets(of: claim, by: [stance, outlet, about], speaker: $iri, limit: 12) {
    by values { value count node { label } }
  }
  toldBy: facets(of: claim, by: [speaker, outlet], about: $iri, limit: 12) { by values { value count node { label } } }
  withWhom: facets(of: event, by: [participant], participant: $iri, limit: 13) {
    by values { value count node { label } }
  }
  said: timeline(bucket: MONTH, speaker: $iri) { begin count }
  told: timeline(bucket: MONTH, about: $iri) { begin count }
}"""
    + claims.ROW
)


def build(visit: Visit, iri: str) -> Page:
    found = visit.asking.graphql(QUERY, id=iri, iri=iri, after=visit.given("after"))
    actor = found["actor"]
    said, told = claims.nodes(actor["claims"]), claims.nodes(actor["claimsAbout"])
    facets = {
        name: {facet["by"]: facet["values"] for facet in found[name]} for name in ("saidIn", "toldBy", "withWhom")
    }
    months = sorted({one["begin"][:7] for one in [*found["said"], *found["told"]]})
    plain = {name: value for name, value in actor.items() if name not in ("claims", "claimsAbout", "events")}
    return Page(
        "actor",
        str(actor["name"]),
        {
            "actor": plain,
            "names": _names(visit, iri),
            "claims": said,
            "claimsAbout": told,
            "events": claims.nodes(actor["events"]),
            "sources": _sources(facets),
            "counterparts": _counterparts(facets, iri),
            "said": found["said"],
            "told": found["told"],
        },
        claims.table([*said, *told]),
        {
            "totals": {name: actor[name]["totalCount"] for name in ("claims", "claimsAbout", "events")},
            "more": actor["claims"]["pageInfo"],
            "sentences": claims.sentences([*said, *told]),
            "stances": {one["value"]: one["count"] for one in facets["saidIn"].get("stance", [])},
            "order": STANCES,
            "island": words(visit) if facets["saidIn"].get("about") or facets["toldBy"].get("speaker") else None,
            "picture": network(_counterparts(facets, iri), visit.words),
            "months": months,
            "looked_at": MENTIONS,
        },
        iri,
    )


def _names(visit: Visit, iri: str) -> list[dict[str, Any]]:
    """By what words texts name it, how often, and one place for each: of the first mentions only."""
    rows = visit.asking.select(
        f"SELECT ?exact (COUNT(?mention) AS ?count) (MIN(?at) AS ?span) {{\n"
        f"  {{ SELECT ?mention {{ ?mention kg:refersTo {sparql(iri)} ; a kg:Mention ; kg:mentionKind ?kind\n"
        f'    FILTER(?kind != "pronoun") }} LIMIT {MENTIONS} }}\n'
        f"  ?mention kg:span ?at . ?at kg:exact ?exact\n}} GROUP BY ?exact ORDER BY DESC(?count) ?exact LIMIT 30"
    )
    return [
        {"exact": str(row["exact"]), "count": int(str(row["count"])), "span": str(row["span"])}
        for row in rows
        if "exact" in row
    ]


def _sources(facets: Mapping[str, Mapping[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """Outlets that report what it said and what was said of it, with both counts."""
    said = {one["value"]: one["count"] for one in facets["saidIn"].get("outlet", [])}
    told = {one["value"]: one["count"] for one in facets["toldBy"].get("outlet", [])}
    names = sorted({*said, *told}, key=lambda name: (-said.get(name, 0) - told.get(name, 0), name))
    return [{"outlet": name, "said": said.get(name, 0), "told": told.get(name, 0)} for name in names]


def _counterparts(facets: Mapping[str, Mapping[str, list[dict[str, Any]]]], iri: str) -> list[dict[str, Any]]:
    """Actors it speaks about, that speak about it, and with whom it takes part in events; the most often met first."""
    ways = (("about", facets["saidIn"].get("about", [])), ("speaker", facets["toldBy"].get("speaker", [])),
            ("participant", facets["withWhom"].get("participant", [])))  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for way, values in ways:
        for one in values:
            if one["value"] != iri and one.get("node") and "/event/" not in one["value"]:
                entry = found.setdefault(one["value"], {"iri": one["value"], "name": one["node"]["label"]})
                entry[way] = one["count"]
    every = [{"about": 0, "speaker": 0, "participant": 0, **entry} for entry in found.values()]
    return sorted(every, key=lambda one: (-one["about"] - one["speaker"] - one["participant"], one["name"]))[:15]
