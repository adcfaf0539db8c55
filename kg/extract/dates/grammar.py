"""Reads a language's temporal grammar (``data/dates/LANG.toml``) and finds its expressions in folded text.

All rules are joined into one regular expression without named groups.  It scans only around figures and the words
of the tables, one of which every expression holds; the rule that matched is then matched again alone, with its groups.
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.extract import numerals
from kg.resources import resource

_PLACEHOLDER = re.compile(r"\{([a-z]+)(_?)\}")
_TOKEN = re.compile(r"[^\W_]+")
_BEFORE = 9  # words up to the one that triggers the search
_UNTELLING = frozenset(("direction", "nth", "way", "decade"))  # tables whose words stand in no expression alone
_NAMED = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Found:
    """One expression before resolution: its offsets, its rule's kind and groups, the offsets of the whole match."""

    start: int
    end: int
    kind: str
    groups: dict[str, str]
    whole: tuple[int, int]


@dataclass(frozen=True)
class Grammar:
    """One language, compiled: *tables* of words with values, *rules* as (kind, pattern), *context* words around,
    *otherwise* the way (1 ahead, -1 back) a weekday lies where no verb tells."""

    lang: str
    tables: dict[str, dict[str, Any]]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    scanner: re.Pattern[str]
    triggers: frozenset[str]
    context: dict[str, re.Pattern[str]]
    otherwise: int

    def find(self, folded: str, begin: int = 0, end: int | None = None) -> Iterator[Found]:
        """The expressions of ``folded[begin:end]``, in text order, never overlapping."""
        end = len(folded) if end is None else end
        waiting: deque[int] = deque(maxlen=_BEFORE)  # where an expression may begin, not tried yet
        at = begin
        for token in _TOKEN.finditer(folded, begin, end):
            word, start = token.group(), token.start()
            if start < at:
                continue
            waiting.append(start)
            if word in self.triggers or word[0].isdigit():
                for first in waiting:
                    if first >= at and (hit := self.scanner.match(folded, first, end)):
                        yield self._again(folded, hit, end)
                        at = hit.end()
                waiting.clear()

    def _again(self, folded: str, hit: re.Match[str], end: int) -> Found:
        """The scanner's *hit*, matched by its own rule."""
        number = int(hit.lastgroup[1:]) if hit.lastgroup else 0
        kind, pattern = self.rules[number]
        match = pattern.match(folded, hit.start(), end)
        if match is None:  # pragma: no cover - both patterns come from one source
            raise AssertionError(f"rule {number} ({kind}) matches only inside the scanner")
        groups = {name.partition("__")[0]: text for name, text in match.groupdict().items() if text is not None}
        spans = (match.span(name) for name in match.groupdict() if name.partition("__")[0] == "span")
        start, stop = next((span for span in spans if span[0] >= 0), match.span())
        return Found(start, stop, kind, groups, match.span())

    def word(self, table: str, text: str) -> Any:
        """The value of *text* in *table*, white space being one plain space."""
        return self.tables[table][" ".join(text.split())]


def _alternatives(words: dict[str, Any]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\ ", " ") for word in ordered)


def _spaced(pattern: str) -> str:
    """A space in a rule stands for one or two white-space characters (a line may break there)."""
    return pattern.replace(" ?", r"(?:\s\s?)?").replace(" ", r"\s\s?")


def _either(patterns: list[str]) -> str:
    return _spaced("|".join(patterns))


def expand(pattern: str, tables: dict[str, dict[str, Any]], macros: dict[str, str], lang: str) -> str:
    def put(found: re.Match[str]) -> str:
        name, bare = found.group(1), bool(found.group(2))
        if name == "number":
            return "{number}"
        if name in macros:
            inner = macros[name]
            return _NAMED.sub("(?:", inner) if bare else inner
        if name in tables:
            return f"(?{':' if bare else f'P<{name}>'}{_alternatives(tables[name])})"
        if name.endswith("s") and name[:-1] in tables:
            return _alternatives(tables[name[:-1]])
        raise ValueError(f"unknown name {{{name}}} in the temporal rule {pattern!r}")

    for _ in range(3):  # a macro may use a macro, and that a table
        pattern = _PLACEHOLDER.sub(put, pattern)
    return _spaced(pattern).replace("{number}", numerals.pattern(lang))


def _numbered(pattern: str) -> str:
    """A name that stands twice in a pattern is numbered the second time (``year``, ``year__2``)."""
    seen: dict[str, int] = {}

    def put(found: re.Match[str]) -> str:
        name = found.group()[4:-1]
        seen[name] = seen.get(name, 0) + 1
        return found.group() if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    return _NAMED.sub(put, pattern)


@cache
def load(lang: str) -> Grammar:
    """The grammar of *lang* (``fr``, ``en``); a ``FileNotFoundError`` names a language that has none."""
    data = tomllib.loads(resource(f"data/dates/{lang}.toml").read_text(encoding="utf-8"))
    tables, macros = data["table"], data["macro"]
    sources = [(kind, expand(pattern, tables, macros, lang)) for kind, pattern in data["rules"]["rules"]]
    rules = tuple((kind, re.compile(rf"(?<!\w)(?:{_numbered(source)})(?!\w)")) for kind, source in sources)
    joined = "|".join(f"(?P<r{i}>(?:{_NAMED.sub('(?:', source)})(?!\\w))" for i, (_, source) in enumerate(sources))
    context = {name: re.compile(rf"(?<![\w'])(?:{_either(words)})\s*$") for name, words in data["context"].items()}
    context |= {name: re.compile(_either(words)) for name, words in data["after"].items()}
    words = [word for name, table in tables.items() if name not in _UNTELLING for word in table]
    triggers = frozenset(max(_TOKEN.findall(word), key=len) for word in words)
    return Grammar(
        lang, tables, rules, re.compile(rf"(?<!\w)(?:{joined})"), triggers, context, data["tense"]["otherwise"]
    )
