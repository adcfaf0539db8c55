"""The words of one language by which mentions are resolved: ``data/resolve/XX.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from kg.iris import fold as fold_name
from kg.resources import read

LANGUAGES = ("fr", "en")
_PLAIN = (
    "particles",
    "articles",
    "small",
    "anaphoric_roles",
    "ages",
    "authored",
    "anonymous_documents",
    "past",
    "newspapers",
    "we",
    "our",
    "findings",
    "sole_offices",
    "callings",
    "once",
)
_STEMS = (
    "person_nouns",
    "own_names",
    "founders",
    "leaders",
    "company_heads",
    "offices",
    "anyone",
    "firm_heads",
    "firm_nouns",
    "prosecuting",
    "neutral",
)
fold = lru_cache(maxsize=65536)(fold_name)
"""``kg.iris.fold``, remembered: a document folds the same few names over and over."""


@dataclass(frozen=True)
class ResolveWords:
    """Folded words.  *civil* are titles by gender; *classes* and *roles* lead from a noun's stem to classes.

    *offices* are roles that a situation has one holder of (`le procureur`), *anyone* those that go with every other;
    *prosecuting* are roles that an accused never has, *neutral* nouns that say nothing of what one does;
    *sole_offices* are those by which everybody knows their one holder; *callings* what somebody is in daily life,
    *once* words for what somebody was;
    *past* are words for who once had a role; *title_roles* lead from a title to the noun that it tells, *narrower*
    from a noun's stem to those of narrower sense.
    """

    articles: frozenset[str]
    small: frozenset[str]
    particles: frozenset[str]
    endings: Mapping[str, str]
    person_nouns: frozenset[str]
    of: str
    founded_by: re.Pattern[str]
    own_names: frozenset[str]
    founders: frozenset[str]
    leaders: frozenset[str]
    company_heads: frozenset[str]
    offices: frozenset[str]
    past: frozenset[str]
    title_roles: Mapping[str, str]
    narrower: Mapping[str, frozenset[str]]
    age_behind: re.Pattern[str]
    said_behind: re.Pattern[str]
    restricted: re.Pattern[str]
    namesake: re.Pattern[str]
    anyone: frozenset[str]
    prosecuting: frozenset[str]
    neutral: frozenset[str]
    newspapers: frozenset[str]
    we: frozenset[str]
    our: frozenset[str]
    findings: frozenset[str]
    sole_offices: frozenset[str]
    callings: frozenset[str]
    once: frozenset[str]
    letter: re.Pattern[str]
    letter_by: re.Pattern[str]
    publishes: re.Pattern[str]
    signature: re.Pattern[str]
    firm_heads: frozenset[str]
    firm_nouns: frozenset[str]
    anaphoric_roles: frozenset[str]
    ages: frozenset[str]
    authored: frozenset[str]
    anonymous_documents: frozenset[str]
    civil: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    roles: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    titles: frozenset[str]

    def stem(self, noun: str) -> str:
        """A noun as that of one role whoever has or had it: `directeur`, `directrice`, `ex-directeur`."""
        return stem(noun.removeprefix("ex "), self.endings)

    @cached_property
    def role_nouns(self) -> frozenset[str]:
        """The stems of all nouns for roles that persons have."""
        inner = frozenset[str]().union(*self.narrower.values())
        return frozenset(self.roles) | frozenset(self.narrower) | inner

    def stripped(self, text: str) -> str:
        """A name as written, without articles and civil titles in front."""
        words = text.replace("’", "'").split()
        while len(words) > 1 and fold(words[0]) in self.articles | self.titles:
            words = words[1:]
        return " ".join(words)

    def gender_of_title(self, text: str) -> str:
        """The gender that a civil title in front of a name tells."""
        first, *rest = fold(text).split() or [""]
        return next((g for g in ("f", "m") if rest and first in self.civil[g]), "")

    def classes_of(self, noun: str) -> frozenset[str]:
        """The classes that a noun, given by its stem, tells of."""
        return self.classes.get(noun) or self.roles.get(noun) or frozenset()

    def bare(self, text: str) -> tuple[str, ...]:
        """The folded words of a name without articles and civil titles in front."""
        words = fold(text).split()
        at = 0
        if all(len(word) == 1 for word in words):
            return tuple(words)  # initials: M. D. is no mister
        while at < len(words) - 1 and (words[at] in self.articles or words[at] in self.titles):
            at += 1
        if len(words) - at > 1 and words[-1] == "s":  # Achebe's
            words = words[:-1]
        return tuple(words[at:])


@cache
def resolve_words(language: str) -> ResolveWords:
    """The words of *language*; those of French where there are none of its own."""
    raw = tomllib.loads(read(f"data/resolve/{language if language in LANGUAGES else 'fr'}.toml"))
    civil = {gender: frozenset(titles) for gender, titles in raw["civil"].items()}
    endings: dict[str, str] = raw["endings"]
    stems = {key: frozenset(stem(noun, endings) for noun in raw[key]) for key in _STEMS}
    plain = {key: frozenset(raw[key]) for key in _PLAIN}
    return ResolveWords(
        **plain,
        **stems,
        endings=endings,
        of=raw["of"],
        founded_by=re.compile(rf"\s+(?:{raw['founded_by']})\s+", re.IGNORECASE),
        title_roles={title: stem(noun, endings) for title, noun in raw["title_roles"].items()},
        narrower={
            stem(noun, endings): frozenset(stem(inner, endings) for inner in nouns)
            for noun, nouns in raw["narrower"].items()
        },
        age_behind=re.compile(raw["age_behind"]),
        said_behind=re.compile(raw["said_behind"]),
        restricted=re.compile(raw["restricted"]),
        namesake=re.compile(raw["namesake"]),
        letter=re.compile(raw["letter"]),
        letter_by=re.compile(raw["letter_by"]),
        publishes=re.compile(raw["publishes"]),
        signature=re.compile(raw["signature"]),
        civil=civil,
        titles=civil["f"] | civil["m"] | civil["e"],
        pronouns={name: frozenset(forms) for name, forms in raw["pronouns"].items()},
        classes=_by_stem(raw["classes"], endings),
        roles=_by_stem(raw["roles"], endings),
        kinds={kind: frozenset(classes) for kind, classes in raw["kinds"].items()},
    )


def stem(noun: str, endings: Mapping[str, str]) -> str:
    """A noun with the ending of the other gender or number put in its place: `directrice` becomes `directeur`.

    Endings are exchanged, never cut off: without theirs, a `région` and a `régie`, or who employs and who is employed,
    would be one.
    """
    for ending, plain in endings.items():
        if noun.endswith(ending) and len(noun) - len(ending) > 2:
            return noun[: len(noun) - len(ending)] + plain
    return noun


def _by_stem(classes: Mapping[str, list[str]], endings: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, nouns in classes.items():
        for noun in nouns:
            found.setdefault(stem(noun, endings), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@cache
def first_names() -> Mapping[str, str]:
    """Folded first name -> the gender it tells, ``m`` or ``f``."""
    raw = tomllib.loads(read("data/resolve/first_names.toml"))
    return {name: gender for gender in ("f", "m") for name in raw[gender].split()}


@cache
def either_gender() -> frozenset[str]:
    """Folded first names that tell another gender in another language: they speak against nobody."""
    raw = tomllib.loads(read("data/resolve/first_names.toml"))
    return frozenset(raw["either"].split())
