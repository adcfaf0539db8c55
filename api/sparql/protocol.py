"""``/sparql``: SPARQL 1.1 Protocol, queries by GET and POST, updates by POST, and the service's description."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.errors import ApiError
from api.media import media_type
from api.sparql import description
from api.sparql.form import parameters
from api.sparql.frames import Job
from api.sparql.room import Room, media
from kg import shapes

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Parameters = Mapping[str, Sequence[str]]


class Endpoint:
    def __init__(self, room: Room) -> None:
        self._room = room

    async def get(self, request: Request) -> Response:
        arrived = time.monotonic()
        given = _parameters(request.url.query)
        if "update" in given:
            raise ApiError(400, "updates are made by POST")
        if "query" not in given:
            return description.response(request, self._room.settings)
        return await self._query(request, _one(given, "query"), given, arrived)

    async def post(self, request: Request) -> Response:
        arrived = time.monotonic()
        kind, charset = media_type(request.headers.get("content-type"))
        if kind not in (FORM, QUERY, UPDATE):
            raise ApiError(415, f"POST takes {FORM}, {QUERY} or {UPDATE}", headers={"Accept": f"{QUERY}, {UPDATE}"})
        if charset not in ("", "utf-8", "utf8"):
            raise ApiError(415, "the body must be UTF-8")
        if kind == UPDATE:
            self._room.writing(request)  # before the body is read
        body = await _text(request)
        given = _parameters(request.url.query)
        if kind == FORM:
            given = _joined(given, _parameters(body))
            if "update" in given and "query" in given:
                raise ApiError(400, "one request holds a query or an update, not both")
            if "update" in given:
                return await self._update(request, _one(given, "update"), given, arrived)
            return await self._query(request, _one(given, "query"), given, arrived)
        if "query" in given or "update" in given:
            raise ApiError(400, f"with {kind} the body is what is asked; the parameters query and update are for forms")
        if kind == UPDATE:
            return await self._update(request, body, given, arrived)
        return await self._query(request, body, given, arrived)

    async def _query(self, request: Request, query: str, given: Parameters, arrived: float) -> Response:
        if "using-graph-uri" in given or "using-named-graph-uri" in given:
            raise ApiError(400, "using-graph-uri and using-named-graph-uri are for updates")
        reader = await self._room.reader(request)
        job = Job(
            kind="query",
            text=query,
            base=_base(request),
            store=str(reader.store_path),
            prefixes=dict(shapes.prefixes()),
            default_graphs=list(given.get("default-graph-uri", ())),
            named_graphs=list(given.get("named-graph-uri", ())),
            media=media(request),
            rows=self._room.settings.sparql.rows,
        )
        return self._room.stream(job, reader, arrived)

    async def _update(self, request: Request, update: str, given: Parameters, arrived: float) -> Response:
        access = self._room.writing(request)
        if "default-graph-uri" in given or "named-graph-uri" in given:
            raise ApiError(400, "default-graph-uri and named-graph-uri are for queries; updates have using-graph-uri")
        job = Job(
            kind="update",
            text=update,
            base=_base(request),
            default_graphs=list(given.get("using-graph-uri", ())),
            named_graphs=list(given.get("using-named-graph-uri", ())),
            root=str(self._room.settings.graph.absolute()),
            level=access.marking,
            admin=access.may("admin"),
            wait=self._room.settings.sparql.wait,
        )
        facts = await self._room.write(job, arrived)
        return JSONResponse({"generation": facts["generation"]}, headers={"cache-control": "no-store"})


def _base(request: Request) -> str:
    """What relative IRIs are resolved against: the address asked (SPARQL 1.1 Protocol, section 2.1.4)."""
    return str(request.url.replace(query="", fragment=""))


async def _text(request: Request) -> str:
    try:
        return (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ApiError(400, f"the body is not UTF-8: {error}") from error


def _parameters(encoded: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        for name, value in parameters(encoded):
            found.setdefault(name, []).append(value)
    except ValueError as error:  # UnicodeDecodeError is one
        raise ApiError(400, f"the parameters cannot be read: {error}") from error
    return found


def _joined(first: Parameters, second: Parameters) -> dict[str, list[str]]:
    return {name: [*first.get(name, ()), *second.get(name, ())] for name in {*first, *second}}


def _one(given: Parameters, name: str) -> str:
    values = given.get(name, ())
    if len(values) != 1:
        raise ApiError(400, f"the parameter {name} is needed once, and came {len(values)} times")
    if not values[0].strip():
        raise ApiError(400, f"the parameter {name} is empty")
    return values[0]
