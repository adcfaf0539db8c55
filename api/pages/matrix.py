"""Who says what: speakers by events, each cell with a way to its sentences; then speakers by stance alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages import claims
from api.pages.crossing import CLAIMS, FILTERS, SPEAKERS, UNSTATED, Crossing, cell, crossing, filters_of
from api.pages.page import Page, Table, Visit
from api.pages.words import STANCES

COLUMNS = ("speaker", "name", "event", "label", "stance", "claims")


@dataclass(frozen=True, slots=True)
class Matrix:
    """*rows*: speaker's IRI ("" where not stated), name, count by stance; *stances* are those that occur."""

    stances: tuple[str, ...]
    rows: tuple[tuple[str, str, Mapping[str, int]], ...]
    most: int

    def weight(self, count: int) -> int:
        """A cell's shade, 0 to 4."""
        return 0 if not count else 1 + min(3, 3 * (count - 1) // max(self.most - 1, 1))


def matrix(cells: Mapping[tuple[str, str], Mapping[str, int]], size: int = SPEAKERS) -> Matrix:
    ordered = sorted(cells.items(), key=lambda pair: (-sum(pair[1].values()), pair[0][1], pair[0][0]))[:size]
    seen = {stance for _, counts in ordered for stance, count in counts.items() if count}
    most = max((count for _, counts in ordered for count in counts.values()), default=0)
    rows = tuple((iri, name, counts) for (iri, name), counts in ordered)
    return Matrix(tuple(stance for stance in STANCES if stance in seen), rows, most)


def crossed(claims: Iterable[Mapping[str, Any]]) -> Matrix:
    """The matrix of claims at hand."""
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for claim in claims:
        speaker = claim["speaker"] or {"iri": "", "name": ""}
        counts = cells.setdefault((speaker["iri"], speaker["name"]), {})
        counts[claim["stance"]] = counts.get(claim["stance"], 0) + 1
    return matrix(cells)


def build(visit: Visit) -> Page:
    """The matrices of the whole graph, or of what the filters leave; with a cell's sentences where one is asked for."""
    given = filters_of(visit)
    made = crossing(visit, given)
    opened = _opened(visit, made, given)
    by_stance = _by_stance(visit, given)
    shown = [{"iri": iri, "name": name, "counts": dict(counts)} for iri, name, counts in by_stance.rows]
    rows = [
        (who.iri, who.name, event.iri, event.name, stance, count)
        for who in made.speakers
        for event in made.events
        for stance, count in made.counts(who.iri, event.iri).items()
    ]
    return Page(
        "matrix",
        visit.words("matrix_title"),
        {
            "cells": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
            "speakers": shown,
            "sentencesOf": opened["about"] if opened else None,
            "claims": opened["claims"] if opened else [],
        },
        claims.table(opened["claims"]) if opened else Table(COLUMNS, rows),
        {
            "crossing": made,
            "matrix": by_stance,
            "opened": opened,
            "given": dict.fromkeys(FILTERS) | given,
            "unstated": UNSTATED,
            "most": CLAIMS,
            "order": STANCES,
            "sentences": claims.sentences(opened["claims"]) if opened else {},
        },
    )


def _opened(visit: Visit, made: Crossing, given: Mapping[str, str]) -> dict[str, Any] | None:
    """The claims of the cell that ``?speaker=`` and ``?event=`` name, of one stance where ``?stance=`` names it."""
    speaker, event, stance = visit.given("speaker"), visit.given("event"), visit.given("stance")
    if not (speaker and event):
        return None
    found = cell(visit, speaker, event, stance, given)
    names = {one.iri: one.name for one in (*made.speakers, *made.events)}
    missing = [iri for iri in (speaker, event) if iri not in names and iri != UNSTATED]
    names |= visit.names(missing)
    about = {"speaker": speaker, "name": names.get(speaker, ""), "event": event, "label": names.get(event, event)}
    return {"about": {**about, "stance": stance}, "claims": found}


def _by_stance(visit: Visit, given: Mapping[str, str]) -> Matrix:
    """The most frequent speakers, then one facet each: two requests, however large the graph."""
    declared = [f"${name}: {FILTERS[name]}" for name in given]
    filters = "".join(f", {name}: ${name}" for name in given)
    first = f"query{_brackets(declared)} {{\n  facets(of: claim, by: [speaker], limit: {SPEAKERS}{filters})"
    first += " { values { value node { label } } }\n}"
    speakers = visit.asking.graphql(first, **given)["facets"][0]["values"]
    cells: dict[tuple[str, str], dict[str, int]] = {}
    if speakers:
        who = {f"s{place}": one["value"] for place, one in enumerate(speakers)}
        parts = [
            f"{name}: facets(of: claim, by: [stance], speaker: ${name}{filters}) {{ values {{ value count }} }}"
            for name in who
        ]
        declared += [f"${name}: String" for name in who]
        data = visit.asking.graphql(f"query{_brackets(declared)} {{\n  " + "\n  ".join(parts) + "\n}", **given, **who)
        for name, one in zip(who, speakers, strict=True):
            counts = {value["value"]: value["count"] for value in data[name][0]["values"]}
            cells[one["value"], one["node"]["label"] if one["node"] else one["value"]] = counts
    return matrix(cells)


def _brackets(declared: list[str]) -> str:
    return f"({', '.join(declared)})" if declared else ""
