"""Why a SPARQL query was not answered, for the person who wrote it: in one line, with the place in the query."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 400  # characters
_PLACE = re.compile(r"\bline (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Failure:
    """*said* in one line; *line* and *column* count from 1, 0 where no place is known; *before* and *after* it stand in
    that line of the query."""

    said: str
    line: int = 0
    column: int = 0
    before: str = ""
    after: str = ""


def failure(message: str, query: str) -> Failure:
    """
    >>> failure("SPARQL: line 2, column 3: not\\nunderstood", "SELECT ?x\\n{ zz:y }")
    Failure(said='SPARQL: line 2, column 3: not understood', line=2, column=3, before='{ ', after='zz:y }')
    """
    said = " ".join(message.split())
    said = said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
    lines, place = query.split("\n"), _PLACE.search(said)
    if place is None or not 0 < int(place[1]) <= len(lines):
        return Failure(said)
    line, column = int(place[1]), int(place[2])
    text = lines[line - 1]
    return Failure(said, line, column, text[: column - 1], text[column - 1 :])
