"""Who is asking: the bearer token of a request (RFC 6750), and the scope and marking it gives.

Without a token one may read what is marked CLEAR.  A token that is not known is an error, never less access than
its bearer believes to have.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import error_response
from kg.tokens import FILE, SCOPES, Token, digest_of, load


@dataclass(frozen=True, slots=True)
class Access:
    """*scope* as in ``SCOPES``, *marking* the highest TLP level visible, *name* the token's name for the record."""

    scope: str = "read"
    marking: str = "CLEAR"
    name: str = "anonymous"

    def may(self, scope: str) -> bool:
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


def access_of(connection: HTTPConnection) -> Access:
    """The request's access; without a token it may read what is marked CLEAR."""
    access = getattr(connection.state, "access", None)
    return access if access is not None else Access()


class Tokens:
    """The graph's tokens by digest, read again when the file has changed: a revoked token ends at once."""

    def __init__(self, graph: Path) -> None:
        self._graph = graph
        self._seen: tuple[int, int] | None = None
        self._tokens: dict[str, Token] = {}
        self._lock = threading.Lock()

    def find(self, secret: str) -> Token | None:
        """The token, found by its digest: comparing digests tells nobody anything about the secret."""
        try:
            stat = (self._graph / FILE).stat()
        except FileNotFoundError:
            return None
        with self._lock:
            if (stamp := (stat.st_mtime_ns, stat.st_ino)) != self._seen:
                self._tokens = {token.digest: token for token in load(self._graph)}
                self._seen = stamp
            return self._tokens.get(digest_of(secret))


class Authenticate:
    """Puts the request's `Access` on ``state.access``; answers 401 to what is no token of this graph."""

    def __init__(self, app: ASGIApp, graph: Path) -> None:
        self.app = app
        self._tokens = Tokens(graph)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        header = Headers(scope=scope).get("authorization")
        access = Access() if header is None else self.access(header)
        if access is not None:
            scope.setdefault("state", {})["access"] = access
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008, "reason": "unknown token"})  # becomes a 403
        refusal = error_response(
            401, "the token is not known here", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}
        )
        await refusal(scope, receive, send)

    def access(self, header: str) -> Access | None:
        """What an Authorization header gives; None where it is no token of this graph."""
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return None
        token = self._tokens.find(secret.strip())
        return Access(token.scope, token.marking, token.name) if token is not None else None
