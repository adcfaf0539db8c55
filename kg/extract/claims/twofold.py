"""Two-part frames: an object, and what is asked of it or said about it.

accuse X de fraude · appelle X au calme · qualifie X de Y · juge X indigne · évalue à Y le coût
"""

from __future__ import annotations

from kg.extract.claims.boundaries import clause_end, opens_report
from kg.extract.claims.content import Content
from kg.extract.claims.occurrence import Occurrence
from kg.extract.claims.phrases import PREPOSITIONS, A, direct_object, phrase_end, prepositional_head
from kg.extract.tree import Tree


def object_and_more(
    tree: Tree, occ: Occurrence, frames: frozenset[str], obj: tuple[int, int] | None, at: int, end: int, judges: bool
) -> Content | None:
    """Two-part frames: an object (or a clitic one) and what is said of it; *judges*: the cue passes judgement."""
    wanted = [
        f for f in frames if f.startswith(("obj_", "np_", "a_obj_")) and f.endswith(("_np", "_pred")) and f != "np_poss"
    ]
    if not wanted:
        return None
    start, after, head = at, at, None
    if obj is not None:
        head, start = obj
        after = tree.noun_phrase(head)[1] + 1
    elif tree.low[at] in A and any(f.startswith("a_obj") or f == "np_a_np" for f in wanted):
        head = prepositional_head(tree, at, end)
        after = tree.noun_phrase(head)[1] + 1 if head is not None else end + 1
    elif not has_clitic(tree, occ) and not occ.passive:
        return None
    if obj is None and "np_a_np" in wanted and tree.low[at] in A and head is not None and after <= end:
        later = direct_object(tree, occ, after, end)  # évalue à quatre milliards le manque à gagner
        if later is not None:
            return Content(at, phrase_end(tree, occ, later[0], later[1], end), "np_a_np", None, later[0])
    for frame in sorted(wanted):
        word = frame.split("_")[-2] if frame.endswith("_np") else "pred"
        if frame == "a_obj_np":
            if tree.low[at] in A and head is not None and after <= end and direct_object(tree, occ, after, end):
                return Content(at, clause_end(tree, occ, after, end), frame, head, head)
            continue
        opening = {"de", "comme", "d'", "as", "a"} if word == "pred" else None
        found = _opening(tree, occ, after if obj else at, end, word, head)
        if found is not None:
            stop = phrase_end(tree, occ, prepositional_head(tree, found, end) or found, found, end)
            return Content(start, stop, frame, head, head)
        if opening and obj is not None and word == "pred" and frame != "np_de_pred":
            found = _predicate(tree, after, end)
            if found is not None:
                return Content(start, phrase_end(tree, occ, found, found, end), frame, None, head)
            stop = phrase_end(tree, occ, head or start, start, end)
            if head is not None and judges and _describes(tree, head, stop):
                return Content(start, stop, frame, None, head)
            if any(
                tree.parsed.marked[k] >= 0 and tree.parsed.marked[k] != tree.parsed.marked[start]
                for k in range(start, stop + 1)
            ):
                return Content(start, stop, frame, None, head)
    return None


def _describes(tree: Tree, head: int, stop: int) -> bool:
    """Whether the parser took the predicate into the object's phrase: juge l'attribution très probable."""
    return any(
        head < k <= stop and tree.rel[k] in ("amod", "nmod") and tree.pos[k] in ("ADJ", "NOUN") for k in tree.kids[head]
    )


def has_clitic(tree: Tree, occ: Occurrence) -> bool:
    return any(tree.low[k] in ("l'", "le", "la", "les") and tree.pos[k] != "DET" for k in range(occ.first, occ.verb))


def _opening(tree: Tree, occ: Occurrence, after: int, end: int, word: str, head: int | None) -> int | None:
    """Where the second part begins: its preposition, governed by the cue or following the object."""
    allowed = PREPOSITIONS.get(word)
    if word == "pred":
        allowed = frozenset(("de", "d'", "comme", "as"))
    if allowed is None:
        return None
    first = head + 1 if head is not None else after
    found: list[int] = []
    for token in range(first, min(end, max(first, after) + 14) + 1):
        if tree.low[token] in (";", ".") or tree.finite_verb(token):
            break
        if token > first and opens_report(tree, occ, token, end):
            break
        bare = tree.low[min(token + 1, end)] not in tree.grammar.determiners
        if tree.low[token] in allowed and (word != "pred" or bare or tree.low[token] not in ("de", "d'")):
            found.append(token)
    for token in found:  # the parse's own argument of the cue goes first
        inner = prepositional_head(tree, token, end)
        if inner is not None and tree.head[inner] == occ.verb:
            return token
    if word == "pred":
        return next((t for t in found if _predicated(tree, t, head, end)), None)
    inside = [token for token in found if token < after]
    return next((t for t in found if t >= after and word in ("de", "pred")), None) or (
        (inside[-1] if word == "de" else inside[0]) if inside else next(iter(found), None)
    )


def _predicated(tree: Tree, token: int, head: int | None, end: int) -> bool:
    """Whether the phrase that *token* opens says what the object *head* is; only people are called names with ``de``:
    traite le ministre de menteur, but not traite le sujet, ni les questions de sécurité."""
    if head is None or tree.low[token] not in ("de", "d'"):
        return True
    named = tree.pos[head] in ("PROPN", "PRON") or tree.people(head) is True
    inner = prepositional_head(tree, token, end)
    return named and (inner is None or tree.head[inner] == head or tree.noun_phrase(head)[1] >= tree.head[inner])


def _predicate(tree: Tree, after: int, end: int) -> int | None:
    """A bare predicate right behind the object: juge X indigne, call X a fabrication."""
    token = after
    while (
        token <= end
        and tree.rel[token] != "attr"
        and (tree.pos[token] in ("ADV", "DET") or tree.low[token] in tree.grammar.indefinite)
    ):
        token += 1
    if after <= end and tree.parsed.marked[after] >= 0:
        return after
    words = ("ADJ",) if tree.grammar.language == "fr" else ("ADJ", "NOUN", "PROPN")
    if (
        token <= end
        and tree.low[token] not in tree.grammar.temporal
        and (tree.pos[token] in words or tree.rel[token] == "attr")
    ):
        return token
    return None
