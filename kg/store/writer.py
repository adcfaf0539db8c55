"""Writing: one process at a time changes the live stores and publishes generations.

    with open_writer("graph", create=True) as writer:
        writer.put(quads, [document], "CLEAR")      # commits and publishes on leaving; an exception undoes all

A writer is a transaction: readers see nothing before ``commit``, and what a crash or an exception leaves behind is
thrown away when the graph is opened for writing next (the live stores are made again from the last generation).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from kg.errors import GraphBroken, QueryError, UsageError
from kg.index import IndexWriter, fits, link_index
from kg.store import generations, levels, manifest, oxigraph
from kg.store.complaint import complaint
from kg.store.live import Live
from kg.store.lock import WriteLock
from kg.store.manifest import PENDING
from kg.store.nquads import DEFAULT_GRAPH, split
from kg.store.terms import Row, node
from kg.store.touched import touched_graphs


class Writer:
    """The one writer.  Use ``open_writer``; leave the ``with`` block normally to commit, by an exception to undo."""

    def __init__(self, root: Path, facts: manifest.Manifest, lock: WriteLock, prefixes: Mapping[str, str]) -> None:
        self.root = root
        self.base = facts.base
        self.facts = facts
        self.prefixes = dict(prefixes)
        self._lock = lock
        self._dirty = False
        self._failed = False
        self._lives: dict[str, Live] = {}
        self.number = generations.hold_current(root).number
        for level in generations.manifest_of(root / "generations" / str(self.number)).levels:
            self._lives[level] = self._open(level)

    # -------------------------------------------------------------- what is asked
    @property
    def levels_in_use(self) -> tuple[str, ...]:
        """The marking levels in use, from open to closed."""
        return levels.ordered(self._lives)

    def level_of(self, graph: str) -> str | None:
        """The lowest level that sees *graph*; None where there is no such graph."""
        return next((level for level in self.levels_in_use if self._lives[level].has_graph(graph)), None)

    def select(self, sparql: str, level: str = levels.HIGHEST, **bindings: object) -> list[Row]:
        """A trusted SELECT over what is written so far, published or not, as *level* sees it."""
        live = self._lives[levels.visible(level, self.levels_in_use)]
        live.flush()
        return oxigraph.select(live.store, sparql, bindings, self.prefixes)

    def triples(self, graph: str, level: str = levels.HIGHEST) -> list[bytes]:
        """A graph's triples as N-Triples lines, as *level* sees it."""
        return self._lives[levels.visible(level, self.levels_in_use)].current(graph)

    # -------------------------------------------------------------- what is changed
    def put(
        self,
        quads: bytes | Mapping[str, list[bytes]],
        graphs: Sequence[str],
        level: str = levels.LOWEST,
        *,
        exact: bool = False,
    ) -> None:
        """Replace *graphs* by *quads* (N-Quads, or N-Triples lines by graph), at *level* and above; below it they are
        removed.

        A document that has become more secret thus leaves the lower levels.  ``exact``: at that level alone, the
        other levels keep their own content (graph/resolution, which each level computes from what it sees).  Text
        graphs are shared by documents with the same text, so their quads are added; a text goes with its last
        document.  Quads of a graph that is neither named in *graphs* nor a text raise UsageError.
        """
        content = split(quads) if isinstance(quads, bytes) else dict(quads)
        texts = {graph: content.pop(graph) for graph in list(content) if graph.startswith(self._texts)}
        if stray := set(content) - set(graphs):
            raise UsageError(f"quads of a graph that was not named: {min(stray)}")
        self._use(level)
        above = (level,) if exact else levels.at_or_above(level, self.levels_in_use)
        for name in above:
            live = self._lives[name]
            for graph in graphs:
                if not graph.startswith(self._texts):
                    live.put(graph, content.get(graph, []))
            for graph, triples in texts.items():
                live.add(graph, triples)
        for name in () if exact else levels.below(level, self.levels_in_use):
            for graph in graphs:
                if not graph.startswith(self._texts):
                    self._lives[name].remove(graph)

    def add(self, quads: bytes, level: str = levels.LOWEST) -> None:
        """Add *quads* at *level* and above, keeping what their graphs hold."""
        content = split(quads)
        self._use(level)
        for name in levels.at_or_above(level, self.levels_in_use):
            for graph, triples in content.items():
                self._lives[name].add(graph, triples)

    def exchange(self, graph: str, gone: Iterable[bytes], come: Iterable[bytes], level: str) -> None:
        """Take triples out of *graph* and put others in (N-Triples lines, ``b"s p o ."``), at *level* alone.

        What it costs depends on what changes, not on the size of the graph.
        """
        self._lives[levels.check(level)].exchange(graph, gone, come)

    def remove(self, graphs: Iterable[str]) -> None:
        """Remove *graphs* at every level, and the stored texts that only they referred to."""
        for graph in list(graphs):
            for live in self._lives.values():
                live.remove(graph)

    def rename(self, old: str, new: str, graphs: Iterable[str]) -> None:
        """Say *new* wherever *graphs* say the node *old*, as subject or object, at every level."""
        before, after = f"<{old}>".encode(), f"<{node(new).value}>".encode()
        for graph in list(graphs):
            for live in self._lives.values():
                triples = live.current(graph)
                renamed = [_renamed(triple, before, after) for triple in triples]
                if renamed != triples:
                    live.put(graph, renamed)

    def update(
        self, sparql: str, level: str = levels.LOWEST, *, base: str | None = None, above: str | None = None
    ) -> None:
        """Run a SPARQL 1.1 Update on the store of *level* and of each level above it (*above* there, if given).

        What it writes is thus marked *level*, and what it finds there never reaches a lower level; nor does what it
        deletes.  QueryError for a wrong update; then nothing has changed.
        """
        self._use(level)
        graphs = touched_graphs(sparql, self.prefixes)
        for live in (self._lives[name] for name in levels.at_or_above(level, self.levels_in_use)):
            before = live.graphs() if graphs is None else ()
            self._mark()
            try:
                told = sparql if live is self._lives[level] or above is None else above
                live.store.update(told, base_iri=base, prefixes=self.prefixes)
            except (SyntaxError, ValueError, RuntimeError, OSError) as error:
                self._failed = live is not self._lives[level]
                raise QueryError(f"SPARQL: {complaint(error, told, self.prefixes)}") from error
            live.changed.update((*before, *live.graphs(), DEFAULT_GRAPH) if graphs is None else graphs)

    def reindex(self) -> None:
        """Make every index anew from its store."""
        self._mark()
        for live in self._lives.values():
            live.flush()
            shutil.rmtree(live.folder / "index", ignore_errors=True)

    def renew(self) -> None:
        """Make the stores and the indexes anew from what they hold: nothing that was removed stays in their files."""
        self._mark()
        for live in self._lives.values():
            live.renew()
            shutil.rmtree(live.folder / "index", ignore_errors=True)

    def optimize(self) -> None:
        """Compact the stores: after a large build, joins get 3-4 times faster (10 M quads: 45 s)."""
        self._mark()
        for live in self._lives.values():
            live.flush()
            live.store.optimize()

    # -------------------------------------------------------------- how it ends
    def commit(self) -> int:
        """Publish what was written as a new generation and return its number; the same number if nothing changed."""
        if self._failed:
            raise GraphBroken(f"{self.root}: an earlier error left this writer half-way; nothing was published")
        for live in self._lives.values():
            live.flush()
        if not self._dirty:
            return self.number
        number = self.number + 1
        folder = generations.draft(self.root, number)
        for level, live in self._lives.items():
            self._index(live)
            (folder / level).mkdir()
            live.store.backup(os.fspath(folder / level / "store"))
            link_index(live.folder / "index", folder / level / "index")
        facts = self.facts
        generations.publish(
            self.root, folder, manifest.GenerationManifest(number, self.levels_in_use, facts.schema, facts.extractor)
        )
        manifest.write(self.root, facts)
        (self.root / PENDING).unlink(missing_ok=True)
        self._dirty = False
        self.number = number
        generations.sweep(self.root)
        return number

    def close(self) -> None:
        """Let go of the graph.  What was not committed is undone when it is opened next."""
        for live in self._lives.values():
            live.close()
        self._lives.clear()
        self._lock.release()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

    # -------------------------------------------------------------- inside
    @property
    def _texts(self) -> str:
        return self.base + "graph/texts/"

    def _open(self, level: str) -> Live:
        return Live(self.root / "live" / level, self.base, self._mark)

    def _mark(self) -> None:
        """Say on disk that the live stores are about to differ from the last generation."""
        if not self._dirty:
            manifest.mark_pending(self.root, self.number)
            self._dirty = True

    def _use(self, level: str) -> None:
        """Bring *level* into use: it begins as what the level below it sees."""
        if levels.check(level) in self._lives:
            return
        self._mark()
        origin = self._lives[levels.visible(level, self.levels_in_use)]
        origin.flush()
        folder = self.root / "live" / level
        folder.mkdir(parents=True)
        origin.store.backup(os.fspath(folder / "store"))
        link_index(origin.folder / "index", folder / "index")
        live = self._open(level)
        live.changed |= origin.changed
        live.shared |= origin.shared
        live.subjects |= origin.subjects
        self._lives[level] = live

    def _index(self, live: Live) -> None:
        def select(sparql: str) -> list[dict[str, str]]:
            return oxigraph.select_plain(live.store, sparql)

        if not fits(live.folder / "index"):
            shutil.rmtree(live.folder / "index", ignore_errors=True)
            live.changed.update(live.graphs(), (DEFAULT_GRAPH,))
        with IndexWriter(live.folder / "index") as index:
            index.replace(select, live.changed, live.shared, live.subjects)
        for done in (live.changed, live.shared, live.subjects):
            done.clear()


def _renamed(triple: bytes, before: bytes, after: bytes) -> bytes:
    subject, predicate, rest = triple.split(b" ", 2)
    body = rest[: -len(b" .")]
    return b" ".join((after if subject == before else subject, predicate, after if body == before else body, b"."))
