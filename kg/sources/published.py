"""Days of publication that the caller states: a CSV of file names and dates."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from kg.errors import UsageError


def read_published(path: Path) -> dict[str, date]:
    """Reads rows ``name,date`` (ISO 8601 day; a first row ``name,date`` is a header), UTF-8.

    Raises UsageError, naming the line, for anything else, and for a name with two different dates.
    """
    published: dict[str, date] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells == ["name", "date"]):
            continue
        try:
            name, day = cells[0], date.fromisoformat(cells[1])
        except (IndexError, ValueError):
            raise UsageError(f"{path}, line {number}: expected name,YYYY-MM-DD") from None
        if published.setdefault(name, day) != day:
            raise UsageError(f"{path}, line {number}: {name} has two dates")
    return published
