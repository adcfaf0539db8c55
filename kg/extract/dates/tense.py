"""A cheap guess, from verb forms near an offset, whether a clause speaks of the past or of what is to come.

It serves where no parser's tense is at hand: the nearest verb form of the same sentence decides, one
beyond a comma counting as farther off.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache

from kg.resources import resource

_REACH = 300  # characters looked at on either side
_COMMA = 40  # how many characters farther a verb is for every comma between
_SENTENCE_END = re.compile(r"[.!?…;](?=\s)|\n")


@cache
def _forms(lang: str) -> tuple[re.Pattern[str], frozenset[str]]:
    data = tomllib.loads(resource(f"data/dates/{lang}.toml").read_text(encoding="utf-8"))["tense"]
    named = "|".join(f"(?P<{name}>{'|'.join(data[name])})" for name in ("future", "past", "imperfect"))
    return re.compile(rf"\b(?:{named})\b".replace(" ", r"\s")), frozenset(data["never"])


def sentence_around(folded: str, offset: int) -> tuple[int, int]:
    """The sentence at *offset*, at most ``_REACH`` characters either way."""
    begin = max(0, offset - _REACH)
    for stop in _SENTENCE_END.finditer(folded, begin, offset):
        begin = stop.end()
    after = _SENTENCE_END.search(folded, offset, offset + _REACH)
    return begin, after.start() if after else min(len(folded), offset + _REACH)


def guess(folded: str, lang: str) -> Callable[[int], str]:
    """A function from an offset of *folded* to ``past``, ``imperfect``, ``future`` or (nothing tells) ``present``."""
    pattern, never = _forms(lang)

    def tense(offset: int) -> str:
        begin, end = sentence_around(folded, offset)
        best, distance = "present", _REACH * 2
        for verb in pattern.finditer(folded, begin, end):
            if verb.group() in never:
                continue
            between = (verb.end(), offset) if verb.end() <= offset else (offset, verb.start())
            away = between[1] - between[0] + _COMMA * folded.count(",", *between)
            if away < distance:
                best, distance = str(verb.lastgroup), away
        return best

    return tense
