"""The day a text was published, as its first lines tell: « LISBONNE, 18 janvier 2019 », « Rédigé le 6 mai 2017 »."""

from __future__ import annotations

import re

from kg.extract.dates import calendar
from kg.extract.dates.grammar import load
from kg.extract.dates.resolve import KINDS
from kg.extract.dates.story import Story
from kg.extract.folding import fold
from kg.model import Interval

_HEAD = 600  # characters in which a dateline may stand
_LINES = 6  # non-empty lines in which it may stand


def dateline(text: str, lang: str) -> Interval | None:
    """The first whole date (day, month and year) in the first lines that stands there as a dateline.

    A date counts when it is all but its whole line's prose: in a line of at most 160 characters, or after a
    word that signs an article (« Rédigé », "Published"), or at the very start of the text.
    """
    grammar = load(lang)
    folded = fold(text[:_HEAD])
    story = Story(grammar, folded, None, lambda offset: "")
    for found in grammar.find(folded):
        if found.kind != "date" or not {"day", "month", "year"} <= found.groups.keys():
            continue
        if not _stands_alone(folded, found.whole, grammar.context["signed"]):
            continue
        resolved = KINDS["date"](found, story)
        if resolved is not None:
            covered = calendar.days(resolved[1][:10])
            if covered is not None:
                return covered
    return None


def _stands_alone(folded: str, span: tuple[int, int], signed: re.Pattern[str]) -> bool:
    begin = folded.rfind("\n", 0, span[0]) + 1
    end = folded.find("\n", span[1])
    line = folded[begin : end if end >= 0 else len(folded)]
    number = sum(1 for other in folded[:begin].split("\n") if other.strip())
    if number >= _LINES:
        return False
    before = folded[max(0, span[0] - 60) : span[0]]
    if signed.search(before):
        return True
    return len(line) <= 160 and not line.rstrip().endswith((".", "!", "?")) or span[0] - begin <= 40 and number <= 1
