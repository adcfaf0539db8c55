"""How a found claim is made: its stance, and whether its speaker can speak."""

from __future__ import annotations

from kg.extract.claims.content import Content
from kg.extract.claims.found import Found
from kg.extract.claims.impersonal import is_on, placed_source
from kg.extract.claims.occurrence import Occurrence
from kg.extract.lexicon import Cue
from kg.extract.phrase_words import phrase_words
from kg.extract.tree import Tree

# Classes whose bare subject must be able to speak: an affair shows, a decision confirms, but neither claims.
_CAREFUL = frozenset(("find", "confirm", "warn", "judge", "explain", "recommend"))


def may_speak(tree: Tree, head: int, cue: Cue, content: Content) -> bool:
    """Whether the subject is one that speaks; a plain noun that is no source does so only with a clause."""
    if tree.pos[head] in ("PROPN", "PRON", "X") or tree.low[head] in tree.grammar.subject_pronouns:
        if is_on(tree, head) and content.frame.endswith(("np", "pred")):
            return placed_source(tree, head) is not None  # l'on voit moins de sacs: nobody in particular says so
        return tree.low[head] not in ("ce", "cela", "ça", "this", "that", "c'", "ceci", "rien", "tout", "there")
    if tree.grammar.speaks(tree.lemma[head], tree.low[head]) or _latter(tree, head):
        return True  # also cette dernière, which the tagger may call an adjective
    if tree.parsed.doc[head].ent_type_ in ("PER", "PERSON", "ORG", "GPE", "LOC", "NORP", "MISC"):
        return True
    abstract = tree.abstract(head)
    if (cue.group == "find" and tree.people(head) is not True) or (
        abstract and (cue.group in _CAREFUL or content.frame not in ("que", "that"))
    ):
        return False
    return content.frame not in ("np", "np_pred", "np_de_pred") or _named(tree, head) or tree.people(head) is True


def _latter(tree: Tree, head: int) -> bool:
    """`cette dernière`, `la première`, `the former`: an adjective that stands for somebody named before."""
    if head == tree.first[head]:
        return False
    before, words = tree.low[head - 1], phrase_words(tree.grammar.language)
    if tree.low[head] in words.ordinals | words.last_one and before in tree.grammar.definite:
        return head < tree.last[head] and tree.pos[head + 1] not in ("NOUN", "PROPN", "ADJ", "NUM")
    return tree.low[head].startswith("derni") and before in tree.grammar.demonstrative


def _named(tree: Tree, head: int) -> bool:
    """Whether a name stands beside the noun: son manager, Loïc Bergot."""
    return any(tree.pos[k] == "PROPN" and tree.rel[k] in ("appos", "flat", "nmod") for k in tree.kids[head] if k > head)


def stance_of(cue: Cue, frame: str, tree: Tree, content: Content, occ: Occurrence) -> str:
    """The cue's stance in this frame, with negated content, or when negated itself."""
    window = [tree.low[k] for k in range(content.low, min(content.high, content.low + 4) + 1)]
    content_negated = any(word in tree.grammar.negations for word in window)
    if occ.negated and cue.group == "think" and not any(key == "negated" for key, _ in cue.when):
        return "denies"
    if tree.grammar.language == "en" and frame == "que":
        frame = "that"  # the clause frames of the two languages are one function
        urged = cue.stance == "recommends" and "should" in tree.low[content.low : content.high + 1]
        if urged and not occ.negated:
            return cue.stance  # suggests that the minister should resign
    return cue.stance_in(frame, content_negated=content_negated, cue_negated=occ.negated)


def make(
    tree: Tree, occ: Occurrence, cue: Cue, spans: list[tuple[int, int]], rule: str, speaker: int | None, score: float
) -> Found:
    stance = cue.stance_in(rule, cue_negated=occ.negated)
    return Found(
        (occ.first, occ.last), cue.lemma, spans, stance, rule, speaker, negated=occ.negated,
        score=score if speaker is not None else score * 0.6,
    )  # fmt: skip
