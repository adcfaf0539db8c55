"""Content to the right of a cue: que-clauses, infinitives, noun phrases, each as the cue's frames allow.

The parse proposes, the words decide: a complementiser right after the cue is one even where the parser hung the clause
elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree

_CUT = (".", "!", "?", ";", "…")
_FINITE_GAP = 24


@dataclass(slots=True)
class Content:
    """Tokens ``low``..``high`` of the content, the frame's name, and the parties it governs (head tokens)."""

    low: int
    high: int
    frame: str
    addressee: int | None = None
    target: int | None = None


def sentence_end(tree: Tree, token: int) -> int:
    """The last token of the sentence that is no closing punctuation."""
    last = tree.last[token]
    while last > token and tree.low[last] in (".", "!", "?", "…", "...", ":", ";", ",", ")"):
        if tree.low[last] == ")" and any(tree.low[k] == "(" for k in range(token, last)):
            break
        last -= 1
    return last


def complement(tree: Tree, occ: Occurrence, frames: frozenset[str]) -> Content | None:
    """The content that follows *occ*, by the first of its *frames* that fits."""
    end = sentence_end(tree, occ.verb)
    at = occ.last + 1
    if at > end:
        return None
    if frames & {"que", "that", "obj_que", "obj_that"}:
        found = _clause(tree, occ, at, end)
        if found is not None:
            return found
    if frames & {"si", "whether", "obj_whether"}:
        found = _question(tree, occ, at, end)
        if found is not None:
            return found
    found = _infinitive(tree, occ, at, end, frames)
    if found is not None:
        return found
    if tree.grammar.language == "en":
        if "that" in frames:
            found = _bare_clause(tree, occ, at, end)
            if found is not None:
                return found
        if "ing" in frames:
            found = _ing(tree, at, end)
            if found is not None:
                return found
    return None


# -------------------------------------------------------------------- clauses
def _clause(tree: Tree, occ: Occurrence, at: int, end: int) -> Content | None:
    for token in range(at, min(end, at + _FINITE_GAP) + 1):
        word = tree.low[token]
        if word in tree.grammar.complementisers and _complementises(tree, occ, token, at):
            if token + 1 > end:
                return None
            high = clause_end(tree, occ, token + 1, end)
            return Content(token + 1, high, "que", _object_between(tree, occ, at, token))
        if word in _CUT or (_finite_here(tree, token) and not _in_relative(tree, token, occ.verb)):
            return None
    return None


def _complementises(tree: Tree, occ: Occurrence, token: int, at: int) -> bool:
    if tree.low[token] == "that" and tree.pos[token] in ("DET",) and tree.rel[token] == "det":
        return False
    if tree.pos[token] == "PRON" and token != at and tree.rel[tree.head[token]] == "relcl":
        return False
    previous = tree.low[token - 1]
    if previous in ("plus", "moins", "aussi", "autant", "tel", "telle", "même", "autre", "si", "ainsi", "alors", "dès",
                    "afin", "pour", "avant", "après", "sans", "bien", "parce", "tandis", "lors", "depuis", "so", "such",
                    "pendant", "puisque", "outre", "jusqu'à", "ce", "celle", "celui", "ceux"):  # fmt: skip
        return False
    return not (occ.negated and token == at and previous not in tree.grammar.negation_seconds and _restrictive(tree, occ))


def _restrictive(tree: Tree, occ: Occurrence) -> bool:
    """``ne … que`` without a second negation word: only, not that."""
    return tree.grammar.language == "fr" and not any(
        tree.low[k] in tree.grammar.negation_seconds for k in range(occ.first, occ.last + 1)
    )


def _finite_here(tree: Tree, token: int) -> bool:
    return tree.pos[token] in ("VERB", "AUX") and tree.finite(token)


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


def clause_end(tree: Tree, occ: Occurrence, start: int, end: int) -> int:
    """Where the clause that begins at *start* ends: its subtree, stretched over what the parser cut off too early."""
    head = _clause_head(tree, start, end)
    high = tree.subtree(head)[1] if head is not None else start
    high = min(max(high, start), end)
    while high < end:
        follow = high + 1
        if tree.low[follow] in (",", ";", "–", "—"):
            if _new_report(tree, occ, follow + 1, end) or not _continues(tree, follow + 1, end, start):
                break
            high = follow
            continue
        if tree.low[follow] in tree.grammar.connectives and _new_report(tree, occ, follow + 1, end):
            break
        high = follow
    return cut_at_reports(tree, occ, start, high)


def cut_at_reports(tree: Tree, occ: Occurrence, start: int, high: int) -> int:
    """*high* moved back before a comma or ``et`` that opens another report of the same sentence."""
    for token in range(start + 1, high):
        if tree.low[token] in (",", "–", "—", "et", "and", "but", "mais", "puis", "tout") and _new_report(
            tree, occ, token + 1, high
        ):
            return token - 1
    return high


def _clause_head(tree: Tree, start: int, end: int) -> int | None:
    """The head of the clause: the highest token reached from its first words without leaving it."""
    best: int | None = None
    for token in range(start, min(end, start + 3) + 1):
        up = token
        for _ in range(40):
            if tree.head[up] == up or not start <= tree.head[up] <= end:
                break
            up = tree.head[up]
        if best is None or tree.subtree(up)[1] > tree.subtree(best)[1]:
            best = up
    return best


def _new_report(tree: Tree, occ: Occurrence, at: int, end: int) -> bool:
    """Whether a gerund, a coordinated or an inverted cue, or a source phrase begins at *at*."""
    grammar = tree.grammar
    token = at
    while token <= end and (
        tree.low[token] in grammar.gerund_particles
        or tree.low[token] in grammar.auxiliaries
        or tree.low[token] in grammar.negations
        or tree.low[token] in grammar.clitic_subjects
        or tree.low[token] in grammar.clitic_links
        or (tree.pos[token] == "ADV" and tree.low[token] not in ("que", "qu'", "non"))
        or (tree.low[token] in grammar.clitics and tree.pos[token] in ("PRON", "PART"))
        or tree.low[token] in ("tout", "avant", "après", "d'", "de")
    ):
        token += 1
    if token > end:
        return False
    if tree.low[token] in ("selon", "according") or tree.low[token : token + 2] == ["d'après"]:
        return True
    verb = tree.verb[token]
    if not verb or verb not in grammar.lexicon.verbs:
        return False
    low = tree.low[token]
    if low.endswith(("ant", "ing")):
        return True
    if token > at and tree.low[token - 1] in ("d'", "de"):
        return tree.low[at] in ("avant", "après")
    # without a subject of its own the verb shares the cue's: a dit que … et a ajouté que …
    has_subject = any(tree.rel[k] == "subj" and at <= k < token for k in tree.kids[token])
    finite = tree.finite(token) or any(tree.low[k] in grammar.auxiliaries for k in range(at, token))
    if not finite or has_subject:
        return False
    follow = tree.low[token + 1] if token < end else ""
    if tree.low[at - 1] in ("et", "and", "but", "mais", "puis"):
        return tree.head[token] == occ.verb or follow in grammar.complementisers
    return True


def _continues(tree: Tree, at: int, end: int, start: int) -> bool:
    """Whether what follows a comma still hangs in the clause that began at *start*."""
    if at > end:
        return False
    up = at
    for _ in range(40):
        if tree.head[up] == up:
            return False
        up = tree.head[up]
        if start <= up < at:
            return True
    return False


def _question(tree: Tree, occ: Occurrence, at: int, end: int) -> Content | None:
    token = at
    while token <= end and (tree.pos[token] == "ADV" or tree.low[token] in tree.grammar.temporal or tree.low[token] == ","):
        if tree.low[token] in tree.grammar.interrogatives:
            break
        token += 1
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
            subject = tree.kid(kid, "subj")
            if subject is None or subject < at or low > at + _FINITE_GAP:
                continue
            addressee = _object_between(tree, occ, at, low)
            return Content(low, clause_end(tree, occ, low, end), "that", addressee)
    # the parser missed it: a noun phrase right after the cue that is the subject of a finite verb
    token = at
    while token <= end and (tree.low[token] in tree.grammar.temporal or tree.pos[token] == "ADV" or tree.low[token] == "on"):
        token += 1
    for head in range(token, min(end, token + 7) + 1):
        if tree.rel[head] == "subj" and tree.head[head] > head and _clausal(tree, tree.head[head]):
            low = tree.subtree(head)[0]
            if low <= token + 1:
                return Content(max(low, at), clause_end(tree, occ, max(low, at), end), "that")
    return None


def _clausal(tree: Tree, verb: int) -> bool:
    return tree.finite(verb) or any(tree.rel[k] in ("aux", "auxpass", "cop") for k in tree.kids[verb])


# -------------------------------------------------------------------- infinitives
def _infinitive(tree: Tree, occ: Occurrence, at: int, end: int, frames: frozenset[str]) -> Content | None:
    """inf, de_inf, a_inf, to_inf and the same after an object or an addressee."""
    marker = _marker_position(tree, occ, at, end)
    if marker is None:
        return None
    token, kind = marker
    between = _object_between(tree, occ, at, token)
    if between is None:
        wanted = {"inf": "inf", "de": "de_inf", "à": "a_inf", "to": "to_inf", "pour": "pour_inf"}[kind]
        clitic = _clitic_object(tree, occ)
        also = {"de": ("obj_de_inf", "a_obj_de_inf"), "à": ("obj_a_inf",), "to": ("obj_to_inf",)}.get(kind, ())
        if wanted in frames or (any(f in frames for f in also) and (clitic or occ.passive)):
            return Content(token, clause_end(tree, occ, token, end), wanted, clitic, clitic)
        return None
    low = tree.noun_phrase(between)[0]
    case = low - 1
    prepositional = case >= at and tree.low[case] in ("à", "au", "aux", "to", "on", "with")
    if tree.low[low] in ("aux", "au"):
        prepositional, case = True, low
    names = {
        ("de", False): "obj_de_inf", ("de", True): "a_obj_de_inf", ("à", False): "obj_a_inf", ("to", False): "obj_to_inf",
        ("pour", True): "a_obj_pour_inf", ("à", True): "a_obj_a_inf", ("to", True): "to_obj_to_inf",
    }  # fmt: skip
    wanted = names.get((kind, prepositional), "")
    if wanted not in frames and not (prepositional and "a_obj_de_inf" in frames and kind == "de"):
        return None
    start = case if prepositional else low
    return Content(max(start, at), clause_end(tree, occ, token, end), wanted, between, between)


def _marker_position(tree: Tree, occ: Occurrence, at: int, end: int) -> tuple[int, str] | None:
    """The first token of the infinitive's phrase and its marker: ``de``, ``à``, ``to``, ``pour`` or ``inf`` (none)."""
    for token in range(at, min(end, at + 16) + 1):
        word = tree.low[token]
        if word in _CUT or word in tree.grammar.complementisers or (_finite_here(tree, token) and token > at):
            return None
        if word in (",", "(") and token > at and not _in_relative(tree, token, occ.verb):
            pass
        step = token
        marker = "inf"
        if word in ("de", "d'", "à", "pour", "to"):
            marker = {"d'": "de"}.get(word, word)
            step += 1
        while step <= end and (
            tree.low[step] in tree.grammar.negations
            or tree.low[step] in tree.grammar.negation_seconds
            or (tree.low[step] in tree.grammar.clitics and tree.pos[step] in ("PRON", "PART"))
            or (tree.pos[step] in ("ADV", "PART") and tree.low[step] != "to")
        ):
            step += 1
        if step <= end and _is_infinitive(tree, step, marker):
            if marker == "inf" and token != at and not all(
                tree.pos[k] in ("ADV", "PUNCT") or tree.low[k] in tree.grammar.temporal for k in range(at, token)
            ):
                continue
            return token, marker
    return None


def _is_infinitive(tree: Tree, token: int, marker: str) -> bool:
    if tree.grammar.language == "en":
        return marker == "to" and tree.parsed.doc[token].tag_ in ("VB", "VBP")
    form = tree.morph(token, "VerbForm")
    return form == "Inf" or (tree.pos[token] in ("VERB", "AUX") and tree.low[token].endswith(("er", "ir", "re", "oir")) and form != "Fin")


def _ing(tree: Tree, at: int, end: int) -> Content | None:
    token = at
    while token <= end and tree.pos[token] == "ADV":
        token += 1
    if token <= end and tree.low[token].endswith("ing") and tree.pos[token] in ("VERB", "AUX"):
        return Content(token, clause_end(tree, Occurrence(token, token, token, "gerund"), token, end), "ing")
    return None


def _object_between(tree: Tree, occ: Occurrence, at: int, until: int) -> int | None:
    """The head of the noun phrase between the cue and *until*, if there is one (time words do not count)."""
    for token in range(at, until):
        if tree.nominal(token) and tree.low[token] not in tree.grammar.temporal and tree.pos[token] != "NUM":
            head = token
            while tree.rel[head] in ("flat", "compound", "amod") and at <= tree.head[head] < until and tree.head[head] != head:
                head = tree.head[head]
            if any(tree.low[k] in ("dans", "lors", "sur", "during", "in", "on", "at", "depuis", "via") for k in tree.kids[head]):
                continue
            if tree.low[token - 1] in ("dans", "lors", "sur", "during", "in", "at", "on", "depuis", "via"):
                continue
            return head
    return None


def _clitic_object(tree: Tree, occ: Occurrence) -> int | None:
    """``l'accuse de``, ``leur recommande de``: the pronoun before the verb."""
    for token in range(occ.first, occ.verb):
        if tree.low[token] in ("l'", "le", "la", "les", "lui", "leur") and tree.pos[token] in ("PRON", "DET", "PART"):
            return token
    return None
