"""The small words around an event: what makes it unreal, alleged, another one (``data/factuality/XX.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.inflection import forms
from kg.resources import read


@dataclass(frozen=True, slots=True)
class Factuality:
    """Lemmas (forms where the data file says so) that tell how an event is meant; see the file for each set.

    The sets of verbs hold their inflected forms too.

    *rounds* form -> number of a ballot's round, *ballots* form or lemma -> what is voted on, *prepositions* argument of
    ``data/events`` -> forms, *demonyms* adjective -> country.
    """

    unreal_adjectives: frozenset[str]
    none_determiners: frozenset[str]
    none_prepositions: frozenset[str]
    unreal_nouns: frozenset[str]
    unreal_verbs: frozenset[str]
    wishes: frozenset[str]
    guarding: frozenset[str]
    guards: frozenset[str]
    conditions: frozenset[str]
    factual_verbs: frozenset[str]
    alleged_adjectives: frozenset[str]
    alleged_verbs: frozenset[str]
    other_words: frozenset[str]
    same_words: frozenset[str]
    recent_words: frozenset[str]
    already: frozenset[str]
    behind: frozenset[str]
    in_turn: frozenset[str]
    beside: frozenset[str]
    after: frozenset[str]
    within: frozenset[str]
    inquiries: frozenset[str]
    contests: frozenset[str]
    asides: frozenset[str]
    publishers: frozenset[str]
    works: frozenset[str]
    about: frozenset[str]
    aims: frozenset[str]
    done: frozenset[str]
    support: frozenset[str]
    causatives: frozenset[str]
    perfect: frozenset[str]
    pluperfect: frozenset[str]
    modals: frozenset[str]
    counterfactual: frozenset[str]
    future: frozenset[str]
    infinitive: frozenset[str]
    general_present: bool
    rounds: Mapping[str, int]
    ballots: Mapping[str, str]
    prepositions: Mapping[str, frozenset[str]]
    demonyms: Mapping[str, str]


@cache
def factuality(language: str) -> Factuality:
    """The words of *language*; GraphBroken where there is no file, TypeError where a set is missing or unknown."""
    raw = tomllib.loads(read(f"data/factuality/{language}.toml"))
    sets = {key: frozenset(value) for key, value in raw.items() if isinstance(value, list)}
    for key in (
        "unreal_verbs",
        "wishes",
        "factual_verbs",
        "alleged_verbs",
    ):  # taggers do not know the lemma of every form
        sets[key] = sets[key].union(*(forms(lemma, language) for lemma in sets[key]))
    prepositions = {argument: frozenset(forms) for argument, forms in raw["prepositions"].items()}
    return Factuality(
        **sets, rounds=raw["rounds"], ballots=raw["ballots"], prepositions=prepositions, demonyms=raw["demonyms"],
        general_present=raw["general_present"],
    )  # fmt: skip
