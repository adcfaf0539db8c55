"""Single statements added to graphs that stand, and taken out of them, at every level that sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.model import MARKINGS
from kg.nquads import iri
from kg.store import Writer


class Amender:
    """Amends what *writer* holds; quads come as lines of N-Quads, triples as `Writer.triples` gives them."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(self, lines: Iterable[str], *markings: str) -> None:
        """Adds quads about documents of these markings, for those who may see all of them."""
        self._writer.add(written(lines), max(markings, key=MARKINGS.index))

    def drop(self, line: str, graph: str) -> None:
        """Takes one quad out of *graph* at every level."""
        gone = line.removesuffix(f" {iri(graph)} .").encode() + b" ."
        self.rewrite(graph, lambda triple: triple != gone)

    def rewrite(self, graph: str, keep: Callable[[bytes], bool], below: str | None = None) -> None:
        """Leaves in *graph*, at every level or at those *below* one, the triples that *keep* wants."""
        tail = f" {iri(graph)} .".encode()
        levels = self._writer.levels_in_use
        for level in levels if below is None else [one for one in levels if above(below, one)]:
            triples = self._writer.triples(graph, level)
            kept = [triple for triple in triples if keep(triple)]
            if len(kept) < len(triples):
                quads = b"".join(triple.removesuffix(b" .") + tail + b"\n" for triple in kept)
                self._writer.put(quads, [graph], level, exact=True)


def above(marking: str, other: str) -> bool:
    """Whether *marking* is stricter than the *other*."""
    return MARKINGS.index(marking) > MARKINGS.index(other)


def written(lines: Iterable[str]) -> bytes:
    """*lines* as the writer takes them."""
    return "".join(line + "\n" for line in lines).encode("utf-8")
