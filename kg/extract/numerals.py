"""French and English numbers, written in figures or in words.

``pattern(lang)`` is a regular expression over folded text (see ``kg/extract/folding.py``), ``value(text, lang)`` what
a match of it is worth.  Separators: ``500.000``, ``1 234``, ``11,5`` in French; ``47,000``, ``11.5`` in English.
"""

from __future__ import annotations

import re

_UNITS = {
    "fr": dict(
        un=1, une=1, deux=2, trois=3, quatre=4, cinq=5, six=6, sept=7, huit=8, neuf=9, dix=10, onze=11, douze=12,
        treize=13, quatorze=14, quinze=15, seize=16, vingt=20, vingts=20, trente=30, quarante=40, cinquante=50,
        soixante=60, septante=70, octante=80, huitante=80, nonante=90,
    ),
    "en": dict(
        a=1, an=1, one=1, two=2, three=3, four=4, five=5, six=6, seven=7, eight=8, nine=9, ten=10, eleven=11,
        twelve=12, thirteen=13, fourteen=14, fifteen=15, sixteen=16, seventeen=17, eighteen=18, nineteen=19, twenty=20,
        thirty=30, forty=40, fifty=50, sixty=60, seventy=70, eighty=80, ninety=90,
    ),
}  # fmt: skip
_SCALES = {
    "fr": dict(cent=100, cents=100, mille=1000, million=1e6, millions=1e6, milliard=1e9, milliards=1e9, billion=1e12),
    "en": dict(hundred=100, thousand=1000, million=1e6, billion=1e9, trillion=1e12, m=1e6, bn=1e9, k=1e3),
}
# a noun that counts: « une dizaine de », "a dozen"
COLLECTIVES = {
    "fr": dict(
        dizaine=10, douzaine=12, quinzaine=15, vingtaine=20, trentaine=30, quarantaine=40, cinquantaine=50,
        soixantaine=60, centaine=100, millier=1000,
    ),
    "en": dict(dozen=12),
}  # fmt: skip
_FIGURES = {
    "fr": r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?",
}
_WORD_SCALES = {"fr": ("cents?", "mille", "millions?", "milliards?"), "en": ("hundred", "thousand", "million", "billion", "trillion")}
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,\s]*")


def _pattern(lang: str) -> str:
    units = "|".join(sorted((word for word in _UNITS[lang] if word not in {"a", "an"}), key=len, reverse=True))
    scales = "|".join(_WORD_SCALES[lang])
    joint = r"(?:-et-| et |-| )" if lang == "fr" else r"(?:-| and | )"
    words = rf"(?:{units}|cent|mille)(?:{joint}(?:{units}|{scales}))*" if lang == "fr" else (
        rf"(?:{units})(?:{joint}(?:{units}|{scales}))*|an? (?:{scales})"
    )
    nouns = "|".join(COLLECTIVES[lang])
    collective = rf"une (?:{nouns}) (?:de |d')" if lang == "fr" else rf"(?:a|two|three|four) (?:{nouns})"
    return rf"(?:(?:{_FIGURES[lang]})(?: (?:{scales})\b)?|{collective}|(?:{words})(?!\w))"


PATTERNS = {lang: _pattern(lang) for lang in _UNITS}


def figures(text: str, lang: str) -> float:
    """The value of *text*, a number in figures with *lang*'s separators."""
    digits = re.sub(r"[\s.]", "", text).replace(",", ".") if lang == "fr" else text.replace(",", "")
    return float(digits.rstrip("."))


def value(text: str, lang: str) -> float | None:
    """What the number *text* is worth; None when it holds no number (``plusieurs``, ``several``)."""
    if not text[:1].isalpha() and text[:1] not in "0123456789":
        return None
    units, scales, nouns = _UNITS[lang], _SCALES[lang], COLLECTIVES[lang]
    total = current = 0.0
    seen = False
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            current, seen = current + figures(token.strip(" \n.,"), lang), True
        elif token in units:
            current = _with_unit(current, units[token], lang)
            seen = True
        elif token in nouns:
            current, seen = max(current, 1.0) * nouns[token], True
        elif token in scales:
            seen = True
            if scales[token] == 100:
                current = max(current, 1.0) * 100
            else:
                total, current = total + max(current, 1.0) * scales[token], 0.0
    return total + current if seen else None


def _with_unit(current: float, unit: int, lang: str) -> float:
    """« quatre-vingt » multiplies, every other unit is added."""
    if lang == "fr" and unit == 20 and current % 100 == 4:
        return current - 4 + 80
    return current + unit
