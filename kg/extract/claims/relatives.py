"""Relative pronouns: what they stand for, and cues inside object relatives."""

from __future__ import annotations

from kg.extract.claims.inversion import inverted_subject
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree


def antecedent(tree: Tree, token: int) -> int:
    """What a relative pronoun stands for, else *token* itself."""
    prepositional = tree.low[token] in ("whom", "lequel", "laquelle", "lesquels")
    if not prepositional and (
        tree.low[token] not in tree.grammar.relatives_subject or tree.pos[token] not in ("PRON", "DET", "SCONJ")
    ):
        return token
    verb = tree.head[token]
    noun = tree.head[verb]
    if tree.rel[verb] in ("relcl", "acl") and noun != verb and tree.nominal(noun) and noun < token:
        return _agreeing(tree, verb, outermost(tree, noun, token), token)
    for at in range(token - 1, max(tree.first[token], token - 12) - 1, -1):
        if tree.nominal(at) and tree.pos[at] != "NUM":
            return outermost(tree, at, token)
    return token


def _agreeing(tree: Tree, verb: int, head: int, relative: int) -> int:
    """*head*, or the nearest noun before *relative* where only that one has the number of *verb*."""
    number = tree.number(verb)
    if tree.grammar.language != "fr" or not number or tree.number(head) in ("", number):
        return head
    near = next((k for k in range(relative - 1, head, -1) if tree.nominal(k) and tree.pos[k] != "NUM"), None)
    return near if near is not None and tree.number(near) == number else head


def outermost(tree: Tree, head: int, relative: int) -> int:
    """``le ministère de l'Intérieur, qui``: after a comma the relative clause goes with the whole phrase."""
    if tree.low[relative - 1] == ",":
        while tree.rel[head] in ("nmod", "pobj", "flat", "compound", "prep") and tree.head[head] >= tree.first[head]:
            up = tree.head[head]
            if up == head or up > head or tree.pos[up] in ("VERB", "AUX"):
                break
            if tree.pos[up] == "ADP":
                up = tree.head[up]
                if tree.pos[up] not in ("NOUN", "PROPN", "PRON"):
                    break
            head = up
    return head


def _contact(tree: Tree, occ: Occurrence) -> tuple[int, int, int | None] | None:
    """An English relative clause without a pronoun on a noun of saying: a charge the company rejects."""
    noun, own = tree.head[occ.verb], tree.kid(occ.verb, "subj")
    if own is None or not noun < own < occ.first or tree.kid(occ.verb, "obj") is not None:
        return None
    said = tree.lemma[noun] in tree.grammar.lexicon.nouns or tree.low[noun] in ("something", "anything", "nothing")
    if not (said or tree.abstract(noun)) or any(tree.low[k] == "," for k in range(noun + 1, own)):
        return None
    return *tree.noun_phrase(noun), own


def object_relative(tree: Tree, occ: Occurrence) -> tuple[int, int, int | None] | None:
    """Where *occ* stands in an object relative: first and last token of its antecedent, and the subject's head.

    ``ce que nie la police``, ``une accusation que la banque balaie``; without a pronoun (an incident it played down)
    it is left to the parse.
    """
    if occ.form != "finite" or occ.clitic is not None:
        return None
    if tree.grammar.language == "en" and tree.rel[occ.verb] == "relcl":
        bare = _contact(tree, occ)
        if bare is not None:
            return bare
    at = occ.first - 1
    limit = max(tree.first[occ.verb], occ.first - 12)
    bracketed = tree.rel[occ.verb] in ("relcl", "acl") and tree.kid(occ.verb, "subj") is not None
    while at >= limit and tree.low[at] not in tree.grammar.relatives_object:
        if tree.low[at] in (";", ":") or (tree.low[at] == "," and not bracketed) or tree.finite_verb(at):
            return None  # a comma only around what describes the subject: une version que l'expert, X, a balayée
        at -= 1
    if (
        at <= limit
        or tree.pos[at] not in ("PRON", "SCONJ", "DET")
        or tree.low[at] in ("that",)
        and tree.pos[at] == "SCONJ"
    ):
        return None
    before = at - 1
    if tree.low[before] == "ce":
        antecedent_at = (before, before)
    elif (
        tree.nominal(before)
        and tree.rel[occ.verb] in ("relcl", "acl")
        and (tree.pos[at] == "PRON" or tree.head[occ.verb] == before)
    ):
        head = before
        while tree.rel[head] in ("nmod", "flat", "pobj") and tree.head[head] < head and tree.nominal(tree.head[head]):
            head = tree.head[head]
        antecedent_at = tree.noun_phrase(head)
    else:
        return None
    if at == occ.first - 1:
        return *antecedent_at, inverted_subject(tree, occ)
    own = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and at < k < occ.first), None)
    if own is None:
        own = next((k for k in range(occ.first - 1, at, -1) if tree.nominal(k)), None)
    return *antecedent_at, own
