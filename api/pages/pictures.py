"""Pictures as geometry: where each bar stands, for templates to draw as SVG.  Each has a table as its twin.

A bar is as long as the time is uncertain: an exact day is a dot, "in March" a month.  A tick stands on the day of the
report.  No style is written into a picture (the content security policy forbids it): classes carry the colours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.naming import title
from api.pages.words import Words

WIDTH, LABEL, ROW, TOP = 960, 300, 26, 28
_CHARACTERS = 44  # of a label


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: from *x* (None: no day is known), *width* wide; *tick* the day of the report, if known.

    *said* and *reported* are the two times in words, *lag* what lies between them, *told* all that at once.
    """

    y: int
    x: float | None
    width: float
    tick: float | None
    label: str
    full: str
    iri: str
    said: str
    reported: str
    lag: str
    told: str
    css: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """*years* are ticks of the axis: place and words."""

    width: int
    height: int
    bars: Sequence[Bar]
    axis: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Item:
    """What a timeline shows: its days, the day of the report, words, and a class for its colour.

    *published* is how precisely the day of the report is known.
    """

    iri: str
    label: str
    begin: str | None
    end: str | None
    precision: str | None
    reported: str | None
    css: str
    published: str | None = "day"

    @property
    def day(self) -> str:
        return self.begin or self.end or self.reported or ""


def timeline(events: Iterable[Mapping[str, Any]], words: Words) -> Timeline | None:
    """Events by their first day; of those without any day the report alone is shown."""
    items = []
    for one in events:
        reported = one["reportedIn"]["published"]
        items.append(Item(one["iri"], title(one, words), one["begin"], one["end"], one["precision"], reported, "event",
                          one["reportedIn"]["publishedPrecision"]))  # fmt: skip
    return drawn(items, words)


def reporting(events: Iterable[Mapping[str, Any]], words: Words) -> Timeline | None:
    """The reports of one event, each under its document's title: the days it gives, and its own day."""
    items = []
    for one in events:
        document = one["reportedIn"]
        name = " · ".join(said for said in (document["title"], document["publisher"]) if said) or one["label"]
        items.append(Item(one["iri"], name, one["begin"], one["end"], one["precision"], document["published"], "event",
                          document["publishedPrecision"]))  # fmt: skip
    return drawn(items, words)


def sayings(claims: Iterable[Mapping[str, Any]], words: Words) -> Timeline | None:
    """Claims by the day of the utterance, else of the report."""
    items = []
    for one in claims:
        uttered, published = one["uttered"] or {}, one["reportedIn"]["published"]
        begin = uttered.get("begin") or published
        end, precision = (uttered.get("end"), uttered.get("precision")) if uttered.get("begin") else (published, "day")
        speaker = one["speaker"]["name"] if one["speaker"] else words("speaker_unknown")
        label = f"{words.sign(one['stance'])} {words('of', what=speaker, who=one['text'])}"
        items.append(Item(one["iri"], label, begin, end, precision, published, f"s-{one['stance']}",
                          one["reportedIn"]["publishedPrecision"]))  # fmt: skip
    return drawn(items, words)


def drawn(items: Sequence[Item], words: Words) -> Timeline | None:
    """The items that have a day, their own or the report's, in order; None where none has."""
    dated = sorted((one for one in items if one.day), key=lambda one: (one.day, one.iri))
    if not dated:
        return None
    days = [_day(day) for one in dated for day in (one.begin, one.end, one.reported) if day]
    first, last = min(days), max(days)
    room = max((last - first).days, 1)

    def place(day: str | date) -> float:
        ordinal = (_day(day) if isinstance(day, str) else day).toordinal()
        return round(LABEL + 25 + (ordinal - first.toordinal()) / room * (WIDTH - LABEL - 80), 1)

    bars = []
    for row, one in enumerate(dated):
        low = place(one.begin or one.end or "") if one.begin or one.end else None
        high = place(one.end or one.begin or "") if one.begin or one.end else 0.0
        short = one.label if len(one.label) <= _CHARACTERS else one.label[: _CHARACTERS - 1].rstrip() + "…"
        said, lag = words.time(one.begin, one.end, one.precision) or words("undated"), _lag(one, words)
        reported = words.day(one.reported, one.published)
        told = [said, words("reported_on", day=reported) if reported else "", lag]
        bars.append(Bar(
            TOP + row * ROW, low, round(max(high - (low or 0.0), 0), 1), place(one.reported) if one.reported else None,
            short, one.label, one.iri, said, reported, lag, " · ".join(part for part in told if part), one.css,
        ))  # fmt: skip
    axis = [(place(day), said) for day, said in _axis(first, last, words)]
    return Timeline(WIDTH, TOP + len(dated) * ROW + 8, bars, axis)


def _lag(one: Item, words: Words) -> str:
    """How long after it the report came, where both days are known to the day."""
    known = one.begin and one.begin == one.end and one.precision in ("day", "hour") and one.published == "day"
    if not (known and one.begin and one.reported):
        return ""
    days = (_day(one.reported) - _day(one.begin)).days
    if days == 0:
        return words("same_day")
    return words.count("days_later" if days > 0 else "days_before", abs(days))


def _axis(first: date, last: date, words: Words) -> list[tuple[date, str]]:
    """Up to eight ticks: years if the time is long, else months; the two ends where it is shorter than that."""
    if (last - first).days > 700:
        years = range(first.year + 1, last.year + 1)
        step = -(-len(years) // 7)
        return [(date(year, 1, 1), str(year)) for year in years[::step]]
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    if len(months) > 1:
        step = -(-len(months) // 6)
        return [(one, words.month(one.isoformat())) for one in months[::step]]
    return [(day, words.day(day.isoformat())) for day in dict.fromkeys((first, last))]


def _day(iso: str) -> date:
    return date.fromisoformat(iso[:10])


# ------------------------------------------------------------------ an actor and its neighbours
NET_WIDTH, NET_HEIGHT = 720, 460


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One actor around another: where it stands, how its words are anchored, and the widths of its links."""

    iri: str
    name: str
    x: float
    y: float
    anchor: str
    links: Mapping[str, float]
    said: str


@dataclass(frozen=True, slots=True)
class Network:
    """An actor in the middle and its neighbours on an ellipse, in their order."""

    width: int
    height: int
    x: float
    y: float
    neighbours: Sequence[Neighbour]


def network(counterparts: Sequence[Mapping[str, Any]], words: Words) -> Network | None:
    """The neighbours of an actor, each with its counts ``about``, ``speaker`` and ``participant``; None for none."""
    if not counterparts:
        return None
    middle = (NET_WIDTH / 2, NET_HEIGHT / 2)
    most = max(one[way] for one in counterparts for way in ("about", "speaker", "participant"))
    neighbours = []
    for place, one in enumerate(counterparts):
        angle = 2 * math.pi * place / len(counterparts) - math.pi / 2
        x, y = middle[0] + 190 * math.cos(angle), middle[1] + 195 * math.sin(angle)
        anchor = "middle" if abs(math.cos(angle)) < 0.2 else "start" if math.cos(angle) > 0 else "end"
        ways = {"about": "col_speaks_about", "speaker": "col_spoken_by", "participant": "col_together"}
        said = "; ".join(f"{words(key)}: {one[way]}" for way, key in ways.items() if one[way])
        links = {way: round(1 + 4 * one[way] / most, 1) for way in ways if one[way]}
        name = one["name"] if len(one["name"]) <= 26 else one["name"][:25].rstrip() + "…"
        neighbours.append(Neighbour(one["iri"], name, round(x, 1), round(y, 1), anchor, links, said))
    return Network(NET_WIDTH, NET_HEIGHT, *middle, neighbours)
