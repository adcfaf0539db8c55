"""The words of one language that bound mentions: ``data/mentions/XX.toml``, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from kg.resources import read


@dataclass(frozen=True)
class PhraseWords:
    """Closed word classes as sets of lower-case forms; *naming* holds sequences of forms, the longest first."""

    particles: frozenset[str]
    joiners: frozenset[str]
    civil: frozenset[str]
    qualifiers: frozenset[str]
    complements: frozenset[str]
    located: frozenset[str]
    impersonal_speakers: frozenset[str]
    pronouns: frozenset[str]
    impersonal: frozenset[str]
    impersonal_verbs: frozenset[str]
    relatives: frozenset[str]
    last_one: frozenset[str]
    things: frozenset[str]
    place_prepositions: frozenset[str]
    demonym_endings: frozenset[str]
    not_names: frozenset[str]
    partitives: frozenset[str]
    person_endings: frozenset[str]
    topics: frozenset[str]
    naming: tuple[tuple[str, ...], ...]


@cache
def phrase_words(language: str) -> PhraseWords:
    """The words of *language* ("fr", "en"); GraphBroken where there are none."""
    raw = tomllib.loads(read(f"data/mentions/{language}.toml"))
    naming = tuple(sorted((tuple(words) for words in raw.pop("naming")), key=lambda words: -len(words)))
    return PhraseWords(naming=naming, **{key: frozenset(words) for key, words in raw.items()})
