"""One error shape for the whole API: ``{"error": {"code": "WORD", "message": "one line for people"}}``.

GraphQL answers keep the shape their specification fixes (``{"errors": [{"message", "extensions": {"code"}}]}``);
everything else that goes wrong over HTTP, in any room, is an `ApiError` or a `kg.errors.Stop` and leaves through here.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import (
    GraphBroken,
    GraphBusy,
    GraphNewer,
    GraphNotFound,
    KgError,
    LimitExceeded,
    NotAllowed,
    QueryError,
    UsageError,
)

STATUS_OF: tuple[tuple[type[KgError], int], ...] = (
    (NotAllowed, 403),
    (GraphBusy, 503),
    (GraphNotFound, 503),
    (GraphNewer, 503),
    (GraphBroken, 503),
    (LimitExceeded, 503),
    (QueryError, 400),
    (UsageError, 400),
)
CODE_OF_STATUS: Mapping[int, str] = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "NOT_ALLOWED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    413: "TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "TOO_MANY_REQUESTS",
    503: "UNAVAILABLE",
}


class ApiError(Exception):
    """A request that cannot be served: HTTP *status*, one *code* for programs, one *message* for people."""

    def __init__(self, status: int, message: str, code: str | None = None, headers: Mapping[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code or CODE_OF_STATUS.get(status, "ERROR")
        self.headers = dict(headers or {})


def error_response(
    status: int, message: str, code: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The one error body, with *status* and, where none is given, the status' own code."""
    body = {"error": {"code": code or CODE_OF_STATUS.get(status, "ERROR"), "message": message}}
    return JSONResponse(body, status, headers=dict(headers or {}))


def status_of(error: KgError) -> int:
    """The HTTP status of an error of ours: the first entry of ``STATUS_OF`` it is an instance of, else 500."""
    return next((status for kind, status in STATUS_OF if isinstance(error, kind)), 500)


def on_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error_response(error.status, error.message, error.code, error.headers)


def on_kg_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    status = status_of(error)
    headers = {"Retry-After": "1"} if status == 503 else {}
    return error_response(status, str(error), error.code, headers)


def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return error_response(error.status_code, str(error.detail), headers=error.headers)


def on_bug(request: Request, error: Exception) -> Response:
    """Anything unforeseen: the client learns that it happened, the log what (Starlette re-raises to the server)."""
    return error_response(500, "the server met an unexpected condition; its log has the details", "INTERNAL")


HANDLERS = {ApiError: on_api_error, KgError: on_kg_error, HTTPException: on_http_error, Exception: on_bug}
