"""From the kind of a rule to the function that gives its TimeML type and value.

Each takes the expression found and the story so far, and gives None for what is no expression after all.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.dates import days, periods
from kg.extract.dates.grammar import Found
from kg.extract.dates.story import Resolved, Story

KINDS: dict[str, Callable[[Found, Story], Resolved | None]] = {
    "date": days.date_,
    "nth": days.nth_,
    "weekday": days.weekday_,
    "deixis": days.deixis_,
    "lastpart": days.lastpart_,
    "today": days.today_,
    "anaphor": days.anaphor_,
    "same": days.same_,
    "clock": days.clock_,
    "noon": days.noon_,
    "part": days.part_,
    "night": days.night_,
    "month": periods.month_,
    "season": periods.season_,
    "quarter": periods.quarter_,
    "year": periods.year_,
    "decade": periods.decade_,
    "century": periods.century_,
    "span": periods.span_,
    "relative": periods.relative_,
    "ago": periods.ago_,
    "hence": periods.hence_,
    "later": periods.later_,
    "moved": periods.moved_,
    "habit": periods.habit_,
    "term": periods.term_,
    "duration": periods.duration_,
    "none": periods.none_,
    "now": periods.now_,
}
