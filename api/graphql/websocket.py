"""GraphQL over web sockets: the sub-protocol ``graphql-transport-ws``, its messages and close codes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.access import Access, access_of
from api.graphql.execute import Refused
from api.graphql.persisted import PersistedQueries
from api.graphql.subscriptions import Streams
from api.graphql.transport import BadRequest, dumps, formatted, request_of

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 5.0
OPERATIONS = 20  # of one socket at a time


class Closed(Exception):
    """The socket is to be closed with *code* and *reason*."""

    def __init__(self, code: int, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Socket:
    """One connection: its handshake, its operations by id."""

    def __init__(self, websocket: WebSocket, streams: Streams, persisted: PersistedQueries):
        self.websocket = websocket
        self.streams = streams
        self.persisted = persisted
        self.access = access_of(websocket)
        self.secret = bearer({"Authorization": websocket.headers.get("authorization")})
        self.ready = False
        self.running: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        if not same_origin(self.websocket):
            await self.websocket.close(4403, "Forbidden")
            return
        if PROTOCOL not in self.websocket.scope.get("subprotocols", []):
            await self.websocket.accept()
            await self.websocket.close(4406, "Subprotocol not acceptable")
            return
        await self.websocket.accept(PROTOCOL)
        try:
            await self._receive_all()
        except Closed as closed:
            await self.websocket.close(closed.code, closed.reason)
        except WebSocketDisconnect:
            pass  # the client has gone, which is how a connection ends
        finally:
            for task in self.running.values():
                task.cancel()

    async def _receive_all(self) -> None:
        while True:
            try:
                text = await asyncio.wait_for(self.websocket.receive_text(), None if self.ready else INIT_SECONDS)
            except TimeoutError as error:
                raise Closed(4408, "Connection initialisation timeout") from error
            except KeyError as error:  # a binary message
                raise Closed(4400, "Messages are JSON text") from error
            await self._receive(text)

    async def _receive(self, text: str) -> None:
        if len(text) > self.streams.engine.settings.body:
            raise Closed(1009, "Message too big")
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise Closed(4400, "Messages are JSON text") from error
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "connection_init":
            await self._init(message.get("payload"))
        elif kind == "ping":
            await self._send("pong")
        elif kind == "subscribe":
            self._subscribe(message)
        elif kind == "complete":
            task = self.running.pop(str(message.get("id")), None)
            if task is not None:
                task.cancel()
        elif kind != "pong":
            raise Closed(4400, "Unknown message type")

    async def _init(self, payload: object) -> None:
        if self.ready:
            raise Closed(4429, "Too many initialisation requests")
        secret = bearer(payload)
        if secret is not None:
            token = await asyncio.to_thread(self.streams.tokens.find, secret)
            if token is None:
                raise Closed(4403, "Forbidden")
            self.access, self.secret = Access(token.scope, token.marking, token.name), secret
        self.ready = True
        await self._send("connection_ack")

    def _subscribe(self, message: Mapping[str, Any]) -> None:
        if not self.ready:
            raise Closed(4401, "Unauthorized")
        key, payload = message.get("id"), message.get("payload")
        if not isinstance(key, str) or not key or not isinstance(payload, dict):
            raise Closed(4400, "subscribe needs an id and a payload")
        if key in self.running:
            raise Closed(4409, f"Subscriber for {key} already exists")
        if len(self.running) >= OPERATIONS:
            raise Closed(4429, "Too many operations on one connection")
        self.running[key] = asyncio.create_task(self._run(key, payload))

    async def _run(self, key: str, payload: Mapping[str, Any]) -> None:
        try:
            asked = request_of(payload, self.persisted)
            prepared = await asyncio.to_thread(self.streams.engine.prepare, asked)
            async for result in self.streams.results(prepared, self.access, self.secret):
                await self._send("next", key, formatted(result))
        except BadRequest as error:
            await self._end(key, "error", [error.error.formatted])
        except Refused as refused:
            await self._end(key, "error", [error.formatted for error in refused.errors])
        except GraphQLError as error:
            await self._end(key, "error", [error.formatted])
        else:
            await self._end(key, "complete")

    async def _end(self, key: str, kind: str, payload: object = None) -> None:
        if self.running.pop(key, None) is not None:
            await self._send(kind, key, payload)

    async def _send(self, kind: str, key: str | None = None, payload: object = None) -> None:
        message = {"type": kind, "id": key, "payload": payload}
        text = dumps({name: value for name, value in message.items() if value is not None}).decode()
        await self.websocket.send_text(text)


def bearer(payload: object) -> str | None:
    """The token in the payload of ``connection_init`` (browsers cannot send headers with a web socket)."""
    if not isinstance(payload, dict):
        return None
    given = payload.get("Authorization") or payload.get("authorization")
    if not isinstance(given, str):
        return None
    scheme, _, token = given.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else given


def same_origin(websocket: WebSocket) -> bool:
    """Whether the page that opens the socket is ours; programs send no Origin (RFC 6455, section 10.2)."""
    origin = websocket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == websocket.headers.get("host")
