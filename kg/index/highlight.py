"""Snippets: the stretch of a text around the words that were asked for, with the places to highlight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kg.index.schema import LANGUAGES, folding, stemming
from kg.index.words import Word


@dataclass(frozen=True, slots=True)
class Snippet:
    """*text* as it stands in the source, and the half-open offsets in it that match (code points)."""

    text: str
    highlights: tuple[tuple[int, int], ...] = ()


def snippet(body: str, words: Sequence[Word], length: int = 240) -> Snippet:
    """At most *length* characters of *body* where most of the *words* stand close together, cut between words."""
    places = matches(body, words)
    start, end = _window(body, places, length)
    return Snippet(body[start:end], tuple((a - start, b - start) for a, b in places if start <= a and b <= end))


def matches(body: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where in *body* a word stands that one of *words* looks for."""
    stems = [
        (stemming(language), {stem for word in words for stem in _stems(word, language)}) for language in LANGUAGES
    ]
    found = []
    for token in folding().pre_tokenize(body).tokens:
        start, end = token.char_offset_from, int(token.char_offset_to or 0)
        hit = any(_matches(token.text, word) for word in words)
        # Stems are taken from the written word: the rules need its accents.
        if hit or any(set(analyser.analyze(body[start:end])) & wanted for analyser, wanted in stems):
            found.append((start, end))
    return found


def _stems(word: Word, language: str) -> list[str]:
    return stemming(language).analyze(word.folded) if word.how == "word" else []


def _matches(token: str, word: Word) -> bool:
    if word.how == "prefix":
        return token.startswith(word.folded)
    if word.how == "typo":
        return OSA.distance(token, word.folded, score_cutoff=1) <= 1
    return token in word.phrase if word.how == "phrase" else token == word.folded


def _window(body: str, places: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The *length* characters that hold most of *places*, a little room before the first, whole words only."""
    if len(body) <= length:
        return 0, len(body)
    room = length * 3 // 4

    def near(place: tuple[int, int]) -> tuple[int, int]:
        return sum(place[0] <= start < place[0] + room for start, _ in places), -place[0]

    best = max(places, key=near, default=(0, 0))
    start = max(0, min(best[0] - length // 4, len(body) - length))
    end = min(len(body), start + length)
    while 0 < start < best[0] and not body[start - 1].isspace():
        start += 1
    while end < len(body) and end > best[1] and not body[end].isspace():
        end -= 1
    return start, end
