"""Reports in a clause of comparison: Comme l'a révélé X, S · S, ainsi que le souligne le rapport, … (French)."""

from __future__ import annotations

from kg.extract.claims.found import chars, joined
from kg.extract.claims.inserted import PAUSE
from kg.extract.claims.inversion import inverted_subject
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree

_IT = frozenset(("le", "l'"))


def aside(tree: Tree, occ: Occurrence) -> tuple[int, list[tuple[int, int]]] | None:
    """The speaker's head and the spans of the sentence around the clause, if *occ* is the verb of one.

    The pronoun stands for the sentence: *comme le dit X* reports it, *comme X dit* need not.
    """
    if tree.grammar.language != "fr" or occ.form != "finite" or occ.passive or occ.negated:
        return None
    if tree.low[tree.last[occ.verb]] == "?":
        return None  # A-t-il menti, comme l'écrit X ? is the journalist's question
    if not any(tree.low[k] in _IT for k in range(occ.first, occ.verb)):
        return None
    start, end = tree.first[occ.verb], tree.last[occ.verb]
    inverted = _opening(tree, occ.first - 1, start) is not None
    own = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first and not inverted), None)
    low = occ.first if own is None else tree.noun_phrase(own)[0]
    opening = _opening(tree, low - 1, start)
    head = own if own is not None else inverted_subject(tree, occ)
    if opening is None or head is None:
        return None
    high = occ.last if own is not None else max(occ.last, tree.noun_phrase(head)[1])
    while high < end and tree.low[high + 1] not in PAUSE | {"."}:
        high += 1
    spans = [chars(tree, start, opening - 1)] if opening > start else []
    spans += [chars(tree, high + 2, end)] if high + 2 < end else []
    found = joined(spans)
    return (head, found) if found else None


def _opening(tree: Tree, at: int, start: int) -> int | None:
    """The first token of *comme* or *ainsi que* that ends at *at*, at the head of the sentence or behind a pause."""
    if at < start:
        return None
    first = at if tree.low[at] == "comme" else at - 1 if tree.low[at - 1 : at + 1] in _SUCH else None
    if first is None or first < start:
        return None
    return first if first == start or tree.low[first - 1] in PAUSE else None


_SUCH = (["ainsi", "que"], ["ainsi", "qu'"])
