"""The endpoint ``/graphql``: queries by GET and POST, mutations by POST, streams by SSE, and the page for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anyio.to_thread
from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import Request
from starlette.responses import Response

from api.access import Access, access_of
from api.graphql import page
from api.graphql.execute import Engine, GraphQLRequest, Prepared, Refused
from api.graphql.mutations import check_scope
from api.graphql.persisted import PersistedQueries
from api.graphql.subscriptions import EventStream, Watch
from api.graphql.transport import EVENTS, GRAPHQL, HTML, JSON, BadRequest, accepted, read, refusal, respond
from kg.store import ReaderPool

# Executions at a time; the others wait their turn, outside the event loop's own threads.
THREADS = 8


class Endpoint:
    """One engine over one graph, spoken to over HTTP."""

    def __init__(self, engine: Engine, pool: ReaderPool, persisted: PersistedQueries, watch: Watch):
        self.engine = engine
        self.pool = pool
        self.persisted = persisted
        self.watch = watch
        self.threads = anyio.CapacityLimiter(THREADS)

    async def get(self, request: Request) -> Response:
        header = request.headers.get("accept")
        if "query" not in request.query_params and "extensions" not in request.query_params:
            if accepted(header, (JSON, GRAPHQL, HTML)) == HTML:
                return page.render(request)
        return await self.post(request)

    async def post(self, request: Request) -> Response:
        """A GraphQL answer in the media type asked for; every failure has a body of ``errors`` too."""
        media = accepted(request.headers.get("accept"), (JSON, GRAPHQL, EVENTS))
        if media is None:
            error = GraphQLError(f"answers come as {GRAPHQL}, {JSON} or {EVENTS}", extensions={"code": "NOT_ACCEPTABLE"})
            return refusal(JSON, [error], 406)
        said_in = JSON if media == EVENTS else media
        try:
            asked = await read(request, self.persisted)
            prepared = await self.prepare(asked)
            self._check_method(request, prepared)
            access = access_of(request)
            if media == EVENTS:
                return EventStream(self, prepared, access).response(request)
            if prepared.operation.operation is OperationType.SUBSCRIPTION:
                said = f"subscriptions are answered as {EVENTS}, or over a web socket (graphql-transport-ws)"
                raise BadRequest(406, "SUBSCRIPTION_NEEDS_STREAM", said)
            result = await self.run(prepared, access)
        except BadRequest as error:
            return refusal(said_in, [error.error], error.status, error.headers)
        except Refused as error:
            return refusal(said_in, error.errors)
        except GraphQLError as error:  # persisted queries
            return refusal(said_in, [error])
        return respond(media, formatted(result), 200)

    def _check_method(self, request: Request, prepared: Prepared) -> None:
        if request.method == "GET" and prepared.operation.operation is OperationType.MUTATION:
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "mutations are made by POST", {"Allow": "POST"})

    async def prepare(self, asked: GraphQLRequest) -> Prepared:
        return await anyio.to_thread.run_sync(self.engine.prepare, asked, limiter=self.threads)

    async def run(self, prepared: Prepared, access: Access) -> ExecutionResult:
        """Executes in a thread, on the generation that is current now."""
        check_scope(prepared, access)
        return await anyio.to_thread.run_sync(self._run, prepared, access, limiter=self.threads)

    def _run(self, prepared: Prepared, access: Access) -> ExecutionResult:
        return self.engine.run(prepared, self.pool.current(access.marking), access)


def formatted(result: ExecutionResult) -> Mapping[str, Any]:
    """The response map (GraphQL, section 7.1): errors first, only where there are any."""
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    body["data"] = result.data
    if result.extensions:
        body["extensions"] = result.extensions
    return body
