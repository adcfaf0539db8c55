"""One level's live store: changes are queued, applied in batches, and remembered for the index.

Nothing here is atomic across a crash, and nothing needs to be: the writer marks the graph as pending before the
first change, and what is pending when the graph is opened next is thrown away for the last generation.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.store import oxigraph
from kg.store.nquads import canonical, join
from kg.store.terms import node
from kg.terms import KG

_BATCH = 12_000_000  # bytes of queued triples that are applied together
_STORED_TEXT = re.compile(rb"\S+ <" + re.escape(KG.storedText).encode() + rb"> <([^<>\s]*)> \.")
_SUBJECT = re.compile(rb"<([^<>\s]*)>")


@dataclass
class _Change:
    """What will become of a graph: *replaced* by the triples (None: removed), or only added to."""

    replaced: bool
    triples: list[bytes] | None = field(default_factory=list)


class Live:
    """A level's store, opened for writing.

    ``changed`` are the graphs whose index rows must be made anew; of the graphs that many documents share (actors,
    resolution), ``shared``, only the ``subjects`` that changed.  *on_change* is called before the first real change.
    """

    def __init__(self, folder: Path, base: str, on_change: Callable[[], None]) -> None:
        self.folder = folder
        self.store = oxigraph.open_live(folder / "store")
        self.changed: set[str] = set()
        self.shared: set[str] = set()
        self.subjects: set[str] = set()
        self._common = base + "graph/"
        self._texts = base + "graph/texts/"
        self._runs = base + "graph/provenance"
        self._on_change = on_change
        self._queue: dict[str, _Change] = {}
        self._size = 0
        self._loose: set[str] = set()

    def close(self) -> None:
        """Close the store: pyoxigraph does so when the last reference goes, and a second opener waits for that."""
        del self.store

    def renew(self) -> None:
        """Move the content into a fresh store: the old one keeps the words of removed triples in its dictionary."""
        self.flush()
        fresh, old = self.folder / "store.new", self.folder / "store"
        dump = self.folder / "renewed.nq"
        shutil.rmtree(fresh, ignore_errors=True)
        names = oxigraph.graphs(self.store)
        self.store.dump(os.fspath(dump), format=ox.RdfFormat.N_QUADS)
        self.close()
        store = oxigraph.open_live(fresh)
        store.bulk_load(path=os.fspath(dump), format=ox.RdfFormat.N_QUADS)
        for name in names:
            store.add_graph(node(name))  # an empty graph has no quad to be loaded by
        store.flush()
        del store
        dump.unlink()
        shutil.rmtree(old)
        fresh.rename(old)
        self.store = oxigraph.open_live(old)

    # -------------------------------------------------------------- queueing
    def put(self, graph: str, triples: list[bytes]) -> None:
        """Replace *graph*; texts that only its old content referred to go with that content."""
        self._loosen_texts(graph, keep=triples)
        # A copy: the levels are handed the same list, and what is added to one level must not reach another.
        self._enqueue(graph, _Change(True, list(triples)), triples)

    def remove(self, graph: str) -> None:
        self._loosen_texts(graph, keep=())
        self._enqueue(graph, _Change(True, None), ())

    def add(self, graph: str, triples: Iterable[bytes]) -> None:
        """Add triples to *graph*, keeping what is there."""
        change = self._queue.setdefault(graph, _Change(False))
        if change.triples is None:
            change.triples = []
        added = list(triples)
        change.triples.extend(added)
        self._grow(added)

    def exchange(self, graph: str, gone: Iterable[bytes], come: Iterable[bytes]) -> None:
        """Take the triples *gone* out of *graph* and put *come* in; its other triples are not looked at."""
        self.flush()
        left, new = sorted(gone), sorted(come)
        if left or new:
            self._on_change()
        for quad in ox.parse(join([(graph, left)]), format=ox.RdfFormat.N_QUADS):
            self.store.remove(quad)
        oxigraph.load(self.store, [(graph, new)])
        self._note(graph, [*left, *new])

    def current(self, graph: str) -> list[bytes]:
        """The triples of *graph*, queued changes included."""
        self._settle(graph)
        change = self._queue.get(graph)
        if change is not None and change.replaced:
            return list(change.triples or ())
        return oxigraph.triples_of(self.store, graph) + (list(change.triples or ()) if change else [])

    def has_graph(self, graph: str) -> bool:
        self._settle(graph)
        change = self._queue.get(graph)
        if change is not None and (change.replaced or change.triples):
            return change.triples is not None
        return oxigraph.has_graph(self.store, graph)

    def graphs(self) -> list[str]:
        """The named graphs, after the queue has been applied."""
        self.flush()
        return oxigraph.graphs(self.store)

    def _enqueue(self, graph: str, change: _Change, triples: Iterable[bytes]) -> None:
        self._queue[graph] = change
        self._grow(triples)

    def _grow(self, triples: Iterable[bytes]) -> None:
        self._size += sum(map(len, triples))
        if self._size > _BATCH:
            self.flush()

    def _loosen_texts(self, graph: str, keep: Iterable[bytes]) -> None:
        """Remember the stored texts that *graph* is about to refer to no longer: nobody else may."""
        if graph and not graph.startswith(self._common):
            texts = self._stored_texts(graph)
            if texts:
                self._loose.update(texts - {text for triple in keep for text in _text_of(triple)})

    def _stored_texts(self, graph: str) -> set[str]:
        change = self._queue.get(graph)
        if change is not None and not change.replaced:
            self.flush()
        elif change is not None:
            return {text for triple in change.triples or () for text in _text_of(triple)}
        if not oxigraph.has_graph(self.store, graph):  # a fraction of what looking into it takes
            return set()
        found = self.store.quads_for_pattern(None, node(KG.storedText), None, node(graph))
        return {text for quad in found for text in _text_of(f"{quad.triple} .".encode())}

    def _settle(self, graph: str) -> None:
        """Apply the queue first where *graph* is a text that may be about to go."""
        if graph in self._loose:
            self.flush()

    # -------------------------------------------------------------- applying
    def flush(self) -> None:
        """Apply what is queued; graphs that already are as asked are left alone and count as unchanged."""
        queue, self._queue, self._size = self._queue, {}, 0
        content: list[tuple[str, list[bytes]]] = []
        for graph, change in queue.items():
            if not change.replaced:
                self._keep_new(graph, change.triples or [], content)
            elif change.triples and self._is_shared(graph):
                self._change_to(graph, change.triples, content)
            else:
                self._clear_if_different(graph, change.triples, content)
        if content:
            self._on_change()
            oxigraph.load(self.store, content)
        self._drop_loose_texts()

    def _drop_loose_texts(self) -> None:
        """Remove the texts that no document refers to any more."""
        for text in sorted(self._loose):
            needed = next(iter(self.store.quads_for_pattern(None, node(KG.storedText), node(text), None)), None)
            if needed is None and oxigraph.has_graph(self.store, text):
                self._on_change()
                oxigraph.clear(self.store, text)
                self.changed.add(text)
        self._loose.clear()

    def _clear_if_different(
        self, graph: str, triples: list[bytes] | None, content: list[tuple[str, list[bytes]]]
    ) -> None:
        exists = oxigraph.has_graph(self.store, graph)
        if not exists and triples is None:
            return
        if exists:
            if triples is not None and _same(triples, oxigraph.triples_of(self.store, graph)):
                return
            self._on_change()
            oxigraph.clear(self.store, graph)
        self.changed.add(graph)
        if triples:
            content.append((graph, triples))
        elif triples is not None and graph:
            self._on_change()
            self.store.add_graph(node(graph))

    def _change_to(self, graph: str, triples: list[bytes], content: list[tuple[str, list[bytes]]]) -> None:
        """Replace a shared graph by its differences: it is large, and a commit changes little of it."""
        old, new = set(oxigraph.triples_of(self.store, graph)), set(canonical(triples))
        if gone := sorted(old - new):
            self._on_change()
            for quad in ox.parse(join([(graph, gone)]), format=ox.RdfFormat.N_QUADS):
                self.store.remove(quad)
            self._note(graph, gone)
        if come := sorted(new - old):
            content.append((graph, come))
            self._note(graph, come)

    def _keep_new(self, graph: str, triples: list[bytes], content: list[tuple[str, list[bytes]]]) -> None:
        """Queue for loading only what the graph does not hold yet."""
        quads = ox.parse(join([(graph, triples)]), format=ox.RdfFormat.N_QUADS)
        if new := [f"{quad.triple} .".encode() for quad in quads if quad not in self.store]:
            content.append((graph, new))
            self._note(graph, new)

    def _is_shared(self, graph: str) -> bool:
        return graph.startswith(self._common) and not graph.startswith(self._texts)

    def _note(self, graph: str, triples: Iterable[bytes]) -> None:
        """Remember for the index that these triples of *graph* came or went."""
        if graph == self._runs:
            return  # it describes no thing that can be found
        if self._is_shared(graph):
            self.shared.add(graph)
            self.subjects.update(match[1].decode() for match in map(_SUBJECT.match, triples) if match)
        else:
            self.changed.add(graph)


def _text_of(triple: bytes) -> list[str]:
    """The text IRI of a ``… kg:storedText <text> .`` line, if it is one."""
    match = _STORED_TEXT.match(triple) if b"storedText" in triple else None
    return [match[1].decode()] if match else []


def _same(new: list[bytes], stored: list[bytes]) -> bool:
    """Whether *new* says what is *stored* (sorted), in whatever spelling."""
    return sorted(set(new)) == stored or (len(set(new)) >= len(stored) and canonical(new) == stored)
