"""Commands on a whole graph: ``kg export``, ``retract``, ``diff``, ``validate``, ``stats``, ``reindex``."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph, UpTo
from kg.commands.progress import tell
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.snapshot import Source

Provenance = Annotated[bool, typer.Option("--with-provenance", help="Include the runs and their clock times.")]


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A file; its suffix says the format.")],
    with_provenance: Provenance = False,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Write the graph to a .ttl, .trig, .nq, .jsonld or .csv file: the same bytes for the same graph."""
    import kg

    if not out.parent.is_dir():
        raise UsageError(f"no folder {out.parent} to write {out.name} in")
    with kg.open(graph, marking=marking) as opened:
        opened.export(out, with_provenance=with_provenance)
    tell(f"{out}: {out.stat().st_size:,} bytes")


def retract(
    documents: Annotated[list[str], typer.Argument(metavar="IRI|PATH", help="A document's IRI, path or address.")],
    graph: Graph = DEFAULT_GRAPH,
    purge: Annotated[
        bool, typer.Option("--purge", help="For good: rewrite store and index, drop decisions and old generations.")
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Record it as a decision: later builds keep them out.")
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. [default: who is logged in]")] = "",
) -> None:
    """Remove documents, all that stands in them and all that came from them."""
    from kg.decisions import RETRACT, Decision
    from kg.ledger import find
    from kg.purging import purge as purge_all
    from kg.session import Session

    if purge and reason:
        raise UsageError("--purge drops the decisions about what it removes: it takes no --reason")
    if purge:
        for held in purge_all(graph, documents, waiting=tell):
            tell(f"purged {held.path or held.url or ''} {held.iri}")
        return

    with Session(graph, waiting=tell) as session:
        found = list(dict.fromkeys(find(session.ledger, document) for document in documents))
        if reason:
            session.decide_all(Decision.now(RETRACT, held.iri, by or getpass.getuser(), reason) for held in found)
        else:
            for held in found:
                session.retract(held)
    for held in found:
        tell(f"removed {held.path or held.url or ''} {held.iri}")


def diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="A graph's folder, or an exported file.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="The same.")],
    with_provenance: Provenance = False,
) -> None:
    """Compare two graphs: lines of N-Quads, - only in A, + only in B; exit 1 when they differ."""
    from kg.snapshot import diff as compare

    found = compare(_source(old), _source(new), with_provenance=with_provenance)
    for line in found.removed:
        typer.echo(f"- {line}")
    for line in found.added:
        typer.echo(f"+ {line}")
    tell(f"{len(found.removed)} quads removed, {len(found.added)} added")
    raise typer.Exit(1 if found else 0)


def validate(graph: Graph = DEFAULT_GRAPH, marking: UpTo = "RED") -> None:
    """Hold the graph against the ontology's shapes and words; exit 4 and a line a violation when it does not fit."""
    import kg
    from kg.snapshot import dump
    from kg.validate import validate as check

    with kg.open(graph, marking=marking) as opened:
        report = check(dump(opened.reader, ".nq", with_provenance=True).decode("utf-8").split("\n"))
    for line in report.lines():
        typer.echo(line)
    tell(f"{report.triples:,} triples, {len(report.violations)} violations")
    raise typer.Exit(0 if report.conforms else 4)


def stats(
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Count what the graph holds: documents, actors, events, claims by stance, quads, quarantined inputs."""
    import json

    import kg
    from kg.quarantine import quarantined
    from kg.terms import KG

    with kg.open(graph, marking=marking) as opened:
        reader = opened.reader
        counts: dict[str, object] = {
            "generation": reader.number,
            "base": reader.base,
            "quads": len(reader),
            **{f"{kind}s": reader.index.count(kind) for kind in ("document", "actor", "event", "claim", "passage")},
            "superseded": len(reader.select("SELECT ?d { ?d kg:superseded true }")),
            "quarantined": len(quarantined(graph)),
            "stances": {name.removeprefix(KG.NS): n for name, n in reader.index.facets("claim", ["stance"])["stance"]},
        }
    if as_json:
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    for name, count in counts.items():
        if isinstance(count, dict):
            for word, number in count.items():
                typer.echo(f"  {word:<12} {number:>9,}")
        else:
            typer.echo(f"{name:<14} {count:>9,}" if isinstance(count, int) else f"{name:<14} {count}")


def reindex(graph: Graph = DEFAULT_GRAPH) -> None:
    """Make the index anew from the store."""
    from kg import shapes
    from kg.store import open_writer

    with open_writer(graph, schema=shapes.schema_version(), prefixes=shapes.prefixes(), waiting=tell) as writer:
        writer.reindex()
    tell("the index is made anew")


def _source(path: Path) -> Source:
    """What stands at *path*: a graph's folder or a snapshot's file."""
    import kg
    from kg.snapshot import load

    return kg.open(path).reader if path.is_dir() else load(path)
