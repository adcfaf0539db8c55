"""TimeML values from calendar arithmetic, and the days a TimeML value covers (TimeML 1.2.1, TIMEX3 ``value``)."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from kg.model import Interval

UNITS = {"D": "D", "W": "W", "WE": "WE", "M": "M", "Q": "Q", "H": "H", "Y": "Y", "E": "E", "C": "C", "L": "L"}
YEARS = {"Y": 1, "E": 10, "C": 100, "L": 1000}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T.*)?$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")


def easter(year: int) -> date:
    """Easter Sunday of *year* in the Gregorian calendar (the anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def feast(rule: str, year: int) -> date:
    """The day of a feast given as ``MM-DD`` or ``E±days`` from Easter Sunday."""
    if rule.startswith("E"):
        return easter(year) + timedelta(days=int(rule[1:]))
    month, day = rule.split("-")
    return date(year, int(month), int(day))


def make(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """*day* moved by *months*; the last day of a shorter month where needed."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def at(day: date, unit: str) -> str:
    """The TimeML value of the *unit* (D W WE M Q H Y E C) that *day* lies in."""
    week = day.isocalendar()
    return {
        "D": day.isoformat(),
        "W": f"{week.year}-W{week.week:02}",
        "WE": f"{week.year}-W{week.week:02}-WE",
        "M": f"{day:%Y-%m}",
        "Q": f"{day.year}-Q{(day.month + 2) // 3}",
        "H": f"{day.year}-H{1 if day.month < 7 else 2}",
        "Y": f"{day.year:04}",
        "E": f"{day.year // 10:03}",
        "C": f"{day.year // 100:02}",
        "L": f"{day.year // 1000}",
    }[unit]


def shift(day: date, unit: str, count: int) -> date:
    """*day* moved by *count* units."""
    if unit in ("D", "W", "WE"):
        return day + timedelta(days=count * (1 if unit == "D" else 7))
    return add_months(day, count * {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}[unit])


def days(value: str) -> Interval | None:
    """The days a TimeML DATE or TIME value covers; None where it names none (``XXXX-06``, ``PRESENT_REF``)."""
    if found := _DAY.match(value):
        day = make(int(found[1]), int(found[2]), int(found[3]))
        return Interval.day(day, "hour" if found[4] else "day") if day else None
    if found := _WEEK.match(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Interval(monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6), "range")
    if re.match(r"\d{4}-\d\d$", value):
        return _months(int(value[:4]), int(value[5:]), int(value[5:]), "month")
    if re.match(r"\d{4}-[QH]\d$", value):
        size = 3 if value[5] == "Q" else 6
        last = int(value[6]) * size
        return _months(int(value[:4]), last - size + 1, last, "range")
    if re.match(r"\d{4}-(SP|SU|FA|WI)$", value):
        return _months(int(value[:4]), *_SEASON_MONTHS[value[5:]], "range")
    if re.match(r"\d{4}$", value) and value > "0000":
        return _months(int(value), 1, 12, "year")
    if re.match(r"\d{2,3}$", value) and int(value) > 0:
        size = 10 ** (4 - len(value))
        first = int(value) * size
        return Interval(date(first, 1, 1), date(first + size - 1, 12, 31), "range")
    return None


def _months(year: int, first: int, last: int, precision: str) -> Interval:
    end = add_months(date(year, 1, 1), last) - timedelta(days=1)
    return Interval(date(year, first, 1), end, precision)
