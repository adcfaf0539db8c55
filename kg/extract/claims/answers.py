"""Bare words of answer before a report: Faux, rétorque le maire · Pas du tout, répond X : « … »."""

from __future__ import annotations

from kg.extract.claims.inversion import inverted_subject, reads_as_subject
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree


def answers(tree: Tree, occ: Occurrence) -> int | None:
    """The inverted subject of a report behind a bare word of answer: Faux, rétorque le maire, Pas du tout, répond X."""
    start = tree.first[occ.verb]
    if tree.grammar.language != "fr" or occ.form != "finite" or occ.passive or occ.clitic is not None:
        return None
    if (
        occ.first - start < 2
        or occ.first - start > 5
        or tree.low[occ.first - 1] != ","
        or "," in tree.low[start : occ.first - 1]
    ):
        return None
    words = tree.low[start : occ.first - 1]
    if words[0] in tree.grammar.temporal | tree.grammar.connectives | tree.grammar.determiners or (
        len(words) > 1 and words[0] not in _ANSWERS
    ):
        return None
    if any(tree.finite_verb(k) or tree.parsed.quote[k] >= 0 for k in range(start, occ.first - 1)):
        return None
    head = inverted_subject(tree, occ)
    return head if head is not None and reads_as_subject(tree, head) else None


_ANSWERS = frozenset(("pas", "non", "oui", "jamais", "rien", "tout", "bien", "aucun", "aucune", "absolument"))


def bare_answer(tree: Tree, low: int, high: int) -> bool:
    """Whether an adjective or interjection alone stands before the report."""
    words = [k for k in range(low, high + 1) if tree.pos[k] != "PUNCT"]
    return (
        1 <= len(words) <= 2
        and tree.pos[words[-1]] in ("ADJ", "INTJ")
        and tree.low[words[0]] not in (tree.grammar.determiners | tree.grammar.temporal)
    )
