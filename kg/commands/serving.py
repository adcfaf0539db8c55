"""Commands that serve: ``kg demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.options import DEFAULT_GRAPH
from kg.commands.progress import bar, tell, tell_report


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to serve, on 127.0.0.1.")] = 8000,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the graph when it is built.")] = True,
    graph: Annotated[Path, typer.Option(envvar="KG_GRAPH", metavar="DIR")] = DEFAULT_GRAPH,
) -> None:
    """Build a graph from the sample articles that come with claimgraph, say what is in it, and serve it."""
    from importlib.resources import as_file

    from kg.build import build
    from kg.resources import resource
    from kg.sources import Reading

    with as_file(resource("data/articles")) as articles, bar("building", [articles]) as step:
        report = build([articles], graph, reading=Reading(root=articles.parent), step=step, waiting=tell)
    tell_report(report)
    _summary(graph)
    if serving:
        tell(f"port {port}")


def _summary(graph: Path) -> None:
    """What the graph holds, and a first claim, on stdout."""
    import kg

    with kg.open(graph) as opened:
        claims = [claim for claim in opened.claims() if claim.speaker is not None]
        counts = {kind: opened.reader.index.count(kind) for kind in ("document", "actor", "event", "claim")}
    typer.echo(", ".join(f"{count} {kind}s" for kind, count in counts.items()))
    if claims:
        first = claims[0]
        assert first.speaker is not None
        typer.echo(f"{first.speaker.name} {first.stance}: {first.text}")
