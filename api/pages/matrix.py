"""Who says what: speakers by what they do with what they say; each cell leads to its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.page import Page, Table, Visit
from api.pages.words import STANCES

SPEAKERS = 25
FILTERS = {"since": "Date", "until": "Date", "outlet": "String", "language": "String", "about": "String"}


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
    """The matrix of the whole graph, or of what the filters leave: the most frequent speakers, then one facet each."""
    given = {name: value for name in FILTERS if (value := visit.given(name))}
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
    made = matrix(cells)
    rows = [(iri, name, *(counts.get(stance, 0) for stance in made.stances)) for iri, name, counts in made.rows]
    shown = [{"iri": iri, "name": name, "counts": dict(counts)} for iri, name, counts in made.rows]
    table = Table(("speaker", "name", *made.stances), rows)
    view = {"matrix": made, "given": dict.fromkeys(FILTERS) | given}
    return Page("matrix", visit.words("matrix_title"), {"speakers": shown}, table, view)


def _brackets(declared: list[str]) -> str:
    return f"({', '.join(declared)})" if declared else ""
