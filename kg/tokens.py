"""Bearer tokens: who may do what over HTTP.  ``graph/tokens.json`` holds their hashes, never a token itself.

A token is 256 bits from the system's random source, so one round of SHA-256 keeps it: there is nothing to guess.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from kg.errors import GraphBroken, UsageError
from kg.model import MARKINGS

FILE = "tokens.json"
SCOPES = ("read", "write", "admin")  # each includes the ones before it


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: *digest* is its SHA-256 in hex; *created* an ISO instant."""

    name: str
    digest: str
    scope: str
    marking: str
    created: str


def create(root: Path, scope: str, marking: str = "CLEAR", name: str | None = None) -> str:
    """Makes a token for the graph at *root* and returns it: it cannot be had again.  UsageError, GraphBroken."""
    if scope not in SCOPES or marking not in MARKINGS:
        raise UsageError(f"a token's scope is one of {', '.join(SCOPES)}, its marking one of {', '.join(MARKINGS)}")
    secret = "kg_" + secrets.token_urlsafe(32)
    with _locked(root):
        kept = load(root)
        name = name or f"{scope}-{digest_of(secret)[:6]}"
        if any(one.name == name for one in kept):
            raise UsageError(f"there is a token called {name!r} already")
        created = datetime.now(UTC).replace(microsecond=0).isoformat()
        _write(root, [*kept, Token(name, digest_of(secret), scope, marking, created)])
    return secret


def revoke(root: Path, name: str) -> None:
    """Forgets the token called *name*; UsageError where there is none."""
    with _locked(root):
        kept = load(root)
        left = [one for one in kept if one.name != name]
        if len(left) == len(kept):
            raise UsageError(f"there is no token called {name!r}")
        _write(root, left)


def load(root: Path) -> list[Token]:
    """The tokens of the graph at *root*, in the order they were made; GraphBroken where the file cannot be used."""
    path = root / FILE
    try:
        tokens = [Token(**fields) for fields in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise GraphBroken(f"{path}: cannot be read ({error})") from error
    for token in tokens:
        if token.scope not in SCOPES or token.marking not in MARKINGS:
            raise GraphBroken(f"{path}: the token {token.name!r} has an unknown scope or marking")
    return tokens


def digest_of(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _write(root: Path, tokens: list[Token]) -> None:
    """Replaces the file atomically; only its owner may read it."""
    draft = root / f".{FILE}.{os.getpid()}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump([asdict(token) for token in tokens], file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / FILE)


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Two commands at once must not lose each other's token."""
    import fcntl

    with open(os.open(root / f".{FILE}.lock", os.O_RDWR | os.O_CREAT, 0o600)) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
