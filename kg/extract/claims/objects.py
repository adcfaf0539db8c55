"""Noun-phrase content: dénonce une manœuvre, accuse X de fraude, qualifie X de Y, N dénoncé par X.

A bare noun phrase says less than a clause does, so a cue must name the frame, and weak cues the objects they take.
"""

from __future__ import annotations

from kg.extract.claims.complements import Content, clause_end, cut_at_reports, governed, opens_report, sentence_end, skip_circumstances
from kg.extract.claims.occurrence import Occurrence
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree

_DE = frozenset(("de", "d'", "du", "des"))
_A = frozenset(("à", "au", "aux"))
# frame name → the prepositions that open its last part
_PREPOSITIONS = {
    "de": _DE, "a": _A, "sur": frozenset(("sur",)), "contre": frozenset(("contre",)), "pour": frozenset(("pour",)),
    "avec": frozenset(("avec",)), "en": frozenset(("en",)), "of": frozenset(("of",)), "for": frozenset(("for",)),
    "about": frozenset(("about",)), "on": frozenset(("on", "upon")), "to": frozenset(("to",)), "at": frozenset(("at",)),
    "against": frozenset(("against",)), "with": frozenset(("with",)), "in": frozenset(("in",)), "as": frozenset(("as",)),
    "over": frozenset(("over",)), "from": frozenset(("from",)), "into": frozenset(("into",)),
}  # fmt: skip


def noun_content(tree: Tree, occ: Occurrence, cue: Cue) -> Content | None:
    """The noun-phrase content of *occ* by the frames of *cue*."""
    frames = frozenset(cue.frames)
    end = sentence_end(tree, occ.verb)
    if occ.last + 1 > end:
        return None
    at = skip_circumstances(tree, occ.last + 1, end, governed(frames))
    if at > end:
        return None
    obj = _object(tree, occ, at, end)
    if "np_pred" in frames and tree.low[at] in ("de", "d'", "comme") and _has_clitic(tree, occ):
        return Content(at, phrase_end(tree, occ, _pp_head(tree, at, end) or at, at, end), "np_pred")
    found = _object_and_more(tree, occ, frames, obj, at, end, cue.group not in ("say", "find", "announce", "write"))
    if found is not None:
        return found
    if obj is not None and "obj_done" in frames:
        after = tree.noun_phrase(obj[0])[1] + 1
        if after <= end and tree.parsed.doc[after].tag_ == "VBN":
            return Content(obj[1], clause_end(tree, occ, after, end), "obj_done", None, obj[0])
    if tree.parsed.marked[at] >= 0 and "quote" in frames:
        return Content(at, max(quote_end(tree, at, end), at), "quoted")
    if obj is not None and "np" in frames:
        head, low = obj
        if _takes(cue, tree, head, low):
            return Content(low, phrase_end(tree, occ, head, low, end), "np", None, head)
    if obj is not None and "np_poss" in frames and tree.low[obj[1]] in tree.grammar.possessive:
        return Content(obj[1], phrase_end(tree, occ, obj[0], obj[1], end), "np_poss")
    for frame in cue.frames:
        if frame.endswith("_np") and frame.count("_") == 1:
            word = frame.split("_")[0]
            if tree.low[at] in _PREPOSITIONS.get(word, frozenset((word,))):
                head = _pp_head(tree, at, end)
                if head is not None:
                    return Content(at, phrase_end(tree, occ, head, at, end), frame, None, head)
    if "pred" in frames and (tree.pos[at] in ("ADJ", "NOUN", "VERB", "ADV", "DET") or tree.low[at] in tree.grammar.determiners):
        return Content(at, clause_end(tree, occ, at, end), "pred")
    return None


def _object(tree: Tree, occ: Occurrence, at: int, end: int) -> tuple[int, int] | None:
    """Head and first token of the direct object that begins at *at*."""
    if tree.low[at] in (",", "(", "–", "—", ";", ":") or tree.parsed.quote[at] >= 0:
        return None
    if tree.pos[at] == "ADP" and tree.low[at] not in ("des", "du", "de", "d'"):
        return None
    for kid in tree.kids[occ.verb]:
        if tree.rel[kid] in ("obj", "attr") and kid > occ.last and tree.nominal(kid):
            low, _ = tree.noun_phrase(kid)
            if low <= at + 1:
                return kid, max(at, low)
    for token in range(at, min(end, at + 6) + 1):
        if tree.low[token] in tree.grammar.temporal:
            return None
        if tree.nominal(token) and tree.pos[token] != "NUM":
            head = token
            while tree.rel[head] in ("flat", "compound") and at <= tree.head[head] != head:
                head = tree.head[head]
            return head, at
        if tree.pos[token] not in ("DET", "ADJ", "NUM", "ADV", "X") and tree.low[token] not in tree.grammar.determiners:
            return None
    return None


def quote_end(tree: Tree, at: int, end: int) -> int:
    """The last token of the quotation around *at*."""
    high = at
    while high < end and tree.parsed.marked[high + 1] == tree.parsed.marked[at]:
        high += 1
    return high


def _takes(cue: Cue, tree: Tree, head: int, low: int) -> bool:
    """Whether a bare object may be content of *cue*: a weak cue only with the objects it lists, or quoted ones."""
    if not cue.weak or tree.parsed.marked[head] >= 0 or tree.parsed.marked[low] >= 0:
        return True
    return tree.lemma[head] in cue.objects or tree.low[head] in cue.objects


def _pp_head(tree: Tree, at: int, end: int) -> int | None:
    head = tree.head[at]
    if tree.low[at] in tree.grammar.definite and at + 1 <= end and tree.nominal(at + 1):
        return at + 1
    if tree.grammar.language == "en":
        return next((k for k in tree.kids[at] if tree.rel[k] in ("pobj", "pcomp")), None)
    if at < head <= end and (tree.nominal(head) or tree.pos[head] == "ADJ"):
        return head
    return next((k for k in range(at + 1, min(end, at + 5) + 1) if tree.nominal(k)), None)


def phrase_end(tree: Tree, occ: Occurrence, head: int, start: int, end: int) -> int:
    """The end of the noun phrase with its clauses: its subtree, or the cue's next comma."""
    high = min(max(tree.subtree(head)[1], head), end)
    if not start <= head:
        high = max(high, start)
    # what the parser hung on the cue itself but stands right behind the phrase without a comma
    while high < end and tree.low[high + 1] not in (",", ";", "–", "—", "(", ":", "et", "and", "but", "mais"):
        follow = high + 1
        if tree.parsed.quote[follow] >= 0:
            break
        if tree.head[follow] == occ.verb and tree.rel[follow] in ("advcl", "parataxis", "conj"):
            break
        if tree.low[follow] in tree.grammar.temporal or (
            tree.low[follow] in tree.grammar.circumstance_prepositions - _DE - {"to", "by"} and not _attached(tree, follow, start, high)
        ):
            break
        high = max(follow, min(tree.subtree(follow)[1], end)) if tree.subtree(follow)[0] >= start else follow
    return cut_at_reports(tree, occ, start, high)


def _attached(tree: Tree, preposition: int, start: int, high: int) -> bool:
    """Whether the phrase that *preposition* opens hangs on a word between *start* and *high*."""
    noun = tree.head[preposition]
    if tree.low[preposition] in ("sur", "contre", "pour", "avec", "on", "for", "with", "against") and preposition == high + 1:
        follow = preposition + 1
        return follow <= tree.last[preposition] and tree.pos[follow] != "PROPN" and tree.low[follow] not in tree.grammar.temporal
    governor = tree.head[noun] if noun > preposition else noun
    return start <= governor <= high


def _object_and_more(
    tree: Tree, occ: Occurrence, frames: frozenset[str], obj: tuple[int, int] | None, at: int, end: int, judges: bool
) -> Content | None:
    """Two-part frames: an object (or a clitic one) and what is said of it; *judges*: the cue passes judgement."""
    wanted = [f for f in frames if f.startswith(("obj_", "np_", "a_obj_")) and f.endswith(("_np", "_pred")) and f != "np_poss"]
    if not wanted:
        return None
    start, after, head = at, at, None
    if obj is not None:
        head, start = obj
        after = tree.noun_phrase(head)[1] + 1
    elif tree.low[at] in _A and any(f.startswith("a_obj") or f == "np_a_np" for f in wanted):
        head = _pp_head(tree, at, end)
        after = tree.noun_phrase(head)[1] + 1 if head is not None else end + 1
    elif not _has_clitic(tree, occ) and not occ.passive:
        return None
    if obj is None and "np_a_np" in wanted and tree.low[at] in _A and head is not None and after <= end:
        later = _object(tree, occ, after, end)  # évalue à quatre milliards le manque à gagner
        if later is not None:
            return Content(at, phrase_end(tree, occ, later[0], later[1], end), "np_a_np", None, later[0])
    for frame in sorted(wanted):
        word = frame.split("_")[-2] if frame.endswith("_np") else "pred"
        if frame == "a_obj_np":
            if tree.low[at] in _A and head is not None and after <= end and _object(tree, occ, after, end):
                return Content(at, clause_end(tree, occ, after, end), frame, head, head)
            continue
        opening = {"de", "comme", "d'", "as", "a"} if word == "pred" else None
        found = _opening(tree, occ, after if obj else at, end, word, head)
        if found is not None:
            stop = phrase_end(tree, occ, _pp_head(tree, found, end) or found, found, end)
            return Content(start, stop, frame, head, head)
        if opening and obj is not None and word == "pred":
            found = _predicate(tree, after, end)
            if found is not None:
                return Content(start, phrase_end(tree, occ, found, found, end), frame, None, head)
            stop = phrase_end(tree, occ, head or start, start, end)
            if head is not None and judges and _describes(tree, head, stop):
                return Content(start, stop, frame, None, head)
            if any(tree.parsed.marked[k] >= 0 and tree.parsed.marked[k] != tree.parsed.marked[start] for k in range(start, stop + 1)):
                return Content(start, stop, frame, None, head)
    return None


def _describes(tree: Tree, head: int, stop: int) -> bool:
    """Whether the parser took the predicate into the object's phrase: juge l'attribution très probable."""
    return any(head < k <= stop and tree.rel[k] in ("amod", "nmod") and tree.pos[k] in ("ADJ", "NOUN") for k in tree.kids[head])


def _has_clitic(tree: Tree, occ: Occurrence) -> bool:
    return any(tree.low[k] in ("l'", "le", "la", "les") and tree.pos[k] != "DET" for k in range(occ.first, occ.verb))


def _opening(tree: Tree, occ: Occurrence, after: int, end: int, word: str, head: int | None) -> int | None:
    """Where the second part begins: its preposition, governed by the cue or following the object."""
    allowed = _PREPOSITIONS.get(word)
    if word == "pred":
        allowed = frozenset(("de", "d'", "comme", "as"))
    if allowed is None:
        return None
    first = head + 1 if head is not None else after
    found: list[int] = []
    for token in range(first, min(end, max(first, after) + 14) + 1):
        if tree.low[token] in (";", ".") or (tree.pos[token] in ("VERB", "AUX") and tree.finite(token)):
            break
        if token > first and opens_report(tree, occ, token, end):
            break
        if tree.low[token] in allowed and not (word == "pred" and tree.low[token + 1 if token < end else token] in tree.grammar.determiners
                                               and tree.low[token] in ("de", "d'")):  # fmt: skip
            found.append(token)
    for token in found:  # the parse's own argument of the cue goes first
        inner = _pp_head(tree, token, end)
        if inner is not None and tree.head[inner] == occ.verb:
            return token
    if word == "pred":
        return next(iter(found), None)
    inside = [token for token in found if token < after]
    return next((t for t in found if t >= after and word in ("de", "pred")), None) or (
        (inside[-1] if word == "de" else inside[0]) if inside else next(iter(found), None)
    )


def _predicate(tree: Tree, after: int, end: int) -> int | None:
    """A bare predicate right behind the object: juge X indigne, call X a fabrication."""
    token = after
    while token <= end and tree.rel[token] != "attr" and (tree.pos[token] in ("ADV", "DET") or tree.low[token] in tree.grammar.indefinite):
        token += 1
    if after <= end and tree.parsed.marked[after] >= 0:
        return after
    words = ("ADJ",) if tree.grammar.language == "fr" else ("ADJ", "NOUN", "PROPN")
    if token <= end and tree.low[token] not in tree.grammar.temporal and (tree.pos[token] in words or tree.rel[token] == "attr"):
        return token
    return None


# -------------------------------------------------------------------- passives
def passive_content(tree: Tree, occ: Occurrence) -> tuple[int, int] | None:
    """The subject of a passive cue, or the noun its participle modifies, with its modifiers but without the cue."""
    head: int | None = None
    if occ.form == "participle" and not occ.passive:
        up = tree.head[occ.verb]
        if tree.rel[occ.verb] in ("acl", "amod", "relcl", "conj", "advcl") and up < occ.verb and tree.nominal(up):
            head = up
        else:
            head = next((k for k in range(occ.first - 1, tree.first[occ.verb] - 1, -1) if tree.nominal(k)), None)
            if head is not None:
                while tree.rel[head] in ("nmod", "pobj") and tree.head[head] < head and tree.nominal(tree.head[head]):
                    head = tree.head[head]
    else:
        head = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), None)
    if head is None:
        return None
    if tree.low[head] in tree.grammar.relatives_subject:
        from kg.extract.claims.occurrence import antecedent

        head = antecedent(tree, head)
    low, high = tree.subtree(head)
    if low > head or head >= occ.first:
        return None
    low = min(low, head)
    high = min(high, occ.first - 1)
    if tree.pos[low] == "ADP":
        low += 1
    return low, high


def agent(tree: Tree, occ: Occurrence) -> int | None:
    """The head of the agent of a passive: par X, by X."""
    end = tree.last[occ.verb]
    for token in range(occ.last + 1, min(end, occ.last + 12) + 1):
        if tree.low[token] in tree.grammar.agent_prepositions:
            if tree.grammar.language == "en":
                return next((k for k in tree.kids[token] if tree.rel[k] == "pobj"), None)
            head = tree.head[token]
            if head > token and tree.nominal(head):
                return head
            return next((k for k in range(token + 1, min(end, token + 5) + 1) if tree.nominal(k)), None)
        if tree.low[token] in (",", ";", ".") or (tree.pos[token] == "VERB" and tree.finite(token)):
            return None
    return None
