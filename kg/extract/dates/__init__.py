"""Temporal expressions of French and English texts, as TimeML values and as intervals of days.

    find_times(text, lang, published)   every expression of the text
    dateline(text, lang)                the day of publication, from the first lines

The grammar of a language is data (``data/dates/LANG.toml``); a further language is a further file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kg.extract.dates import calendar
from kg.extract.dates.ages import is_age
from kg.extract.dates.dateline import dateline
from kg.extract.dates.grammar import Found, load
from kg.extract.dates.periods import day_of_later
from kg.extract.dates.resolve import KINDS
from kg.extract.dates.story import Story
from kg.extract.dates.tense import guess
from kg.extract.folding import fold
from kg.model import Interval, Span, Time

__all__ = ["dateline", "find_times"]

_NEVER_NAMES = frozenset(
    ("part", "habit", "season", "noon", "now", "duration")
)  # their words are not written with a capital
_CONTEXT = 24  # characters before an expression in which « depuis », « jusqu'au » may stand


def find_times(
    text: str,
    lang: str,
    published: Interval | None,
    body: tuple[tuple[int, int], ...] | None = None,
    tense: Callable[[int], str] | None = None,
) -> list[Time]:
    """The temporal expressions of *text*, in text order.

    *published* anchors relative ones; *body* limits the search to those stretches; *tense* tells ``past``,
    ``future``, ``present`` or ``""`` of the clause at an offset (default: a guess from nearby verb forms).
    """
    grammar, folded = load(lang), fold(text)
    guessed = guess(folded, lang)
    tell = guessed if tense is None else lambda offset: tense(offset) or guessed(offset)
    story = Story(grammar, folded, published.begin if published else None, tell)
    times: list[Time] = []
    for begin, end in body if body is not None else ((0, len(text)),):
        for found in grammar.find(folded, begin, end):
            unit = found.groups.get("unit", "")
            if found.kind == "duration" and is_age(folded, found.start, found.end, unit, lang):
                continue
            if found.kind in _NEVER_NAMES and _is_name(text, found):
                continue
            resolved = KINDS[found.kind](found, story)
            if resolved is None:
                continue
            kind, value = resolved
            interval = _interval(kind, value, found, story)
            times.append(Time(Span.of(text, found.start, found.end), kind, value, interval))
            _remember(value, story)
    return times


def _is_name(text: str, found: Found) -> bool:
    """Whether a capital inside a sentence tells that the words are a name (« Le Soir », "The Daily Star")."""
    if found.groups.keys() & {"weekday", "month"}:
        return False
    words = text[found.start : found.end].split()
    if any(word[0].isupper() and not word.isupper() for word in words[1:]):
        return True
    before = text[max(0, found.start - 4) : found.start].rstrip(" \u00a0\u202f")
    inside = before[-1:].isalnum() or before[-1:] in (",", "'", "’")
    return inside and words[0][0].isupper() and not words[0].isupper()


def _remember(value: str, story: Story) -> None:
    """The story moves on to the day or the year just named."""
    covered = calendar.days(value)
    if covered is None or covered.begin is None:
        return
    if covered.begin == covered.end:
        story.day = covered.begin
    story.year, story.latest = covered.begin.year, covered.begin


def _interval(kind: str, value: str, found: Found, story: Story) -> Interval | None:
    """The days meant: open on one side after « depuis », « jusqu'au »; today for « aujourd'hui »."""
    covered = calendar.days(value) if kind in ("DATE", "TIME") else None
    today = story.published
    if covered is None and "deixis" in found.groups and today is not None:
        covered = Interval.day(today)
    if found.kind == "later" and (moved := day_of_later(found, story)):
        return calendar.days(moved)
    left = story.folded[max(0, found.whole[0] - _CONTEXT) : found.start]
    if kind == "DURATION" and today is not None and value[:2] != "PT":
        return _length(value, found, story, today, left)
    if covered is None:
        return None
    if story.grammar.context["since"].search(left):
        return Interval(covered.begin, None, covered.precision)
    if story.grammar.context["until"].search(left):
        return Interval(None, covered.end, covered.precision)
    return covered


def _length(value: str, found: Found, story: Story, today: date, left: str) -> Interval | None:
    """« depuis trois jours », « ces trois derniers mois »: a length that ends or begins today."""
    number, unit = value[1:-1], value[-1]
    if not number.isdigit() or unit not in calendar.UNITS or int(number) > 3000:
        return None
    if unit in "YECL" and int(number) * calendar.YEARS[unit] >= min(today.year, 9000 - today.year):
        return None  # before the year 1
    if found.kind == "span":
        sign = int(story.grammar.word("direction", found.groups["direction"]))
        other = calendar.shift(today, unit, sign * int(number))
        return Interval(min(today, other), max(today, other), "range")
    if story.grammar.context["since"].search(left):
        return Interval(calendar.shift(today, unit, -int(number)), None, "range")
    return None
