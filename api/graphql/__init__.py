"""The GraphQL room: ``routes(settings)`` is all that the app needs to know of it."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from api.access import Tokens
from api.graphql.execute import Engine
from api.graphql.http import Endpoint
from api.graphql.persisted import PersistedQueries
from api.graphql.schema import schema
from api.graphql.subscriptions import Streams
from api.graphql.websocket import Socket
from api.pool import pool_of
from api.settings import Settings

PATH = "/graphql"


def routes(settings: Settings) -> list[BaseRoute]:
    """``GET`` and ``POST /graphql``, and the web socket at the same address."""
    streams = Streams(Engine(schema(), settings), pool_of(settings.graph), Tokens(settings.graph))
    persisted = PersistedQueries(_documents(settings), settings.persisted_only)
    endpoint = Endpoint(streams.engine, persisted, streams)

    async def get(request: Request) -> Response:
        return await endpoint.get(request)

    async def post(request: Request) -> Response:
        return await endpoint.post(request)

    async def socket(websocket: WebSocket) -> None:
        await Socket(websocket, streams, persisted).serve()

    return [
        Route(PATH, get, methods=["GET"]),
        Route(PATH, post, methods=["POST"]),
        WebSocketRoute(PATH, socket),
    ]


def _documents(settings: Settings) -> list[str]:
    """The queries of the files that the settings name: folders of ``.graphql`` files, or such files."""
    paths = [Path(name) for name in settings.persisted]
    files = [file for path in paths for file in (sorted(path.glob("*.graphql")) if path.is_dir() else [path])]
    return [file.read_text(encoding="utf-8") for file in files]
