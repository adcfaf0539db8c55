"""The graph's current reader for each marking, opened on first use: an app can be made before its graph."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from kg import shapes
from kg.store import Reader, ReaderPool


class Pool:
    """A ``ReaderPool`` that opens on first use; errors of the graph's files come out of ``current`` each time."""

    def __init__(self, graph: Path):
        self.graph = graph
        self._pool: ReaderPool | None = None
        self._lock = Lock()

    def current(self, marking: str = "CLEAR") -> Reader:
        """The reader of the current generation at *marking*: for one request, then to be dropped, not closed."""
        with self._lock:
            if self._pool is None:
                self._pool = ReaderPool(self.graph, schema=shapes.schema_version(), prefixes=shapes.prefixes())
            pool = self._pool
        return pool.current(marking)

    def close(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()


@cache
def pool_of(graph: Path) -> Pool:
    """The one pool of the graph in this process, which all rooms share."""
    return Pool(graph)
