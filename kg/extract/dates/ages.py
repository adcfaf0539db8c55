"""Tells an age (« une fillette de 6 ans », "aged 30", "a 30-year-old") from a length of time."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from kg.resources import read


@cache
def _patterns(lang: str) -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads(read(f"data/dates/{lang}.toml"))["age"]
    before, lasting, after, explicit = (
        "|".join(data[name]).replace(" ", r"\s") for name in ("before", "lasting", "after", "explicit")
    )
    return (
        frozenset(data["units"]),
        re.compile(rf"(?<!\w)(?:{explicit})\s?$"),
        re.compile(rf"(?:(?<!\w)(?:{before})|[,(-])\s?$"),
        re.compile(rf"\b(?:{lasting})\s\S{{0,12}}\s?$"),
        re.compile(after),
    )


def is_age(folded: str, start: int, end: int, unit: str, lang: str) -> bool:
    """Whether the length at ``[start, end)``, a number of *unit*, is somebody's age."""
    units, explicit, before, lasting, after = _patterns(lang)
    left = folded[max(0, start - 40) : start]
    if unit not in units:
        return explicit.search(left) is not None
    if not before.search(left) or lasting.search(left):
        return False
    return after.match(folded, end) is None
