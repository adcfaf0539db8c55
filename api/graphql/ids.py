"""Global ids (GraphQL Global Object Identification) and IRIs as arguments.

An id is opaque to clients: base64url of ``Type:IRI``.  Wherever an argument names one thing, the id and the plain IRI
are both taken.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from api.graphql.problems import problem

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]+')
ID_TYPES = (
    "Claim", "Actor", "Event", "Document", "Evidence", "Mention", "Collection", "ClaimRelation", "Check", "Finding",
)  # fmt: skip


def to_id(kind: str, iri: str) -> str:
    return urlsafe_b64encode(f"{kind}:{iri}".encode()).decode().rstrip("=")


def is_iri(word: str) -> bool:
    """Whether *word* may stand between ``<`` and ``>`` in a query of ours: the one gate against injection."""
    return _IRI.fullmatch(word) is not None


def from_id(word: str) -> tuple[str | None, str]:
    """``(type, IRI)`` of a global id, ``(None, IRI)`` of a plain IRI; a problem with code BAD_ID otherwise."""
    decoded = _decoded(word)
    if decoded is not None:
        return decoded
    if is_iri(word):
        return None, word
    raise problem("BAD_ID", f"{word[:80]!r} is neither an id this API gave out nor an IRI")


def iri_in(word: str) -> str | None:
    """The IRI *word* stands for, None if it is a name."""
    decoded = _decoded(word)
    if decoded is not None:
        return decoded[1]
    return word if re.match(r"(https?|urn):", word) and is_iri(word) else None


def _decoded(word: str) -> tuple[str, str] | None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,}", word):
        return None
    try:
        kind, colon, iri = urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode().partition(":")
    except ValueError:
        return None
    return (kind, iri) if colon and kind in ID_TYPES and is_iri(iri) and to_id(kind, iri) == word else None
