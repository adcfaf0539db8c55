"""What every request passes through: a limit on its size, security headers on its answer, a count of both.

Plain ASGI, so that streams and web sockets pass untouched.
"""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import error_response

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds ``SECURITY_HEADERS`` to every answer that does not set its own."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


class _TooLarge(Exception):
    """Raised inside ``receive`` once the body has outgrown the limit."""


class SizeLimit:
    """Refuses a request body of more than *limit* bytes with 413, announced or streamed."""

    def __init__(self, app: ASGIApp, limit: int):
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        refusal = error_response(413, f"the request is larger than the {self.limit:,} bytes this server accepts")
        if announced.isdigit() and int(announced) > self.limit:
            return await refusal(scope, receive, send)
        seen, started = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooLarge:
            if started:
                raise
            await refusal(scope, receive, send)


class Metrics:
    """Counts requests and measures their time, by method, first path segment and status; one registry an app."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry):
        self.app = app
        labels = ("method", "room", "status")
        self.requests = Counter("kg_http_requests", "Requests answered.", labels, registry=registry)
        self.seconds = Histogram(
            "kg_http_seconds", "Seconds until an answer is complete.", ("room",), registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        status, begun = "500", time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            room = room_of(scope)
            self.requests.labels(scope["method"], room, status).inc()
            self.seconds.labels(room).observe(time.perf_counter() - begun)


ROOMS = ("graphql", "sparql", "rdf-graph-store", "healthz", "readyz", "metrics")


def room_of(scope: Scope) -> str:
    """The room a path belongs to: a fixed few words, so that no client can grow the metrics."""
    path = str(scope["path"]).removeprefix(scope.get("root_path", "")).strip("/").split("/")[0]
    return path if path in ROOMS else "pages"
