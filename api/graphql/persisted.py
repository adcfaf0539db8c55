"""Persisted queries: documents known by the SHA-256 of their text, so that clients send 64 digits for a page of query.

Automatic ones (``extensions.persistedQuery.sha256Hash``) are kept as clients register them, up to a bound; a server may
also be given a fixed set and refuse all others (``Settings.persisted``, ``persisted_only``).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from threading import Lock
from typing import Any

from api.graphql.problems import problem

KEPT, KEPT_LENGTH = 1_000, 50_000  # characters: a longer one is answered, and asked for again next time


def digest(query: str) -> str:
    return sha256(query.encode()).hexdigest()


class PersistedQueries:
    """*fixed* documents stay for good; registered ones push the least used out."""

    def __init__(self, fixed: Iterable[str] = (), only: bool = False):
        self._fixed = {digest(query): query for query in fixed}
        self._registered: OrderedDict[str, str] = OrderedDict()
        self._only = only
        self._lock = Lock()

    def resolve(self, query: str | None, extensions: Mapping[str, Any]) -> str | None:
        """The document a request means: its own text, or the one its hash stands for; None where it names neither."""
        wanted = self._hash(extensions)
        if wanted is None:
            return self._allowed(query)
        if query is not None:
            if digest(query) != wanted:
                raise problem("PERSISTED_QUERY_MISMATCH", "sha256Hash is not the SHA-256 of the query sent with it")
            self._register(wanted, query)
            return self._allowed(query)
        found = self._fixed.get(wanted) or self._recall(wanted)
        if found is None:
            raise problem("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return found

    def _hash(self, extensions: Mapping[str, Any]) -> str | None:
        given = extensions.get("persistedQuery")
        if given is None:
            return None
        wanted = given.get("sha256Hash") if isinstance(given, dict) else None
        if not isinstance(wanted, str):
            raise problem("BAD_REQUEST", "extensions.persistedQuery must hold the string sha256Hash")
        return wanted.lower()

    def _allowed(self, query: str | None) -> str | None:
        if query is not None and self._only and digest(query) not in self._fixed:
            raise problem("PERSISTED_QUERY_ONLY", "this server answers only the queries it was given beforehand")
        return query

    def _register(self, key: str, query: str) -> None:
        if self._only or len(query) > KEPT_LENGTH:
            return
        with self._lock:
            self._registered[key] = query
            self._registered.move_to_end(key)
            while len(self._registered) > KEPT:
                self._registered.popitem(last=False)

    def _recall(self, key: str) -> str | None:
        with self._lock:
            if key in self._registered:
                self._registered.move_to_end(key)
            return self._registered.get(key)
