"""What a mention tells resolution: function, gender, number, determiner (see ``model.Mention``)."""

from __future__ import annotations

from kg.extract.eligible import Eligible

_FUNCTIONS = {
    "subj": "subj", "obj": "obj", "agent": "agent", "attr": "attr", "nmod": "nmod", "pobj": "nmod", "poss": "nmod",
}  # fmt: skip
_POSSESSIVE = ("'s", "’s")


def function(eligible: Eligible, head: int, first: int) -> str:
    """The head's function; what a sentence is put to be about (`quant à X`) counts as its subject."""
    tree = eligible.tree
    start = tree.first[first]
    if any(tree.low[k] in eligible.words.topics for k in range(max(start, first - 3), first)):
        return "subj"
    if first > start and tree.low[first - 1] in tree.grammar.agent_prepositions:
        return "agent"
    if tree.rel[head] not in _FUNCTIONS and _opens_clause(eligible, head, first):
        return "subj"
    title = tree.head[head]
    if tree.rel[head] not in _FUNCTIONS and title == first - 1 and tree.pos[title] in ("NOUN", "PROPN", "ADJ"):
        return _FUNCTIONS.get(tree.rel[title], "other")  # le Norvégien X: the name is what its title is
    return _FUNCTIONS.get(tree.rel[head], "other")


def _opens_clause(eligible: Eligible, head: int, first: int) -> bool:
    """Whether a noun phrase with an article begins the sentence, and a finite verb follows: it is its subject."""
    tree = eligible.tree
    if first != tree.first[head] or first == head or tree.low[first] not in tree.grammar.determiners:
        return False
    return not tree.grammar.temporal & {tree.low[head]} and any(
        tree.finite_verb(k) for k in range(head + 1, tree.last[head] + 1)
    )


def gender(eligible: Eligible, head: int, first: int, kind: str) -> str:
    """A noun's gender from its article, the lexicon, the tagger, in this order; a name tells none."""
    tree, words = eligible.tree, eligible.words
    if kind == "proper":
        return ""
    if kind == "pronoun":
        return tree.gender(head)
    if tree.low[first] in words.feminine_determiners:
        return "f"  # la médecin
    told = {s.gender for s in eligible.nouns.get(tree.low[head], ())} or {s.gender for s in eligible.source(head)}
    if told in ({"f"}, {"m"}):
        return told.pop()
    if tree.low[head].endswith(words.feminine_endings):
        return "f"
    if tree.low[first] in words.masculine_determiners or tree.low[head].endswith(words.masculine_endings):
        return "m"
    if tree.grammar.language == "en" or tree.low[head].endswith(words.epicene_endings):
        return ""  # l'universitaire: no article that tells, and the tagger guesses
    return tree.gender(head)


def number(eligible: Eligible, head: int, kind: str) -> str:
    """``s`` or ``p``; names have none."""
    if kind == "proper":
        return ""
    if kind == "pronoun":
        return "p" if eligible.tree.low[head] in eligible.words.plural_pronouns else "s"
    return eligible.tree.number(head)


def determiner(eligible: Eligible, head: int, first: int) -> str:
    """``def``, ``indef``, ``dem``, ``poss`` or ""; a possessor makes definite (`the union's president`)."""
    tree, grammar = eligible.tree, eligible.tree.grammar
    for k in range(first, head + 1):
        word = tree.low[k]
        if word in grammar.possessive:
            return "poss"
        if word in grammar.demonstrative:
            return "dem"
        if word in grammar.definite or word in _POSSESSIVE:
            return "def"
        if word in grammar.indefinite:
            return "indef"
    before = tree.low[first - 1] if first > tree.first[head] else ""
    return "def" if before in eligible.words.contracted else ""
