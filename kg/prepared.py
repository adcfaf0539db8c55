"""One document ready to be written: its quads made, whatever process made them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.abstracts import abstract_of
from kg.model import Document, Extraction
from kg.rdf import actor_quads, document_graphs, document_quads, mint_actors


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the *graphs* of a document hold (*triples*: N-Triples lines by graph), what it *said* of unknown actors,
    what is counted of it, and its *abstract* for resolution across documents (``""``: no extractor read it).

    The lines are cut up by graph here, in whatever process, and not in the one that writes.

    *document* is stripped of its text and its facts, which stand in the quads.
    """

    document: Document
    model: str
    graphs: tuple[str, ...]
    triples: dict[str, list[bytes]]
    said: tuple[str, ...] = ()
    actors: frozenset[str] = frozenset()
    events: int = 0
    claims: int = 0
    abstract: str = ""


def prepare(extraction: Extraction, base: str) -> Prepared:
    """*extraction* as quads of a graph whose base is *base*; ValueError where it contradicts itself."""
    document = extraction.document
    quads, said = document_quads(extraction, base), actor_quads(extraction, base)
    return Prepared(
        document=replace(document, text="", facts=(), furniture=(), attached=(), entries=(), warnings=()),
        model=extraction.model,
        graphs=tuple(document_graphs(document, base)),
        triples=by_graph(quads),
        said=tuple(said),
        actors=frozenset(mint_actors(extraction, base).values()),
        events=len(extraction.events),
        claims=len(extraction.claims),
        abstract=abstract_of(extraction, base, quads, said).dumps() if extraction.model else "",
    )


def by_graph(quads: Iterable[str]) -> dict[str, list[bytes]]:
    """Lines of N-Quads that `kg.rdf` wrote, each in a named graph, as lines of N-Triples by the graph's IRI.

    >>> by_graph(['<x:s> <x:p> "a > b <c" <x:g> .'])
    {'x:g': [b'<x:s> <x:p> "a > b <c" .']}
    """
    found: dict[str, list[bytes]] = {}
    for line in quads:
        triple, _, graph = line.rpartition(" <")  # an IRI holds neither a space nor another "<"
        found.setdefault(graph[:-3], []).append(f"{triple} .".encode())
    return found
