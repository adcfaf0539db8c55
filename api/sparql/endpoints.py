"""The addresses of this room and what answers at them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.settings import Settings
from api.sparql import graph_store
from api.sparql.graph_store import GraphStore
from api.sparql.protocol import Endpoint
from api.sparql.room import room_of

PATH = "/sparql"


def routes(settings: Settings) -> list[BaseRoute]:
    """``GET`` and ``POST /sparql``; ``/rdf-graph-store`` and all paths below it."""
    room = room_of(settings)
    endpoint, store = Endpoint(room), GraphStore(room)

    async def ask(request: Request) -> Response:
        return await (endpoint.post(request) if request.method == "POST" else endpoint.get(request))

    async def graph(request: Request) -> Response:
        by_method = {"PUT": store.put, "POST": store.post, "DELETE": store.delete}
        return await by_method.get(request.method, store.get)(request)

    methods = ["GET", "HEAD", "PUT", "POST", "DELETE"]
    return [
        Route(PATH, ask, methods=["GET", "HEAD", "POST"]),
        Route(graph_store.PATH, graph, methods=methods),
        Route(graph_store.PATH + "/{path:path}", graph, methods=methods),
    ]
