"""Inputs found in containers, read by other processes: what a mail says is a function of its bytes alone.

The order of results is that of the inputs.  An input that ends its process, or holds it for too long, is found out and
goes to quarantine; the others are read.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from types import TracebackType

from kg.model import Document, Extraction
from kg.prepared import Prepared, prepare
from kg.resolve.headers import addressed
from kg.sources import FAILED, Reading, Skipped, Source, read_source

CHUNK = 64
CHUNK_BYTES = 4_000_000
"""Inputs, and bytes, that one process reads at a time."""
PATIENCE = 120.0
"""Seconds that a chunk may take; then its inputs are read one by one, each with as many."""
Result = Prepared | Document | Skipped
"""Articles come out as Documents: their text is for the extractors."""


def read_all(sources: Sequence[Source], reading: Reading, base: str) -> list[Result]:
    """What *sources* hold, ready to be written to a graph whose base is *base*."""
    return [result for source in sources for item in read_source(source, reading) for result in (ready(item, base),)]


def ready(item: Document | Skipped, base: str) -> Result:
    """A closed document prepared for the store; articles and what was skipped as they are."""
    if isinstance(item, Skipped) or item.kind == "Article":
        return item
    try:
        return prepare(Extraction(addressed(item)), base)
    except ValueError as error:  # its facts do not fit the ontology: a fault of ours that must not end the run
        return Skipped(item.path or item.digest, FAILED, " ".join(str(error).split())[:300])


def _leave_with_parent() -> None:
    """Ends this process when the one that started it is gone: one that was killed cannot tell its helpers to go."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


class Pool:
    """Processes that read.  Few inputs are read in this process: starting others takes longer."""

    def __init__(self, reading: Reading, base: str, workers: int | None = None) -> None:
        self._reading, self._base = reading, base
        self._workers = workers or os.cpu_count() or 1
        self._chunk: list[Source] = []
        self._bytes = 0
        self._under_way: deque[tuple[list[Source], Future[list[Result]]]] = deque()
        self._executor: ProcessPoolExecutor | None = None

    def give(self, source: Source) -> Iterator[Result]:
        """Takes *source*, whose results come later; gives what is ready while too much is under way."""
        self._chunk.append(source)
        self._bytes += source.size
        if len(self._chunk) >= CHUNK or self._bytes >= CHUNK_BYTES:
            self._send()
        while len(self._under_way) > 2 * self._workers:
            yield from self._next()

    def rest(self) -> Iterator[Result]:
        """All that is still to come."""
        if self._executor is None:
            for source in self._chunk:
                yield from read_all([source], self._reading, self._base)
            self._chunk = []
        elif self._chunk:
            self._send()
        while self._under_way:
            yield from self._next()

    def _send(self) -> None:
        if self._executor is None:
            self._executor = self._started()
        sources, self._chunk, self._bytes = self._chunk, [], 0
        self._under_way.append((sources, self._executor.submit(read_all, sources, self._reading, self._base)))

    def _started(self) -> ProcessPoolExecutor:
        # not by fork: this process has the store's threads, which a forked child would lack
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["kg.forked"])
        return ProcessPoolExecutor(self._workers, context, initializer=_leave_with_parent)

    def _next(self) -> Iterator[Result]:
        sources, future = self._under_way.popleft()
        try:
            yield from future.result(PATIENCE)
        except (BrokenProcessPool, TookTooLong):
            yield from self._one_by_one(sources)

    def _one_by_one(self, sources: list[Source]) -> Iterator[Result]:
        """Reads *sources* each by itself after their process died or hung, then what else was under way."""
        waiting = [each for chunk, _ in self._under_way for each in chunk]
        self._under_way.clear()
        self._end()
        for source in (*sources, *waiting):
            if self._executor is None:
                self._executor = self._started()
                self._executor.submit(int).result()  # starting is not what an input is held to
            try:
                yield from self._executor.submit(read_all, [source], self._reading, self._base).result(PATIENCE)
            except BrokenProcessPool:
                self._end()
                yield Skipped(source.name, FAILED, "the process that read it ended")
            except TookTooLong:
                self._end()
                yield Skipped(source.name, "OVER_BUDGET", f"not read after {PATIENCE:.0f} s")

    def _end(self) -> None:
        if self._executor is not None:
            for process in list((self._executor._processes or {}).values()):  # kill_workers() comes with Python 3.14
                process.kill()
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._end()
        elif self._executor is not None:
            self._executor.shutdown()
            self._executor = None
