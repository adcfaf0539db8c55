"""Speakers crossed with events: how often each speaker does what about each event, and the claims behind one cell.

Reports of one event count as that event.  Events are those that most claims are about, as the index counts them; their
claims are then joined and counted by one SPARQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.errors import ApiError
from api.pages import claims
from api.pages.page import Visit
from api.pages.words import STANCES
from kg.errors import QueryError
from kg.store import Literal, sparql

EVENTS, SPEAKERS = 12, 25
FILTERS = {"since": "Date", "until": "Date", "outlet": "String", "language": "String"}
LOOKED_AT = 100  # of what claims are about, the most frequent; events are picked from these
CLAIMS = 60  # of one cell, shown
UNSTATED = "-"  # stands for the speaker that a text does not state
# The day of a claim: of the utterance, else of the publication.
_DAY = """OPTIONAL { ?claim kg:utteredBegin ?uttered } OPTIONAL { ?document kg:published ?published }
  BIND(COALESCE(?uttered, ?published) AS ?day)"""


@dataclass(frozen=True, slots=True)
class Named:
    iri: str
    name: str
    total: int = 0


@dataclass(frozen=True, slots=True)
class Crossing:
    """*cells*: (speaker, event) -> stance -> number of claims; speakers and events by their totals, largest first."""

    speakers: tuple[Named, ...] = ()
    events: tuple[Named, ...] = ()
    cells: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    def counts(self, speaker: str, event: str) -> Mapping[str, int]:
        """What *speaker* does about *event*, in the order of ``STANCES``."""
        counts = self.cells.get((speaker, event), {})
        return {stance: counts[stance] for stance in STANCES if stance in counts}


def filters_of(visit: Visit) -> dict[str, str]:
    """The filters asked for; ApiError 400 for a day that is none."""
    given = {name: value for name in FILTERS if (value := visit.given(name))}
    for name in given.keys() & {"since", "until"}:
        try:
            given[name] = date.fromisoformat(given[name]).isoformat()
        except ValueError as error:
            raise ApiError(400, f"{given[name]!r} is no day (YYYY-MM-DD)") from error
    return given


def crossing(visit: Visit, given: Mapping[str, str]) -> Crossing:
    """The events most claimed about, as far as the filters *given* let claims pass, and who says what of them."""
    labels = _events(visit, given)
    if not labels:
        return Crossing()
    rows = visit.asking.select(f"""SELECT ?event ?speaker ?stance (COUNT(DISTINCT ?claim) AS ?n) {{
  VALUES ?event {{ {" ".join(sparql(iri) for iri in labels)} }}
  {{ ?claim kg:about ?event }} UNION {{ ?report kg:sharedEvent ?event . ?claim kg:about ?report }}
  {counted(given)}
  OPTIONAL {{ ?claim kg:speaker ?speaker }}
}} GROUP BY ?event ?speaker ?stance""")
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        key = (str(row["speaker"]) if "speaker" in row else UNSTATED, str(row["event"]))
        stance, count = str(row["stance"]).rpartition("#")[2], int(str(row["n"]))
        cells.setdefault(key, {})[stance] = count
    return _arranged(visit, cells, labels)


def _arranged(visit: Visit, cells: Mapping[tuple[str, str], Mapping[str, int]], labels: Mapping[str, str]) -> Crossing:
    """The largest rows and columns of *cells*; a speaker that is not stated comes last."""
    by_speaker, by_event = dict.fromkeys((who for who, _ in cells), 0), dict.fromkeys((what for _, what in cells), 0)
    for (who, what), counts in cells.items():
        by_speaker[who] += sum(counts.values())
        by_event[what] += sum(counts.values())
    events = sorted(by_event, key=lambda iri: (-by_event[iri], labels[iri], iri))[:EVENTS]
    within = {who for who, what in cells if what in events}
    most = sorted(within, key=lambda iri: (iri == UNSTATED, -by_speaker[iri], iri))[:SPEAKERS]
    names = visit.names([who for who in most if who != UNSTATED])
    speakers = sorted(most, key=lambda iri: (iri == UNSTATED, -by_speaker[iri], names.get(iri, ""), iri))
    return Crossing(
        tuple(Named(iri, names.get(iri, ""), by_speaker[iri]) for iri in speakers),
        tuple(Named(iri, labels[iri], by_event[iri]) for iri in events),
        {pair: counts for pair, counts in cells.items() if pair[0] in speakers and pair[1] in events},
    )


def _events(visit: Visit, given: Mapping[str, str]) -> dict[str, str]:
    """The events that most claims are about, each with its name; a shared event stands for its reports."""
    declared = ", ".join(f"${name}: {FILTERS[name]}" for name in given)
    filters = "".join(f", {name}: ${name}" for name in given)
    query = f"""query{f"({declared})" if declared else ""} {{
  facets(of: claim, by: [about], limit: {LOOKED_AT}{filters}) {{
    values {{ count node {{ ... on Event {{ iri sharedEvent {{ iri }} }} }} }}
  }}
}}"""
    counted: dict[str, int] = {}
    for value in visit.asking.graphql(query, **given)["facets"][0]["values"]:
        node = value["node"]
        if node and "iri" in node:
            event = node["sharedEvent"] or node
            counted[event["iri"]] = counted.get(event["iri"], 0) + value["count"]
    return visit.names(sorted(counted, key=lambda iri: (-counted[iri], iri))[:EVENTS])


def cell(visit: Visit, speaker: str, event: str, stance: str | None, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The claims of *speaker* (``UNSTATED``: of nobody named) about *event* or any report of it, the earliest first."""
    if stance is not None and stance not in STANCES:
        raise ApiError(400, f"stance: one of {', '.join(STANCES)}")
    who = "FILTER NOT EXISTS { ?claim kg:speaker ?anybody }"
    try:
        if speaker != UNSTATED:
            who = f"?claim kg:speaker {sparql(speaker)}"
        about = f"VALUES ?asked {{ {sparql(event)} }} ?asked (kg:sharedEvent|^kg:sharedEvent)* ?report"
    except QueryError as error:
        raise ApiError(400, str(error)) from error
    only = f"FILTER(?stance = kg:{stance})" if stance else ""
    rows = visit.asking.select(
        f"SELECT DISTINCT ?claim ?day {{ {about} . ?claim kg:about ?report . {who}"
        f" . {counted(given, sort=True)} {only} }} ORDER BY ?day ?claim LIMIT {CLAIMS}"
    )
    return list(claims.by_iri(visit, [str(row["claim"]) for row in rows]).values())


def counted(given: Mapping[str, str], sort: bool = False) -> str:
    """What makes a ``?claim`` count: no newer version replaced its document, and the filters *given* let it pass."""
    said = "?claim kg:stance ?stance ; kg:reportedIn ?document FILTER NOT EXISTS { ?document kg:superseded true }"
    for name, path in (("outlet", "publisher"), ("language", "language")):
        if name in given:
            said += f" ?document kg:{path} {sparql(Literal(given[name]))} ."
    bounds = [
        f'FILTER(?day {sign} "{given[name]}"^^xsd:date)'
        for name, sign in (("since", ">="), ("until", "<="))
        if name in given
    ]
    return " ".join([said, _DAY, *bounds]) if bounds or sort else said
