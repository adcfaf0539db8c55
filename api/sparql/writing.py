"""Changing the graph, inside a worker process: SPARQL updates and the Graph Store Protocol's PUT, POST and DELETE.

Each job is one transaction of the store: committed and published, or undone as a whole.
"""

from __future__ import annotations

import re
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
from kg.store.touched import touched_graphs

_BLANK = re.compile(rb"_:|\S+ \S+ _:")


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
        touched = touched_graphs(job.text, writer.prefixes) if job.kind == "update" else {job.graph}
        unseen = _unseen(writer, job.level, touched)
        facts = _update(writer, job) if job.kind == "update" else _graph(writer, job, quads)
        _give_back(writer, unseen)
        return {"generation": writer.commit(), **facts}


# ------------------------------------------------------------------ what the caller cannot see
Triples = dict[tuple[str, str], list[bytes]]  # (level, graph) -> N-Triples lines


def _unseen(writer: Writer, level: str, graphs: set[str] | None) -> Triples:
    """What levels above *level* hold beyond it in *graphs* (None: in any): nobody changes what they cannot see.

    Blank nodes, which only users' updates bring in, have no name that could be compared between levels: left out.
    """
    found: Triples = {}
    for above in writer.levels_in_use:
        if MARKINGS.index(above) <= MARKINGS.index(level):
            continue
        every = {DEFAULT_GRAPH, *(str(row["g"]) for row in writer.select("SELECT ?g { GRAPH ?g { } }", above))}
        for graph in every if graphs is None else graphs & every:
            seen = set(writer.triples(graph, level))
            hidden = [one for one in writer.triples(graph, above) if one not in seen and not _BLANK.match(one)]
            if hidden:
                found[above, graph] = hidden
    return found


def _give_back(writer: Writer, unseen: Triples) -> None:
    for (above, graph), triples in unseen.items():
        left = set(writer.triples(graph, above))
        if missing := [triple for triple in triples if triple not in left]:
            writer.add(_in(graph, missing), above)


# ------------------------------------------------------------------ SPARQL 1.1 Update
def _update(writer: Writer, job: Job) -> dict[str, Any]:
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
        if level == job.level and not sweeping:  # what happens above it, the caller must not learn
            raise NotAllowed(f"<{graph}> records what was done: an update cannot change it")
        writer.put(_in(graph, triples), [graph], level, exact=True)
    return {}


def _records(writer: Writer) -> tuple[str, str]:
    """The graphs that say what was done, which no update changes: decisions and provenance."""
    return f"{writer.base}graph/decisions", f"{writer.base}graph/provenance"


def _state(writer: Writer, levels: Iterable[str], graphs: tuple[str, ...]) -> Triples:
    return {(level, graph): writer.triples(graph, level) for level in levels for graph in graphs}


def _in(graph: str, triples: list[bytes]) -> bytes:
    tail = f" <{graph}> .\n".encode() if graph != DEFAULT_GRAPH else b" .\n"
    return b"".join(triple.removesuffix(b" .") + tail for triple in triples)


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
    elif job.kind == "put":
        writer.put(quads, [job.graph], job.level)
    else:
        if job.graph != DEFAULT_GRAPH:
            writer.update(f"CREATE SILENT GRAPH <{job.graph}>", job.level)
        writer.add(quads, job.level)
    return {"created": not visible}
