"""Findings on files: their dates, their authors, the software that wrote them, and copies under other names."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from kg.anomalies.finding import Finding, Row, Select, share
from kg.resources import read
from kg.terms import KG, SKOS

CLOCKS = timedelta(minutes=2)
"""Clocks that are right differ by less."""
ZONES = timedelta(hours=26)
"""How far apart two times may be that name one moment, where one has no zone."""
USUAL = 0.8
"""The share of names from which on a script is the collection's usual one."""
FEWEST = 5
"""Names; fewer have no usual script."""
LONG = 10
"""Years after it was replaced from which on software is odd."""
NAMES = 5
"""Names of a duplicated file that are told."""
_ALL = ("createdAt", "modifiedAt", "lastModifiedBy", "application", "template")


def on_files(select: Select, collection: str, leaked: date | None) -> Iterator[Finding]:
    """The findings on the files of *collection* (an IRI); *leaked* is the day of the leak, where it is known."""
    optional = " ".join(f"OPTIONAL {{ ?d <{KG.NS}{name}> ?{name} }}" for name in _ALL)
    files = select(f"SELECT * WHERE {{ ?d <{KG.partOf}> <{collection}> ; a <{KG.File}> . {optional} }} ORDER BY ?d")
    usual = usual_script([str(row["lastModifiedBy"]) for row in files if "lastModifiedBy" in row])
    for row in files:
        yield from _dates(row, leaked)
        yield from _software(row)
        if usual is not None:
            yield from _author(row, *usual)
    yield from _copies(select, collection)


# ------------------------------------------------------------------ dates
def _dates(row: Row, leaked: date | None) -> Iterator[Finding]:
    node, created, modified = str(row["d"]), time(row, "createdAt"), time(row, "modifiedAt")
    if created and modified and after(created, modified):
        yield Finding("createdAfterModified", node, (("created", shown(created)), ("modified", shown(modified))))
    if leaked and modified and modified.date() > leaked + timedelta(days=1):
        yield Finding("modifiedAfterLeak", node, (("modified", shown(modified)), ("leaked", leaked.isoformat())))


def time(row: Row, name: str) -> datetime | None:
    """The time under *name*, with its zone if it has one; None where there is none."""
    return datetime.fromisoformat(str(row[name])) if name in row else None


def after(one: datetime, other: datetime) -> bool:
    """Whether *one* is surely later than *other*, whatever zone a time without one is in."""
    if (one.tzinfo is None) == (other.tzinfo is None):
        return one - other > CLOCKS
    return one.replace(tzinfo=None) - other.replace(tzinfo=None) > ZONES


def shown(at: datetime) -> str:
    return at.isoformat(" ", "minutes")


# ------------------------------------------------------------------ authors
def script(name: str) -> str | None:
    """The writing that most letters of *name* belong to, as Unicode names it (``LATIN``, ``CYRILLIC``).

    >>> script("Jeanne Martin"), script("Иван"), script("42")
    ('LATIN', 'CYRILLIC', None)
    """
    found = Counter(unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha())
    return found.most_common(1)[0][0] if found else None


def usual_script(names: list[str]) -> tuple[str, str] | None:
    """The script of most of the different *names*, and their share; None where none prevails."""
    found = Counter(told for name in set(names) if (told := script(name)) is not None)
    total = sum(found.values())
    if total < FEWEST:
        return None
    best, count = found.most_common(1)[0]
    return (best, share(count, total)) if USUAL * total <= count < total else None


def _author(row: Row, usual: str, part: str) -> Iterator[Finding]:
    name = str(row.get("lastModifiedBy", ""))
    own = script(name)
    if own is not None and own != usual:
        values = (("name", name), ("script", own.lower()), ("usual", usual.lower()), ("share", part))
        yield Finding("authorScript", str(row["d"]), values)


# ------------------------------------------------------------------ software
@cache
def _known() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    table = tomllib.loads(read("data/anomalies/software.toml"))
    return table["version"], table["template"]


def version_of(software: str) -> dict[str, Any] | None:
    """What is known of the version named by *software*; a ``*`` in the table stands for one word."""
    for version in _known()[0]:
        wanted, told = version["starts"].split(), software.split()
        if len(told) >= len(wanted) and all(
            want in ("*", have) or (place == len(wanted) - 1 and have.startswith(want))
            for place, (want, have) in enumerate(zip(wanted, told, strict=False))
        ):
            return version
    return None


def _software(row: Row) -> Iterator[Finding]:
    node, written = str(row["d"]), time(row, "modifiedAt") or time(row, "createdAt")
    if written is None:
        return
    when = written.date()
    known = version_of(str(row["application"])) if "application" in row else None
    if known is not None and when < known["released"] - timedelta(days=1):
        yield _early(node, when, known["name"], known["released"])
    elif known is not None and "replaced" in known and (years := (when - known["replaced"]).days // 365) >= LONG:
        values = (("when", when.isoformat()), ("software", known["name"]), ("years", str(years)))
        yield Finding("softwareLongReplaced", node, values)
    for template in _known()[1]:
        if str(row.get("template", "")).lower().endswith(template["ends"]) and when < template["released"]:
            yield _early(node, when, template["name"], template["released"])


def _early(node: str, when: date, software: str, released: date) -> Finding:
    values = (("when", when.isoformat()), ("software", software), ("released", released.isoformat()))
    return Finding("softwareNotYetReleased", node, values)


# ------------------------------------------------------------------ copies
def _copies(select: Select, collection: str) -> Iterator[Finding]:
    """Files that stand under several names: attached as such, or listed beside their digest."""
    attached = f"""SELECT ?d ?name ?by WHERE {{
      ?by <{KG.partOf}> <{collection}> ; <{KG.attachment}> ?d . ?d a <{KG.File}> ; <{SKOS.altLabel}> ?name }}"""
    listed = f"""SELECT ?d ?name ?by WHERE {{
      ?by <{KG.partOf}> <{collection}> ; <{KG.entry}> ?e . ?e <{KG.path}> ?name ; <{KG.checksum}> ?sum .
      ?d <{KG.digest}> ?digest ; <{KG.partOf}> <{collection}> FILTER(?sum = CONCAT("sha256:", ?digest)) }}"""
    own = f"SELECT ?d ?name WHERE {{ ?d <{KG.partOf}> <{collection}> ; a <{KG.File}> ; <{KG.fileName}> ?name }}"
    names: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for row in (*select(attached), *select(listed)):
        names[str(row["d"])].add(str(row["name"]).rpartition("/")[2])
        places[str(row["d"])].add(str(row["by"]))
    for row in select(own):
        if str(row["d"]) in names:
            names[str(row["d"])].add(str(row["name"]))
    for node in sorted(names):
        if len(names[node]) > 1:
            told = sorted(names[node])
            rest = f" (+{len(told) - NAMES})" if len(told) > NAMES else ""
            values = (("count", str(len(told))), ("names", ", ".join(told[:NAMES]) + rest))
            yield Finding("duplicatedContent", node, values, tuple(sorted(places[node])[:NAMES]))
