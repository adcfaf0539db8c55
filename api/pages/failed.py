"""Why a SPARQL query was not answered, for the person who wrote it: in one line, with the place in the query."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 240  # characters; a parser may list all that it had expected
_PLACE = re.compile(r"\bat (\d+):(\d+)\b")
# What may hold a colon without being a prefixed name: strings, IRIs, comments.
_OPAQUE = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|#[^\n]*')
_DECLARED = re.compile(r"\bprefix\s+([\w-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$:@-])([A-Za-z][\w-]*):(?!:)")


@dataclass(frozen=True, slots=True)
class Failure:
    """*said* in one line; *line* and *column* count from 1, 0 where no place is known; *before* and *after* are what
    stands in that line; *unknown* the prefixes that neither the query declares nor the vocabulary knows."""

    said: str
    line: int = 0
    column: int = 0
    before: str = ""
    after: str = ""
    unknown: tuple[str, ...] = ()


def failure(message: str, query: str, known: Iterable[str]) -> Failure:
    """
    >>> failure("SPARQL: error at 2:3: expected\\nthis", "SELECT ?x\\n{ zz:y }", ["kg"])
    Failure(said='SPARQL: error at 2:3: expected this', line=2, column=3, before='{ ', after='zz:y }', unknown=('zz',))
    """
    said = " ".join(message.split())
    said = said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
    unknown = tuple(dict.fromkeys(name for name in _used(query) if name not in known))
    lines = query.split("\n")
    place = _PLACE.search(said)
    if place is None or not 0 < int(place[1]) <= len(lines):
        return Failure(said, unknown=unknown)
    line, column = int(place[1]), int(place[2])
    text = lines[line - 1]
    return Failure(said, line, column, text[: column - 1], text[column - 1 :], unknown)


def _used(query: str) -> list[str]:
    """Prefixes that *query* uses and does not declare, in their order."""
    bare = _OPAQUE.sub(" ", query)
    declared = set(_DECLARED.findall(bare))
    return [name for name in _USED.findall(bare) if name not in declared]
