"""Terms and tables as plain text: whole values, one space-aligned line a row."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store import Term

WIDEST = 60
"""Characters to which a column is filled up; longer values stand out, whole."""


def printable(text: str) -> str:
    r"""*text* without what would steer a terminal, or break a line: control characters and surrogates, escaped.

    >>> printable("a\nb\x1b[31mc")
    'a\\nb\\x1b[31mc'
    """
    if text.isprintable():
        return text
    return "".join(repr(each)[1:-1] if unicodedata.category(each) in ("Cc", "Cs") else each for each in text)


def short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term for people: an IRI of a known namespace as ``prefix:name``, a literal as its text on one line."""
    from kg.store import IRI

    if term is None:
        return ""
    if isinstance(term, IRI):
        for name, namespace in prefixes.items():
            rest = term.removeprefix(namespace)
            if rest != term and rest.replace("-", "").replace("_", "").isalnum():
                return f"{name}:{rest}"
        return printable(str(term))
    return printable(" ".join(str(term).split()))


def table(results: bytes, prefixes: Mapping[str, str]) -> str:
    """SPARQL results in JSON as a table; an ASK as ``true`` or ``false``."""
    from kg.store.terms import from_json

    found = json.loads(results)
    if "boolean" in found:
        return f"{str(found['boolean']).lower()}\n"
    names = found["head"]["vars"]
    rows = [
        [short(from_json(row[name]) if name in row else None, prefixes) for name in names]
        for row in found["results"]["bindings"]
    ]
    return columns(names, rows)


def columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """*rows* under their *names* (none: no header line), columns two spaces apart."""
    lines = [list(names), *map(list, rows)] if names else [list(row) for row in rows]
    count = max(map(len, lines), default=0)
    widths = [max((min(len(line[at]), WIDEST) for line in lines), default=0) for at in range(count)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )
