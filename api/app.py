"""The web application, as a factory: ``create_app("graph")`` serves a graph by itself or mounted in another ASGI app.

    from starlette.applications import Starlette
    from starlette.routing import Mount
    app = Starlette(routes=[Mount("/kg", create_app("graph"))])

Each room gives its routes; the rooms meet only here.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.middleware import Middleware

from api import dereference, graphql, health, pages, sparql
from api.access import Authenticate
from api.errors import HANDLERS
from api.logs import RequestLog
from api.middleware import Metrics, SecurityHeaders, SizeLimit
from api.pool import pool_of
from api.rates import RateLimit
from api.settings import Settings
from api.sparql.room import room_of

# The rooms in plain sight: each is asked for its routes, in this order.
ROOMS = (graphql.routes, sparql.routes, pages.routes, dereference.routes)


def create_app(graph: str | os.PathLike[str] | None = None, settings: Settings | None = None) -> Starlette:
    """The ASGI application over the folder *graph* (default: ``KG_GRAPH``, else ``./graph``).

    Nothing is opened until the first request, so it works mounted where no lifespan is run.
    """
    settings = settings or Settings()
    if graph is not None:
        settings = replace(settings, graph=Path(graph))
    registry = CollectorRegistry()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if settings.ready:
            room_of(settings).make_ready()
        yield
        room_of(settings).close()
        pool_of(settings.graph).close()

    app = Starlette(
        routes=[*health.routes(settings, registry), *(route for room in ROOMS for route in room(settings))],
        middleware=[
            *([Middleware(RequestLog)] if settings.log_requests else []),
            Middleware(Metrics, registry=registry),
            Middleware(SecurityHeaders),
            Middleware(RateLimit, per_minute=settings.rate_limit),
            Middleware(SizeLimit, limit=settings.body_limit),
            Middleware(Authenticate, graph=settings.graph),
        ],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.settings = settings
    return app
