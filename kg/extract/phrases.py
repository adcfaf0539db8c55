"""The noun phrase of a head, from the words and their classes: the parser often cuts it short or runs past its end.

``une source proche de l'enquête``, ``le ministère valdorien de l'Intérieur``, ``people familiar with the talks``.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.phrase_words import PhraseWords
from kg.extract.tree import Tree

_LEFT = frozenset(("ADJ", "NUM", "NOUN", "PROPN"))
POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_DEEP = 3  # complements in a row


def phrase(tree: Tree, head: int, words: PhraseWords, names: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
    """First and last token of the noun phrase of *head*; *names* leads from a token to the name it lies in."""
    return _leftmost(tree, head, words, names), _rightmost(tree, head, words, names)


def _leftmost(tree: Tree, head: int, words: PhraseWords, names: Mapping[int, tuple[int, int]]) -> int:
    grammar, english = tree.grammar, tree.grammar.language == "en"
    first, start = head, tree.first[head]
    while first > start:
        before = first - 1
        low = tree.low[before]
        if tree.parsed.quote[before] >= 0 or low in grammar.temporal or tree.pos[before] == "SCONJ":
            break
        if low in grammar.determiners or low in grammar.possessive:
            return before
        if english and before in names and names[before][1] == before:
            first = names[before][0]
        elif english and low in POSSESSIVE and tree.pos[before] != "PUNCT" and before - 1 >= start:
            first = names[before - 1][0] if before - 1 in names else before - 1
        elif low == "-" and before - 1 >= start and tree.parsed.end[before] == tree.parsed.start[first]:
            first = before - 1
        elif english and tree.pos[before] == "VERB" and before > start and tree.low[before - 1] == "-":
            first = before  # the Leeds-based firm
        elif english and tree.pos[before] == "VERB" and before > start and tree.low[before - 1] in grammar.definite:
            first = before  # the governing body
        elif (
            tree.pos[before] in ("ADJ", "NUM")
            or low in words.qualifiers
            or (english and tree.pos[before] in _LEFT and before not in names)
        ):
            first = before
        else:
            break
    return first


def _rightmost(tree: Tree, head: int, words: PhraseWords, names: Mapping[int, tuple[int, int]]) -> int:
    last, stop = head, tree.last[head]
    last = _adjectives(tree, last, stop, names)
    for _ in range(_DEEP):
        end = _complement(tree, last, stop, words, names)
        if end is None:
            break
        last = end
    return last


def _adjectives(tree: Tree, last: int, stop: int, names: Mapping[int, tuple[int, int]]) -> int:
    """Past the adjectives and numbers behind a noun (French), hyphenated parts (both)."""
    french = tree.grammar.language != "en"
    while last < stop:
        follow = last + 1
        if tree.low[follow] == "-" and follow < stop and tree.parsed.end[last] == tree.parsed.start[follow + 1] - 1:
            last = follow + 1
        elif french and follow not in names and _qualifies(tree, follow) and not tree.verb[follow]:
            last = follow
        else:
            break
    return last


def _qualifies(tree: Tree, token: int) -> bool:
    return tree.pos[token] == "ADJ" or (tree.pos[token] == "NOUN" and tree.rel[token] == "amod")


def _complement(
    tree: Tree, last: int, stop: int, words: PhraseWords, names: Mapping[int, tuple[int, int]]
) -> int | None:
    """The last token of the complement that begins behind *last*, if one does."""
    at = last + 1
    if tree.grammar.language == "en" and at < stop and tree.pos[at] == "ADJ" and tree.low[at + 1] in words.complements:
        at += 1  # close to, familiar with
    if at >= stop or tree.low[at] not in words.complements or tree.pos[at] not in ("ADP", "DET", "SCONJ", "PART"):
        return None
    if _charge(tree, at, words):
        return None
    if tree.low[at] == "auprès":
        at += 1
    at += 1
    limit = min(stop, at + 5)
    while at <= limit:
        if at in names:
            at = names[at][1]
            while tree.grammar.language == "en" and at < stop and tree.pos[at + 1] == "NOUN" and not tree.verb[at + 1]:
                at += 1
            return _adjectives(tree, at, stop, names)
        if tree.low[at] in tree.grammar.temporal or tree.parsed.quote[at] >= 0:
            return None
        if tree.low[at] in tree.grammar.determiners or tree.pos[at] in ("DET", "NUM", "ADJ"):
            at += 1
        elif tree.pos[at] in ("NOUN", "PROPN", "X") and not tree.verb[at]:
            while (
                tree.grammar.language == "en"
                and at < stop
                and tree.pos[at + 1] in ("NOUN", "PROPN")
                and at + 1 not in names
            ):
                at += 1
            return _adjectives(tree, at, stop, names)
        else:
            return None
    return None


def _charge(tree: Tree, at: int, words: PhraseWords) -> bool:
    """Whether the bare noun behind the preposition *at* is what one is charged with: accuse la région d'abandon."""
    stop = tree.last[at]
    if tree.low[at] not in words.charge_prepositions or tree.pos[at + 1] not in ("NOUN", "VERB", "AUX"):
        return False
    behind = range(at + 2, min(stop, at + 5) + 1)
    if any(tree.low[k] in words.charge_prepositions or tree.pos[k] == "PROPN" for k in behind):
        return False  # accuse la société de sécurité X d'avoir …
    verb = next((k for k in range(at - 1, max(tree.first[at], at - 5) - 1, -1) if tree.verb[k]), None)
    if verb is None or tree.verb[verb] not in words.charging:
        return False
    return not any(tree.low[k] in tree.grammar.agent_prepositions for k in range(verb + 1, at))
