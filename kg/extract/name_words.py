"""The words of one language that tell what a name names: ``data/names/XX.toml``, read once."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache

from kg.extract.folding import fold
from kg.resources import read


@dataclass(frozen=True)
class NameWords:
    """Closed word classes, lower case; their meaning stands beside them in the table.

    *given* are the given names of ``data/resolve/first_names.toml``, folded.
    """

    bodies: frozenset[str]
    places: frozenset[str]
    holdings: frozenset[str]
    shares: frozenset[str]
    body_verbs: frozenset[str]
    acts: frozenset[str]
    led: frozenset[str]
    workshops: frozenset[str]
    accusing: frozenset[str]
    openings: frozenset[str]
    endings: frozenset[str]
    branches: frozenset[str]
    founded: frozenset[str]
    of: frozenset[str]
    links: frozenset[str]
    persons: frozenset[str]
    relatives: frozenset[str]
    things: frozenset[str]
    complements: frozenset[str]
    bare_complements: frozenset[str]
    given: frozenset[str]
    premises: frozenset[str]
    agents: frozenset[str]
    personal: frozenset[str]


def bare(word: str) -> str:
    """*word* folded, without accents."""
    plain = unicodedata.normalize("NFD", fold(word))
    return "".join(char for char in plain if not unicodedata.combining(char))


@cache
def name_words(language: str) -> NameWords:
    """The words of *language* ("fr", "en"); GraphBroken where there are none."""
    raw = tomllib.loads(read(f"data/names/{language}.toml"))
    names = tomllib.loads(read("data/resolve/first_names.toml"))
    given = frozenset(fold(name) for gender in ("f", "m") for name in names[gender].split())
    return NameWords(**{key: frozenset(words) for key, words in raw.items()}, given=given)
