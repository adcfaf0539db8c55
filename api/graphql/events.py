"""Results as Server-Sent Events (GraphQL over SSE, distinct connections mode): ``next`` … ``complete``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from graphql import ExecutionResult
from starlette.responses import StreamingResponse

from api.access import Access
from api.graphql.execute import Prepared, Refused
from api.graphql.subscriptions import Streams
from api.graphql.transport import EVENTS, dumps, formatted

KEEP_ALIVE = 15.0  # seconds after which a silent stream says that it lives


def response(streams: Streams, prepared: Prepared, access: Access, secret: str | None = None) -> StreamingResponse:
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _events(streams.results(prepared, access, secret)), 200, headers, f"{EVENTS}; charset=utf-8"
    )


async def _events(results: AsyncIterator[ExecutionResult]) -> AsyncIterator[bytes]:
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(1)
    telling = asyncio.create_task(_tell(results, queue))
    try:
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
            except TimeoutError:
                event = b":\n\n"
            if event is None:
                break
            yield event
        await telling  # a bug in it comes out here
    finally:
        telling.cancel()


async def _tell(results: AsyncIterator[ExecutionResult], queue: asyncio.Queue[bytes | None]) -> None:
    try:
        async for result in results:
            await queue.put(b"event: next\ndata: " + dumps(formatted(result)) + b"\n\n")
    except Refused as refused:
        body = dumps({"errors": [error.formatted for error in refused.errors]})
        await queue.put(b"event: next\ndata: " + body + b"\n\n")
    finally:  # also after a bug, which is raised where the stream is read
        await queue.put(b"event: complete\ndata:\n\n")
        await queue.put(None)
