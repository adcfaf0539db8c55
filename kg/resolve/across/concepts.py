"""What the words of a claim speak of, whichever of two languages and whichever synonym says it.

A word counts by the row of ``data/across/concepts.toml`` that it stands in, else by its stem (Snowball), and a long one
that no row has by its consonants: *solvant* and *solvent*, *hospital* and *hospitalier* have these in common.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache

import Stemmer

from kg.iris import fold
from kg.resolve.across.words import stop
from kg.resources import read

_ALGORITHMS = {"fr": "french", "en": "english"}
_LONG, _CONSONANTS = 6, 4
"""Letters from which on a word is known by its consonants, and the least number of these."""
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f.,](?=\d{3}\b)")
_WORD = re.compile(r"[^\W_]+")


def concepts(text: str, language: str) -> frozenset[str]:
    """The concepts that *text* names, numbers whole; of a language that is neither French nor English the words.

    >>> concepts("le remplacement des freins", "fr") == concepts("the brakes were replaced", "en")
    True
    >>> sorted(concepts("12 000 hologrammes", "fr") & concepts("12,000 holograms", "en"))
    ['12000', '~hlgrm']
    """
    words = _WORD.findall(_THOUSANDS.sub("", text).lower())
    return frozenset(found for word in words if (found := _concept(word, language)))


@lru_cache(maxsize=1 << 16)
def _concept(word: str, language: str) -> str:
    """The concept of a lower-case *word*; "" for one that tells nothing."""
    plain = fold(word)
    if plain in stop() or (len(plain) < 3 and not plain.isdigit()):
        return ""
    if plain.isdigit():
        return plain
    stem = _stem(word, language)
    return _rows(language).get(stem) or _bare(stem)


def _stem(word: str, language: str) -> str:
    return fold(_stemmer(language).stemWord(word)) if language in _ALGORITHMS else fold(word)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[language])


@cache
def _rows(language: str) -> Mapping[str, str]:
    """Stem -> the first word of the row in which a word of that stem stands; of several rows the first."""
    found: dict[str, str] = {}
    for row in tomllib.loads(read("data/across/concepts.toml"))["rows"]:
        words = row.split()
        for word in words:
            found.setdefault(_stem(word, language), f"={fold(words[0])}")
    return found


def _bare(stem: str) -> str:
    """A long stem by its consonants, which two languages share more often than its vowels."""
    if len(stem) < _LONG:
        return stem
    bare = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy ]", "", stem))
    return f"~{bare}" if len(bare) >= _CONSONANTS else stem
