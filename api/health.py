"""For those who run the server: ``/healthz`` (the process lives), ``/readyz`` (the graph answers), ``/metrics``."""

from __future__ import annotations

import anyio.to_thread
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.pool import pool_of
from api.settings import Settings


def routes(settings: Settings, registry: CollectorRegistry) -> list[BaseRoute]:
    pool = pool_of(settings.graph)

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(request: Request) -> Response:
        """The generation that answers; an error in the one shape (503 or 500) where the graph cannot be read."""
        reader = await anyio.to_thread.run_sync(pool.current)
        return JSONResponse({"status": "ok", "generation": reader.number})

    async def metrics(request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
