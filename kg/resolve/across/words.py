"""The words of ``data/across``: what tells nothing, what negates, given names that are one name in several
languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from kg.iris import fold
from kg.resources import read

_STEM = 6
"""Letters by which words are compared: endings differ between languages and forms."""


@cache
def _words() -> Mapping[str, frozenset[str]]:
    raw = tomllib.loads(read("data/across/words.toml"))
    return {name: frozenset(fold(word) for word in words) for name, words in raw.items()}


def stop() -> frozenset[str]:
    return _words()["stop"]


def forms() -> frozenset[str]:
    """Legal forms and articles that a body's name may have or lack."""
    return _words()["forms"]


def small() -> frozenset[str]:
    """Words that give no letter to an acronym."""
    return _words()["small"]


def titles() -> frozenset[str]:
    """Titles in front of a person's name."""
    return _words()["titles"]


def particles() -> frozenset[str]:
    """Words that a family's name may have or lack."""
    return _words()["particles"]


def states() -> frozenset[str]:
    """What somebody is in one affair for a while."""
    return _words()["states"]


@cache
def body_words() -> Mapping[str, str]:
    """Word for a kind of body, in French or English -> the first word of its row.

    >>> body_words()["hospital"] == body_words()["hopital"]
    True
    """
    rows: list[str] = tomllib.loads(read("data/across/words.toml"))["bodies"]
    return {fold(word): fold(row.split()[0]) for row in rows for word in row.split()}


def withdrawals() -> frozenset[str]:
    return _words()["withdrawals"]


def negated(text: str) -> bool:
    """Whether the main clause of *text* says that something is not so, or is untrue.

    >>> negated("ne pas être à l'origine de la fuite"), negated("the files are genuine")
    (True, False)
    >>> negated("the mayor misled people who never saw the file"), negated("les accusations sont infondées")
    (False, True)
    """
    words = fold(text).split()
    main = next((at for at, word in enumerate(words) if at and word in _words()["subordinators"]), len(words))
    return bool((_words()["negations"] | _words()["untrue"]) & set(words[:main]))


_INFINITIVE = re.compile(r"(?:ne |pas |n |se |s |d |de |not )*(?:etre|avoir|\w+(?:er|ir|oir|re)|being|having|\w+ing)\b")


def ordinals(text: str) -> set[str]:
    """Which of several rounds or parts *text* names.

    >>> ordinals("le second tour"), ordinals("the run-off"), ordinals("the vote")
    ({'second'}, {'second'}, set())
    """
    words = fold(text)
    return {name for name in ("first", "second") if any(f" {word} " in f" {words} " for word in _words()[name])}


@cache
def _deeds() -> Mapping[str, str]:
    """Beginning of a word for a deed -> the beginning of the first word of its row."""
    rows: list[str] = tomllib.loads(read("data/across/words.toml"))["deeds"]
    return {fold(word)[:_STEM]: fold(row.split()[0])[:_STEM] for row in rows for word in row.split()}


def deeds(text: str) -> set[str]:
    """The kinds of deeds that *text* names, whichever the language.

    >>> deeds("the blast") == deeds("l'explosion d'un atelier") != set(), deeds("the city")
    (True, set())
    """
    return {_deeds()[word[:_STEM]] for word in fold(text).split() if word[:_STEM] in _deeds()}


def own_act(text: str) -> bool:
    """Whether what is denied is an act of the denier's own: an infinitive or a gerund without a subject, the act of a
    pronoun, or a part in something.

    >>> own_act("être à l'origine de la fuite"), own_act("it did not leak them"), own_act("any part in the leak")
    (True, True, True)
    >>> own_act("que tout soit faux"), own_act("the files are genuine")
    (False, False)
    """
    words = fold(text)
    first, second = (*words.split(" ", 2), "", "")[:2]
    part = bool({first, second} & _words()["parts"])
    return part or first in _words()["pronouns"] or _INFINITIVE.match(words) is not None


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of *text* that tell something; numbers whole.

    >>> sorted(stems("la publication des 450 documents"))
    ['450', 'docume', 'public']
    """
    words = fold(re.sub(r"(?<=\d)[ \u00a0\u202f.,](?=\d{3}\b)", "", text)).split()
    return frozenset(word[:_STEM] for word in words if word not in stop() and (len(word) > 2 or word.isdigit()))


@cache
def given_names() -> Mapping[str, tuple[tuple[int, bool], ...]]:
    """Folded given name -> the rows it stands in, as ``(row, whether it is a transliteration there)``."""
    found: dict[str, list[tuple[int, bool]]] = {}
    for number, row in enumerate(tomllib.loads(read("data/across/given_names.toml"))["rows"]):
        home, _, foreign = row.partition("|")
        for names, transliterated in ((home, False), (foreign, True)):
            for name in names.split():
                found.setdefault(fold(name), []).append((number, transliterated))
    return {name: tuple(rows) for name, rows in found.items()}
