"""The SPARQL room: ``routes(settings)`` is all that the app needs to know of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.settings import Settings
from api.sparql.protocol import Endpoint
from api.sparql.room import room_of

PATH = "/sparql"


def routes(settings: Settings) -> list[BaseRoute]:
    """``GET`` and ``POST /sparql``."""
    endpoint = Endpoint(room_of(settings))

    async def get(request: Request) -> Response:
        return await endpoint.get(request)

    async def post(request: Request) -> Response:
        return await endpoint.post(request)

    return [
        Route(PATH, get, methods=["GET"]),
        Route(PATH, post, methods=["POST"]),
    ]
