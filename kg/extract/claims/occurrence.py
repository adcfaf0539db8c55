"""A cue verb where it occurs: its verbal group, its form, voice and negation."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.tree import Tree

_PARTICIPLES = ("é", "ée", "és", "ées")


@dataclass(slots=True)
class Occurrence:
    """Tokens ``first``..``last`` are the verbal group of *verb*; *clitic* is an inverted pronoun inside it.

    *form* is ``finite``, ``inf``, ``gerund`` or ``participle`` (a past participle without an auxiliary).
    """

    verb: int
    first: int
    last: int
    form: str
    passive: bool = False
    negated: bool = False
    reflexive: bool = False
    clitic: int | None = None
    lemma: str = ""


def occurrence(tree: Tree, verb: int) -> Occurrence:
    """The verbal group around *verb*."""
    grammar, low = tree.grammar, tree.low
    first = verb
    auxiliaries: list[int] = []
    clitic: int | None = None
    negated = reflexive = False
    at = verb - 1
    while at >= tree.first[verb] and verb - at < 9:
        word = low[at]
        if tree.parsed.quote[at] >= 0:
            break
        if word in grammar.clitic_subjects:
            clitic = at
        elif word in grammar.auxiliaries:
            auxiliaries.append(at)
        elif word in grammar.negations:
            negated = True
        elif word in grammar.clitics and _is_clitic(tree, at):
            if _is_subject(tree, at, first):
                break
            reflexive = reflexive or word in grammar.reflexives
        elif tree.pos[at] == "ADV" or word in grammar.negation_seconds or word in grammar.clitic_links:
            if not auxiliaries and not _group_goes_on(tree, at):
                break
        elif tree.pos[at] == "PART" and word != "to":
            pass
        else:
            break
        if tree.pos[at] != "ADV" or auxiliaries or negated:
            first = at
        at -= 1
    for kid in tree.kids[verb]:  # an adverbial inside the group: a, par ailleurs, indiqué
        if (
            tree.rel[kid] in ("aux", "auxpass")
            and tree.low[kid] != "to"
            and verb - 7 <= kid < first
            and tree.first[verb] <= kid
        ):
            auxiliaries.append(kid)
            first = kid
    far = _far_auxiliary(tree, verb) if not auxiliaries else None
    if far is not None:
        auxiliaries.append(far)
        first = far
    last = verb
    after = verb + 1
    while after <= tree.last[verb] and after - verb < 4:
        word = low[after]
        if word in grammar.clitic_subjects:
            clitic, last = after, after
        elif word in grammar.clitic_links or (word in grammar.negation_seconds and negated):
            last = after
        else:
            break
        after += 1
    if negated and low[last : last + 2] == ["pas", "moins"]:
        negated, last = False, last + 1  # n'en exhorte pas moins: all the same
    negated = negated or (tree.low[first - 1] == "sans" and first > tree.first[verb])
    if tree.grammar.language == "en" and not reflexive:
        reflexive = any(low[k] in grammar.reflexives for k in tree.kids[verb])
    return Occurrence(
        verb, first, last, _form(tree, verb, auxiliaries), _passive(tree, verb, auxiliaries, reflexive), negated,
        reflexive, clitic, tree.verb[verb],
    )  # fmt: skip


def _far_auxiliary(tree: Tree, verb: int) -> int | None:
    """The ``avoir`` before a circumstance that splits the group: a de son côté appelé, a, hier soir, dénoncé."""
    if tree.grammar.language != "fr" or not tree.low[verb].endswith(("é", "i", "u", "t", "s")):
        return None
    for at in range(verb - 2, max(tree.first[verb], verb - 8) - 1, -1):
        if tree.low[at] in _HAVE:
            opens = tree.pos[at + 1] == "ADP" or tree.low[at + 1] == ","
            return at if opens and (tree.low[at + 1] == ",") == (tree.low[verb - 1] == ",") else None
        if tree.pos[at] in ("VERB", "SCONJ", "CCONJ") or tree.parsed.marked[at] >= 0 or tree.parsed.quote[at] >= 0:
            return None
    return None


def _is_clitic(tree: Tree, at: int) -> bool:
    """Whether a form such as ``le`` or ``leur`` is a pronoun before the verb, not a determiner."""
    return tree.pos[at] in ("PRON", "PART", "ADV", "X", "DET") and tree.pos[at + 1] not in (
        "NOUN",
        "PROPN",
        "ADJ",
        "NUM",
    )


def _is_subject(tree: Tree, at: int, first: int) -> bool:
    """Whether ``nous`` is the subject of the group that begins at *first*, not its object: nous vous demandons."""
    form = next((tree.low[k] for k in range(first, tree.last[at] + 1) if tree.low[k] not in tree.grammar.clitics), "")
    if tree.low[at] != "nous" or not form.endswith(("ons", "sommes", "fûmes", "eûmes")) or form == "non":
        return False
    return at == tree.first[at] or tree.low[at - 1] != "nous"


def _group_goes_on(tree: Tree, at: int) -> bool:
    """Whether an auxiliary or negation stands before the adverbs that end at *at*."""
    for before in range(at - 1, max(tree.first[at], at - 4) - 1, -1):
        if tree.low[before] in tree.grammar.auxiliaries or tree.low[before] in tree.grammar.negations:
            return True
        if tree.pos[before] != "ADV":
            return False
    return False


def _form(tree: Tree, verb: int, auxiliaries: list[int]) -> str:
    low = tree.low[verb]
    if auxiliaries:
        lead = tree.low[min(auxiliaries)]
        if lead in ("avoir", "être") or (lead in ("have", "be") and tree.low[min(auxiliaries) - 1] == "to"):
            return "inf"
        if lead in ("ayant", "étant", "having", "being"):
            return "gerund"
        return "finite"
    form = tree.morph(verb, "VerbForm")
    if tree.grammar.language == "fr":
        if low.endswith("ant") and form != "Fin":
            return "gerund"
        if form == "Inf" or (low == tree.verb[verb] and form != "Fin"):
            return "inf"
        if low.endswith("t") and tree.low[min(verb + 1, tree.n - 1)] not in tree.grammar.agent_prepositions:
            return "finite"  # dit, écrit: present and participle are one form
        if low.endswith(_PARTICIPLES):
            form = "Part"  # Invité à réagir, …: a name to the tagger, yet no finite form of a verb ends so
        if form == "Part" and (low.endswith(_PARTICIPLES) or not tree.verb[verb].endswith("er")):
            return "finite" if _shares_auxiliary(tree, verb) else "participle"
        return "finite"
    if low.endswith("ing"):
        return "gerund"
    tag = tree.parsed.doc[verb].tag_
    if tag == "VB":
        return "inf" if verb and tree.low[verb - 1] == "to" else "finite"
    if tree.verb[verb] in tree.grammar.reduced_passives and tree.low[min(verb + 1, tree.n - 1)] == "to":
        return "participle"  # emails said to come from …: nobody is named who says so
    if tag in ("VBN", "VBD") and verb == tree.first[verb]:
        return "participle"  # Asked whether …, the mayor replied
    if tag == "VBN":
        # said/claimed/warned are tagged both ways: with a subject of its own it is a past tense
        own = tree.kid(verb, "subj") is not None and not tree.kid(verb, "auxpass")
        return "finite" if own or _takes_that(tree, verb) or _goes_on(tree, verb) else "participle"
    return "finite"


def _goes_on(tree: Tree, verb: int) -> bool:
    """``She vowed to … and advised players to …``: a past tense that follows *and* after another report."""
    if verb <= tree.first[verb] or tree.low[verb - 1] not in ("and", "but"):
        return False
    lexicon = tree.grammar.lexicon
    return any(
        tree.verb[k] in lexicon.verbs and tree.parsed.doc[k].tag_ in ("VBD", "VBZ")
        for k in range(tree.first[verb], verb - 1)
    )


_ADDRESSED = frozenset(
    ["tell", "inform", "ask", "warn", "advise", "assure", "convince", "remind", "notify", "question"]
)


def _takes_that(tree: Tree, verb: int) -> bool:
    """Whether a form tagged as a past participle has a clause of its own, which a participle of these verbs has not."""
    if tree.verb[verb] in _ADDRESSED or tree.low[verb - 1 if verb else 0] in tree.grammar.be:
        return False
    clause = tree.kid(verb, "ccomp")
    return clause is not None and clause > verb and any(tree.low[k] == "that" for k in tree.kids[clause])


def _shares_auxiliary(tree: Tree, verb: int) -> bool:
    """``a qualifié … et menacé de``: a coordinated participle whose auxiliary ``avoir`` stands with the first verb."""
    before = verb - 1
    while before > tree.first[verb] and tree.pos[before] == "ADV":
        before -= 1
    if (
        tree.low[before] not in ("et", "puis", "mais", ",")
        or tree.low[min(verb + 1, tree.n - 1)] in tree.grammar.agent_prepositions
    ):
        return False
    for at in range(before - 1, tree.first[verb], -1):
        if tree.finite_verb(at):
            return tree.low[at] in _HAVE
        if tree.low[at] in tree.grammar.complementisers | tree.grammar.relatives_subject:
            return False
    return False


_HAVE = frozenset(["a", "ont", "avait", "avaient", "aura", "auront", "aurait", "auraient", "ait", "ai", "avons"])


def _passive(tree: Tree, verb: int, auxiliaries: list[int], reflexive: bool) -> bool:
    if reflexive or not auxiliaries:
        return False
    nearest = max(auxiliaries)
    if tree.low[nearest] not in tree.grammar.be:
        return False
    if tree.grammar.language == "fr":
        return not tree.low[verb].endswith(("ant", "er", "ir")) or tree.low[nearest] == "été"
    return not tree.low[verb].endswith("ing")
