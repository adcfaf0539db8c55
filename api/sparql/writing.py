"""Changing the graph, inside a worker process: SPARQL updates and the Graph Store Protocol's PUT, POST and DELETE.

Each job is one transaction of the store: committed and published, or undone as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from api.sparql.frames import Job, WorkerFailed
from api.sparql.syntax import clears_everything, refuse_outside, silent, with_dataset
from kg import shapes
from kg.errors import NotAllowed, UsageError
from kg.model import MARKINGS
from kg.store import DEFAULT_GRAPH, Writer, open_writer
from kg.store.answer import graphs_of, parse_rdf


def carry_out(job: Job, attached: list[bytes]) -> dict[str, Any]:
    """Does what *job* says; facts about it: the generation that shows it, whether a graph is new."""
    if job.kind == "update":
        refuse_outside(job.text, "LOAD", "SERVICE")
    quads = b"".join(
        parse_rdf(data, media, graph=job.graph, base=job.base)
        for data, media in zip(attached, job.attached, strict=True)
    )
    with open_writer(
        Path(job.root), schema=shapes.schema_version(), prefixes=shapes.prefixes(), timeout=job.wait
    ) as writer:
        facts: dict[str, Any] = {}
        if job.kind == "update":
            _update(writer, job)
        else:
            facts = _graph(writer, job, quads)
        return {"generation": writer.commit(), **facts}


# ------------------------------------------------------------------ SPARQL 1.1 Update
def _update(writer: Writer, job: Job) -> None:
    sweeping = clears_everything(job.text)
    if sweeping and not job.admin:
        raise NotAllowed("CLEAR and DROP of ALL or NAMED need a token of scope admin")
    text = with_dataset(job.text, job.default_graphs, job.named_graphs)
    before = _state(writer, {*writer.levels_in_use, job.level}, _records(writer))
    # Above the caller's level nothing may fail that would tell them what is there.
    writer.update(text, job.level, base=job.base, above=silent(text))
    for (level, graph), triples in before.items():
        if writer.triples(graph, level) == triples:
            continue
        if not sweeping:
            raise NotAllowed(f"<{graph}> records what was done: an update cannot change it")
        writer.put(_in(graph, triples), [graph], level, exact=True)


def _records(writer: Writer) -> tuple[str, str]:
    """The graphs that say what was done, which no update changes: decisions and provenance."""
    return f"{writer.base}graph/decisions", f"{writer.base}graph/provenance"


def _state(writer: Writer, levels: Iterable[str], graphs: tuple[str, ...]) -> dict[tuple[str, str], list[bytes]]:
    return {(level, graph): writer.triples(graph, level) for level in levels for graph in graphs}


def _in(graph: str, triples: list[bytes]) -> bytes:
    return b"".join(triple.removesuffix(b" .") + f" <{graph}> .\n".encode() for triple in triples)


# ------------------------------------------------------------------ SPARQL 1.1 Graph Store HTTP Protocol
def _graph(writer: Writer, job: Job, quads: bytes) -> dict[str, Any]:
    if job.graph in _records(writer):
        raise NotAllowed(f"<{job.graph}> records what was done: it cannot be changed here")
    if job.graph.startswith(f"{writer.base}graph/texts/"):
        raise NotAllowed("stored texts come and go with their documents")
    if stray := [graph for graph in graphs_of(quads) if graph != job.graph]:
        raise UsageError(f"the request is about one graph, but its body names another: <{stray[0]}>")
    lowest = writer.level_of(job.graph)
    visible = lowest is not None and MARKINGS.index(lowest) <= MARKINGS.index(job.level)
    if job.kind == "drop":
        if not visible and job.graph != DEFAULT_GRAPH:
            raise WorkerFailed(404, "NOT_FOUND", f"there is no graph <{job.graph}>")
        writer.remove([job.graph])
    elif job.kind == "put" and (visible or lowest is None):
        writer.put(quads, [job.graph], job.level)
    else:
        # A graph that stands above the caller's level, unseen, is added to: nobody replaces what they cannot see.
        if job.graph != DEFAULT_GRAPH:
            writer.update(f"CREATE SILENT GRAPH <{job.graph}>", job.level)
        writer.add(quads, job.level)
    return {"created": not visible}
