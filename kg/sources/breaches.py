"""Breach records: public descriptions of data breaches in the JSON form of Have I Been Pwned (its API, version 3).

Only the record is read: no account, no address, and not the free text of its description.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.errors import NoText, UnreadableInput
from kg.model import Document
from kg.sources.metadata import file_with, words
from kg.sources.reading import Found, Reading, Source

KIND = "application/json"
LARGEST = 32 * 2**20
"""Bytes; the records of all breaches known to the service have about one million."""
FIRST = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{")
NAMES = (b'"BreachDate"', b'"PwnCount"', b'"DataClasses"')


def read_breaches(source: Source, reading: Reading) -> Iterator[Found] | None:
    """One BreachRecord of an object; of a list, the records as members (their JSON with sorted keys) and a Listing.
    None when *source* is neither."""
    head = source.head
    if not FIRST.match(head) or sum(name in head for name in NAMES) < 2:
        return None
    return _read(source, reading)


def _read(source: Source, reading: Reading) -> Iterator[Found]:
    data = source.bytes(LARGEST)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
        raise UnreadableInput(f"no sound JSON: {words(str(error))}") from None
    if isinstance(found, dict):
        yield _record(source, reading, found)
        return
    records = [each for each in found if isinstance(each, dict)]
    if not records:
        raise NoText("a list without a record")
    for number, record in enumerate(records, start=1):
        content = json.dumps(record, sort_keys=True, ensure_ascii=True).encode("ascii")
        name = words(record.get("Name")) or str(number)
        yield source.member(name.replace("/", "_"), content, KIND)
    yield file_with(source, reading, KIND, {"memberCount": len(records)}, kind="Listing")


def _record(source: Source, reading: Reading, record: dict[str, Any]) -> Document:
    classes = record.get("DataClasses")
    listed = [words(each) for each in classes] if isinstance(classes, list) else []
    facts: dict[str, object | None] = {
        "breachedAt": _day(record.get("BreachDate")),
        "accountCount": _count(record.get("PwnCount")),
        "dataClass": tuple(sorted({each for each in listed if each})),
        "domain": words(record.get("Domain")),
    }
    title = words(record.get("Title")) or words(record.get("Name"))
    return file_with(source, reading, KIND, facts, kind="BreachRecord", title=title)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None
