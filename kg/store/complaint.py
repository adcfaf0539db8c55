"""What is wrong with a query or an update, in one line: the store's parser lists every token it would have taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.store.touched import declared_prefixes, without_text

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_NAME = re.compile(r"(?<![\w.:-])(?!_:)(?:[^\W\d_](?:[\w.-]*[\w-])?)?:[\w:%\\-]*")
_NEAR = 30  # characters shown of where it went wrong
_MOST = 20  # prefixes named


def complaint(error: Exception, text: str, prefixes: Mapping[str, str]) -> str:
    """One line on *error*, which the parser raised for *text*, where *prefixes* were known without being declared.

    >>> complaint(SyntaxError("error at 1:22: expected one of Prefix not found, ['%']"), "ASK { ?s foo:bar ?o }", {})
    'unknown prefix "foo"; known: none'
    """
    found = _PLACE.match(str(error))
    if found is None:
        return " ".join(str(error).split())
    line, column, expected = int(found[1]), int(found[2]), found[3]
    known = {*prefixes, *declared_prefixes(text)}
    before, after = _around(text, line, column)
    unknown = next((name for name in _names(text) if name.partition(":")[0] not in known), None)
    if unknown is not None and ("Prefix not found" in expected or before.endswith(unknown)):
        named = ", ".join(sorted(known)[:_MOST]) + (", …" if len(known) > _MOST else "")
        return f'unknown prefix "{unknown.partition(":")[0]}"; known: {named or "none"}'
    return f"line {line}, column {column}: {_reason(expected)}{_near(before, after)}"


def _names(text: str) -> Iterable[str]:
    """The names with a prefix in *text*, in order."""
    return (match[0] for match in _NAME.finditer(re.sub(r"<[^<>\s]*>", " ", without_text(text))))


def _around(text: str, line: int, column: int) -> tuple[str, str]:
    """What stands before and after a place, on one line."""
    at = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    return " ".join(text[:at].split()), " ".join(text[at:].split())


def _near(before: str, after: str) -> str:
    if not before:
        return "nothing can begin so" if after else "there is nothing"
    end = f'after "{before[-_NEAR:]}"'
    return f'not understood: "{after[:_NEAR]}" {end}' if after else f"not understood at its end, {end}"


def _reason(expected: str) -> str:
    """The parser's own words where they are words, or the one token it wanted; nothing of its lists of characters."""
    items = re.split(r", (?![^\[]*\])", expected.removeprefix("one of "))
    said = [one for one in items if " " in one and re.fullmatch(r"[A-Z][A-Za-z ]+", one)]
    one = re.fullmatch(r'"([^"\s]{1,3})"', items[0]) if len(items) == 1 else None
    return f"{said[0]}; " if said else f'"{one[1]}" was expected; ' if one else ""
