"""Pages: what ``first``, ``after``, ``last`` and ``before`` may say, and cursors.

A cursor holds what the page was of, its order and the entry's sort key, which says the same in every generation of the
graph; it is opaque to clients.  What is wrong is an error with a code, never a page that looks right.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.problems import problem
from api.settings import GraphQLLimits


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of *size* entries between the keys *after* and *before*, from the start or (*backward*) from the end."""

    size: int
    after: str | None = None
    before: str | None = None
    backward: bool = False


def to_cursor(scope: str, key: str) -> str:
    return urlsafe_b64encode(f"{scope}\n{key}".encode()).decode().rstrip("=")


def from_cursor(word: str, scope: str, argument: str) -> str:
    """The key in a cursor of this *scope* (kind and order); a problem with code BAD_CURSOR for anything else."""
    try:
        found, newline, key = urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode().partition("\n")
    except ValueError:
        found, newline, key = "", "", ""
    if not newline or not key or to_cursor(found, key) != word:
        raise problem("BAD_CURSOR", f"{argument}: {word[:60]!r} is not a cursor this API gave out")
    if found != scope:
        raise problem("BAD_CURSOR", f"{argument}: this cursor belongs to another list or another order")
    return key


def paging(arguments: Mapping[str, Any], scope: str, limits: GraphQLLimits) -> Paging:
    """The page that the arguments ask for."""
    first, last = (_size(arguments, name, limits) for name in ("first", "last"))
    if first is not None and last is not None:
        raise problem("BAD_PAGE_SIZE", "ask for first or for last, not for both")
    keys = {
        name: None if arguments.get(name) is None else from_cursor(arguments[name], scope, name)
        for name in ("after", "before")
    }
    size = first if first is not None else last
    return Paging(limits.page if size is None else size, keys["after"], keys["before"], last is not None)


def _size(arguments: Mapping[str, Any], name: str, limits: GraphQLLimits) -> int | None:
    size: int | None = arguments.get(name)
    if size is None:
        return None
    if size < 0:
        raise problem("BAD_PAGE_SIZE", f"{name} must not be negative")
    if size > limits.page_cap:
        said = f"{name}: a page holds at most {limits.page_cap}; ask for the rest with a cursor"
        raise problem("PAGE_TOO_LARGE", said)
    return size
