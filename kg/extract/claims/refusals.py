"""Cues that report nothing: refusals to speak, plain negation, possibility, acts that nobody carried out."""

from __future__ import annotations

from kg.extract.claims.narrative import narrator
from kg.extract.claims.occurrence import Occurrence
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree

_MODALS = frozenset(("devoir", "pouvoir", "falloir", "risquer"))


class Refused(Exception):
    """Why a cue that was there does not report (shown by ``kg explain``)."""


def refuse(tree: Tree, occ: Occurrence, entries: list[tuple[Cue, int]]) -> None:
    """Raises Refused for what is no report: refusals, plain negation, modality, the future."""
    stop = tree.last[occ.verb] + 1
    if tree.grammar.refuses(tree.lemma[occ.verb : stop], tree.low[occ.verb : stop], occ.negated):
        raise Refused("a refusal to speak")
    if _held_back(tree, occ):
        raise Refused("it is said not to have been said")
    if {"neither", "nor", "ni"} & {tree.low[k] for k in range(max(tree.first[occ.verb], occ.first - 4), occ.verb)}:
        raise Refused("neither one nor the other is said")
    if (
        occ.negated
        and occ.lemma not in tree.grammar.negation_claims
        and not any(c.negative or any(key == "negated" for key, _ in c.when) for c, _ in entries)
    ):
        raise Refused("the cue is negated")
    if tree.grammar.language == "en":
        lead = {tree.low[k] for k in range(occ.first, occ.verb)}
        if lead & {"would", "could", "may", "might", "should", "will", "can"} and occ.clitic is None:
            raise Refused("the saying is possible or to come, not reported")
    elif (
        occ.form == "finite"
        and tree.low[occ.verb].endswith(("ra", "ront"))
        and occ.clitic is None
        and not occ.verb > occ.first
    ):
        raise Refused("the saying is to come, not reported")


_HELD_BACK = tuple(
    words.split()
    for words in (
        "short of", "instead of", "rather than", "far from", "au lieu de", "au lieu d'", "loin de", "loin d'",
        "plutôt que de", "plutôt que d'",
    )
)  # fmt: skip


def _held_back(tree: Tree, occ: Occurrence) -> bool:
    """stopped short of blaming, au lieu de dénoncer: what is not said."""
    start = tree.first[occ.verb]
    return any(tree.low[max(start, occ.first - len(words)) : occ.first] == words for words in _HELD_BACK)


def reports_in_infinitive(tree: Tree, occ: Occurrence) -> bool:
    """avant d'ajouter, après avoir affirmé, tient à rappeler: an infinitive whose act is reported as done."""
    grammar = tree.grammar
    before = [tree.low[k] for k in range(max(tree.first[occ.verb], occ.first - 3), occ.first)]
    if narrator(tree, occ.first) is not None:
        return True
    if before[-1:] == ["sans"] and occ.lemma in grammar.negation_claims:
        return True  # sans exclure, sans cacher
    if before[-2:] in (["avant", "de"], ["avant", "d'"]) or before[-1:] == ["après"]:
        return True
    if grammar.language == "fr" and before and before[0] in ("et",) and before[-1] in ("de", "d'"):
        return True
    up = tree.head[occ.verb]
    for _ in range(2):
        if tree.pos[up] == "ADJ" and tree.low[up].rstrip("es").removesuffix("é") + "er" in grammar.governors:
            return True  # s'est borné à rappeler: an adjective to the tagger
        if tree.verb[up] or tree.pos[up] in ("VERB", "AUX"):
            lemma = tree.verb[up] or tree.lemma[up]
            if lemma in _MODALS:
                return False
            return lemma in grammar.governors or tree.lemma[up] in grammar.governors
        if tree.head[up] == up:
            break
        up = tree.head[up]
    return False
