"""One JSON line a request on stderr: who asked where, how it ended, how long it took.

Never a query string, a body or a token: what people ask may be as secret as the answer.
"""

from __future__ import annotations

import logging
import sys
import time
from typing import Any, TextIO

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

QUIET = ("/healthz", "/readyz", "/metrics")


def writing_to(file: TextIO) -> Any:
    """A logger of our own, whatever the application does with structlog in which this one is mounted."""
    return structlog.wrap_logger(
        structlog.WriteLogger(file),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


log = writing_to(sys.stderr)


class RequestLog:
    """Writes the line when the answer is complete, broken off or failed."""

    def __init__(self, app: ASGIApp, log: Any = log) -> None:
        self.app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in QUIET:
            return await self.app(scope, receive, send)
        begun, status, size = time.perf_counter(), 0, 0

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            access = scope.get("state", {}).get("access")
            client = scope.get("client")
            self._log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status or None,  # null: the client left before there was an answer
                bytes=size,
                ms=round((time.perf_counter() - begun) * 1000, 1),
                client=client[0] if client else None,
                token=access.name if access is not None else None,
            )
