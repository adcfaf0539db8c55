"""One telling of an event: a trigger with all that its sentence says of it; many tellings make one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.events.ballots import Ballot
from kg.extract.events.triggers import Found
from kg.extract.events.words import Factuality
from kg.extract.tree import Tree
from kg.model import Interval

_NAMED_ROLES = {"Publication": "agent", "Poll": "agent"}


@dataclass(slots=True)
class Telling:
    """What one trigger and its sentence say.

    *determiner* is as :func:`determiner` says; *names* are the proper names, in lower case, of the party that tells
    events of this kind apart (the target; for polls and publications the agent); *other*: the words say that it is
    another event; *past*: told in the pluperfect; *points_back*: an anaphoric word with the article to be one;
    *may_leak*: a publication that may be of a leak told of elsewhere, *papers*: of papers, not of a work; *many*:
    whether it was done to several (None: not said); *before*: the date of what followed from it (``jailed in 2018 for
    hacking``); *headline*: in a line that is no sentence; *bare*: nothing restricts the noun; *fresh*: the
    heads, in lower case, of targets that are spoken of for the first time (``a bank``, ``agencies``); *dates*: the
    verbs of what it is named to date (``voted months after a first ballot``); *renewed*: ``this new incident``.
    """

    found: Found
    kind: str
    verdict: str
    interval: Interval | None
    roles: list[tuple[str, int]]
    determiner: str
    plural: bool
    other: bool
    sentence: int
    names: frozenset[str] = frozenset()
    ballot: Ballot = field(default_factory=Ballot)
    past: bool = False
    points_back: bool = False
    may_leak: bool = False
    papers: bool = False
    many: bool | None = None
    before: Interval | None = None
    headline: bool = False
    bare: bool = False
    fresh: frozenset[str] = frozenset()
    dates: frozenset[int] = frozenset()
    renewed: bool = False

    def wider(self, before: Sequence[Telling]) -> bool:
        """Whether its words are wider ones for a deed of *before*, or the other way round: shut down in a raid."""
        mine, others = self.found.entry, [one.found.entry for one in before]
        return any(other.deed in mine.also or mine.deed in other.also for other in others)

    @property
    def token(self) -> int:
        return self.found.token

    @property
    def anaphoric(self) -> bool:
        return self.found.entry.anaphoric

    @property
    def verbal(self) -> bool:
        return self.found.entry.part == "verb"


def determiner(tree: Tree, found: Found) -> str:
    """``def dem poss indef none`` of a noun, ``verb`` or ``amod`` of a verb."""
    token = found.token
    if found.entry.part == "verb":
        return "amod" if tree.rel[token] == "amod" else "verb"
    grammar = tree.grammar
    for kid in sorted(tree.kids[token]):
        if kid < token:
            if tree.rel[kid] == "poss" or tree.low[kid] in grammar.possessive:
                return "poss"
            if tree.low[kid] in grammar.demonstrative:
                return "dem"
            if tree.rel[kid] == "det":
                return "def" if tree.low[kid] in grammar.definite else "indef"
    at = min(found.first, token)
    while at > tree.first[token] and tree.pos[at - 1] == "ADJ":
        at -= 1
    before = tree.low[at - 1] if at > tree.first[token] else ""
    if grammar.language == "fr" and before in ("du", "au", "aux"):
        return "def"
    if any(tree.rel[k] == "nummod" for k in tree.kids[token]):
        return "indef"
    return "none"


def plural(tree: Tree, token: int) -> bool:
    return tree.number(token) == "p"


def other(tree: Tree, found: Found, words: Factuality) -> bool:
    """Whether this is not the event told of before: ``une autre attaque``, ``un nouveau scrutin``."""
    new = determiner(tree, found) in ("indef", "none")
    token = found.token
    if new and any(tree.lemma[k] in words.recent_words for k in tree.kids[token]):
        return True
    return any(
        (tree.lemma[k] in words.other_words or tree.low[k] in words.other_words) and abs(k - token) < 4
        for k in tree.kids[token]
    )


def renewed(tree: Tree, found: Found, words: Factuality) -> bool:
    """``ce nouvel incident``: the one at hand, not one that was before."""
    kids = tree.kids[found.token]
    return determiner(tree, found) == "dem" and any(tree.lemma[k] in words.recent_words for k in kids)


def many(tree: Tree, roles: list[tuple[str, int]]) -> bool | None:
    """Whether those to whom it was done are several; None where the text does not say."""
    heads = [head for role, head in roles if role == "target" and tree.pos[head] != "PRON"]
    if not heads:
        return None
    return len(heads) > 1 or tree.number(heads[0]) == "p"


def fresh(tree: Tree, roles: list[tuple[str, int]]) -> frozenset[str]:
    """The heads of targets with an indefinite article or none."""
    known = tree.grammar.definite | tree.grammar.demonstrative | tree.grammar.possessive
    found = set()
    for role, head in roles:
        given = any(tree.rel[k] == "poss" or tree.low[k] in known for k in tree.kids[head] if k < head)
        if role == "target" and tree.pos[head] == "NOUN" and not given:
            found.add(tree.low[head])
    return frozenset(found)


def names(tree: Tree, found: Found, kind: str, roles: list[tuple[str, int]]) -> frozenset[str]:
    """The proper names of the party that tells events of *kind* apart, or those in the event's own name."""
    if found.entry.part == "name":
        return frozenset(tree.low[k].lstrip("#") for k in found.covered) - {found.entry.lemma}
    wanted = _NAMED_ROLES.get(kind, "target")
    if kind == "OtherEvent" and not any(role == "target" for role, _ in roles):
        wanted = "agent"  # who resigned
    named: set[str] = set()
    for role, head in roles:
        if role == wanted:
            for at in (head, *(k for k in tree.kids[head] if tree.rel[k] == "appos")):
                low, high = tree.noun_phrase(at)
                named |= {tree.low[k] for k in range(low, high + 1) if _name(tree, k)}
    return frozenset(named)


def _name(tree: Tree, k: int) -> bool:
    return (
        tree.word[k][:1].isupper()
        and tree.pos[k] in ("PROPN", "NOUN", "X")
        and len(tree.word[k]) > 2
        and k > tree.first[k]
    )


def other_deed(told: Telling, before: Sequence[Telling]) -> bool:
    """Whether *told* is of something else than the tellings *before*; what points back may be a wider word for it."""
    entry = told.found.entry
    if any(entry.same_deed(one.found.entry) for one in before):
        return False
    takes_up = any(one.kind != told.kind or one.found.entry.deed in entry.also for one in before)
    return not (takes_up and told.determiner in ("def", "dem", "poss"))
