"""Terms and tables as plain text: whole values, one space-aligned line a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WIDEST = 60
"""Characters to which a column is filled up; longer values stand out, whole."""


def short(term: str | None, prefixes: Mapping[str, str]) -> str:
    """A term for people: an IRI of a known namespace as ``prefix:name``, a literal as its text on one line."""
    from kg.store import IRI

    if term is None:
        return ""
    if isinstance(term, IRI):
        for name, namespace in prefixes.items():
            rest = term.removeprefix(namespace)
            if rest != term and rest.replace("-", "").replace("_", "").isalnum():
                return f"{name}:{rest}"
        return str(term)
    return " ".join(str(term).split())


def columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """*rows* under their *names* (none: no header line), columns two spaces apart."""
    lines = [list(names), *map(list, rows)] if names else [list(row) for row in rows]
    count = max(map(len, lines), default=0)
    widths = [max((min(len(line[at]), WIDEST) for line in lines), default=0) for at in range(count)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )
