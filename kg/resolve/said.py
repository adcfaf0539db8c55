"""What the words right behind a name say: ``X est pharmacien``, ``X, ex-adjoint au maire``, ``X, 52 ans, infirmière``.

Only nouns for roles count; parsers and taggers take many of these for adjectives, so the words are read as they stand.
"""

from __future__ import annotations

from kg.resolve.words import ResolveWords, fold


def said_of(text: str, end: int, words: ResolveWords) -> set[str]:
    """The stems of the role nouns said of the name that ends at *end* of *text*."""
    match = words.said_behind.match(text, end)
    if match is None:
        return set()
    stem = words.stem(fold(match["noun"]))
    return {stem} if stem in words.role_nouns else set()
