"""What the server and a worker process say to each other over a socket pair: frames of one letter, a length, bytes.

server → worker   J  a job, as JSON; then, where ``attached`` counts them, that many D frames
worker → server   A  the answer begins (its media type) · D  a piece of it · E  it is whole (facts about it, JSON)
                  X  it failed (status, code, message, JSON)
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass, field
from typing import Any

import orjson

JOB, ANSWER, DATA, END, ERROR = b"J", b"A", b"D", b"E", b"X"
HEADER = struct.Struct(">cI")


@dataclass(frozen=True, slots=True)
class Job:
    """One thing a worker does.

    *kind* is ``query``, ``graph`` (print a graph), ``update``, ``put``, ``add`` or ``drop`` (the last four write).
    Reading needs the checkpoint *store*; writing the graph's folder *root* and the caller's *level*.  *media* is what
    the answer may be written as, by its kind (``solutions``, ``boolean``, ``graph``), None where nothing will do.
    *attached* are the media types of the RDF documents that follow the job.
    """

    kind: str
    text: str = ""
    base: str | None = None
    store: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)
    media: dict[str, str | None] = field(default_factory=dict)
    rows: int = 0
    root: str = ""
    level: str = "CLEAR"
    admin: bool = False
    wait: float = 0.0
    graph: str = ""
    attached: list[str] = field(default_factory=list)

    def encode(self) -> bytes:
        return orjson.dumps(self)

    @classmethod
    def decode(cls, payload: bytes) -> Job:
        return cls(**orjson.loads(payload))


class WorkerFailed(Exception):
    """A job that was answered by an X frame: HTTP *status*, *code* for programs, the message for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def frame(kind: bytes, payload: bytes) -> bytes:
    return HEADER.pack(kind, len(payload)) + payload


def facts(payload: bytes) -> dict[str, Any]:
    """The JSON object in an E or X frame."""
    found = orjson.loads(payload)
    assert isinstance(found, dict)
    return found


def receive(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """The next frame, waited for; None when the other side has gone."""
    header = _exactly(channel, HEADER.size)
    if header is None:
        return None
    kind, length = HEADER.unpack(header)
    payload = _exactly(channel, length)
    return None if payload is None else (kind, payload)


def _exactly(channel: socket.socket, length: int) -> bytes | None:
    pieces = []
    while length:
        piece = channel.recv(min(length, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
