"""N-Quads as bytes, cut up by graph (RDF 1.1 N-Quads, section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import UsageError

DEFAULT_GRAPH = ""  # how the stored default graph is named among graph IRIs

# A statement as we and every canonical writer print it; anything else goes through the full parser.
_STATEMENT = re.compile(
    rb"((?:<[^<>\s]*>|_:\S+) <[^<>\s]*> "
    rb'(?:<[^<>\s]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>\s]*>)?))(?: <([^<>\s]*)>)? \.'
)


def split(quads: bytes) -> dict[str, list[bytes]]:
    """Graph IRI → its triples as N-Triples lines (without newline).  UsageError where it is not N-Quads.

    Only the shape is checked here; the store's own parser checks every IRI and literal when they are loaded.
    """
    graphs: dict[str, list[bytes]] = {}
    for line in quads.split(b"\n"):
        if not line or line.isspace():
            continue
        cut = _cut(line)
        if cut is None:
            match = _STATEMENT.fullmatch(line)
            if match is None:
                return _split_slowly(quads)
            cut = match[1] + b" .", match[2] or b""
        graphs.setdefault(cut[1].decode(), []).append(cut[0])
    return graphs


def _cut(line: bytes) -> tuple[bytes, bytes] | None:
    """Triple and graph of a statement in the plainest spelling, faster than the pattern; None: look closer."""
    if not line.endswith(b"> .") or b" #" in line:  # a comment might follow
        return None
    place = line.rfind(b" <")
    graph = line[place + 2 : -3]
    parts = line[:place].split(b" ", 2)
    if len(parts) < 3 or b" " in graph or b'"' in graph or b"<" in graph:
        return None  # no graph is named, or what looks like one is the end of a literal
    term = parts[2]
    if term[:1] == b'"':
        end = term[term.rfind(b'"') + 1 :]
        sound = not end or (b" " not in end and (end[:1] == b"@" or (end[:3] == b"^^<" and end[-1:] == b">")))
    else:
        sound = b" " not in term
    return (line[:place] + b" .", graph) if sound else None


def _split_slowly(quads: bytes) -> dict[str, list[bytes]]:
    graphs: dict[str, list[bytes]] = {}
    try:
        for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
            graphs.setdefault(graph_iri(quad.graph_name), []).append(_line(quad.triple))
    except SyntaxError as error:
        raise UsageError(f"not N-Quads: {error}") from error
    return graphs


def canonical(triples: Iterable[bytes]) -> list[bytes]:
    """The triples as the store prints them, sorted: what tells whether a graph has changed."""
    text = b"\n".join(triples)
    return sorted({_line(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)})


def join(graphs: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """N-Quads bytes of ``(graph IRI, N-Triples lines)`` pairs."""
    parts: list[bytes] = []
    for graph, triples in graphs:
        tail = b" <" + graph.encode() + b"> .\n" if graph != DEFAULT_GRAPH else b" .\n"
        parts.extend(triple[:-2] + tail for triple in triples)
    return b"".join(parts)


def graph_iri(name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str:
    """The name of a graph as text; ``""`` for the default graph, ``_:label`` for a blank one."""
    if isinstance(name, ox.NamedNode):
        return name.value
    return DEFAULT_GRAPH if isinstance(name, ox.DefaultGraph) else str(name)


def _line(triple: ox.Triple) -> bytes:
    return f"{triple} .".encode()
