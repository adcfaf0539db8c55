"""An answer that streams out of a worker, with its beginning held back.

Up to 256 kB wait here, so that a limit met before has its status and error body.  A limit met later breaks the
connection off, so that nobody takes a cut answer for a whole one.  A client that leaves stops its query.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.errors import ApiError
from api.logs import log
from api.sparql.frames import ANSWER, DATA

HELD = 262_144

Frames = Callable[[], AsyncGenerator[tuple[bytes, bytes], None]]


class Streamed(Response):
    """The frames of one job as a response; *keep* is whatever must live until the last of them (a reader)."""

    def __init__(self, frames: Frames, deadline: float, headers: Mapping[str, str], keep: object = None) -> None:
        self.status_code = 200
        self.background = None
        self._frames = frames
        self._deadline = deadline
        self._keep = keep
        self._media = ""
        self._extra = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises ApiError as long as nothing has been sent."""
        work = asyncio.ensure_future(self._send(send))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped = not work.done()
            for task in (work, gone):
                task.cancel()
            if stopped:
                with contextlib.suppress(asyncio.CancelledError, ApiError):
                    await work
            with contextlib.suppress(asyncio.CancelledError):
                await gone
        if not stopped:
            work.result()

    async def _send(self, send: Send) -> None:
        held: list[bytes] = []
        size, started = 0, False
        try:
            async with aclosing(self._frames()) as frames:
                async for kind, payload in frames:
                    if kind == ANSWER:
                        self._media = payload.decode()
                    elif kind == DATA:
                        held.append(payload)
                        size += len(payload)
                        if size > HELD:
                            if not started:
                                started = await self._start(send)
                            async with asyncio.timeout(self._deadline - time.monotonic()):
                                await send(_body(held, more=True))
                            held = []
        except (ApiError, TimeoutError) as error:
            if not started:
                raise
            # Without the last message of its body the server closes the connection: the answer is visibly cut.
            log.warning("answer broken off", code=getattr(error, "code", "TIME_LIMIT"), sent=size)
            return
        if not started:
            await self._start(send, length=size)
        await send(_body(held, more=False))

    async def _start(self, send: Send, length: int | None = None) -> bool:
        headers = {"content-type": _typed(self._media), "vary": "accept", "cache-control": "no-store", **self._extra}
        if length is not None:
            headers["content-length"] = str(length)
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        return True


def _body(pieces: list[bytes], *, more: bool) -> dict[str, object]:
    return {"type": "http.response.body", "body": b"".join(pieces), "more_body": more}


def _typed(media: str) -> str:
    """With its charset where the type has that parameter (JSON and XML say it themselves)."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


async def _gone(receive: Receive) -> None:
    """Returns when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
