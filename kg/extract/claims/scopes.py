"""What a source phrase vouches for: the clause around *selon X*, up to where another source vouches."""

from __future__ import annotations

from kg.extract.claims.found import chars, inner, joined
from kg.extract.tree import Tree


def scope(tree: Tree, first: int, end: int, low: int, high: int, initial: bool) -> list[tuple[int, int]]:
    """What the source vouches for: the clause around the phrase."""
    stop = high
    while stop > end and tree.low[stop] in (".", "!", "?", "…", ";"):
        stop -= 1
    other = next((k for k in range(end + 2, stop) if tree.low[k] == ";" and _sourced(tree, k + 1, stop)), None)
    if other is not None:
        stop = other - 1  # 3 200, selon la préfecture ; 6 000, selon les organisateurs
    quotes = [k for k in range(low, stop + 1) if tree.parsed.quote[k] >= 0]
    if initial:
        start = end + 1
        return _pieces_of(tree, start, stop, quotes)
    left = low
    for token in range(first - 1, low - 1, -1):
        if tree.low[token] in (";", ":") and tree.parsed.marked[token] < 0:
            left = token + 1
            break
    while left < first and tree.low[left] in ("mais", "et", "but", "and", ",", "–", "-"):
        left += 1
    parts = _pieces_of(tree, left, first - 1, quotes)
    before_whole = any(tree.finite_verb(k) for k in range(left, first))
    goes_on = (
        end + 2 <= stop
        and tree.low[end + 1] == ","
        and (
            tree.low[first - 2 if tree.low[first - 1] == "," else first - 1] in tree.grammar.auxiliaries
            or tree.low[end + 2] in tree.grammar.complementisers
            or tree.low[end + 2] in ("de", "d'", "du", "des")
            or first - left <= 4
        )
    ) or (end < stop and tree.low[end + 1] not in (",", ";", "–", "—", "(") and tree.parsed.marked[end + 1] >= 0)
    if (not before_whole or not parts or goes_on) and end + 1 < stop:
        parts += _pieces_of(tree, end + 1, stop, quotes)
    return parts


def _sourced(tree: Tree, low: int, high: int) -> bool:
    """Whether a source of its own vouches for the stretch."""
    cues = tree.grammar.lexicon.prepositions
    return any(
        (not cue.ambiguous or k == low) and cue.adjacent(tree.low[k : high + 1])
        for k in range(low, high + 1)
        for cue in cues.get(tree.low[k], ())
        if tree.parsed.marked[k] < 0
    )


def _pieces_of(tree: Tree, low: int, high: int, quotes: list[int]) -> list[tuple[int, int]]:
    """The stretch as spans; a lone quotation gives its inside; ``, ce que …`` is another's word on it."""
    for k in range(low + 2, high):
        if tree.low[k - 1] == "," and tree.low[k] == "ce" and tree.low[k + 1] in ("que", "qu'", "dont"):
            high = k - 2
            break
    while low <= high and tree.low[low] in (",", ":", "–", "—", "que", "qu'", "that"):
        low += 1
    while high >= low and tree.low[high] in (",", "–", "—"):
        high -= 1
    if low > high:
        return []
    if low == high and low in quotes:
        return [inner(tree, low)]
    return joined([chars(tree, low, high)])
