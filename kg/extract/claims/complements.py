"""Content to the right of a cue: clauses, questions, infinitives, each as the cue's frames allow.

The parse proposes, the words decide: a complementiser right after the cue is one even where the parser hung the
clause elsewhere.
"""

from __future__ import annotations

from kg.extract.claims.boundaries import clause_end, sentence_end
from kg.extract.claims.content import CUT, Content
from kg.extract.claims.infinitives import infinitive, ing_content
from kg.extract.claims.markers import object_between, skip_circumstances
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree

_FINITE_GAP = 24


def complement(tree: Tree, occ: Occurrence, frames: frozenset[str]) -> Content | None:
    """The content that follows *occ*, by the first of its *frames* that fits."""
    end = sentence_end(tree, occ.verb)
    at = occ.last + 1
    if at > end:
        return None
    verb_phrase = infinitive(tree, occ, at, end, frames)
    if frames & {"que", "that", "obj_que", "obj_that", "a_ce_que", "pour_que"}:
        found = _clause(tree, occ, at, end, frames)
        if found is not None and (verb_phrase is None or found.low <= verb_phrase.low):
            return found
    if verb_phrase is not None:
        return verb_phrase
    if frames & {"si", "whether", "obj_whether"}:
        found = _question(tree, occ, at, end)
        if found is not None:
            return found
    if tree.grammar.language == "en":
        if frames & {"that", "obj_that", "to_obj_that"}:
            found = _bare_clause(tree, occ, at, end)
            if found is not None:
                return found
        if "ing" in frames:
            found = ing_content(tree, at, end)
            if found is not None:
                return found
    return None


def after_colon(tree: Tree, occ: Occurrence, frames: frozenset[str]) -> Content | None:
    """A clause without quotation marks behind a colon: ``Il l'a répété mardi : la taxe restera``."""
    end = sentence_end(tree, occ.verb)
    if not frames & {"que", "that"} or "quote" not in frames or occ.form != "finite" or occ.passive or occ.negated:
        return None
    at = skip_circumstances(tree, occ.last + 1, end) if occ.last < end else end
    told = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "obj" and at <= k <= at + 3), None)
    if told is not None and "np" in frames and tree.noun_phrase(told)[1] < end:
        at = tree.noun_phrase(told)[1] + 1  # racontent une autre histoire : …
    if at + 1 >= end or tree.low[at] != ":" or tree.parsed.quote[at + 1] >= 0 or tree.parsed.marked[at + 1] >= 0:
        return None
    if not any(tree.finite_verb(k) for k in range(at + 1, end + 1)):
        return None
    return Content(at + 1, end, "que")


def _clause(tree: Tree, occ: Occurrence, at: int, end: int, frames: frozenset[str]) -> Content | None:
    skip_to = at
    for token in range(at, min(end, at + _FINITE_GAP) + 1):
        word = tree.low[token]
        if token < skip_to:
            continue
        if word == ",":
            close = next((k for k in range(token + 1, min(end, token + 16) + 1) if tree.low[k] == ","), None)
            if close is not None and close < end and tree.low[close + 1] in tree.grammar.complementisers:
                skip_to = close + 1
                continue
        if word in tree.grammar.complementisers and _complementises(tree, occ, token, at):
            if token + 1 > end:
                return None
            if token - 1 > at and tree.pos[token - 1] == "NOUN" and "," in tree.low[at : token - 1]:
                return None  # exclut toute hausse, une promesse que X avait faite: a relative clause
            between = object_between(tree, occ, at, token)
            if (
                between is not None
                and not frames & {"obj_que", "obj_that"}
                and _plain_object(tree, occ, between, token)
            ):
                return None  # révèle des faits que la presse taisait: a relative clause
            return Content(token + 1, clause_end(tree, occ, token + 1, end), "que", between)
        if tree.head[token] == occ.verb and tree.rel[token] == "xcomp" and tree.morph(token, "VerbForm") == "Inf":
            return None  # veut prouver que: the clause is what the infinitive says
        if word in CUT or (tree.finite_verb(token) and not _in_relative(tree, token, occ.verb)):
            return None
        if (
            tree.verb[token]
            and tree.low[token].endswith(("ant", "ing"))
            and tree.verb[token] in tree.grammar.lexicon.verbs
        ):
            return None
    return None


def _complementises(tree: Tree, occ: Occurrence, token: int, at: int) -> bool:
    if tree.low[token] == "that" and tree.pos[token] in ("DET",) and tree.rel[token] == "det":
        return False
    if tree.pos[token] == "PRON" and token != at and tree.rel[tree.head[token]] == "relcl":
        opens_quote = tree.parsed.marked[token] < 0 and token < tree.last[token] and tree.parsed.marked[token + 1] >= 0
        governor = next((k for k in tree.kids[token - 1] if tree.rel[k] == "case"), None)
        circumstance = governor is not None and tree.low[governor] in (
            "sur",
            "dans",
            "à",
            "au",
            "lors",
            "devant",
            "chez",
        )
        if not opens_quote and not circumstance:
            return False
    previous = tree.low[token - 1]
    after_noun = previous == "," and token - 2 >= at and tree.nominal(token - 2) and _relative(tree, token)
    if after_noun and "," not in tree.low[at : token - 1]:
        return False  # réclame la démission du directeur, qu'il accuse de …
    if previous in ("plus", "moins", "aussi", "autant", "tel", "telle", "même", "autre", "si", "ainsi", "alors", "dès",
                    "afin", "pour", "avant", "après", "sans", "bien", "parce", "tandis", "lors", "depuis", "so", "such",
                    "pendant", "puisque", "motif", "prétexte",
                    "outre", "jusqu'à", "ce", "celle", "celui", "ceux"):  # fmt: skip
        return token == at + 1 and previous in ("alors", "ainsi", "aussi", "bien", "même")
    return not (
        occ.negated and token == at and previous not in tree.grammar.negation_seconds and _restrictive(tree, occ)
    )


def _relative(tree: Tree, token: int) -> bool:
    return tree.pos[token] == "PRON" or tree.morph(token, "PronType") == "Rel"


def _plain_object(tree: Tree, occ: Occurrence, noun: int, complementiser: int) -> bool:
    """Whether *noun* is the cue's direct object and stands right before *complementiser*."""
    low, high = tree.noun_phrase(noun)
    if tree.grammar.language != "fr" or high < complementiser - 1 or tree.low[complementiser - 1] == ",":
        return False
    before = tree.low[low - 1] if low > occ.last + 1 else ""
    governed_by = before in tree.grammar.circumstance_prepositions or tree.low[low] in ("au", "aux", "du")
    return not governed_by and tree.lemma[noun] not in tree.grammar.lexicon.nouns and not tree.abstract(noun)


def _restrictive(tree: Tree, occ: Occurrence) -> bool:
    """``ne … que`` without a second negation word: only, not that."""
    return tree.grammar.language == "fr" and not any(
        tree.low[k] in tree.grammar.negation_seconds for k in range(occ.first, occ.last + 1)
    )


def _in_relative(tree: Tree, token: int, verb: int) -> bool:
    """Whether *token* belongs to a relative clause or a bracket between the cue and its content."""
    up = token
    for _ in range(8):
        if tree.rel[up] in ("relcl", "acl", "parataxis"):
            return True
        if up in (verb, tree.head[up]):
            return False
        up = tree.head[up]
    return False


def _question(tree: Tree, occ: Occurrence, at: int, end: int) -> Content | None:
    token = at
    while token <= end and (
        tree.pos[token] == "ADV" or tree.low[token] in tree.grammar.temporal or tree.low[token] == ","
    ):
        if tree.low[token] in tree.grammar.interrogatives:
            break
        token += 1
    if token <= end and tree.low[token] not in tree.grammar.interrogatives:
        token = skip_circumstances(tree, token, end)
    addressee = None
    if token <= end and tree.low[token] not in tree.grammar.interrogatives:
        return None
    if token >= end or (tree.low[token] == "ce" and tree.low[token + 1] not in ("que", "qui", "qu'", "dont")):
        return None
    if tree.low[token] in ("quel", "quelle", "qui") and tree.low[token - 1] == ",":
        return None
    return Content(token, clause_end(tree, occ, token, end), "si", addressee)


def _bare_clause(tree: Tree, occ: Occurrence, at: int, end: int) -> Content | None:
    """English: said it had enough information (no *that*)."""
    for kid in tree.kids[occ.verb]:
        if tree.rel[kid] == "ccomp" and kid > occ.last and tree.parsed.quote[kid] < 0:
            low = max(tree.subtree(kid)[0], at)
            subject = next((k for k in range(low, kid + 1) if tree.rel[k] in ("subj", "expl")), None)
            if subject is None or low > at + _FINITE_GAP:
                continue
            addressee = object_between(tree, occ, at, low)
            return Content(low, clause_end(tree, occ, low, end), "that", addressee)
    # the parser missed it: a noun phrase right after the cue that is the subject of a finite verb
    token = at
    while token <= end and (
        tree.low[token] in tree.grammar.temporal or tree.pos[token] == "ADV" or tree.low[token] == "on"
    ):
        token += 1
    for head in range(token, min(end, token + 7) + 1):
        if tree.rel[head] == "subj" and tree.head[head] > head and _clausal(tree, tree.head[head]):
            low = tree.subtree(head)[0]
            if low <= token + 1:
                return Content(max(low, at), clause_end(tree, occ, max(low, at), end), "that")
    return None


def _clausal(tree: Tree, verb: int) -> bool:
    return tree.finite(verb) or any(tree.rel[k] in ("aux", "auxpass", "cop") for k in tree.kids[verb])
