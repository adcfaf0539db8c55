"""Passive cues: N dénoncé par X, X est accusé par Y d'avoir, il a été annoncé que."""

from __future__ import annotations

from kg.extract.claims.complements import complement
from kg.extract.claims.content import Content
from kg.extract.claims.found import Found, chars, joined
from kg.extract.claims.objects import noun_content
from kg.extract.claims.occurrence import Occurrence
from kg.extract.claims.phrases import phrase_end, prepositional_head
from kg.extract.claims.refusals import Refused
from kg.extract.claims.relatives import antecedent
from kg.extract.claims.stance import make, may_speak
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree


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
        head = antecedent(tree, head)
    low, high = tree.subtree(head)
    if low > head or head >= occ.first:
        return None
    low = min(low, head)
    high = min(high, occ.first - 1)
    while high > low and tree.pos[high] == "ADV":
        high -= 1  # aussitôt dénoncée
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


def passive_claim(tree: Tree, occ: Occurrence, cue: Cue, frames: frozenset[str]) -> Found | None:
    by = agent(tree, occ)
    if by is not None:
        tail = Occurrence(
            occ.verb, occ.first, tree.noun_phrase(by)[1], occ.form, True, occ.negated, False, None, occ.lemma
        )
        governed_part = frozenset(f for f in frames if f.startswith(("obj_", "a_obj_", "de_", "np_")))
        if governed_part and cue.stance in ("accuses", "recommends", "warns"):
            after = complement(tree, tail, governed_part)
            if after is not None:
                found = make(tree, occ, cue, joined([chars(tree, after.low, after.high)]), "passive", by, 0.8)
                found.imputed = _passive_subject(tree, occ) if cue.stance == "accuses" else None
                return found
    if by is not None and frames & {"passive_par", "passive_by"}:
        tail = Occurrence(occ.verb, occ.first, tree.noun_phrase(by)[1], occ.form, True)
        if not may_speak(tree, by, cue, Content(by, by, "np")):
            raise Refused("the agent cannot speak")
        content = passive_content(tree, occ)
        if content is not None and cue.group in ("confirm", "question", "deny") and _is_someone(tree, content):
            raise Refused("the subject is someone, not something said")
        if content is not None:
            said = joined([chars(tree, *content), _said_of_it(tree, tail, by, frames)])
            if said:
                return make(tree, occ, cue, said, "passive", by, 0.8)
    if "passive_imp" not in frames or occ.form == "participle":
        return None
    found_content = complement(tree, occ, frames) or noun_content(tree, occ, cue)
    if found_content is None:
        return None
    spans = [chars(tree, found_content.low, found_content.high)]
    head = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), None)
    if (
        head is not None
        and tree.low[head] not in ("il", "it")
        and "whose" not in tree.low[tree.subtree(head)[0] : head]
    ):
        spans.append(chars(tree, *tree.noun_phrase(head)))
    found = make(tree, occ, cue, joined(spans), "passive_imp", by, 0.6)
    if cue.stance == "accuses":
        found.imputed = head
    return found


_SAID_OF = (
    (("as", "comme"), ("np_pred", "np_comme_np", "np_de_pred")),
    (("pour", "for"), ("obj_pour_np", "obj_for_np")),
    (("of", "de", "d'"), ("obj_of", "obj_de", "of_")),
)


def _said_of_it(tree: Tree, tail: Occurrence, by: int, frames: frozenset[str]) -> tuple[int, int] | None:
    """What the agent *by* says of the subject: described by X as Y, critiqué par X pour Y."""
    end = tree.last[tail.verb]
    for at in range(by + 1, min(tail.last + 2, end)):
        word = tree.low[at]
        opens = any(word in words and any(f.startswith(starts) for f in frames) for words, starts in _SAID_OF)
        if opens and (at > tail.last or word not in ("of", "de", "d'")):
            head = prepositional_head(tree, at, end)
            return chars(tree, at, phrase_end(tree, tail, head, at, end)) if head is not None else None
    return None


def _is_someone(tree: Tree, content: tuple[int, int]) -> bool:
    """Whether the noun phrase is a person: le ministre, confirmé par les députés; not a claim of the minister."""
    return any(
        tree.nominal(k)
        and tree.grammar.is_person(tree.lemma[k], tree.low[k])
        and not (content[0] <= tree.head[k] <= content[1] and tree.rel[k] in ("poss", "pobj", "nmod"))
        for k in range(content[0], min(content[1], content[0] + 4) + 1)
    )


def _passive_subject(tree: Tree, occ: Occurrence) -> int | None:
    own = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), None)
    if own is not None or occ.form != "participle":
        return own
    up = tree.head[occ.verb]
    return up if tree.nominal(up) else tree.kid(up, "subj")
