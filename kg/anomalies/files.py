"""Findings on files: their dates, their authors, the software that wrote them, and copies under other names."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from kg.anomalies.finding import Finding, Row, Select, share
from kg.anomalies.members import among, batches, members, values
from kg.nquads import string
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
    files = members(select, collection, KG.File)
    authors: list[tuple[str, str]] = []
    for node, held in values(select, files, [KG.NS + name for name in _ALL]):
        row: Row = {"d": node, **{name: held[KG.NS + name][0] for name in _ALL if KG.NS + name in held}}
        yield from _dates(row, leaked)
        yield from _software(row)
        if "lastModifiedBy" in row:
            authors.append((node, str(row["lastModifiedBy"])))
    usual = usual_script([name for _, name in authors])
    if usual is not None:
        for node, name in authors:
            yield from _author(node, name, *usual)
    for some in batches(files):
        yield from _copies(select, collection, some)


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


def _author(node: str, name: str, usual: str, part: str) -> Iterator[Finding]:
    own = script(name)
    if own is not None and own != usual:
        told = (("name", name), ("script", own.lower()), ("usual", usual.lower()), ("share", part))
        yield Finding("authorScript", node, told)


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
        compared = (("when", when.isoformat()), ("software", known["name"]), ("years", str(years)))
        yield Finding("softwareLongReplaced", node, compared)
    for template in _known()[1]:
        if str(row.get("template", "")).lower().endswith(template["ends"]) and when < template["released"]:
            yield _early(node, when, template["name"], template["released"])


def _early(node: str, when: date, software: str, released: date) -> Finding:
    compared = (("when", when.isoformat()), ("software", software), ("released", released.isoformat()))
    return Finding("softwareNotYetReleased", node, compared)


# ------------------------------------------------------------------ copies
def _copies(select: Select, collection: str, files: Sequence[str]) -> Iterator[Finding]:
    """Those of *files* that stand under several names: attached as such, listed beside their digest, or found as files
    of their own."""
    listed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    several, own = [], {}
    held = list(values(select, files, (KG.digest, KG.fileName, SKOS.altLabel)))
    digests = {f"sha256:{found[KG.digest][0]}": node for node, found in held}
    sums = " ".join(map(string, digests))
    for row in select(
        f"""SELECT ?sum ?name ?by WHERE {{ VALUES ?sum {{ {sums} }}
          ?e <{KG.checksum}> ?sum ; <{KG.path}> ?name . ?by <{KG.entry}> ?e ; <{KG.partOf}> <{collection}> }}"""
    ):
        listed[digests[str(row["sum"])]].add((str(row["name"]).rpartition("/")[2], str(row["by"])))
    for node, found in held:
        own[node] = set(found.get(KG.fileName, ()))
        if len(own[node] | set(found.get(SKOS.altLabel, ())) | {name for name, _ in listed[node]}) > 1:
            several.append(node)
    if several:
        yield from _named(select, collection, several, own, listed)


def _named(
    select: Select,
    collection: str,
    files: Sequence[str],
    own: dict[str, set[str]],
    listed: dict[str, set[tuple[str, str]]],
) -> Iterator[Finding]:
    """Findings on those of *files* that have several names within *collection*."""
    names: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    attached = f"""SELECT ?d ?name ?by WHERE {{ {among("d", files)}
      ?by <{KG.attachment}> ?d ; <{KG.partOf}> <{collection}> . GRAPH ?by {{ ?d <{SKOS.altLabel}> ?name }} }}"""
    for row in select(attached):
        names[str(row["d"])].add(str(row["name"]).rpartition("/")[2])
        places[str(row["d"])].add(str(row["by"]))
    for row in select(f"SELECT ?d ?name WHERE {{ {among('d', files)} GRAPH ?d {{ ?d <{SKOS.altLabel}> ?name }} }}"):
        names[str(row["d"])].add(str(row["name"]))
    for node in files:
        names[node].update(name for name, _ in listed[node])
        places[node].update(by for _, by in listed[node])
        if names[node]:
            names[node] |= own[node]
        if len(names[node]) > 1:
            told = sorted(names[node])
            rest = f" (+{len(told) - NAMES})" if len(told) > NAMES else ""
            compared = (("count", str(len(told))), ("names", ", ".join(told[:NAMES]) + rest))
            yield Finding("duplicatedContent", node, compared, tuple(sorted(places[node])[:NAMES]))
