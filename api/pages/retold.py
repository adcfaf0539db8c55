"""What other rooms say in English, in the visitor's language: errors, and why two actors may be one.

The sentences stand in ``locales/said.{language}.toml``, each with the English one that it stands for.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from api.pages.words import Words, bound

_PLACE = re.compile(r"\\\{(\w+)\\\}")
_WEIGHT = re.compile(r" \(([+-]?\d\.\d\d)\)$")


def error(said: str, words: Words) -> str:
    """A sentence; "" where the visitor's language has none for it.

    >>> error("nothing is known of urn:x", Words("fr"))
    "Rien n'est connu de urn:x."
    >>> error("an error never heard of", Words("fr"))
    ''
    """
    told = _retold("errors", said, words)
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?", "!", "…")) else ".") if told else ""


def identity(reasons: str, words: Words) -> str:
    """Reasons joined by ``; ``, each with its weight; "" where one of them is not known here.

    >>> identity("names “A. Roux”, “Anne Roux” (0.72); of two genders (-0.30)", Words("fr"))
    'noms “A. Roux”, “Anne Roux” (0,72)\u202f; de deux genres (−0,30)'
    """
    parts = []
    for reason in reasons.split("; "):
        weight = _WEIGHT.search(reason)
        told = _retold("identity", _WEIGHT.sub("", reason), words)
        if not told:
            return ""
        number = weight[1].replace("-", "\N{MINUS SIGN}") if weight else ""
        number = number.replace(".", ",") if words.language == "fr" else number
        parts.append(f"{told} ({number})" if number else told)
    return ("\N{NARROW NO-BREAK SPACE}; " if words.language == "fr" else "; ").join(parts)


def _retold(section: str, said: str, words: Words) -> str:
    """The sentence of the visitor's language for *said*; "" where there is none, *said* itself in English."""
    if words.language == "en":
        return said
    for pattern, told in _sentences(words.language)[section]:
        if found := pattern.fullmatch(said):
            values = {name: value or "" for name, value in found.groupdict().items()}
            kinds = {name: words.kind(value).lower() for name, value in values.items() if name.startswith("kind")}
            return bound(told, words.language).format(**values | kinds)
    return ""


@cache
def _sentences(language: str) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """The sentences of *language*, each with what it matches; in their order: the first that matches is told."""
    read = tomllib.loads((files("api.pages") / "locales" / f"said.{language}.toml").read_text(encoding="utf-8"))
    return {
        section: [
            (re.compile(_PLACE.sub(r"(?P<\1>.*?)", re.escape(english)), re.DOTALL), told)
            for english, told in entries.items()
        ]
        for section, entries in read.items()
    }
