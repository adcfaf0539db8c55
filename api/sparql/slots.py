"""So many at once: a queue in front of the workers, and one count for all server processes of a graph.

The queue is first come, first served within a process; between processes a slot is a file that is locked by whoever
uses it, so the kernel gives it back when a process dies.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Lock

POLL = 0.01  # seconds between looks at the other processes' slots


class Full(Exception):
    """No slot was free in time, or the queue was too long to join."""


class _Turn:
    """One who waits, in whichever event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.called = asyncio.Event()
        self.given = False


class Slots:
    """*count* at once, *queue* waiting in this process; *folder*, if given, is where all processes count together."""

    def __init__(self, count: int, queue: int, folder: Path | None = None) -> None:
        self._free = count
        self._count = count
        self._queue = queue
        self._folder = folder
        self._waiting: deque[_Turn] = deque()
        self._lock = Lock()

    @asynccontextmanager
    async def one(self, deadline: float) -> AsyncIterator[None]:
        """Holds a slot; Full when none is free before *deadline* (``time.monotonic``)."""
        await self._enter(deadline)
        try:
            fd = await self._file(deadline)
            try:
                yield
            finally:
                if fd is not None:
                    os.close(fd)
        finally:
            self._leave()

    async def _enter(self, deadline: float) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._waiting) >= self._queue:
                raise Full
            turn = _Turn(asyncio.get_running_loop())
            self._waiting.append(turn)
        try:
            await asyncio.wait_for(turn.called.wait(), max(0.0, deadline - time.monotonic()))
        except BaseException as error:
            with self._lock:
                given = turn.given
                if not given:
                    self._waiting.remove(turn)
            if given:
                self._leave()  # it came while we were giving up: pass it on
            if isinstance(error, TimeoutError):
                raise Full from None
            raise

    def _leave(self) -> None:
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            turn = self._waiting.popleft()
            turn.given = True
        turn.loop.call_soon_threadsafe(turn.called.set)

    async def _file(self, deadline: float) -> int | None:
        if self._folder is None:
            return None
        while True:
            for number in range(self._count):
                fd = os.open(self._folder / f"slot-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                try:
                    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return fd
                except BlockingIOError:
                    os.close(fd)
            if time.monotonic() >= deadline:
                raise Full
            await asyncio.sleep(POLL)
