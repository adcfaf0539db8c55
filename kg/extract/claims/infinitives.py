"""Infinitive content: assure être, promet de, accuse X de, recommande à X de, urged X to; and denied doing."""

from __future__ import annotations

from kg.extract.claims.boundaries import clause_end
from kg.extract.claims.content import CUT, Content
from kg.extract.claims.markers import clitic_object, governed, marker_at, object_between, skip_circumstances
from kg.extract.claims.occurrence import Occurrence
from kg.extract.claims.relatives import outermost
from kg.extract.tree import Tree


def infinitive(tree: Tree, occ: Occurrence, at: int, end: int, frames: frozenset[str]) -> Content | None:
    """inf, de_inf, a_inf, to_inf and the same after an object or an addressee."""
    start = skip_circumstances(tree, at, end, governed(frames))
    bare = marker_at(tree, start, end) if start <= end else None
    if bare is not None:
        wanted = {"inf": "inf", "de": "de_inf", "à": "a_inf", "to": "to_inf", "pour": "pour_inf"}[bare]
        clitic = clitic_object(tree, occ)
        also = {"de": ("obj_de_inf", "a_obj_de_inf"), "à": ("obj_a_inf",), "to": ("obj_to_inf",)}.get(bare, ())
        if clitic is None:
            clitic = _relative_object(tree, occ)
        if wanted in frames or (any(f in frames for f in also) and (clitic is not None or occ.passive)):
            return Content(start, clause_end(tree, occ, start, end), wanted, clitic, clitic)
        return None
    for token in range(start, min(end, start + 16) + 1):
        if tree.low[token] in CUT or tree.low[token] in tree.grammar.complementisers or tree.finite_verb(token):
            return None
        if (
            tree.verb[token]
            and tree.low[token].endswith(("ant", "ing"))
            and tree.verb[token] in tree.grammar.lexicon.verbs
        ):
            return None
        marker = marker_at(tree, token, end)
        if marker is None or marker == "inf":
            continue
        found = _after_object(tree, occ, start, token, end, marker, frames)
        if found is not None:
            return found
    return None


def _relative_object(tree: Tree, occ: Occurrence) -> int | None:
    """What a relative pronoun before the subject stands for: le directeur, qu'il accuse d'avoir menti."""
    for at in range(occ.first - 1, max(tree.first[occ.verb], occ.first - 6), -1):
        if tree.low[at] in tree.grammar.relatives_object and (
            tree.pos[at] == "PRON" or tree.morph(at, "PronType") == "Rel"
        ):
            before = at - 2 if tree.low[at - 1] == "," else at - 1
            return outermost(tree, before, at) if before >= tree.first[at] and tree.nominal(before) else None
        if tree.low[at] in (",", ";", ":") or tree.finite_verb(at):
            return None
    return None


def _after_object(
    tree: Tree, occ: Occurrence, at: int, token: int, end: int, marker: str, frames: frozenset[str]
) -> Content | None:
    """The infinitive at *token* behind an object or addressee: accuse X de, recommande à X de, appelle X à."""
    between = object_between(tree, occ, at, token)
    if between is None:
        return None
    low = tree.noun_phrase(between)[0]
    case = low - 1
    prepositional = case >= at and tree.low[case] in ("à", "to", "on", "with")
    if tree.low[low] in ("aux", "au"):
        prepositional, case = True, low
    elif case >= at and tree.low[case] in ("aux", "au"):
        prepositional = True
    names = {
        ("de", False): "obj_de_inf", ("de", True): "a_obj_de_inf", ("à", False): "obj_a_inf",
        ("to", False): "obj_to_inf",
        ("pour", True): "a_obj_pour_inf", ("à", True): "a_obj_a_inf", ("to", True): "to_obj_to_inf",
    }  # fmt: skip
    wanted = names.get((marker, prepositional), "")
    if wanted not in frames:
        return None
    start = case if prepositional else low
    if start - 1 >= at and tree.low[start - 1] in tree.grammar.determiners:
        start -= 1
    return Content(max(start, at), clause_end(tree, occ, token, end), wanted, between, between)


def ing_content(tree: Tree, at: int, end: int) -> Content | None:
    token = at
    while token <= end and tree.pos[token] == "ADV":
        token += 1
    if token <= end and tree.low[token].endswith("ing") and tree.pos[token] in ("VERB", "AUX"):
        return Content(token, clause_end(tree, Occurrence(token, token, token, "gerund"), token, end), "ing")
    return None
