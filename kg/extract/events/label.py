"""The short label of an event: the noun phrase that names it, or its verb with who underwent it."""

from __future__ import annotations

from kg.extract.events.telling import Telling
from kg.extract.tree import Tree

_BEFORE = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "PART"))  # may stand before the noun as part of its name
_NEAR = 3  # tokens from a verb to the last word of its expression
_MOST = 60  # characters of a label


def label(tree: Tree, told: Telling) -> str:
    """One line of at most ``_MOST`` characters, in the words of the text."""
    parsed, token = tree.parsed, told.token
    if not told.verbal:
        _, high = tree.noun_phrase(token)
        low, high = told.found.first, max(high, told.found.last)
        while low > tree.first[token] and tree.pos[low - 1] in _BEFORE and tree.under(low - 1, token):
            low -= 1
        return _short(parsed.span(low, high).exact, parsed.span(told.found.first, told.found.last).exact)
    target = next((head for role, head in told.roles if role == "target"), None)
    last = told.found.last if token < told.found.last <= token + _NEAR else token
    verb = parsed.span(token, last).exact  # jumped the rails
    if target is None or tree.pos[target] in ("PRON", "DET"):
        return verb
    low, high = tree.noun_phrase(target)
    while low < target and tree.pos[low] in ("PRON", "SCONJ", "CCONJ", "ADP"):
        low += 1
    high = min(high, token - 1) if low < token <= high else high
    phrase = parsed.span(low, high).exact
    if token < target <= last:
        return _short(verb, verb)
    return _short(f"{phrase} {verb}" if target < token else f"{verb} {phrase}", verb)


def _short(text: str, core: str) -> str:
    """*text* on one line, or the *core* of it where that is too long."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else " ".join(core.split())[:_MOST]
