"""What the metadata of collections show: findings and checked claims, in a derived graph a collection and level.

``{base}graph/findings/{collection}`` is a function of the documents that the level sees (and of the day of the leak, if
an analyst stated it), so it is computed anew and never edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kg import iris
from kg.anomalies import LANGUAGES, Finding, Select, findings
from kg.check_claims import Check, check_claims
from kg.collections import NAMES
from kg.nquads import iri
from kg.rdf.findings import StatedCheck, StatedFinding, findings_quads
from kg.store import Writer
from kg.terms import KG


def examine(writer: Writer, level: str, base: str, leaked: Mapping[str, date]) -> None:
    """Writes what is found in each collection that *level* sees, in the place of what stood there.

    *leaked* are days newly stated, by the IRI of the collection; else the day stated before holds.
    """

    def select(query: str) -> list[dict[str, Any]]:
        return [dict(row) for row in writer.select(query, level)]

    current: set[str] = set()
    for row in select(NAMES):
        collection = row["c"]
        day = leaked.get(collection) or stated_day(select, collection)
        quads = collection_quads(select, collection, row["name"], day, base)
        graph = iris.findings_graph(base, collection)
        writer.put("".join(line + "\n" for line in quads).encode(), [graph], level, exact=True)
        current.add(graph)
    for row in select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?x <{KG.against}> ?c }} }}"):
        if row["g"] not in current:  # the collection went with its last document
            writer.put(b"", [row["g"]], level, exact=True)


def collection_quads(select: Select, collection: str, name: str, leaked: date | None, base: str) -> list[str]:
    """The findings graph of *collection*, called *name*, as *select* sees it."""
    stated = [_finding(each) for each in findings(select, collection, leaked)]
    checks = [_check(each) for each in check_claims(select, collection, [name])]
    return findings_quads(collection, stated, checks, leaked, base)


def stated_day(select: Select, collection: str) -> date | None:
    """The day of the leak that an analyst stated before."""
    rows = select(f"SELECT ?day {{ {iri(collection)} <{KG.leakedAt}> ?day }}")
    return date.fromisoformat(str(rows[0]["day"])) if rows else None


def _finding(found: Finding) -> StatedFinding:
    return StatedFinding(
        kind=found.kind,
        document=found.document,
        observed=found.observed,
        told=tuple((language, found.told(language)) for language in LANGUAGES),
        harmless=tuple((language, words) for language in LANGUAGES for words in found.harmless(language)),
        compared=found.evidence,
    )


def _check(check: Check) -> StatedCheck:
    return StatedCheck(
        subject=check.subject,
        measure=check.measure,
        verdict=check.verdict,
        expected=check.expected,
        observed=check.observed,
        query=check.query,
        reason=check.reason,
        spans=check.spans,
    )
