"""The one-writer lock: ``flock`` on graph/lock, waited for, freed by the kernel when its process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import GraphBusy

_POLL = 0.05  # seconds; flock itself cannot wait with a limit


class WriteLock:
    """Held by the writing process.  The file tells who holds it, for the message only: the lock is the kernel's."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def acquire(self, timeout: float | None, waiting: Callable[[str], None] | None = None) -> None:
        """Wait *timeout* seconds (None: for ever); say once through *waiting* whom for; GraphBusy at the end."""
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        deadline = None if timeout is None else time.monotonic() + timeout
        told = False
        try:
            while True:
                try:
                    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    holder = os.pread(fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
                    if deadline is not None and time.monotonic() >= deadline:
                        raise GraphBusy(f"{self.path.parent}: process {holder} is writing; try again later") from None
                    if waiting and not told:
                        waiting(f"{self.path.parent}: waiting for process {holder} to finish writing")
                        told = True
                    time.sleep(_POLL)
            os.ftruncate(fd, 0)
            os.pwrite(fd, str(os.getpid()).encode("ascii"), 0)
        except BaseException:
            os.close(fd)
            raise
        self._fd = fd

    def release(self) -> None:
        if self._fd is not None:
            os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = None
