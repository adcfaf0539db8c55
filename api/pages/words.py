"""The interface's words in French and English, and how dates and numbers are written in each.

Sentences of the interface stand in ``locales/{fr,en}.toml``; names of kinds and stances are the ontology's labels.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl

from api.graphql.words import Stance
from kg import shapes

LANGUAGES = ("fr", "en")
DEFAULT = "en"
# Each stance has a sign beside its word and colour, so that it is read without colours too.
SIGNS = {
    "asserts": "●", "denies": "✕", "accuses": "►", "confirms": "✓", "warns": "▲", "recommends": "→",
    "questions": "?", "promises": "◆", "other": "○",
}  # fmt: skip
STANCES = tuple(stance.value for stance in Stance)


_HIGH = re.compile(" ([;!?])")
_QUOTES = re.compile("(?<=«) | (?=[»:])")


@cache
def table(language: str) -> dict[str, str]:
    """All words of *language* by key; a count's key has two forms, ``key.one`` and ``key.other``."""
    read = tomllib.loads((files("api.pages") / "locales" / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{key}" if section != "words" else key: bound(str(value), language)
        for section, entries in read.items()
        for key, value in entries.items()
    }


def bound(said: str, language: str) -> str:
    """*said* with no-break spaces before the high marks of French and inside its quotation marks.

    >>> bound("Qui ? « A »", "fr")
    'Qui\\u202f? «\\xa0A\\xa0»'
    """
    if language != "fr":
        return said
    said = _HIGH.sub("\N{NARROW NO-BREAK SPACE}\\1", said)
    return _QUOTES.sub("\N{NO-BREAK SPACE}", said)


class Words:
    """The words of one language: ``words("error_title")``.  KeyError for a key there is not."""

    def __init__(self, language: str):
        self.language = language
        self._table = table(language)

    def __call__(self, key: str, **values: object) -> str:
        return self._table[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """*number* with its noun: in French, 0 and 1 are singular."""
        one = number < 2 if self.language == "fr" else number == 1
        return self._table[f"counts.{key}_{'one' if one else 'many'}"].format(n=self.number(number))

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if self.language == "fr" else ",")

    def fraction(self, value: float) -> str:
        """*value* with two digits after the mark that the language puts before them."""
        return f"{value:.2f}".replace(".", "," if self.language == "fr" else ".")

    def kind(self, name: str) -> str:
        """A class' label, first letter raised; its name where the ontology has none."""
        known = shapes.classes().get(name)
        label = known.label.get(self.language, name) if known else name
        return label[:1].upper() + label[1:]

    def stance(self, name: str) -> str:
        return shapes.stances()[name].label[self.language]

    def reason(self, coded: str | None) -> str:
        """The sentence for a reason's code with its values (``sameSpeaker?alike=0.83``); "" for one not known here."""
        code, _, values = (coded or "").partition("?")
        said = self._table.get(f"reasons.{code}", "")
        return said.format(**dict(parse_qsl(values, keep_blank_values=True)))

    def sign(self, name: str) -> str:
        return SIGNS[name]

    def tongue(self, code: str) -> str:
        """A language's name where the interface knows it, else its tag."""
        return self._table.get(f"languages.{code}", code)

    def day(self, iso: str | None, precision: str | None = "day") -> str:
        """A day as people write it, no finer than its *precision*."""
        if not iso:
            return ""
        year, month, day = iso[:10].split("-")
        if precision == "year":
            return year
        if precision == "month":
            return self.month(iso)
        first = "1er" if self.language == "fr" and day == "01" else str(int(day))
        return f"{first} {self._table[f'months.{month}']} {year}"

    def month(self, iso: str) -> str:
        year, month = iso[:7].split("-")
        return f"{self._table[f'months.{month}']} {year}"

    def time(self, begin: str | None, end: str | None, precision: str | None) -> str:
        """An interval: one day, a month, a year, or from and until."""
        if begin and (begin == end or precision in ("month", "year")):
            return self.day(begin, precision)
        if begin and end:
            return f"{self.day(begin)} – {self.day(end)}"
        if begin:
            return self("since_day", day=self.day(begin))
        return self("until_day", day=self.day(end)) if end else ""


def chosen(asked: str | None, header: str | None) -> str:
    """The interface's language: ``?lang=`` first, else what Accept-Language prefers (RFC 9110, section 12.5.4)."""
    if asked in LANGUAGES:
        return asked
    best, language = 0.0, DEFAULT
    for part in (header or "").split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        tag = name.lower().split("-")[0]
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            quality = float(weight)
        except ValueError:
            continue
        if tag in LANGUAGES and quality > best:
            best, language = quality, tag
    return language
