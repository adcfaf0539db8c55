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
# what may stand before the date of a line that goes on with prose: a place in capitals, or one and a comma
_PLACE = re.compile(r"\s*(?:[^a-zà-ÿ]*|[^,.\n]{2,30},)\s*(?:\([^)\n]*\),?\s*)?(?:le |on )?")


def dateline(text: str, lang: str) -> Interval | None:
    """The first whole date (day, month and year) in the first lines that stands there as a dateline.

    A date counts in a short line that is no sentence, after a word that signs an article (« Rédigé », "Published"),
    or at the start of a line after nothing but a place (« PARIS, 6 mai 2017 – Un tribunal … »).
    """
    grammar = load(lang)
    folded = fold(text[:_HEAD])
    story = Story(grammar, folded, None, lambda offset: "")
    for found in grammar.find(folded):
        if found.kind != "date" or not {"day", "month", "year"} <= found.groups.keys():
            continue
        if not _stands_alone(text, folded, found.whole, grammar.context["signed"]):
            continue
        resolved = KINDS["date"](found, story)
        if resolved is not None:
            covered = calendar.days(resolved[1][:10])
            if covered is not None:
                return covered
    return None


def _stands_alone(text: str, folded: str, span: tuple[int, int], signed: re.Pattern[str]) -> bool:
    begin = folded.rfind("\n", 0, span[0]) + 1
    end = folded.find("\n", span[1])
    line = folded[begin : end if end >= 0 else len(folded)]
    number = sum(1 for other in folded[:begin].split("\n") if other.strip())
    if number >= _LINES:
        return False
    before = folded[max(0, span[0] - 60) : span[0]]
    if signed.search(before):
        return True
    prose = len(line) > 160 or line.rstrip().endswith((".", "!", "?", '"', "”", "»"))
    return not prose or _PLACE.fullmatch(text[begin : span[0]]) is not None
