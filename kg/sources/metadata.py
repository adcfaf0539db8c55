"""Files that say something about themselves: A File with what its own metadata state, and why anything is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from kg.model import Document
from kg.sources.files import described
from kg.sources.reading import Reading, Source

LONGEST = 1_000
"""Characters kept of one value: a name or a title, not a text smuggled into a property."""
W3C = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?\s*\Z", re.ASCII
)
EARLIEST = 1901
"""Years before it are what software writes for "not known" (1601 and 1899 are epochs)."""


def file_with(
    source: Source,
    reading: Reading,
    media_type: str,
    facts: Mapping[str, object | None],
    *,
    kind: str = "File",
    title: str | None = None,
    author: str | None = None,
    language: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    """*source* as a document of *kind* with those of *facts* that are not None."""
    bare = described(source, reading, *warnings)
    known = {name: value for name, value in facts.items() if value is not None}
    return replace(
        bare,
        kind=kind,
        title=title or bare.title,
        author=author,
        language=language,
        facts=tuple(sorted({**dict(bare.facts), "mediaType": media_type, **known}.items())),
    )


def words(value: object) -> str | None:
    """*value* as one line of at most LONGEST characters; None when nothing is left of it."""
    if not isinstance(value, str):
        return None
    clean = "".join(c for c in value if c.isprintable() or c.isspace())
    return " ".join(clean.split())[:LONGEST] or None


def moment(value: object) -> datetime | None:
    """A W3C date and time (a profile of ISO 8601); None for anything else, for less than a day, and for years that
    stand for "not known"."""
    found = W3C.match(value.strip()) if isinstance(value, str) else None
    if found is None or found[4] is None:
        return None
    try:
        at = whole(found.groups()[:6]).replace(tzinfo=zone(found[7]))
    except ValueError:
        return None
    return at if at.year >= EARLIEST else None


def whole(parts: Sequence[str | None]) -> datetime:
    """Year, month, day, hour, minute and second, the last ones 0 where missing; raises ValueError for no such time."""
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    return datetime(year, month, day, hour, minute, second)


def zone(text: str | None) -> timezone | None:
    """``Z``, ``+02:00`` or ``+0200`` as a zone; None where the text has none.  Raises ValueError past 24 hours."""
    if text is None:
        return None
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:4])))


def plausible(at: object) -> datetime | None:
    """*at* as it stands when it is a time that may be meant: not the epoch of some system, not year 9999."""
    return at if isinstance(at, datetime) and EARLIEST <= at.year < 9000 else None
