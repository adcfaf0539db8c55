"""``/rdf-graph-store``: SPARQL 1.1 Graph Store HTTP Protocol, one named graph a request.

A graph is named indirectly (``?graph=IRI``, ``?default``) or directly: ``/rdf-graph-store/<path>`` is itself the IRI
of the graph it answers for (section 4.1).
"""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qsl
from uuid import uuid4

import anyio.to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response

from api.errors import ApiError
from api.media import media_type
from api.sparql.frames import Job
from api.sparql.room import Room, rdf_media
from kg import shapes
from kg.store import DEFAULT_GRAPH
from kg.store.answer import RDF_TYPES

PATH = "/rdf-graph-store"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]+")
_SUFFIXES = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml"}


class GraphStore:
    def __init__(self, room: Room) -> None:
        self._room = room

    async def get(self, request: Request) -> Response:
        """The graph's triples (section 5.2); HEAD gives the same headers."""
        arrived = time.monotonic()
        graph = _graph(request)
        if graph is None:
            raise ApiError(400, "name a graph: ?graph=IRI, ?default, or a path below this one")
        chosen = rdf_media(request.headers.get("accept"))
        if chosen is None:
            raise ApiError(406, f"a graph can be written as {', '.join(RDF_TYPES)}")
        reader = await self._room.reader(request)
        # The stored default graph exists always, empty or not.
        if graph != DEFAULT_GRAPH and not await anyio.to_thread.run_sync(reader.has_graph, graph):
            raise ApiError(404, f"there is no graph <{graph}>")
        if request.method == "HEAD":
            return Response(headers={"content-type": _typed(chosen), "vary": "accept", "cache-control": "no-store"})
        job = Job(
            kind="graph",
            graph=graph,
            store=str(reader.store_path),
            prefixes=dict(shapes.prefixes()),
            media={"graph": chosen},
        )
        return self._room.stream(job, reader, arrived)

    async def put(self, request: Request) -> Response:
        """Replaces a graph (section 5.3)."""
        return await self._change(request, "put", _named(request))

    async def post(self, request: Request) -> Response:
        """Merges into a graph, or makes a new one where none is named (section 5.5)."""
        graph = _graph(request)
        if graph is not None:
            return await self._change(request, "add", graph)
        new = f"{_address(request).rstrip('/')}/{uuid4().hex}"
        response = await self._change(request, "put", new)
        response.status_code = 201
        response.headers["location"] = new
        return response

    async def delete(self, request: Request) -> Response:
        """Removes a graph (section 5.4)."""
        return await self._change(request, "drop", _named(request))

    async def _change(self, request: Request, kind: str, graph: str) -> Response:
        arrived = time.monotonic()
        access = self._room.writing(request)
        parts = await _parts(request) if kind != "drop" else []
        job = Job(
            kind=kind,
            graph=graph,
            base=graph or _address(request),
            root=str(self._room.settings.graph.absolute()),
            level=access.marking,
            admin=access.may("admin"),
            wait=self._room.settings.sparql.wait,
            attached=[kind for kind, _ in parts],
        )
        facts = await self._room.write(job, arrived, [data for _, data in parts])
        created = bool(facts["created"]) and kind != "drop" and graph != DEFAULT_GRAPH
        return Response(status_code=201 if created else 204)


# ------------------------------------------------------------------ which graph
def _graph(request: Request) -> str | None:
    """The IRI of the graph asked for, ``""`` for the default graph, None where the request names none."""
    try:
        given = parse_qsl(request.url.query, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise ApiError(400, f"the parameters cannot be read: {error}") from error
    graphs = [value for name, value in given if name == "graph"]
    default = any(name == "default" for name, _ in given)
    direct = bool(request.path_params.get("path"))
    if len(graphs) + default + direct > 1:
        raise ApiError(400, "a request names one graph: by graph, by default, or by its path")
    if direct:
        return _address(request)
    if default:
        return DEFAULT_GRAPH
    if graphs and _IRI.fullmatch(graphs[0]) is None:
        raise ApiError(400, f"not an absolute IRI: {graphs[0][:200]!r}")
    return graphs[0] if graphs else None


def _named(request: Request) -> str:
    graph = _graph(request)
    if graph is None:
        raise ApiError(400, "name a graph: ?graph=IRI, ?default, or a path below this one")
    return graph


def _address(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _typed(chosen: str) -> str:
    return f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen


# ------------------------------------------------------------------ what is sent
async def _parts(request: Request) -> list[tuple[str, bytes]]:
    """The RDF documents in the body with their media types: one, or those of a multipart form."""
    kind, charset = media_type(request.headers.get("content-type"))
    if kind == "multipart/form-data":
        return await _form(request)
    return [(_rdf(kind, charset), await request.body())]


async def _form(request: Request) -> list[tuple[str, bytes]]:
    parts = []
    try:
        async with request.form() as form:
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    raise ApiError(400, f"the part {name!r} has no filename: each part is an RDF document")
                kind, charset = media_type(value.content_type)
                if not value.content_type and value.filename:
                    kind = _SUFFIXES.get(value.filename.rpartition(".")[2], "")
                parts.append((_rdf(kind, charset), await value.read()))
    except MultiPartException as error:
        raise ApiError(400, f"not multipart/form-data: {error.message}") from error
    return parts


def _rdf(kind: str, charset: str) -> str:
    """The media type itself; ApiError 415 where it is not RDF in UTF-8."""
    if kind not in RDF_TYPES:
        raise ApiError(415, f"RDF is taken as {', '.join(RDF_TYPES)} or multipart/form-data")
    if charset not in ("", "utf-8", "utf8"):
        raise ApiError(415, "the body must be UTF-8")
    return kind
