"""The endpoint ``/graphql``: queries by GET and POST, mutations by POST, streams by SSE, and the page for people."""

from __future__ import annotations

import anyio.to_thread
from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import Request
from starlette.responses import Response

from api.access import Access, access_of
from api.graphql import events, page
from api.graphql.execute import Engine, GraphQLRequest, Prepared, Refused
from api.graphql.persisted import PersistedQueries
from api.graphql.problems import problem
from api.graphql.subscriptions import Streams
from api.graphql.transport import EVENTS, GRAPHQL, HTML, JSON, BadRequest, formatted, read, refusal, respond
from api.graphql.websocket import bearer
from api.media import accepted


class Endpoint:
    """One engine over one graph, spoken to over HTTP."""

    def __init__(self, engine: Engine, persisted: PersistedQueries, streams: Streams):
        self.engine = engine
        self.persisted = persisted
        self.streams = streams

    async def get(self, request: Request) -> Response:
        header = request.headers.get("accept")
        asks = "query" in request.query_params or "extensions" in request.query_params
        if not asks and accepted(header, (JSON, GRAPHQL, HTML)) == HTML:
            return page.render(request)
        return await self.post(request)

    async def post(self, request: Request) -> Response:
        """A GraphQL answer in the media type asked for; every failure has a body of ``errors`` too."""
        media = accepted(request.headers.get("accept"), (JSON, GRAPHQL, EVENTS))
        if media is None:
            said = f"answers come as {GRAPHQL}, {JSON} or {EVENTS}"
            return refusal(JSON, [problem("NOT_ACCEPTABLE", said)], 406)
        said_in = JSON if media == EVENTS else media
        try:
            asked = await read(request, self.persisted)
            prepared = await self.prepare(asked)
            self._check_method(request, prepared)
            access = access_of(request)
            if media == EVENTS:
                return events.response(self.streams, prepared, access, bearer(dict(request.headers)))
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
        return await anyio.to_thread.run_sync(self.engine.prepare, asked, limiter=self.streams.threads)

    async def run(self, prepared: Prepared, access: Access) -> ExecutionResult:
        return await self.streams.run(prepared, access)
