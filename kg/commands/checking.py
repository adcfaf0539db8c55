"""``kg check``: what the metadata of a collection show, and how claims about it compare."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph, UpTo
from kg.commands.progress import tell
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import Graph as Opened

MARKS = {"agrees": "agrees", "disagrees": "DISAGREES", "cannotTell": "cannot tell"}
SHOWN = 5
"""Findings of one kind that are shown; all are counted, and all stand in the graph."""
CHECKS = """SELECT ?c ?verdict ?measure ?expected ?observed ?reason ?query ?subject
  (GROUP_CONCAT(DISTINCT ?words; separator=" … ") AS ?exact) {
  ?c a kg:Check ; kg:against %s ; kg:checkVerdict ?verdict ; kg:measure ?measure ; kg:expected ?expected ;
     kg:reason ?reason ; kg:checks ?subject ; kg:evidence/kg:exact ?words .
  OPTIONAL { ?c kg:observed ?observed } OPTIONAL { ?c kg:query ?query }
} GROUP BY ?c ?verdict ?measure ?expected ?observed ?reason ?query ?subject ORDER BY ?subject ?measure"""
FINDINGS = """SELECT ?f ?kind ?told ?document ?path {
  ?f a kg:Finding ; kg:against %s ; kg:findingKind ?kind ; kg:description ?told ; kg:concerns ?document
  FILTER(LANG(?told) = "en") OPTIONAL { ?document kg:path ?path } } ORDER BY ?kind ?path ?document"""


def check(
    collection: Annotated[str, typer.Argument(metavar="COLLECTION", help="The collection's name or IRI.")],
    leaked: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day of the leak: it is kept.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with the queries.")] = False,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Hold claims about a collection against its metadata, and list what is unusual in them; findings, no verdicts."""
    import kg
    from kg.session import Session

    with kg.open(graph, marking=marking) as opened:
        node = _collection(opened, collection)
    with Session(graph, waiting=tell) as session:
        session.examine({node: leaked.date()} if leaked else None)
    with kg.open(graph, marking=marking) as opened:
        checks, findings = _rows(opened, CHECKS, node), _rows(opened, FINDINGS, node)
    if as_json:
        typer.echo(
            json.dumps({"collection": node, "checks": checks, "findings": findings}, ensure_ascii=False, indent=2)
        )
        return
    for each in checks:
        typer.echo(f"{MARKS[each['verdict']]:<11}  “{each['exact']}”  ({each['measure']})")
        typer.echo(f"             claimed:  {each['expected']}")
        typer.echo(f"             metadata: {each.get('observed', 'nothing')}; {each['reason']}")
    for kind in dict.fromkeys(each["kind"] for each in findings):
        alike = [each for each in findings if each["kind"] == kind]
        typer.echo(f"{kind}: {len(alike)}")
        for each in alike[:SHOWN]:
            typer.echo(f"  {each.get('path', each['document'])}: {each['told']}")
    tell(f"{len(checks)} checks, {len(findings)} findings; a finding is no verdict: each has harmless explanations")


def _rows(opened: Opened, query: str, node: str) -> list[dict[str, Any]]:
    from kg.nquads import iri

    rows = opened.query(query % iri(node))
    assert isinstance(rows, list)
    return [{name: str(value) for name, value in row.items() if value is not None} for row in rows]


def _collection(opened: Opened, name: str) -> str:
    """The IRI of the collection that *name* means; UsageError where there is none."""
    rows = opened.query("SELECT ?c ?name { ?c a kg:Collection ; skos:prefLabel ?name }")
    assert isinstance(rows, list)
    known = {str(row["name"]): str(row["c"]) for row in rows}
    if name in known.values():
        return name
    if name not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise UsageError(f"no collection {name!r} in the graph; there are: {listed}")
    return known[name]
