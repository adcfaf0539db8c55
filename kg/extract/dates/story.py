"""What a text has said so far, and what the groups of a rule mean in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kg.extract import numerals
from kg.extract.dates.grammar import Found, Grammar

Resolved = tuple[str, str]  # TimeML type and value
SIXTY = {"TS": "S", "TM": "M", "TH": "H"}  # the units below a day


@dataclass
class Story:
    """What a text has said so far: *published* is its day of publication, *day* the last day it spoke of."""

    grammar: Grammar
    folded: str
    published: date | None
    tense: Callable[[int], str]
    day: date | None = None
    year: int | None = None
    latest: date | None = None  # the first day of what was last named, be it a day, a month or a year

    def way(self, offset: int) -> int:
        """-1 in a clause about the past, 1 about what is to come, 0 where nothing tells."""
        left, context = self.folded[max(0, offset - 48) : offset], self.grammar.context
        if context["until"].search(left) or context["eve"].search(left):  # a term, or what today is the eve of
            return 1
        return {"past": -1, "imperfect": -1, "future": 1}.get(self.tense(offset), 0)

    def now(self, offset: int) -> date | None:
        """The day that a clock time at *offset* belongs to: never one ahead, where the clause tells of the past."""
        ahead = self.day is not None and self.published is not None and self.day > self.published
        return self.published if ahead and self.way(offset) < 0 else self.base

    @property
    def base(self) -> date | None:
        return self.day or self.published


def pick(candidates: list[date], anchor: date, way: int) -> date | None:
    """The candidate nearest to *anchor* on the side *way* points to (either side for 0); *anchor* itself counts."""
    kept = [day for day in candidates if way == 0 or (day - anchor).days * way >= 0]
    return min(kept, key=lambda day: (abs((day - anchor).days), day > anchor), default=None)


def with_part(day: str, found: Found, story: Story) -> Resolved:
    part = found.groups.get("part")
    if part is None:
        return "DATE", day
    return "TIME", day + str(story.grammar.word("part", part))


def direction_of(found: Found, story: Story) -> int | None:
    text = found.groups.get("direction")
    return None if text is None else int(story.grammar.word("direction", text))


def year_of(found: Found) -> int | None:
    if text := found.groups.get("year"):
        return int(text) if len(text) == 4 else 2000 + int(text)
    if text := found.groups.get("shortyear"):
        return int(text) + (1900 if int(text) > 29 else 2000)
    return None


def month_of(found: Found, story: Story) -> int | None:
    text = found.groups.get("month") or found.groups.get("month2")
    if text is None:
        return None
    return int(text) if text[0].isdigit() else int(story.grammar.word("month", text))


def way_of(found: Found, story: Story) -> int:
    direction = direction_of(found, story)
    if direction is not None:
        return 1 if direction > 0 else -1
    return story.way(found.start)


def count_of(found: Found, story: Story) -> float | None:
    text = found.groups.get("count")
    return None if text is None else numerals.value(text, story.grammar.lang)


def unit_of(found: Found, story: Story) -> str:
    text = next(found.groups[name] for name in ("unit", "unit2", "unit3", "unit4") if name in found.groups)
    return str(story.grammar.word("unit", text))


def period(count: float | None, unit: str) -> str:
    """The TimeML duration of *count* units; X for a count that was not told."""
    unit, factor = ("D", 15) if unit == "D15" else ("M", 6) if unit == "H" else (unit, 1)
    number = "X" if count is None else f"{count * factor:g}"
    if unit in SIXTY:
        return f"PT{number}{SIXTY[unit]}"
    return f"P{number}{'E' if unit == 'E' else 'C' if unit == 'C' else unit}" if unit != "TNI" else f"P{number}N"
