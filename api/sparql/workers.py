"""The worker processes as the server sees them: started when needed, watched while they work, killed past a limit."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass

import psutil

from api.errors import ApiError
from api.sparql.frames import ANSWER, DATA, END, ERROR, HEADER, JOB, Job, facts, frame
from api.sparql.slots import Full, Slots

WATCH = 0.02  # seconds between looks at a working process' memory
KEEP = 0.5  # of the memory limit: a worker that holds more after its job is replaced
LEAST = 0.25  # seconds: with less time left than this a job is not begun
BUSY = {"Retry-After": "2"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use: *seconds* since the request arrived, *memory* in bytes of resident size."""

    seconds: float
    memory: int


class Process:
    """One worker process and this side of its channel."""

    def __init__(self, niceness: int) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "api.sparql.worker", str(theirs.fileno()), str(niceness)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        self.channel.setblocking(False)
        self._seen = psutil.Process(self._process.pid)
        self.reason: ApiError | None = None  # why it was killed

    @property
    def memory(self) -> int:
        """Resident bytes; 0 when it is gone."""
        try:
            return int(self._seen.memory_info().rss)
        except psutil.NoSuchProcess:
            return 0

    @property
    def alive(self) -> bool:
        return self.reason is None and self._process.poll() is None

    def kill(self, reason: ApiError | None = None) -> None:
        self.reason = self.reason or reason
        self._process.kill()

    def end(self) -> None:
        """Kills and buries it; the kernel may need a moment to free much memory, so not in the event loop."""
        self._process.kill()
        self.channel.close()
        self._process.wait()

    async def frames(self) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """What the worker says about one job, to its end; nothing more when it died."""
        kind = b""
        while kind not in (END, ERROR):
            header = await self._exactly(HEADER.size)
            if header is None:
                return
            kind, length = HEADER.unpack(header)
            payload = await self._exactly(length)
            if payload is None:
                return
            yield kind, payload

    async def _exactly(self, length: int) -> bytes | None:
        loop, pieces = asyncio.get_running_loop(), []
        while length:
            try:
                piece = await loop.sock_recv(self.channel, min(length, 1 << 20))
            except ConnectionResetError:
                return None
            if not piece:
                return None
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    async def send(self, job: Job, attached: list[bytes]) -> None:
        loop = asyncio.get_running_loop()
        for piece in (frame(JOB, job.encode()), *(frame(DATA, data) for data in attached)):
            await loop.sock_sendall(self.channel, piece)

    async def watch(self, deadline: float, limits: Limits) -> None:
        """Kills it at the deadline, or when it has grown past its memory."""
        while (left := deadline - time.monotonic()) > 0:
            if self.memory > limits.memory:
                said = f"more than {limits.memory // 1_000_000:,} MB of memory were needed: narrow the query"
                return self.kill(ApiError(413, said, "MEMORY_LIMIT"))
            await asyncio.sleep(min(WATCH, left))
        said = f"no answer within {limits.seconds:g} seconds of its arrival: narrow the query, or ask again"
        self.kill(ApiError(503, said, "TIME_LIMIT", BUSY))


class Workers:
    """A few worker processes, shared by all requests of a server process."""

    def __init__(self, slots: Slots, niceness: int) -> None:
        self._slots = slots
        self._niceness = niceness
        self._idle: list[Process] = []
        self._burials: set[asyncio.Future[None]] = set()
        self._all: weakref.WeakSet[Process] = weakref.WeakSet()
        weakref.finalize(self, _end_all, self._all)

    def make_ready(self) -> None:
        """Has one process that waits for work; call it in the event loop's thread, which starts them all."""
        if not self._idle:
            self._idle.append(self._start())

    def close(self) -> None:
        """Ends the processes; new ones are started when there is work again."""
        _end_all(self._all)
        self._idle.clear()

    async def run(
        self,
        job: Job,
        limits: Limits,
        arrived: float,
        *,
        attached: list[bytes] | None = None,
        wait: float | None = None,
    ) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """The job's frames, A and D and E; ApiError for everything that goes wrong, at whatever point.

        *arrived* is a ``time.monotonic``; a job that gets no slot by the deadline (or in *wait* seconds) is refused.
        Close the iterator to stop the job.
        """
        deadline = arrived + limits.seconds
        async with AsyncExitStack() as slot:
            try:
                await slot.enter_async_context(
                    self._slots.one(min(deadline, arrived + wait) if wait is not None else deadline)
                )
                if deadline - time.monotonic() < min(LEAST, limits.seconds / 4):
                    raise Full  # it would only be started to be killed
            except Full:
                said = "other requests use all that this server may; ask again"
                raise ApiError(503, said, "BUSY", BUSY) from None
            async with aclosing(self._work(job, attached or [], limits, deadline, slot)) as frames:
                async for one in frames:
                    yield one

    async def _work(
        self, job: Job, attached: list[bytes], limits: Limits, deadline: float, slot: AsyncExitStack
    ) -> AsyncGenerator[tuple[bytes, bytes], None]:
        process = await self._take()
        watch = asyncio.ensure_future(process.watch(deadline, limits))
        ended = False
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it died; that it says nothing tells why, below
                await process.send(job, attached)
            async with aclosing(process.frames()) as frames:
                async for kind, payload in frames:
                    ended = kind in (END, ERROR)
                    if ended:
                        watch.cancel()
                    if kind == ERROR:
                        raise _failure(payload)
                    yield kind, payload
            if not ended:
                died = ApiError(500, "the query brought its process down; nothing else was disturbed", "WORKER_DIED")
                raise process.reason or died
        finally:
            watch.cancel()
            if ended and process.alive and process.memory < KEEP * limits.memory:
                self._idle.append(process)
            else:
                process.kill()
                burial = asyncio.ensure_future(self._replace(process, slot.pop_all()))
                self._burials.add(burial)
                burial.add_done_callback(self._burials.discard)

    async def _take(self) -> Process:
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                return process
            await asyncio.to_thread(process.end)
        return self._start()

    def _start(self) -> Process:
        """In this thread, which lasts: a worker is killed when the thread that started it ends (PR_SET_PDEATHSIG)."""
        process = Process(self._niceness)
        self._all.add(process)
        return process

    async def _replace(self, process: Process, slot: AsyncExitStack) -> None:
        """Buries a worker, has the next one ready, and only then lets go of the slot; nobody waits for it."""
        async with slot:
            await asyncio.to_thread(process.end)
            if not self._idle:
                self._idle.append(self._start())


def _failure(payload: bytes) -> ApiError:
    said = facts(payload)
    return ApiError(said["status"], said["message"], said["code"], BUSY if said["status"] == 503 else None)


def _end_all(processes: weakref.WeakSet[Process]) -> None:
    for process in list(processes):
        process.end()


__all__ = ["ANSWER", "DATA", "END", "Limits", "Workers"]
