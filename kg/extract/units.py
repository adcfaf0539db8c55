"""The tables of ``data/quantities/LANG.toml``, compiled: units by kind and the words around a number."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.extract import numerals
from kg.resources import read


@dataclass(frozen=True)
class Units:
    """A language's compiled tables: patterns tried at a number's end, and what each unit is."""

    lang: str
    number: re.Pattern[str]
    second: re.Pattern[str]
    percent: re.Pattern[str]
    shared: re.Pattern[str]
    alone: re.Pattern[str]
    size: re.Pattern[str]
    money: re.Pattern[str]
    vague: re.Pattern[str]
    linker: re.Pattern[str]
    adjective: re.Pattern[str] | None
    before: re.Pattern[str]
    fraction: re.Pattern[str]
    opening: re.Pattern[str]
    sizes: dict[str, str]
    currencies: dict[str, str]
    local: dict[str, tuple[str, re.Pattern[str]]]
    prefixes: dict[str, str]
    scales: dict[str, float]
    not_nouns: frozenset[str]
    excluded: frozenset[str]
    openers: frozenset[str]
    addresses: frozenset[str]


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\ ", r"\s") for word in ordered)


@cache
def load(lang: str) -> Units:
    """The tables of *lang*; GraphBroken names a language that has none."""
    data = tomllib.loads(read(f"data/quantities/{lang}.toml"))
    number = numerals.pattern(lang)
    prefixes, scales = _any(data["prefix"]), _any(data["scale"])
    joint = "|".join(data["range"]["joint"] + data["range"]["between"])
    adjectives = "|".join(data["count"]["adjectives"])
    linking = r"(?:\s?(?:de|d'))?" if lang == "fr" else ""
    return Units(
        lang=lang,
        number=re.compile(
            rf"(?<![\w.,/:-])(?P<prefix>(?:{prefixes})\s?)?(?P<number>{number})(?P<scale>\s?(?:{scales})\b)?"
        ),
        second=re.compile(
            rf"(?:\s?%)?\s?(?P<joint>(?:{joint}|–))\s?(?:{prefixes})?(?P<number>{number})(?P<scale>\s?(?:{scales})\b)?"
        ),
        percent=re.compile(rf"\s?(?:{'|'.join(data['percent']['units'])})(?!\w)".replace(" ", r"\s")),
        shared=re.compile(rf"(?<!\w)(?:{_any(data['percent']['shared'])})\s$"),
        alone=re.compile(rf"\s?(?:[.,;)]|$)|\s(?:{_any(data['percent']['then'])})(?!\w)"),
        size=re.compile(rf"{linking}\s?-?(?P<unit>{_any(data['size'])})(?![\w/])"),
        money=re.compile(rf"(?P<scale>\s?(?:{scales})(?=\s|€|\$))?{linking}\s?(?P<unit>{_any(data['money'])})(?!\w)"),
        vague=re.compile(rf"(?<![\w.,-])(?:{'|'.join(data['vague']['words'])})".replace(" ", r"\s")),
        linker=re.compile(rf"\s(?:{data['count']['linker']})".replace(" ", r"\s")),
        adjective=re.compile(rf"\s(?:{adjectives})(?=\s)") if adjectives else None,
        before=re.compile(rf"(?<!\w)(?:{_any(data['count']['before'] + data['count']['parts'])})\s?$"),
        fraction=re.compile(rf"\s{data['count']['of']}(?!\w)".replace(" ", r"\s")),
        opening=re.compile(rf"(?<!\w)(?:{'|'.join(data['range']['opening'])})\s$"),
        sizes=data["size"],
        currencies=data["money"],
        local={code: (other["unit"], re.compile("|".join(other["where"]))) for code, other in data["local"].items()},
        prefixes=data["prefix"],
        scales=data["scale"],
        not_nouns=frozenset(data["count"]["not_nouns"]),
        excluded=frozenset(data["count"]["excluded"]),
        openers=frozenset(data["count"]["openers"]),
        addresses=frozenset(data["count"]["addresses"]),
    )
