"""GraphQL over HTTP: what a request asks, in which media type it wants its answer, and with which status that goes.

``application/graphql-response+json`` is answered with real status codes, ``application/json`` with 200 for every
well-formed request (GraphQL over HTTP, sections 6.4.1 and 6.4.2).  One request holds one operation: no batching.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from api.graphql.execute import GraphQLRequest
from api.graphql.persisted import PersistedQueries
from api.graphql.problems import problem

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
HTML = "text/html"
# What an answer without data is, under GRAPHQL, by the code of its first error; 400 for all others.
UNAVAILABLE = ("TIMEOUT", "GRAPH_BUSY", "GRAPH_NOT_FOUND", "GRAPH_NEWER", "GRAPH_BROKEN", "LIMIT_EXCEEDED")
STATUS = {"NOT_ALLOWED": 403, "INTERNAL": 500} | dict.fromkeys(UNAVAILABLE, 503)


class BadRequest(Exception):
    """The HTTP request is not a GraphQL request at all: *status*, and the *error* to say so."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.error = problem(code, message)
        self.headers = dict(headers or {})


# ------------------------------------------------------------------ requests
async def read(request: Request, persisted: PersistedQueries) -> GraphQLRequest:
    """The GraphQL request in an HTTP request; BadRequest for none, GraphQLError where its hash is unknown."""
    given = _from_url(request) if request.method == "GET" else await _from_body(request)
    return request_of(given, persisted)


def request_of(given: Mapping[str, Any], persisted: PersistedQueries) -> GraphQLRequest:
    """Checks the parameters' types (section 5.1), and finds the document where only its hash is given."""
    for name, kind, said in (
        ("query", str, "a string"),
        ("operationName", str, "a string"),
        ("variables", dict, "an object"),
        ("extensions", dict, "an object"),
    ):
        if not isinstance(given.get(name), (kind, type(None))):
            raise BadRequest(400, "BAD_REQUEST", f"the parameter {name} must be {said}")
    extensions = given.get("extensions") or {}
    query = persisted.resolve(given.get("query"), extensions)
    if query is None:
        raise BadRequest(400, "BAD_REQUEST", "the parameter query is missing")
    return GraphQLRequest(query, given.get("variables") or {}, given.get("operationName") or None, extensions)


def _from_url(request: Request) -> dict[str, Any]:
    parameters: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if parameters.get(name):
            parameters[name] = _json(parameters[name].encode(), f"the parameter {name}")
        else:
            parameters.pop(name, None)
    return parameters


async def _from_body(request: Request) -> dict[str, Any]:
    media, _, rest = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != JSON:
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", f"POST takes {JSON}", {"Accept": JSON})
    charset = rest.lower().partition("charset=")[2].strip('" ')
    if charset not in ("", "utf-8", "utf8"):
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "the body must be UTF-8")
    body = _json(await request.body(), "the body")
    if isinstance(body, list):
        raise BadRequest(400, "NO_BATCHING", "this server takes one operation a request, not a list of them")
    if not isinstance(body, dict):
        raise BadRequest(400, "BAD_REQUEST", "the body must be a JSON object")
    return body


def _json(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, "BAD_REQUEST", f"{what} is not JSON: {error}") from error


# ------------------------------------------------------------------ answers
def dumps(value: Any) -> bytes:
    return orjson.dumps(value)


def formatted(result: ExecutionResult) -> Mapping[str, Any]:
    """The response map (GraphQL, section 7.1): errors first, only where there are any."""
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    body["data"] = result.data
    if result.extensions:
        body["extensions"] = result.extensions
    return body


def refusal(
    media: str, errors: Sequence[GraphQLError], status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer without data.  *status* is given where HTTP itself is at fault, whatever the media type."""
    if status is None:
        status = status_of(errors) if media == GRAPHQL else 200
    extra = {"Retry-After": "1", **(headers or {})} if status == 503 else headers
    return respond(media, {"errors": [error.formatted for error in errors]}, status, extra)


def status_of(errors: Sequence[GraphQLError]) -> int:
    return STATUS.get(str((errors[0].extensions or {}).get("code")), 400)


def respond(media: str, body: Mapping[str, Any], status: int, headers: Mapping[str, str] | None = None) -> Response:
    sent = {"vary": "accept", "cache-control": "no-store", **(headers or {})}
    return Response(dumps(body), status, sent, f"{media}; charset=utf-8")
