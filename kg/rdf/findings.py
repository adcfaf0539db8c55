"""Findings and checks: quads of a graph derived from the metadata of one collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg import iris
from kg.nquads import day, iri, lang_string, string
from kg.rdf.graph import Graph
from kg.terms import KG


@dataclass(frozen=True, slots=True)
class StatedFinding:
    """A finding ready to be written: sentences by language."""

    kind: str
    document: str
    observed: str
    told: tuple[tuple[str, str], ...]
    harmless: tuple[tuple[str, str], ...]
    compared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A check ready to be written; *subject* is the IRI of a claim or a quantity, *spans* those it was read from."""

    subject: str
    measure: str
    verdict: str
    expected: str
    observed: str | None
    query: str | None
    reason: str
    spans: tuple[str, ...]


def findings_quads(
    collection: str, findings: Sequence[StatedFinding], checks: Sequence[StatedCheck], leaked: date | None, base: str
) -> list[str]:
    """The graph of what was found about *collection* (an IRI)."""
    graph = Graph(iris.findings_graph(base, collection))
    graph.add(collection, KG.leakedAt, day(leaked) if leaked else None)
    for finding in findings:
        node = iris.finding(finding.document, finding.kind, f"{collection} {finding.observed}")
        graph.types(node, "Finding")
        graph.add(node, KG.findingKind, string(finding.kind))
        graph.add(node, KG.concerns, iri(finding.document))
        graph.add(node, KG.against, iri(collection))
        graph.add(node, KG.observed, string(finding.observed))
        graph.add(node, KG.description, *(lang_string(text, language) for language, text in finding.told))
        graph.add(node, KG.harmlessExplanation, *(lang_string(text, language) for language, text in finding.harmless))
        graph.add(node, KG.comparedWith, *map(iri, finding.compared))
    for check in checks:
        node = iris.check(check.subject, collection, " ".join((check.measure, *check.spans)))
        graph.types(node, "Check")
        graph.add(node, KG.checks, iri(check.subject))
        graph.add(node, KG.against, iri(collection))
        graph.add(node, KG.measure, string(check.measure))
        graph.add(node, KG.checkVerdict, string(check.verdict))
        graph.add(node, KG.expected, string(check.expected))
        graph.add(node, KG.observed, string(check.observed) if check.observed is not None else None)
        graph.add(node, KG.query, string(check.query) if check.query is not None else None)
        graph.add(node, KG.reason, string(check.reason))
        graph.add(node, KG.evidence, *map(iri, check.spans))
    return graph.lines()
