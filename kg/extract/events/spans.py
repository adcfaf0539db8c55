"""How the times of tellings lie to one another: apart, within, the finer of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kg.model import Interval

_UNITS = {"D": (1, 1), "W": (7, 4), "M": (30, 16), "Y": (365, 120)}
"""Unit of a duration (ISO 8601, 4.4.3) -> its days, and days by which so many of them may be meant loosely."""


def back(begin: date, end: date, duration: str) -> Interval | None:
    """The days that lie *duration* (``P5W``) before those from *begin* to *end*; None: no whole days, weeks, ..."""
    parts = re.fullmatch(r"P(\d{1,3})([DWMY])", duration)
    if parts is None:
        return None
    days, loose = _UNITS[parts[2]]
    gone = timedelta(days=int(parts[1]) * days)
    return Interval(begin - gone - timedelta(days=loose), end - gone + timedelta(days=loose), "range")


def narrowest(told: Sequence[Interval]) -> Interval | None:
    """The first time told, or one within it: ``this year``, then ``on 22 April``."""
    found = told[0] if told else None
    for one in told:
        if found is not None and _within(one, found):
            found = one
    return found


def _within(one: Interval, other: Interval) -> bool:
    """Whether all of *one* lies within *other*, whose open end reaches on."""
    begins = other.begin is None or (one.begin is not None and other.begin <= one.begin)
    return begins and (other.end is None or (one.end is not None and one.end <= other.end))


def disjoint(a: Interval, b: Interval, slack: int) -> bool:
    """Whether more than *slack* days lie between the two."""
    gap = timedelta(days=slack)
    if a.end is not None and b.begin is not None and a.end + gap < b.begin:
        return True
    return b.end is not None and a.begin is not None and b.end + gap < a.begin


def finer(a: Interval, b: Interval) -> bool:
    """Whether *a* says more precisely than *b* when."""
    if a.begin is None or a.end is None:
        return False
    if b.begin is None or b.end is None:
        return True
    return a.end - a.begin < b.end - b.begin
