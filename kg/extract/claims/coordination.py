"""Coordinated cues: whether a verb behind *and* goes with the report or with what is reported."""

from __future__ import annotations

from kg.extract.claims.occurrence import Occurrence, occurrence
from kg.extract.tree import Tree

LINKS = frozenset(("et", "and", "but", "mais", "puis", "ou", "or", "yet"))


def coordinated_with(tree: Tree, occ: Occurrence) -> Occurrence | None:
    """The report that *occ* goes on from with *and*: warned that … and called for …; None if it stands alone."""
    link = occ.first - 1
    start = tree.first[occ.verb]
    while link > start and tree.low[link] in (",",):
        link -= 1
    if link <= start or tree.low[link] not in LINKS or occ.form != "finite" or occ.clitic is not None:
        return None
    if any(tree.rel[k] == "subj" and k < occ.first for k in tree.kids[occ.verb]):
        return None
    lead = next((tree.low[k] for k in range(occ.first, occ.verb) if tree.low[k] in tree.grammar.auxiliaries), "")
    for verb in range(start, link):
        if tree.verb[verb] in tree.grammar.lexicon.verbs and tree.parsed.marked[verb] < 0:
            outer = occurrence(tree, verb)
            if (
                outer.form == "finite"
                and not outer.passive
                and outer.last < link
                and coordinates(tree, outer, occ.verb, lead)
            ):
                return outer
    return None


def coordinates(tree: Tree, occ: Occurrence, token: int, lead: str) -> bool:
    """Whether a coordinated cue goes with *occ* rather than with its content: by the parse, then by form."""
    up = token
    for _ in range(6):
        if tree.head[up] == occ.verb:
            return True
        if tree.rel[up] != "conj" or tree.head[up] == up:
            break
        up = tree.head[up]
    inner = tree.head[token]
    if inner <= occ.last:
        return True
    mine = _shape(tree, token, lead)
    outer = _shape(
        tree,
        occ.verb,
        next((tree.low[k] for k in range(occ.first, occ.verb) if tree.low[k] in tree.grammar.auxiliaries), ""),
    )
    if tree.rel[token] != "conj":
        return mine[0] == outer[0] or mine == ("participle", "") and outer[0] == "compound"
    if not tree.verb[inner] and tree.nominal(inner) and tree.pos[token] not in ("VERB", "AUX"):
        return True  # réclame une enquête et menace de: a bare noun to the tagger, yet no article stands before it
    content = _shape(
        tree, inner, next((tree.low[k] for k in tree.kids[inner] if tree.rel[k] in ("aux", "auxpass")), "")
    )
    if mine[0] == outer[0] and _voiceless(tree, inner):
        return True  # dit craindre que l'eau manque et appelle à …: water calls for nothing
    if mine == content or mine[0] == content[0]:
        return False
    return mine[0] == outer[0] or mine == ("participle", "") and outer[0] == "compound"


def _voiceless(tree: Tree, verb: int) -> bool:
    """Whether the subject of *verb* is a common noun that cannot speak."""
    own = tree.kid(verb, "subj")
    if own is None or tree.pos[own] != "NOUN" or tree.grammar.speaks(tree.lemma[own], tree.low[own]):
        return False
    return tree.people(own) is not True and not tree.parsed.doc[own].ent_type_


def _shape(tree: Tree, verb: int, lead: str) -> tuple[str, str]:
    """(kind of form, auxiliary): what two coordinated verbs of one subject share."""
    if lead:
        return "compound", lead
    form = tree.morph(verb, "VerbForm")
    if tree.grammar.language == "fr" and form == "Part" and tree.low[verb].endswith(("é", "i", "u", "s")):
        return "participle", ""
    if form == "Inf":
        return "inf", ""
    tense = tree.morph(verb, "Tense")
    if tree.grammar.language == "fr" and (
        (not tense and tree.pos[verb] not in ("VERB", "AUX")) or (form == "Part" and tree.low[verb].endswith("t"))
    ):
        tense = (
            "Pres"  # tagged as an adjective or noun, so that it bears no tense: et suggère de; dit: one form for two
        )
    return f"simple {tense}", ""
