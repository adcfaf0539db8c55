"""Commands that serve: ``kg serve`` and ``kg demo``."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph
from kg.commands.progress import bar, tell, tell_report
from kg.errors import Stop

if TYPE_CHECKING:
    from starlette.applications import Starlette

WRITABLE = "KG_WRITABLE"
"""Environment variable by which ``kg serve`` tells its worker processes that the graph may be changed."""

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]


def serve(
    graph: Graph = DEFAULT_GRAPH,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    writable: Annotated[bool, typer.Option("--writable", help="Let tokens of scope write or admin change it.")] = False,
) -> None:
    """Serve a graph over HTTP; builds may go on meanwhile."""
    import kg

    kg.open(graph).close()  # no graph, a broken or a newer one: say so before anything listens
    run(graph, host, port, workers=workers, writable=writable)


def demo(
    port: Port = 8000,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the graph when it is built.")] = True,
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Build a graph from the sample articles, sum it up, and serve it."""
    from importlib.resources import as_file

    from kg.build import build
    from kg.resources import resource
    from kg.sources import Reading

    listening = _listen("127.0.0.1", port) if serving else None  # a taken port is known before the work, not after it
    with as_file(resource("data/articles")) as articles, bar("building", [articles]) as step:
        report = build([articles], graph, reading=Reading(root=articles.parent), step=step, waiting=tell)
    tell_report(report)
    _summary(graph)
    if listening is not None:
        run(graph, "127.0.0.1", port, listening=listening)


def run(
    graph: Path,
    host: str,
    port: int,
    *,
    workers: int = 1,
    writable: bool = False,
    listening: socket.socket | None = None,
) -> None:
    """Serves until it is interrupted; Stop when the port cannot be had."""
    from uvicorn import Config, Server
    from uvicorn.supervisors import Multiprocess

    listening = listening or _listen(host, port)
    os.environ.update({"KG_GRAPH": str(graph.absolute()), WRITABLE: "1" if writable else ""})
    config = Config(
        "kg.commands.serving:application", factory=True, workers=workers, log_level="warning", access_log=False
    )
    shown = f"[{host}]" if ":" in host else host
    tell(f"serving {graph} on http://{shown}:{listening.getsockname()[1]}/ (end with Ctrl-C)")
    try:
        if workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        tell("ended")


def application() -> Starlette:
    """What a worker process serves, as its environment says."""
    from api.app import create_app
    from api.settings import Settings

    return create_app(settings=Settings(graph=Path(os.environ["KG_GRAPH"]), writable=bool(os.environ[WRITABLE])))


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket; Stop, in one line, when the address or the port cannot be had."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1)  # binding alone succeeds beside another idle socket on some systems
    except OSError as error:
        listening.close()
        raise Stop(
            f"cannot serve on {host}, port {port}: {error.strerror or error}; choose another with --port"
        ) from None
    listening.set_inheritable(True)
    return listening


def _summary(graph: Path) -> None:
    """What the graph holds, and a first claim with its speaker, on stdout."""
    import kg
    from kg.iris import actors_graph

    with kg.open(graph) as opened:
        known = opened.query(f"SELECT ?actor {{ GRAPH <{actors_graph(opened.reader.base)}> {{ ?actor a kg:Actor }} }}")
        spoken = [claim for claim in opened.claims() if claim.speaker is not None]
        counts = {kind: opened.reader.index.count(kind) for kind in ("document", "event", "claim")}
        actors = opened.query("SELECT (COUNT(DISTINCT ?actor) AS ?n) { ?mention kg:refersTo ?actor }")
    assert isinstance(actors, list) and isinstance(known, list)
    listed = {row["actor"] for row in known}
    typer.echo(
        f"{counts['document']} documents, {actors[0]['n']} actors named in them, "
        f"{counts['event']} events, {counts['claim']} claims"
    )
    best = sorted(
        spoken, key=lambda claim: (claim.speaker is None or claim.speaker.iri not in listed, -claim.confidence)
    )
    for claim in best[:1]:
        assert claim.speaker is not None
        typer.echo(f"for example, {claim.speaker.name} {claim.stance}: {claim.text}")
