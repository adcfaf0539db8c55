"""A worker process: it answers one job after the other, and is killed when one goes past its limits.

    python -m api.sparql.worker FD NICENESS        FD: the worker's end of a socket pair

It knows no HTTP.  It dies with the server: of the end of its channel when idle, by the kernel's signal when busy.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from pathlib import Path
from typing import Any

import orjson

from api.sparql import frames, writing
from api.sparql.frames import Job, WorkerFailed
from api.sparql.isolation import settle
from api.sparql.rows import COUNTERS, Counter
from api.sparql.syntax import refuse_outside
from kg.errors import GraphBusy, KgError, NotAllowed, QueryError, UsageError
from kg.store.answer import Answer, evaluate
from kg.store.oxigraph import open_read_only

PIECE = 65_536  # bytes sent at once


class _RowLimit(Exception):
    """Raised out of the store's serialiser by the row that is one too many."""


class Out:
    """The file the store writes its answer to: counts rows, and sends what is written in frames."""

    def __init__(self, channel: socket.socket, counter: Counter | None, limit: int) -> None:
        self._channel = channel
        self._counter = counter
        self._limit = limit
        self._held: list[bytes] = []
        self._size = 0

    def write(self, piece: bytes) -> int:
        if self._counter is not None:
            self._counter.feed(piece)
            if self._counter.rows > self._limit:
                raise _RowLimit
        self._held.append(piece)
        self._size += len(piece)
        if self._size >= PIECE:
            self.flush()
        return len(piece)

    def flush(self) -> None:
        if self._held:
            self._channel.sendall(frames.frame(frames.DATA, b"".join(self._held)))
            self._held, self._size = [], 0


class Worker:
    """Its open store is kept from one query to the next, as long as it is the same one."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._opened: tuple[tuple[str, int, int], Any] | None = None

    def serve(self) -> None:
        while (received := frames.receive(self._channel)) is not None:
            kind, payload = received
            assert kind == frames.JOB, kind
            job = Job.decode(payload)
            attached = [self._attachment() for _ in job.attached]
            try:
                facts = self._do(job, attached)
            except WorkerFailed as error:
                self._fail(error.status, error.code, str(error))
            except (NotAllowed, QueryError, UsageError) as error:
                self._fail(403 if isinstance(error, NotAllowed) else 400, error.code, str(error))
            except GraphBusy as error:
                self._fail(503, error.code, "somebody else is changing the graph; try again")
            except KgError as error:  # about the graph's files: where they lie is for the server's log
                sys.stderr.write(f"{error}\n")
                self._fail(500, error.code, "the graph cannot be read; the server's log has the details")
            else:
                self._channel.sendall(frames.frame(frames.END, orjson.dumps(facts)))

    def _attachment(self) -> bytes:
        received = frames.receive(self._channel)
        if received is None:
            raise SystemExit(0)
        return received[1]

    def _fail(self, status: int, code: str, message: str) -> None:
        self._channel.sendall(
            frames.frame(frames.ERROR, orjson.dumps({"status": status, "code": code, "message": message}))
        )

    def _do(self, job: Job, attached: list[bytes]) -> dict[str, Any]:
        if job.kind in ("query", "graph"):
            return self._answer(job)
        return writing.carry_out(job, attached)

    def _answer(self, job: Job) -> dict[str, Any]:
        store = self._store(Path(job.store))
        if job.kind == "graph":
            answer = evaluate(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", default_graphs=[job.graph])
        else:
            refuse_outside(job.text, "SERVICE")
            answer = evaluate(
                store,
                job.text,
                base=job.base,
                prefixes=job.prefixes,
                default_graphs=job.default_graphs,
                named_graphs=job.named_graphs,
            )
        return self._write(job, answer)

    def _write(self, job: Job, answer: Answer) -> dict[str, Any]:
        media = job.media[answer.kind]
        if media is None:
            offered = ", ".join(answer.media_types)
            raise WorkerFailed(406, "NOT_ACCEPTABLE", f"the answer can be written as {offered}")
        self._channel.sendall(frames.frame(frames.ANSWER, media.encode()))
        limited = job.kind == "query" and answer.kind != "boolean"
        if answer.kind == "graph" and limited:
            answer.limit(job.rows, _RowLimit)
        counter = COUNTERS[media]() if limited and answer.kind == "solutions" else None
        out = Out(self._channel, counter, job.rows)
        try:
            answer.write(out, media, job.prefixes)  # type: ignore[arg-type]  # the store asks for write and flush only
        except _RowLimit:
            said = f"the answer has more than {job.rows:,} rows: narrow the query, or page with LIMIT and OFFSET"
            raise WorkerFailed(413, "ROW_LIMIT", said) from None
        out.flush()
        return {"rows": counter.rows if counter is not None else None}

    def _store(self, path: Path) -> Any:
        """The checkpoint at *path*, opened once: known by its folder's inode, as a path may come to be used again."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            raise WorkerFailed(503, "UNAVAILABLE", "the generation asked for is gone; ask again") from None
        key = (str(path), stat.st_dev, stat.st_ino)
        if self._opened is None or self._opened[0] != key:
            self._opened = None  # closes the old one first
            self._opened = (key, open_read_only(path))
        return self._opened[1]


def main() -> None:
    settle(int(sys.argv[2]))
    # Either error: the server has gone, or no longer wants the answer.
    gone = contextlib.suppress(BrokenPipeError, ConnectionResetError)
    with gone, socket.socket(fileno=int(sys.argv[1])) as channel:
        Worker(channel).serve()


if __name__ == "__main__":
    main()
