"""One document ready to be written: its quads made, whatever process made them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model import Document, Extraction
from kg.rdf import actor_quads, document_graphs, document_quads, mint_actors


@dataclass(frozen=True, slots=True)
class Prepared:
    """The *quads* (N-Quads lines) of a document's graphs, what it *said* of unknown actors, and what is counted of it.

    *document* is stripped of its text and its facts, which stand in the quads.
    """

    document: Document
    model: str
    graphs: tuple[str, ...]
    quads: tuple[str, ...]
    said: tuple[str, ...] = ()
    actors: frozenset[str] = frozenset()
    events: int = 0
    claims: int = 0


def prepare(extraction: Extraction, base: str) -> Prepared:
    """*extraction* as quads of a graph whose base is *base*; ValueError where it contradicts itself."""
    document = extraction.document
    return Prepared(
        document=replace(document, text="", facts=(), furniture=(), attached=(), entries=(), warnings=()),
        model=extraction.model,
        graphs=tuple(document_graphs(document, base)),
        quads=tuple(document_quads(extraction, base)),
        said=tuple(actor_quads(extraction, base)),
        actors=frozenset(mint_actors(extraction, base).values()),
        events=len(extraction.events),
        claims=len(extraction.claims),
    )
