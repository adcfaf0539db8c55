"""``/query``: a SPARQL query in an editor, its answer as a table whose nodes are links, and as a file.

It is a form that works without JavaScript; what the browser adds is the editor.  A query runs where those of
``/sparql`` do: in a process that can be killed, within the same limits, seeing what the caller may see.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import aclosing, suppress
from functools import partial

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.errors import ApiError
from api.media import accepted
from api.pages import answered
from api.pages.answered import Answer
from api.pages.completions import completions
from api.pages.examples import EXAMPLES
from api.pages.failed import failure
from api.pages.page import Build, Page, Table, Visit, words_of
from api.pages.terms import shown
from api.settings import Settings
from api.sparql.frames import ANSWER, DATA, Job
from api.sparql.room import Room, room_of
from api.sparql.workers import Limits
from kg import shapes
from kg.hints import hints
from kg.store import Reader

PATH = "/query"
SHOWN = 500  # rows of an answer in the page; the files have them all
MOST = 16_000_000  # bytes of an answer read for the page
# What can be downloaded: format -> what rows, yes or no, and graphs are written as; None where they cannot be.
FILES: dict[str, tuple[str | None, str | None, str | None]] = {
    "csv": ("text/csv", None, None),
    "tsv": ("text/tab-separated-values", None, None),
    "json": (answered.JSON, answered.JSON, "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/sparql-results+xml", "application/rdf+xml"),
    "ttl": (None, None, "text/turtle"),
    "nt": (None, None, "application/n-triples"),
}
Named = Callable[[Request, Build], Response]
OFFERED = {"solutions": ("csv", "json", "tsv", "xml"), "boolean": ("json", "xml"), "graph": ("ttl", "json", "nt")}


class Querying:
    """The page over one graph; *named* renders a page for a request, in a thread."""

    def __init__(self, settings: Settings, named: Named) -> None:
        self._room: Room = room_of(settings)
        self._named = named

    async def page(self, request: Request) -> Response:
        query = request.query_params.get("query", "").strip()
        wanted = _wanted(request)
        if wanted != "html" and query:
            return await self._file(request, query, wanted)
        answer: Answer | ApiError | None = None
        if query:
            try:
                answer = await self._until_left(request, query)
            except ApiError as error:
                answer = error
        response = await anyio.to_thread.run_sync(self._named, request, partial(build, query=query, answer=answer))
        if isinstance(answer, ApiError):
            response.status_code = answer.status
            response.headers.update(answer.headers)
        return response

    async def _file(self, request: Request, query: str, wanted: str) -> Response:
        """The whole answer, streamed; ApiError 406 where its kind cannot be written so."""
        arrived = time.monotonic()
        media = dict(zip(("solutions", "boolean", "graph"), FILES[wanted], strict=True))
        reader = await self._room.reader(request)
        saved = {"content-disposition": f'attachment; filename="answer.{wanted}"'}
        return self._room.stream(self._job(request, reader, query, media), reader, arrived, saved)

    async def _until_left(self, request: Request, query: str) -> Answer:
        """The answer; a visitor who leaves stops the query."""
        work = asyncio.ensure_future(self._answer(request, query))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise ApiError(503, "the visitor has left")
            return work.result()
        finally:
            for task in (work, gone):
                task.cancel()
                with suppress(asyncio.CancelledError, ApiError):
                    await task

    async def _answer(self, request: Request, query: str) -> Answer:
        arrived, sparql = time.monotonic(), self._room.settings.sparql
        reader = await self._room.reader(request)
        media = {"solutions": answered.JSON, "boolean": answered.JSON, "graph": answered.TRIPLES}
        job = self._job(request, reader, query, media)
        kind, pieces, size = "", [], 0
        async with aclosing(self._room.readers.run(job, Limits(sparql.seconds, sparql.memory), arrived)) as frames:
            async for letter, payload in frames:
                if letter == ANSWER:
                    kind = payload.decode()
                elif letter == DATA:
                    pieces.append(payload)
                    size += len(payload)
                    if size > MOST:
                        said = f"the answer is larger than {MOST // 1_000_000} MB: add a LIMIT, or take it as a file"
                        raise ApiError(413, said, "TOO_LARGE")
        return await anyio.to_thread.run_sync(answered.read, kind, b"".join(pieces), SHOWN)

    def _job(self, request: Request, reader: Reader, query: str, media: Mapping[str, str | None]) -> Job:
        return Job(
            kind="query",
            text=query,
            base=str(request.url.replace(query="", fragment="")),
            store=str(reader.store_path),
            prefixes=dict(shapes.prefixes()),
            media=dict(media),
            rows=self._room.settings.sparql.rows,
        )


def _wanted(request: Request) -> str:
    """``html`` or one of ``FILES``, as ``?format=`` or the Accept header asks; ApiError for what is neither."""
    asked = request.query_params.get("format")
    if asked is None:
        named = {"text/html": "html", answered.JSON: "json", "application/json": "json", "text/csv": "csv"}
        return named.get(accepted(request.headers.get("accept"), tuple(named)) or "", "html")
    if asked not in (*FILES, "html"):
        raise ApiError(400, f"format: one of html, {', '.join(FILES)}")
    return asked


async def _gone(request: Request) -> None:
    """Returns when the visitor has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def build(visit: Visit, query: str, answer: Answer | ApiError | None) -> Page:
    """The page with *query* in its editor and, where one was asked, its *answer* or why there is none."""
    found = answer if isinstance(answer, Answer) else None
    rows = [[None if term is None else shown(term, visit) for term in row] for row in found.terms] if found else []
    return Page(
        "query",
        visit.words("editor_title"),
        {"query": query},
        Table(found.columns if found else (), found.terms if found else ()),
        {
            "written": query or EXAMPLES[0][1],
            "answer": found,
            "rows": rows,
            "hints": hints(query, visit.asking.reader.mentions) if found else [],
            "failure": failure(answer.message, query) if isinstance(answer, ApiError) else None,
            "files": OFFERED[found.kind] if found else (),
            "examples": EXAMPLES,
            "most": SHOWN,
        },
    )


async def proposed(request: Request) -> Response:
    """What the editor proposes, in the visitor's language."""
    body, tag = completions(words_of(request).language)
    headers = {"etag": tag, "cache-control": "max-age=3600", "vary": "accept-language"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def routes(settings: Settings, named: Named) -> list[BaseRoute]:
    querying = Querying(settings, named)

    async def page(request: Request) -> Response:
        return await querying.page(request)

    return [Route(PATH, page, methods=["GET"]), Route(f"{PATH}/terms.json", proposed, methods=["GET"])]
