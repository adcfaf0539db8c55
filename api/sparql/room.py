"""What the endpoints of this room share: the graph's readers, the workers, and how a job is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from api.access import Access, access_of
from api.errors import ApiError
from api.media import accepted
from api.pool import pool_of
from api.settings import Settings
from api.sparql.frames import END, Job, facts
from api.sparql.slots import Slots
from api.sparql.streaming import Streamed
from api.sparql.workers import Limits, Workers
from kg.store import Reader
from kg.store.answer import BOOLEAN_TYPES, RDF_TYPES, RESULT_TYPES

NICENESS = 10
# Names that clients give instead of the registered ones, and what is meant by them.
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
RDF_ALIASES = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
    "text/n3": "text/turtle",
    "application/x-turtle": "text/turtle",
}


class Room:
    def __init__(self, settings: Settings) -> None:
        limits = settings.sparql
        self.settings = settings
        self.pool = pool_of(settings.graph)
        self.readers = Workers(Slots(limits.workers, limits.queue, limits.slots), NICENESS)
        self.writers = Workers(Slots(1, limits.queue), 0)  # between processes the graph's own lock counts

    def make_ready(self) -> None:
        """Starts a worker to read, and one to write where that is allowed, before they are needed."""
        self.readers.make_ready()
        if self.settings.writable:
            self.writers.make_ready()

    def close(self) -> None:
        self.readers.close()
        self.writers.close()

    async def reader(self, request: Request) -> Reader:
        """The current generation as who asks may see it; hold it for as long as a job reads its files."""
        return await anyio.to_thread.run_sync(self.pool.current, access_of(request).marking)

    def stream(self, job: Job, reader: Reader, arrived: float, headers: Mapping[str, str] | None = None) -> Response:
        """The answer of a reading job, once it is asked for."""
        limits = Limits(self.settings.sparql.seconds, self.settings.sparql.memory)
        deadline = arrived + limits.seconds
        return Streamed(lambda: self.readers.run(job, limits, arrived), deadline, headers or {}, keep=reader)

    def writing(self, request: Request) -> Access:
        """Who may write; ApiError 401 or 403 for whoever may not."""
        access = access_of(request)
        if not access.may("write"):
            if access == Access():
                raise ApiError(401, "changing the graph needs a token", headers={"WWW-Authenticate": "Bearer"})
            raise ApiError(403, "changing the graph needs a token of scope write or admin")
        if not self.settings.writable:
            raise ApiError(403, "this server is read-only: it was not started with --writable")
        return access

    async def write(self, job: Job, arrived: float, attached: list[bytes] | None = None) -> Mapping[str, object]:
        """What a writing job says of its work; it waits for other writers, here and elsewhere, and is then killable."""
        told = self.settings.sparql
        limits = Limits(told.update_seconds, told.memory)
        said: Mapping[str, object] = {}
        async for kind, payload in self.writers.run(job, limits, arrived, attached=attached, wait=told.wait):
            if kind == END:
                said = facts(payload)
        return said


@cache
def room_of(settings: Settings) -> Room:
    """The one room of these settings in this process."""
    return Room(settings)


def media(request: Request) -> dict[str, str | None]:
    """For each kind of answer, what it is to be written as: the Accept header's choice, None where nothing will do."""
    header = request.headers.get("accept")
    return {
        "solutions": _choose(header, tuple(RESULT_TYPES), ALIASES),
        "boolean": _choose(header, BOOLEAN_TYPES, ALIASES),
        "graph": rdf_media(header),
    }


def rdf_media(header: str | None) -> str | None:
    return _choose(header, tuple(RDF_TYPES), RDF_ALIASES)


def _choose(header: str | None, offered: Sequence[str], aliases: Mapping[str, str]) -> str | None:
    chosen = accepted(header, (*offered, *aliases))
    return aliases.get(chosen, chosen) if chosen is not None else None
