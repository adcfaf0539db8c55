"""The words of one language that bound mentions: ``data/mentions/XX.toml``, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.resources import read

_ENDINGS = (
    "demonym_endings",
    "person_endings",
    "feminine_endings",
    "masculine_endings",
    "epicene_endings",
    "trade_endings",
)


@dataclass(frozen=True)
class PhraseWords:
    """Closed word classes as sets of lower-case forms.

    *naming* and *membership* hold sequences of forms, the longest first.
    """

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
    ordinals: frozenset[str]
    charging: frozenset[str]
    charge_prepositions: frozenset[str]
    postnominals: frozenset[str]
    demonyms: frozenset[str]
    things: frozenset[str]
    not_names: frozenset[str]
    partitives: frozenset[str]
    topics: frozenset[str]
    feminine_determiners: frozenset[str]
    masculine_determiners: frozenset[str]
    contracted: frozenset[str]
    plural_pronouns: frozenset[str]
    impersonal_clitics: frozenset[str]
    located_names: frozenset[str]
    loose_complements: frozenset[str]
    deictics: frozenset[str]
    demonstratives: frozenset[str]
    counsel_titles: frozenset[str]
    counsel: frozenset[str]
    all_of: frozenset[str]
    demonym_endings: tuple[str, ...]
    person_endings: tuple[str, ...]
    feminine_endings: tuple[str, ...]
    masculine_endings: tuple[str, ...]
    epicene_endings: tuple[str, ...]
    trade_endings: tuple[str, ...]
    naming: tuple[tuple[str, ...], ...]
    membership: tuple[tuple[str, ...], ...]


@cache
def phrase_words(language: str) -> PhraseWords:
    """The words of *language* ("fr", "en"); GraphBroken where there are none."""
    raw = tomllib.loads(read(f"data/mentions/{language}.toml"))
    naming, membership = (
        tuple(sorted((tuple(words) for words in raw.pop(key)), key=lambda words: -len(words)))
        for key in ("naming", "membership")
    )
    fields: dict[str, Any] = {key: tuple(raw.pop(key)) for key in _ENDINGS}
    fields.update({key: frozenset(words) for key, words in raw.items()})
    return PhraseWords(naming=naming, membership=membership, **fields)
