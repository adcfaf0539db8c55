"""Finds claims: who says what, by which cue, in a parsed document.

Sentence by sentence: sources named by a preposition, cue verbs and expressions, nominal cues; then the quotations that
no cue took, which go on from the claim before them.  Frames are plain functions over ``Tree``: each asks the parse
first and the words where the parse is silent.
"""

from __future__ import annotations

from kg.extract.claims.follow import carry_on, follow_quotes
from kg.extract.claims.found import Found
from kg.extract.claims.impersonal import is_on, placed_source
from kg.extract.claims.incise import incise_claims
from kg.extract.claims.interviews import interview_claims
from kg.extract.claims.nominal import noun_claims
from kg.extract.claims.refusals import Refused
from kg.extract.claims.sources import source_claims
from kg.extract.claims.verbal import verb_claims
from kg.extract.tree import Tree
from kg.model import Rejected, Span

__all__ = ["Found", "find_claims"]


def find_claims(tree: Tree) -> tuple[list[Found], list[Rejected]]:
    """All claims of the document in text order, and what was looked at and refused."""
    claims: list[Found] = []
    rejected: list[Rejected] = []
    for low, high in tree.sentences:
        if tree.parsed.inside[low] >= 0:
            continue
        claims += _sentence(tree, low, high, rejected)
    claims += incise_claims(tree) + interview_claims(tree)
    claims = carry_on(tree, sorted(claims, key=lambda c: c.cue))
    for claim in claims:
        if claim.speaker is not None and is_on(tree, claim.speaker):
            claim.speaker = placed_source(tree, claim.speaker) or claim.speaker
    claims = follow_quotes(tree, claims)
    return _outermost(tree, claims, rejected), rejected


def _sentence(tree: Tree, low: int, high: int, rejected: list[Rejected]) -> list[Found]:
    cues = [k for k in range(low, high + 1) if _is_cue(tree, k)]
    found = source_claims(tree, low, high)
    for verb in [k for k in range(low, high + 1) if tree.verb[k] and tree.parsed.marked[k] < 0]:
        try:
            claims = verb_claims(tree, verb, cues)
        except Refused as reason:
            rejected.append(Rejected(tree.parsed.span(verb, verb), tree.verb[verb], str(reason)))
            continue
        found += [claim for claim in claims if claim.content and not _asked(tree, claim, high)]
    found += noun_claims(tree, low, high)
    return sorted(found, key=lambda c: c.cue)


def _asked(tree: Tree, claim: Found, high: int) -> bool:
    """Whether the claim is what somebody is asked: Do you regret anything?"""
    heads = [*range(claim.cue[0], claim.cue[1] + 1), *([claim.speaker] if claim.speaker is not None else [])]
    return tree.low[high] == "?" and any(tree.low[k] in tree.grammar.spoken_to for k in heads)


def _is_cue(tree: Tree, token: int) -> bool:
    verb = tree.verb[token]
    return bool(verb) and tree.parsed.marked[token] < 0 and verb in tree.grammar.lexicon.verbs


def _outermost(tree: Tree, claims: list[Found], rejected: list[Rejected]) -> list[Found]:
    """Without the claims whose cue lies in another's content, and with one claim a cue and a content."""
    kept: list[Found] = []
    for claim in claims:
        cue = (tree.parsed.start[claim.cue[0]], tree.parsed.end[claim.cue[1]])
        around = [o for o in claims if o is not claim and _holds(o, cue) and not _inside(claim, tree, o)]
        if around:
            claim.nested = True
        twin = next((k for k in kept if _overlap(k, claim)), None)
        if twin is not None:
            worse = claim if twin.score >= claim.score else twin
            rejected.append(_refused(tree, worse, "another frame reads the same words"))
            if worse is twin:
                kept[kept.index(twin)] = claim
            continue
        kept.append(claim)
    for claim in [k for k in kept if k.nested]:
        rejected.append(_refused(tree, claim, "reported inside another claim"))
    return [k for k in kept if not k.nested]


def _overlap(a: Found, b: Found) -> bool:
    """Whether two claims say the same: the same content, or one cue with contents that share text."""
    if a.content == b.content:
        return True
    return a.cue == b.cue and any(x < q and p < y for x, y in a.content for p, q in b.content)


def _holds(claim: Found, cue: tuple[int, int]) -> bool:
    return any(start <= cue[0] and cue[1] <= end for start, end in claim.content)


def _inside(claim: Found, tree: Tree, other: Found) -> bool:
    """Whether *other*'s cue also lies in *claim*'s content: then the longer content is the outer one."""
    cue = (tree.parsed.start[other.cue[0]], tree.parsed.end[other.cue[1]])
    if not _holds(claim, cue):
        return False
    return sum(b - a for a, b in claim.content) > sum(b - a for a, b in other.content)


def _refused(tree: Tree, claim: Found, reason: str) -> Rejected:
    start, end = tree.parsed.start[claim.cue[0]], tree.parsed.end[claim.cue[1]]
    return Rejected(Span.of(tree.parsed.text, start, end), claim.rule, reason)
