"""Private addresses replaced by keyed hashes (HMAC-SHA256): the same person stays the same, without being named.

An address is private unless its local part is the name of a role (``data/mail/addresses.toml``).
Its domain stays, since organisations are told by it; display names of private addresses are left out.  Who has the key
can find out whether a given address is meant, nobody can read an address off its hash.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.errors import UsageError
from kg.model import Document
from kg.resources import read

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
SIZE = 32
"""Bytes of a key."""


def key_of(graph: Path) -> bytes:
    """The key kept beside the folder *graph* (``graph.pseudonyms``), which is made if there is none.

    It stands beside and not inside, so that who is given the graph is not given the key.
    """
    file = graph.with_name(f"{graph.resolve().name}.pseudonyms")
    try:
        found = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        made = secrets.token_bytes(SIZE)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(made.hex() + "\n")
        return made
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} holds no key: {error}") from None
    if len(found) != SIZE:
        raise UsageError(f"{file} holds no key of {SIZE} bytes")
    return found


def pseudonym(address: str, key: bytes) -> str:
    """The address itself where it is a role's, else ``p-<hash>`` at its domain.

    >>> pseudonym("Presse@paper.example", b"k"), pseudonym("a.b@paper.example", b"k")
    ('presse@paper.example', 'p-9cea49570c32b41f@paper.example')
    """
    address = address.lower()
    local, at, domain = address.rpartition("@")
    if not at or local.split("+")[0] in _roles() or re.fullmatch(r"p-[0-9a-f]{16}", local):
        return address
    return f"p-{hmac.new(key, address.encode('utf-8', 'replace'), hashlib.sha256).hexdigest()[:16]}@{domain}"


@cache
def _roles() -> frozenset[str]:
    return frozenset(tomllib.loads(read("data/mail/addresses.toml"))["roles"])


def pseudonymised(document: Document, key: bytes) -> Document:
    """*document* without private addresses: in its headers, its title, its paths and its warnings."""

    def veil(text: str) -> str:
        return ADDRESS.sub(lambda found: pseudonym(found[0], key), text)

    def veiled(value: object) -> object:
        if isinstance(value, str):
            return veil(value)
        return tuple(map(veiled, value)) if isinstance(value, tuple) else value

    facts = dict(document.facts)
    sender = str(facts.get("senderAddress", ""))
    author = document.author
    if sender and pseudonym(sender, key) != sender:
        facts.pop("senderName", None)
        author = pseudonym(sender, key)
    return replace(
        document,
        title=veil(document.title) if document.title else None,
        author=veil(author) if author else None,
        path=veil(document.path) if document.path else None,
        text=veil(document.text),
        warnings=tuple(map(veil, document.warnings)),
        attached=tuple((digest, veil(name)) for digest, name in document.attached),
        facts=tuple((name, veiled(value)) for name, value in facts.items()),
    )
