"""Who is asking: the scope and the marking a request may see.  Put on ``request.state.access`` by the token room."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

SCOPES = ("read", "write", "admin")  # each includes the ones before it


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
