"""What the words right behind a name say: ``X est pharmacien``, ``X, ex-adjoint au maire``, ``X, 52 ans, infirmière``.

Only nouns for roles count, and nouns that call somebody elsewhere; parsers and taggers take many of these for
adjectives, so the words are read as they stand.
"""

from __future__ import annotations

from kg.resolve.words import ResolveWords, fold


def said_of(text: str, end: int, words: ResolveWords, heads: frozenset[str]) -> set[str]:
    """The stems of the role nouns said of the name that ends at *end* of *text*.

    *heads* are the stems of the nouns by which persons are called elsewhere in the text, listed as roles or not.
    """
    match = words.said_behind.match(text, end)
    if match is None:
        return set()
    stem = words.stem(fold(match["noun"]))
    return {stem} if stem in words.role_nouns | heads else set()
