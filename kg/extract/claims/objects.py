"""Noun-phrase content: dénonce une manœuvre, se félicite de N, se dit prêt.

A bare noun phrase says less than a clause does, so a cue must name the frame, and weak cues the objects they take.
"""

from __future__ import annotations

from kg.extract.claims.boundaries import clause_end, sentence_end
from kg.extract.claims.content import Content
from kg.extract.claims.markers import governed, skip_circumstances
from kg.extract.claims.occurrence import Occurrence
from kg.extract.claims.phrases import PREPOSITIONS, direct_object, involved_in, phrase_end, prepositional_head
from kg.extract.claims.twofold import has_clitic, object_and_more
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree

_SOME = frozenset(("un", "une", "des", "certains", "certaines"))
_ANY = frozenset(("tout", "toute", "any", "all"))


def noun_content(tree: Tree, occ: Occurrence, cue: Cue) -> Content | None:
    """The noun-phrase content of *occ* by the frames of *cue*."""
    frames = frozenset(cue.frames)
    end = sentence_end(tree, occ.verb)
    if occ.last + 1 > end:
        return None
    at = skip_circumstances(tree, occ.last + 1, end, governed(frames))
    if at > end:
        return None
    obj = direct_object(tree, occ, at, end)
    if (
        frames & {"np_pred", "np_de_pred", "np_comme_np"}
        and tree.low[at] in ("de", "d'", "comme")
        and has_clitic(tree, occ)
    ):
        return Content(at, phrase_end(tree, occ, prepositional_head(tree, at, end) or at, at, end), "np_pred")
    sees = occ.lemma in ("voir", "see") and any(
        tree.morph(k, "VerbForm") == "Inf" and tree.parsed.marked[k] < 0 for k in range(at, end + 1)
    )
    if sees:
        return None  # a vu son chiffre d'affaires reculer: a turn of phrase, nobody's words
    found = object_and_more(tree, occ, frames, obj, at, end, cue.group not in ("say", "find", "announce", "write"))
    if found is not None:
        return found
    if obj is not None and "obj_done" in frames:
        after = tree.noun_phrase(obj[0])[1] + 1
        if after <= end and tree.parsed.doc[after].tag_ == "VBN":
            return Content(obj[1], clause_end(tree, occ, after, end), "obj_done", None, obj[0])
    if tree.parsed.marked[at] >= 0 and "quote" in frames:
        if cue.weak and _is_title(tree, at, end):
            return None
        high, english = max(quote_end(tree, at, end), at), tree.grammar.language == "en"
        if high < end and (
            tree.low[high + 1] in PREPOSITIONS["of" if english else "de"] or involved_in(tree, high + 1, end)
        ):
            high = phrase_end(tree, occ, high, at, end)  # “shortcomings” in handing out the grants
        return Content(at, high, "quoted")
    if obj is not None and "np" in frames:
        head, low = obj
        if cue.group in ("question", "deny") and is_someone(tree, head):
            return None
        if _takes(cue, tree, head, low):
            return Content(low, phrase_end(tree, occ, head, low, end), "np", None, head)
    if obj is not None and "np_poss" in frames and tree.low[obj[1]] in tree.grammar.possessive:
        return Content(obj[1], phrase_end(tree, occ, obj[0], obj[1], end), "np_poss")
    for frame in sorted(cue.frames):
        if frame.endswith("_np") and frame.count("_") == 1:
            word = frame.split("_")[0]
            if tree.low[at] in PREPOSITIONS.get(word, frozenset((word,))):
                governed_head = prepositional_head(tree, at, end)
                if governed_head is not None:
                    return Content(at, phrase_end(tree, occ, governed_head, at, end), frame, None, governed_head)
    while "pred" in frames and occ.last < at - 1 and _degree(tree, at - 1):
        at -= 1  # se dit peu surpris: the degree is half of what is said
    if "pred" in frames and (
        tree.pos[at] in ("ADJ", "NOUN", "VERB", "ADV", "DET", "PART") or tree.low[at] in tree.grammar.determiners
    ):
        high = clause_end(tree, occ, at, end)
        colon = next((k for k in range(at, high) if tree.low[k] == ":" and tree.parsed.marked[k] < 0), None)
        return Content(at, high if colon is None else colon - 1, "pred")
    return None


def _is_title(tree: Tree, at: int, end: int) -> bool:
    """Whether the quotation at *at* reads as the title of a work: a capital and no verb (publie « Salle 4 »)."""
    inside = range(at, quote_end(tree, at, end) + 1)
    return tree.word[at][:1].isupper() and not any(tree.finite_verb(k) for k in inside)


def _degree(tree: Tree, token: int) -> bool:
    """Whether an adverb belongs to the predicate behind it rather than to the report."""
    return (
        tree.pos[token] == "ADV"
        and tree.low[token] not in tree.grammar.connectives | tree.grammar.temporal
        and tree.head[token] > token
    )


def quote_end(tree: Tree, at: int, end: int) -> int:
    """The last token of the quotation around *at*."""
    high = at
    while high < end and tree.parsed.marked[high + 1] == tree.parsed.marked[at]:
        high += 1
    return high


def is_someone(tree: Tree, head: int) -> bool:
    """Whether a noun phrase names a person: who is questioned or dismissed is no content."""
    return tree.parsed.doc[head].ent_type_ in ("PER", "PERSON") or tree.grammar.is_person(
        tree.lemma[head], tree.low[head]
    )


def _takes(cue: Cue, tree: Tree, head: int, low: int) -> bool:
    """Whether a bare object may be content of *cue*: a weak cue only with the objects it lists, or quoted ones."""
    if not cue.weak or tree.parsed.marked[head] >= 0 or tree.parsed.marked[low] >= 0:
        return True
    if cue.stance == "denies" and tree.low[low] in _ANY:
        return True  # écarte toute fermeture: what is ruled out whole is denied
    if cue.stance == "confirms" and tree.low[low] in _SOME and "que" in cue.frames and tree.abstract(head):
        return True  # reconnaît une négligence: what is admitted to exist
    return tree.lemma[head] in cue.objects or tree.low[head] in cue.objects
