"""Reading: one read-only generation at one level, and a pool that follows the switch to the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg.index import Index
from kg.store import generations, levels, manifest, oxigraph, terms
from kg.store.terms import Row


class Reader:
    """One consistent state of the graph: generation *number* as *level* may see it.

    Safe to share between threads.  It stays readable for as long as it lives, whatever is written meanwhile;
    ``close`` (or the end of its last use) lets the generation be removed.  ``level`` is the level asked for.
    """

    def __init__(
        self, root: Path, hold: generations.Hold, level: str, base: str, prefixes: Mapping[str, str] | None = None
    ) -> None:
        self._hold = hold
        self.root = root
        self.number = hold.number
        self.level = levels.check(level)
        self.base = base
        self.prefixes = dict(prefixes or {})
        self.manifest = generations.manifest_of(hold.folder)
        self.store_level = levels.visible(level, self.manifest.levels)
        folder = hold.folder / self.store_level
        self.store_path = folder / "store"
        self._store: ox.Store | None = oxigraph.open_read_only(self.store_path)
        self.index = Index(folder / "index")

    def raw(self) -> ox.Store:
        """The store itself, for the SPARQL endpoint's workers; GraphBroken after ``close``."""
        if self._store is None:
            raise ValueError("this reader is closed")
        return self._store

    def select(self, sparql: str, **bindings: object) -> list[Row]:
        """The rows of a trusted SELECT over the union of all graphs; *bindings* fix variables (a ``str`` is an IRI)."""
        return oxigraph.select(self.raw(), sparql, bindings, self.prefixes)

    def bindings(self, sparql: str) -> list[dict[str, Any]]:
        """The rows of a trusted SELECT as SPARQL's JSON results have them: for what reads very many values."""
        return oxigraph.bindings(self.raw(), sparql, self.prefixes)

    def ask(self, sparql: str, **bindings: object) -> bool:
        return oxigraph.ask(self.raw(), sparql, bindings, self.prefixes)

    def mentions(self, iri: str) -> bool:
        """Whether *iri* stands anywhere: in a statement, or as the name of a graph.  QueryError for what is no IRI."""
        node = terms.sparql(iri)
        places = (f"{node} ?p ?o", f"?s {node} ?o", f"?s ?p {node}", f"GRAPH {node} {{ ?s ?p ?o }}")
        return any(self.ask(f"ASK {{ {place} }}") for place in places)

    def construct(self, sparql: str, **bindings: object) -> bytes:
        """The triples of a CONSTRUCT or DESCRIBE, as N-Triples."""
        return oxigraph.construct(self.raw(), sparql, bindings, self.prefixes)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return oxigraph.graphs(self.raw())

    def has_graph(self, iri: str) -> bool:
        return oxigraph.has_graph(self.raw(), iri)

    def triples(self, graph: str) -> list[bytes]:
        """A graph's triples as sorted N-Triples lines (``""``: the stored default graph)."""
        return oxigraph.triples_of(self.raw(), graph)

    def graph_iter(self) -> Iterator[tuple[str, list[bytes]]]:
        """Every graph with its triples, by IRI, one at a time: bounded memory for exports."""
        if oxigraph.has_graph(self.raw(), ""):
            yield "", self.triples("")
        for graph in self.graphs():
            yield graph, self.triples(graph)

    def __len__(self) -> int:
        """The number of quads."""
        return len(self.raw())

    def close(self) -> None:
        """Let go of the generation; threads that still use ``raw()``'s store finish undisturbed."""
        self._store = None
        self._hold.release()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reader(
    root: Path | str,
    level: str = levels.HIGHEST,
    *,
    schema: str = manifest.SCHEMA,
    prefixes: Mapping[str, str] | None = None,
) -> Reader:
    """The current generation of the graph at *root*, up to *level*.  GraphNotFound, GraphNewer, GraphBroken."""
    root = Path(root)
    facts = manifest.read(root, schema)
    return Reader(root, generations.hold_current(root), level, facts.base, prefixes)


class ReaderPool:
    """The current reader of each level, for servers: ``current`` costs one ``readlink`` until a switch happens.

    A reader handed out before a switch stays good: its generation is kept until its last user lets go of it.
    """

    def __init__(
        self, root: Path | str, *, schema: str = manifest.SCHEMA, prefixes: Mapping[str, str] | None = None
    ) -> None:
        self.root = Path(root)
        self.schema = schema
        self.prefixes = dict(prefixes or {})
        self.base = manifest.read(self.root, schema).base
        self._readers: dict[str, Reader] = {}
        self._lock = threading.Lock()

    def current(self, level: str = levels.LOWEST) -> Reader:
        """The reader of the current generation at *level*; keep it for one request, then drop it (do not close it)."""
        name = generations.current_name(self.root)
        reader = self._readers.get(level)
        if reader is not None and name.endswith(f"/{reader.number}"):
            return reader
        with self._lock:
            reader = self._readers.get(level)
            if reader is None or not generations.current_name(self.root).endswith(f"/{reader.number}"):
                reader = open_reader(self.root, level, schema=self.schema, prefixes=self.prefixes)
                # A level that is seldom asked for must not hold an old generation for ever.
                self._readers = {name: one for name, one in self._readers.items() if one.number == reader.number}
                self._readers[level] = reader
            return reader

    def close(self) -> None:
        """Forget the readers; those still in use live until their last user lets go."""
        with self._lock:
            self._readers.clear()
