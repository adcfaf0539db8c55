"""The words of claims about a leak, language by language (data/checks)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.resources import read

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """*nouns* by what they name, *vague* amounts as ``(from, to)``, words of *bounds* by kind, *dating*, *leaked* and
    *joins*."""

    nouns: dict[str, str]
    vague: dict[str, tuple[int, int]]
    bounds: dict[str, tuple[str, ...]]
    dating: tuple[str, ...]
    leaked: tuple[str, ...]
    joins: tuple[str, ...]

    def measures(self, text: str) -> Iterator[str]:
        """What is counted at the beginning of *text*: one noun, or several joined by commas and conjunctions.

        Words that join and articles are passed over, one unknown noun ends the list.
        """
        rest = text.lower().replace("\u2019", "'")
        while True:
            rest = self._without_joins(rest)
            noun = next((noun for noun in self._longest() if starts(rest, noun)), None)
            if noun is None:
                return
            yield self.nouns[noun]
            rest = rest[len(noun) :].lstrip()
            if not (rest.startswith(",") or any(starts(rest, join) for join in self.joins)):
                return

    def _without_joins(self, text: str) -> str:
        while True:
            text = text.lstrip(" ,\u00a0\u202f\n")
            join = next((join for join in self.joins if starts(text, join)), None)
            if join is None:
                return text
            text = text[len(join) :]

    def _longest(self) -> list[str]:
        return sorted(self.nouns, key=len, reverse=True)

    def bound(self, before: str, after: str) -> str | None:
        """The bound set by the words right before or right after a figure: ``most``, ``least`` or ``about``."""
        before, after = before.lower().replace("\u2019", "'").rstrip(), after.lower().replace("\u2019", "'").lstrip()
        for kind in ("most", "least", "about"):
            if any(before.endswith(word) or starts(after, word) for word in self.bounds[kind]):
                return kind
        return None

    def amount(self, text: str) -> tuple[int, int] | None:
        """The range that vague words state; None where they state none."""
        folded = text.lower()
        return next((limits for words, limits in self.vague.items() if contains(folded, words)), None)


def starts(text: str, word: str) -> bool:
    """Whether *text* begins with *word* as a whole word."""
    return text.startswith(word) and (word[-1] == "'" or not text[len(word) : len(word) + 1].isalnum())


def contains(text: str, word: str) -> bool:
    """Whether *word* stands in *text* as a whole word."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


@cache
def words(language: str) -> Words:
    """The words of *language*; KeyError for one without a file."""
    if language not in LANGUAGES:
        raise KeyError(language)
    table = tomllib.loads(read(f"data/checks/{language}.toml"))
    return Words(
        nouns={noun: measure for measure, nouns in table["nouns"].items() for noun in nouns},
        vague={text: (low, high) for text, (low, high) in table["vague"].items()},
        bounds={kind: tuple(found) for kind, found in table["bounds"].items()},
        dating=tuple(table["dating"]["words"]),
        leaked=tuple(table["leaked"]["words"]),
        joins=tuple(table["joins"]["words"]),
    )
