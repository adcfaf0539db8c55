"""Nominal cues: the claim that …, l'affirmation de X selon laquelle …, ses accusations contre Y, l'annonce de N par X.

A noun counts only with both a speaker and a content beside it: ``l'annonce de l'arrestation`` alone reports nobody.
"""

from __future__ import annotations

from kg.extract.claims.boundaries import clause_end, sentence_end
from kg.extract.claims.found import Found, chars, joined
from kg.extract.claims.occurrence import Occurrence
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree

_OF = frozenset(("de", "d'", "du", "des", "of"))
_BY = frozenset(("par", "by", "from"))


def noun_claims(tree: Tree, low: int, high: int) -> list[Found]:
    """The claims of a sentence whose cue is a noun."""
    found = []
    for token in range(low, high + 1):
        if tree.pos[token] not in ("NOUN", "PROPN") or tree.parsed.marked[token] >= 0:
            continue
        for cue in tree.grammar.lexicon.nouns.get(tree.lemma[token], ()):
            claim = _claim(tree, cue, token)
            if claim is not None:
                found.append(claim)
                break
    return found


def _claim(tree: Tree, cue: Cue, noun: int) -> Found | None:
    end = sentence_end(tree, noun)
    frames = frozenset(cue.frames)
    speaker, after = owner(tree, noun, end)
    content = _content(tree, noun, after, end, frames, speaker)
    if content is None or speaker is None:
        return None
    content = (content[0], _before_matrix(tree, noun, *content))
    span = chars(tree, *content)
    if span is None:
        return None
    back = _taken_back(tree, noun)
    if back is not None:
        verb, lemma = back
        return Found((verb, verb), lemma, joined([span]), "denies", "noun", speaker, score=0.6)
    return Found((noun, noun), cue.lemma, joined([span]), cue.stance, "noun", speaker, score=0.6)


def _taken_back(tree: Tree, noun: int) -> tuple[int, str] | None:
    """The verb by which what the noun names is taken back, and its lemma: ``withdrew his charge that …``."""
    verb = tree.head[noun]
    if tree.rel[noun] == "pobj":
        verb = tree.head[verb]
    if tree.rel[noun] not in ("obj", "obl", "pobj") or tree.pos[verb] != "VERB":
        return None
    if any(tree.low[k] in tree.grammar.negations for k in tree.kids[verb]):
        return None
    lemma = tree.verb[verb] or tree.lemma[verb]
    particle = next((tree.low[k] for k in tree.kids[verb] if tree.low[k] == "back"), "")
    words = f"{lemma} {particle}".strip()
    return (verb, words) if words in tree.grammar.withdrawals else None


def _before_matrix(tree: Tree, noun: int, low: int, high: int) -> int:
    """*high* moved back before the verb whose subject the noun is: his claim that … | was met with scepticism."""
    top = noun
    while tree.rel[top] in ("nmod", "pobj", "prep", "conj", "appos") and tree.head[top] < top:
        top = tree.head[top]
    verb = tree.head[top]
    if tree.rel[top] == "subj" and low < verb <= high:
        first = verb
        auxiliaries = [k for k in tree.kids[verb] if tree.rel[k] in ("aux", "auxpass", "cop", "neg") and low < k < verb]
        first = min([first, *auxiliaries])
        while first > low and tree.low[first - 1] in tree.grammar.clitics | tree.grammar.negations:
            first -= 1
        return first - 1
    return _second_finite(tree, low, high)


def _second_finite(tree: Tree, low: int, high: int) -> int:
    """Where the parser took the matrix verb into the clause: before a finite verb right behind a complete clause."""
    finite = [k for k in range(low, high + 1) if tree.finite_verb(k)]
    for k in finite[1:]:
        before = tree.low[k - 1]
        if (
            tree.pos[k] == "AUX"
            and tree.pos[k - 1] in ("NOUN", "PROPN", "NUM", "ADJ", "PUNCT")
            and not any(
                tree.rel[j] in ("subj", "expl") and low <= j < k and j > finite[0]
                for j in tree.kids[tree.head[k]] + tree.kids[k]
            )
        ):
            return k - 1
        if before in ("n'", "ne") and tree.pos[k - 2] in ("NOUN", "PROPN", "NUM", "VERB", "ADV"):
            own = [j for j in tree.kids[k] + tree.kids[tree.head[k]] if tree.rel[j] == "subj" and finite[0] < j < k]
            if not own:
                return k - 2
    return high


def owner(tree: Tree, noun: int, end: int) -> tuple[int | None, int]:
    """Who utters *noun*: its possessive, its genitive, its agent, or a named complement; and the token after that."""
    after = noun + 1
    possessive = next((k for k in tree.kids[noun] if tree.rel[k] in ("poss",) and k < noun), None)
    if possessive is not None:
        return possessive, after
    determiner = next((k for k in tree.kids[noun] if tree.low[k] in tree.grammar.possessive and k < noun), None)
    if determiner is not None:
        return determiner, after
    while after <= end and tree.pos[after] == "ADJ":
        after += 1
    if after <= end and tree.low[after] in _OF | _BY:
        head = _head_after(tree, after, end)
        if head is not None and (
            tree.low[after] in _BY
            or _speaks(tree, head)
            or (tree.lemma[noun] == "information" and tree.word[head][:1].isupper())
        ):
            return head, _past_incise(tree, tree.noun_phrase(head)[1] + 1, end)
    for token in range(noun + 1, min(end, noun + 14) + 1):
        if tree.low[token] in tree.grammar.readers and tree.lemma[noun] != "information":
            break  # des messages consultés par X are not by X
        if tree.low[token] in ("par", "by"):
            head = _head_after(tree, token, end)
            return head, noun + 1
        if tree.low[token] in (",", ";") or (tree.pos[token] == "VERB" and tree.finite(token)):
            break
    return None, noun + 1


def _past_incise(tree: Tree, at: int, end: int) -> int:
    """Past a date or place between commas: l'annonce par le groupe, en mars, d'une régularisation."""
    if at <= end and tree.low[at] == ",":
        close = next((k for k in range(at + 1, min(end, at + 6) + 1) if tree.low[k] == ","), None)
        if close is not None:
            return close + 1
        if at + 1 <= end and (tree.low[at + 1] in ("selon", "que", "qu'")):
            return at + 1
    return at


def _head_after(tree: Tree, preposition: int, end: int) -> int | None:
    head = tree.head[preposition]
    if preposition < head <= min(end, preposition + 6) and tree.nominal(head):
        return head
    first = next((k for k in range(preposition + 1, min(end, preposition + 5) + 1) if tree.nominal(k)), None)
    while first is not None and tree.rel[first] == "compound" and first < tree.head[first] <= min(end, first + 4):
        first = tree.head[first]  # by the audit office
    return first


def _speaks(tree: Tree, head: int) -> bool:
    """Whether a complement of the noun is its speaker rather than its content."""
    if tree.parsed.doc[head].ent_type_ in ("PER", "PERSON"):
        return True
    if tree.parsed.doc[head].ent_type_ in ("ORG", "GPE", "NORP", "MISC", "LOC"):
        return tree.pos[head] == "PROPN"
    return tree.grammar.is_person(tree.lemma[head], tree.low[head]) or tree.grammar.speaks(tree.lemma[head])


def _content(
    tree: Tree, noun: int, after: int, end: int, frames: frozenset[str], speaker: int | None
) -> tuple[int, int] | None:
    at = after
    if at > end:
        return None
    occ = Occurrence(noun, noun, noun, "noun")
    low = tree.low
    if frames & {"noun_que", "noun_that"}:
        if low[at] in tree.grammar.complementisers and tree.pos[at] in ("SCONJ", "PRON"):
            return at + 1, clause_end(tree, occ, at + 1, end)
        if low[at] == "selon" and at + 2 <= end and low[at + 1] in ("laquelle", "lesquelles", "lequel", "lesquels"):
            return at + 2, clause_end(tree, occ, at + 2, end)
    if speaker is None:
        return None
    if low[at] in _OF and "noun_de_inf" in frames and at + 1 <= end and tree.morph(at + 1, "VerbForm") == "Inf":
        return at, clause_end(tree, occ, at, end)
    if low[at] == "to" and frames & {"noun_to_inf"}:
        return at, clause_end(tree, occ, at, end)
    if low[at] in _OF and frames & {"noun_de", "noun_of"} and (after > noun + 1 or speaker < noun):
        head = _head_after(tree, at, end)
        if head is not None:
            return at, max(head, tree.subtree(head)[1] if tree.subtree(head)[0] >= at else tree.noun_phrase(head)[1])
    for frame, words in _TAILS.items():
        if frame in frames and low[at] in words:
            head = _head_after(tree, at, end)
            if head is not None and not tree.grammar.is_person(tree.lemma[head], tree.low[head]):
                return at, max(head, tree.noun_phrase(head)[1])
    return None


_TAILS = {
    "noun_contre": frozenset(("contre",)), "noun_against": frozenset(("against",)), "noun_sur": frozenset(("sur",)),
    "noun_about": frozenset(("about",)), "noun_a": frozenset(("à", "au", "aux")), "noun_for": frozenset(("for",)),
}  # fmt: skip
