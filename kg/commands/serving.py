"""Commands that serve: ``kg serve`` and ``kg demo``."""

from __future__ import annotations

import ipaddress
import json
import os
import signal
import socket
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph
from kg.commands.progress import bar, tell, tell_report
from kg.errors import Stop

if TYPE_CHECKING:
    from starlette.applications import Starlette

LEAK, COLLECTION = "campaign.mbox", "Archive de campagne (inventée)"
"""The made-up leak of the demo, and what it is called."""
SERVE = "KG_SERVE"
"""Environment variable by which ``kg serve`` tells its worker processes how to serve: `Served` as JSON."""
OPEN_RATE = 600  # requests a minute from one address, where others than this machine can ask
LEAVING = 5  # seconds that open connections get when the server is ended

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]


@dataclass(frozen=True, slots=True)
class Served:
    """What `application` needs to know: the graph's folder, and the options of ``kg serve``."""

    graph: str
    writable: bool = False
    introspection: bool = True
    rate_limit: int | None = None
    sparql_workers: int = 1
    sparql_seconds: float = 20
    log: bool = True
    slots: str | None = None


def serve(
    graph: Graph = DEFAULT_GRAPH,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    writable: Annotated[bool, typer.Option("--writable", help="Let tokens of scope write or admin change it.")] = False,
    no_introspection: Annotated[
        bool, typer.Option("--no-introspection", help="Keep the GraphQL schema to yourself.")
    ] = False,
    rate_limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help=f"Requests a minute from one address, in each process; 0: no limit. "
            f"[default: none on loopback, else {OPEN_RATE}]",
            show_default=False,
        ),
    ] = None,
    sparql_workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="SPARQL queries at once. [default: half the cores]", show_default=False),
    ] = None,
    sparql_seconds: Annotated[float, typer.Option(min=0.1, help="Time limit of a SPARQL query.")] = 20,
) -> None:
    """Serve a graph over HTTP; builds may go on meanwhile."""
    import kg

    kg.open(graph).close()  # no graph, a broken or a newer one: say so before anything listens
    if rate_limit is None:
        rate_limit = 0 if _is_loopback(host) else OPEN_RATE
    served = Served(
        graph=str(graph.absolute()),
        writable=writable,
        introspection=not no_introspection,
        rate_limit=rate_limit or None,
        sparql_seconds=sparql_seconds,
        sparql_workers=sparql_workers or max(1, (os.cpu_count() or 1) // 2),
    )
    run(served, host, port, workers=workers)


def demo(
    port: Port = 8000,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the graph when it is built.")] = True,
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Build a graph from the sample articles and the made-up leak, sum it up, and serve it."""
    from importlib.resources import as_file

    from kg.build import build
    from kg.resources import resource
    from kg.sources import Reading

    listening = _listen("127.0.0.1", port) if serving else None  # a taken port is known before the work, not after it
    with as_file(resource("data")) as data:
        articles = [data / "articles", data / "invented"]
        with bar("building", articles) as step:
            report = build(articles, graph, reading=Reading(root=data), step=step, waiting=tell)
    tell_report(report)
    with as_file(resource("data/leaks")) as leaks, bar("building", [leaks / LEAK]) as step:
        reading = Reading(root=leaks.parent, collection=COLLECTION, dkim_keys=leaks / "keys")
        report = build([leaks / LEAK], graph, reading=reading, step=step, waiting=tell)
    tell_report(report)
    _summary(graph)
    if listening is not None:
        run(Served(str(graph.absolute()), log=False), "127.0.0.1", port, listening=listening)


def run(served: Served, host: str, port: int, *, workers: int = 1, listening: socket.socket | None = None) -> None:
    """Serves until it is interrupted; Stop when the port cannot be had."""
    from tempfile import TemporaryDirectory

    from uvicorn import Config, Server
    from uvicorn.supervisors import Multiprocess

    listening = listening or _listen(host, port)
    config = Config(
        "kg.commands.serving:application",
        factory=True,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVING,
    )
    shown = f"[{host}]" if ":" in host else host
    tell(f"serving {served.graph} on http://{shown}:{listening.getsockname()[1]}/ (end with Ctrl-C)")
    try:
        if workers > 1:
            with TemporaryDirectory(prefix="kg-slots-") as slots:
                os.environ[SERVE] = json.dumps(asdict(replace(served, slots=slots)))
                Multiprocess(config, sockets=[listening]).run()
        else:
            os.environ[SERVE] = json.dumps(asdict(served))
            Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        tell("ended")


def application() -> Starlette:
    """What a worker process serves, as its environment says."""
    from api.app import create_app
    from api.settings import Settings, SparqlLimits
    from api.sparql.isolation import end_with_parent

    served = Served(**json.loads(os.environ[SERVE]))
    if served.slots:  # one of several: a supervisor that is killed must not leave processes on its port
        end_with_parent(signal.SIGTERM)
    slots = Path(served.slots) if served.slots else None
    return create_app(
        settings=Settings(
            graph=Path(served.graph),
            writable=served.writable,
            ready=slots is None,  # of several servers, only those that have work start processes for it
            introspection=served.introspection,
            rate_limit=served.rate_limit,
            log_requests=served.log,
            sparql=SparqlLimits(workers=served.sparql_workers, seconds=served.sparql_seconds, slots=slots),
        )
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
