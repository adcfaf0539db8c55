"""How a claim spread: who published it first, near copies of each publication, and who else carried it, by day.

Publications that copy one another are one family, and one source; the family that published first stands first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.page import Table, Visit
from api.pages.words import Words
from kg.store import Row, values

MOST = 60  # publications shown
# What a publication is to the claim: the earliest of all; the first of another family; somebody else who says the
# same; a near copy of the publication above it.
FIRST, SOURCE, ECHO, COPY = "first", "source", "echo", "copy"
COLUMNS = ("family", "role", "document", "title", "outlet", "published", "publishedPrecision", "claim")
_LATE = "9999-99-99"


@dataclass(frozen=True, slots=True)
class Carrier:
    """One publication: its *role*, the number of its *family* (1: published first), its *claim* where it has one."""

    family: int
    role: str
    document: str
    title: str
    outlet: str
    published: str | None
    precision: str | None
    claim: str | None

    @property
    def name(self) -> str:
        return self.outlet or self.title or self.document


def carriers(visit: Visit, said: Sequence[tuple[Mapping[str, Any], str]]) -> list[Carrier]:
    """The publications behind claims, each with its role ``SOURCE`` or ``ECHO``, and the near copies of them."""
    known: dict[str, tuple[Mapping[str, Any], str]] = {}
    for claim, role in said:
        known.setdefault(claim["reportedIn"]["iri"], (claim, role))
    roots = {iri: iri for iri in known} | _originals(visit, list(known))
    families: dict[str, list[Carrier]] = {}
    for document, row in _publications(visit, sorted({*roots.values()}), list(known)).items():
        claim, role = known.get(document, ({"iri": None}, COPY))
        one = Carrier(
            0, role, document, _text(row, "title"), _text(row, "publisher"), _text(row, "published") or None,
            _text(row, "precision") or None, claim["iri"],
        )  # fmt: skip
        families.setdefault(roots.get(document) or str(row["root"]), []).append(one)
    return list(_ordered(families.values()))[:MOST]


def _originals(visit: Visit, documents: Sequence[str]) -> dict[str, str]:
    rows = visit.asking.select(f"SELECT ?copy ?first {{ {values('copy', documents)} ?copy kg:copyOf ?first }}")
    return {str(row["copy"]): str(row["first"]) for row in rows}


def _publications(visit: Visit, roots: Sequence[str], known: Sequence[str]) -> dict[str, Row]:
    """What is said of the documents *known*, of their *roots*, and of all copies: the earliest of these."""
    rows = visit.asking.select(f"""SELECT DISTINCT ?document ?root ?title ?publisher ?published ?precision {{
  {{ {values("root", roots)} ?document kg:copyOf ?root }}
  UNION {{ {values("document", list(dict.fromkeys([*roots, *known])))} ?document kg:digest ?any }}
  OPTIONAL {{ ?document kg:title ?title }} OPTIONAL {{ ?document kg:publisher ?publisher }}
  OPTIONAL {{ ?document kg:published ?published }} OPTIONAL {{ ?document kg:publishedPrecision ?precision }}
}} ORDER BY DESC(BOUND(?published)) ?published ?document LIMIT {2 * MOST}""")
    found = {str(row["document"]): {"root": row["document"], **row} for row in rows if "root" not in row}
    return found | {str(row["document"]): row for row in rows if "root" in row}


def _ordered(families: Iterable[Sequence[Carrier]]) -> Iterable[Carrier]:
    """By the first day of each family; in it by day.  The first of a family is no copy, whoever was read first."""

    def when(one: Carrier) -> tuple[str, str]:
        return one.published or _LATE, one.document

    ordered = sorted((sorted(family, key=when) for family in families), key=lambda family: when(family[0]))
    for number, family in enumerate(ordered, 1):
        echoed = any(one.role == ECHO for one in family) and not any(one.role == SOURCE for one in family)
        for place, one in enumerate(family):
            role = COPY if place else ECHO if echoed else FIRST if number == 1 else SOURCE
            yield Carrier(number, role, one.document, one.title, one.outlet, one.published, one.precision, one.claim)


def table(found: Sequence[Carrier]) -> Table:
    return Table(COLUMNS, [
        (one.family, one.role, one.document, one.title, one.outlet, one.published or "", one.precision or "",
         one.claim or "") for one in found
    ])  # fmt: skip


# ------------------------------------------------------------------ the picture
WIDTH, LABEL, ROW, TOP = 740, 190, 30, 34
_CHARACTERS = 26


@dataclass(frozen=True, slots=True)
class Point:
    """One row: the mark at *x* (None: no day is known), *width* of uncertainty; a copy hangs on the row *above*."""

    y: int
    x: float | None
    width: float
    above: tuple[float, int] | None
    label: str
    full: str
    iri: str
    role: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class Spread:
    width: int
    height: int
    points: Sequence[Point]
    axis: Sequence[tuple[float, str]]


def spread(found: Sequence[Carrier], words: Words) -> Spread | None:
    """The publications from the first on, a row each; None where fewer than two have a day."""
    days = sorted(one.published for one in found if one.published)
    if len(days) < 2:
        return None
    begin, end = date.fromisoformat(days[0][:10]), date.fromisoformat(days[-1][:10])
    room = max((end - begin).days, 1)

    def place(day: date) -> float:
        return round(LABEL + 30 + (day - begin).days / room * (WIDTH - LABEL - 110), 1)

    points: list[Point] = []
    heads: dict[int, tuple[float, int]] = {}
    for number, one in enumerate(found):
        y = TOP + number * ROW
        day = date.fromisoformat(one.published[:10]) if one.published else None
        x = place(day) if day else None
        width = _days_in(one.precision) / room * (WIDTH - LABEL - 110)
        above = heads.get(one.family) if x is not None else None
        if x is not None and above is None:
            heads[one.family] = (x, y)
        short = one.name if len(one.name) <= _CHARACTERS else one.name[: _CHARACTERS - 1].rstrip() + "…"
        points.append(Point(
            y, x, round(min(width, WIDTH - 50 - x) if x is not None else 0, 1), above, short,
            f"{one.name}: {one.title}" if one.outlet and one.title else one.name, one.claim or one.document, one.role,
            words.day(one.published, one.precision) or words("undated"), _after(begin, day, one, words),
        ))  # fmt: skip
    last = [(place(end), words.day(end.isoformat()))] if end > begin else []
    axis = [(place(begin), words.day(begin.isoformat())), *last]
    return Spread(WIDTH, TOP + len(found) * ROW + 6, points, axis)


def _days_in(precision: str | None) -> int:
    return {"month": 30, "year": 365}.get(precision or "", 0)


def _after(begin: date, day: date | None, one: Carrier, words: Words) -> str:
    """How long after the first publication, where it is known to the day."""
    if day is None or one.precision not in (None, "day", "hour"):
        return ""
    days = (day - begin).days
    return words("spread_same_day") if days == 0 else words.count("days_after", days)


def _text(row: Row, name: str) -> str:
    return str(row[name]) if name in row else ""
