"""Numbers written in figures or in words.

``pattern(lang)`` is a regular expression over folded text (see ``kg/extract/folding.py``), ``value(text, lang)`` what
a match of it is worth.  Words and separators (``500.000``, ``1 234``, ``11,5``; ``47,000``, ``11.5``) are data:
``data/numerals/LANG.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from kg.resources import read

_WORDS = 14  # words of one number after its first: bounded, so that no text is slow to read
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,\s]*")


@cache
def load(lang: str) -> dict[str, Any]:
    """The words of *lang*; GraphBroken names a language that has none."""
    return tomllib.loads(read(f"data/numerals/{lang}.toml"))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(words, key=len, reverse=True))


@cache
def pattern(lang: str) -> str:
    """A number of *lang* in figures (with a scale in words after it) or in words, without groups."""
    data = load(lang)
    thousands, decimal = data["thousands"], re.escape(data["decimal"])
    figures = (
        rf"\d{{1,3}}(?:{thousands}\d{{3}}){{1,6}}(?:{decimal}\d{{1,9}})?(?!\d)|\d{{1,18}}(?:{decimal}\d{{1,9}})?(?!\d)"
    )
    one, scales = _any(data["alone"]), _any(list(data["scales"]))
    units = _any([word for word in data["units"] if word not in data["one"]])
    tail = rf"(?:(?:{_any(data['joints'])})(?:{units}|{one}|{scales})){{0,{_WORDS}}}"
    first = _any(data["opening"]["words"])
    words = rf"(?:{units}{'|' + first if first else ''}){tail}"
    after_one = rf"(?:{_any(data['one'])}) (?:{_any(data['opening']['after_one'])}){tail}"
    half = rf"{data['half']}(?:{_any([word for word in data['scales'] if data['scales'][word] >= 1e6])})"
    collective = data["collective"].replace("{nouns}", _any(list(data["nouns"])))
    return rf"(?:(?:{figures})(?: (?:{scales})\b)?|{collective}|(?:{half}|{words}|{after_one}|{one})(?!\w))"


def figures(text: str, lang: str) -> float:
    """The value of *text*, a number in figures with *lang*'s separators."""
    data = load(lang)
    return float(re.sub(rf"{data['thousands']}|\s", "", text).replace(data["decimal"], "."))


def value(text: str, lang: str) -> float | None:
    """What the number *text* is worth; None when it holds no number (``plusieurs``, ``several``)."""
    data = load(lang)
    units, scales, nouns = data["units"], data["scales"], data["nouns"]
    total = current = 0.0
    seen = False
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            current += figures(token.strip(" \n.,"), lang)
        elif token in ("half", "demi"):
            current = 0.5
        elif token in units and current != 0.5:  # « half a million »: the article adds nothing
            current = _with_unit(current, units[token], lang)
        elif token in nouns:
            current = max(current, 1.0) * nouns[token]
        elif token in scales and scales[token] == 100:
            current = max(current, 1.0) * 100
        elif token in scales:
            total, current = total + (current or 1.0) * scales[token], 0.0
        else:
            continue
        seen = True
    return total + current if seen else None


def _with_unit(current: float, unit: int, lang: str) -> float:
    """« quatre-vingt » multiplies, every other unit is added."""
    if lang == "fr" and unit == 20 and current % 100 == 4:
        return current - 4 + 80
    return current + unit
