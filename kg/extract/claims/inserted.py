"""Reports set into or behind the sentence that they report: Le texte, a-t-il dit, sera voté; …, a annoncé X."""

from __future__ import annotations

from kg.extract.claims.answers import bare_answer
from kg.extract.claims.found import chars, joined
from kg.extract.claims.inversion import inverted_subject, reads_as_subject
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree

PAUSE = frozenset((",", "–", "—", "-", ":", ";", ")", "!", "?", "...", "…"))


def inserted(tree: Tree, occ: Occurrence) -> bool:
    """Whether *occ* reports the sentence around it: set off by a pause, inverted (or, in English, subject first)."""
    start, end = tree.first[occ.verb], tree.last[occ.verb]
    if occ.form != "finite" or occ.passive:
        return False
    if tree.grammar.language == "en":
        return _inserted_english(tree, occ, start, end)
    before = occ.first - 1
    while before > start and tree.low[before] in tree.grammar.connectives and tree.low[before] != "et":
        before -= 1
    if before < start or not (tree.low[before] in PAUSE or tree.parsed.quote[before] >= 0 or _quote_ends(tree, before)):
        return False
    if occ.clitic is not None:
        return tree.low[end] != "?" or any(tree.parsed.quote[k] >= 0 for k in range(start, end))
    follow = occ.last + 1
    if follow <= end and tree.low[follow] in tree.grammar.complementisers:
        return False
    head = inverted_subject(tree, occ)
    if head is None or not reads_as_subject(tree, head):
        return False
    return _stands_alone(tree, occ, start, end, _quote_ends(tree, before))


def _stands_alone(tree: Tree, occ: Occurrence, start: int, end: int, quoted: bool) -> bool:
    """Whether what surrounds the report is a clause that can be its content, not just the cue's own subject."""
    low, high = report_bounds(tree, occ)
    if quoted or whole_clause(tree, start, low - 1) or _judged(tree, occ, low):
        return True
    if high + 1 >= end and bare_answer(tree, start, low - 1):
        return True  # Faux, rétorque l'opposition.
    last = not any(tree.finite_verb(k) for k in range(high + 1, end + 1))
    if last and _opens_subordinate(tree, start, low - 1):
        return True  # D'autant que le texte est voté, ajoute le maire.
    if tree.grammar.language == "fr" and any(tree.rel[k] == "subj" and k < occ.first for k in tree.kids[occ.verb]):
        # it has a subject of its own in front (X, secrétaire général de Y, avait accusé …), unless that is the subject
        # of the verb behind the report (Le texte, a indiqué le ministre, sera voté)
        return high + 2 <= end and tree.low[high + 1] == "," and _verb_group_at(tree, high + 2)
    nxt = high + 1
    anaphoric = nxt + 2 <= end and tree.low[nxt + 1] in ("ce", "dont", "qui", "que", "which", "who")
    return nxt < end and tree.low[nxt] == "," and not anaphoric and whole_clause(tree, nxt + 1, end)


def _judged(tree: Tree, occ: Occurrence, low: int) -> bool:
    """Whether a thing with a quoted word on it stands before the report: Une décision « hâtive », estime X."""
    own = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), None)
    if tree.grammar.language != "fr" or own is None or tree.pos[own] != "NOUN" or low - 2 <= own:
        return False
    kinds = {s.kind for s in tree.grammar.lexicon.sources.get(tree.lemma[own], ())}
    thing = kinds <= {"document"} and tree.people(own) is not True
    return thing and tree.low[low - 1] == "," and tree.parsed.marked[low - 2] >= 0


def _verb_group_at(tree: Tree, token: int) -> bool:
    """Whether a finite verb group without a subject begins at *token*."""
    while token < tree.last[token] and tree.low[token] in tree.grammar.negations:
        token += 1
    return tree.finite_verb(token) or tree.low[token] in tree.grammar.auxiliaries


def _quote_ends(tree: Tree, token: int) -> bool:
    marked = tree.parsed.marked[token]
    return marked >= 0 and tree.parsed.marked[min(token + 1, tree.n - 1)] != marked


def _inserted_english(tree: Tree, occ: Occurrence, start: int, end: int) -> bool:
    follow = occ.last + 1
    told = next((k for k in tree.kids[occ.verb] if k >= follow and tree.rel[k] in ("obj", "iobj", "dative")), None)
    heard = told is not None and (
        tree.pos[told] in ("PROPN", "PRON")
        or any(s.kind != "document" for s in tree.grammar.lexicon.sources.get(tree.lemma[told], ()))
    )
    if told is not None and heard and tree.noun_phrase(told)[0] <= follow:
        follow = tree.noun_phrase(told)[1] + 1  # X tells the Echo, …
    while follow < end and tree.pos[follow] == "ADV":
        follow += 1
    if follow <= end and tree.low[follow] == "that":
        return False  # Asked whether …, he said only that …
    after_ok = (
        follow > end
        or tree.low[follow] in PAUSE
        or tree.low[follow] in (".", "in", "on", "at", "to", "during")
        or (tree.low[follow] in tree.grammar.temporal or tree.pos[follow] == "ADV")
    )
    own = max((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), default=None)
    if own is not None:
        low, _ = tree.subtree(own)
        before = low - 1
        if (
            before >= start
            and (tree.low[before] == "," or tree.parsed.quote[before] >= 0 or _quote_ends(tree, before))
            and after_ok
        ):
            relative = tree.low[own] in ("who", "which", "that") or "whose" in tree.low[low : own + 1]
            return not relative and _stands_alone(tree, occ, start, end, _quote_ends(tree, before))
        return False
    before = occ.first - 1
    if before < start or not (tree.low[before] == "," or tree.parsed.quote[before] >= 0 or _quote_ends(tree, before)):
        return False
    head = inverted_subject(tree, occ)
    if head is None or head > occ.last + 6 or not (tree.rel[head] == "subj" or reads_as_subject(tree, head)):
        return False
    after = tree.noun_phrase(head)[1] + 1
    if after <= end and tree.finite_verb(after):
        return False  # said the attackers had entered
    return _stands_alone(tree, occ, start, end, _quote_ends(tree, before))


def report_bounds(tree: Tree, occ: Occurrence) -> tuple[int, int]:
    """First and last token of an inserted report: the cue, its subject and what belongs to that."""
    start, end = tree.first[occ.verb], tree.last[occ.verb]
    low, high = occ.first, occ.last
    head = inverted_subject(tree, occ) if occ.clitic is None else None
    if tree.grammar.language == "en":
        before = [k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first]
        own = max(before) if before else tree.kid(occ.verb, "subj")
        if own is not None:
            a, b = tree.subtree(own)
            low, high = min(low, a), max(high, b if own > occ.verb else high)
            head = own if own > occ.verb else None
    if head is not None:
        high = max(high, tree.noun_phrase(head)[1])
    while high < end and tree.low[high + 1] not in PAUSE | {"."} and tree.parsed.quote[high + 1] < 0:
        high += 1
    return max(low, start), min(high, end)


def around(tree: Tree, occ: Occurrence) -> list[tuple[int, int]]:
    """The content of an inserted report: what precedes it, and what follows if the sentence only resumes there."""
    start, end = tree.first[occ.verb], tree.last[occ.verb]
    low, high = report_bounds(tree, occ)
    before = low - 1
    first = start
    while first < before and (tree.low[first] in ("mais", "et", "or", "but", "and", "yet", ",", "–", "—", "-", "•")):
        first += 1
    colon = next((k for k in range(before - 1, first, -1) if tree.low[k] == ":" and tree.parsed.marked[k] < 0), None)
    if colon is not None and any(tree.finite_verb(k) for k in range(first, colon)):
        first = colon + 1  # X n'y croit pas : le titre, dit-il, est trop cher
    own = _own_quote(tree, first, before)
    if own is not None:
        return [own]
    spans = [chars(tree, first, before)] if before >= first else []
    resumes = (
        high < end
        and (before < first or not whole_clause(tree, first, before))
        or (high < end and _resumes(tree, high, end))
    )
    if resumes and tree.low[high + 1 : high + 2] not in (["."], ["?"]):
        spans.append(chars(tree, high + 1, end))
    return joined(spans)


def _own_quote(tree: Tree, first: int, before: int) -> tuple[int, int] | None:
    """A quotation right before the report, where the words before it are another report already."""
    at = before
    while at > first and tree.low[at] in PAUSE:
        at -= 1
    quote = tree.parsed.marked[at]
    if quote < 0:
        return None
    low = at
    while low > first and tree.parsed.marked[low - 1] == quote:
        low -= 1
    lexicon = tree.grammar.lexicon
    reported = any(
        tree.verb[k] in lexicon.verbs
        and any(tree.low[j] in tree.grammar.complementisers for j in range(k + 1, min(k + 4, low)))
        for k in range(first, low)
        if tree.verb[k]
    )
    return tree.parsed.layout.quotes[quote].inner if reported and low > first and tree.low[low - 1] == "," else None


def whole_clause(tree: Tree, low: int, high: int) -> bool:
    """Whether the tokens hold a finite verb with its clause: then what follows the report is not its rest."""
    return any(tree.finite_verb(k) and _main(tree, k, low, high) for k in range(low, high + 1))


def _opens_subordinate(tree: Tree, low: int, high: int) -> bool:
    """Whether the sentence begins with a clause of reason or condition that has nothing else to depend on."""
    opening = any(
        tree.low[k] in tree.grammar.complementisers or (tree.rel[k] == "mark" and tree.pos[k] == "SCONJ")
        for k in range(low, min(low + 3, high) + 1)
    )
    return opening and any(tree.finite_verb(k) for k in range(low, high + 1))


def _main(tree: Tree, finite: int, low: int, high: int) -> bool:
    """Whether the finite token belongs to a clause of its own, not to a relative one or one with a conjunction."""
    verb = tree.head[finite] if tree.rel[finite] in ("aux", "auxpass", "cop") else finite
    return tree.rel[verb] not in ("amod", "acl", "relcl") and not _subordinate(tree, verb, low, high)


def _subordinate(tree: Tree, verb: int, low: int, high: int) -> bool:
    return any(
        tree.rel[k] in ("mark",) or tree.low[k] in ("qui", "que", "dont", "où", "who", "which")
        for k in tree.kids[verb]
        if low <= k < verb
    )


def _resumes(tree: Tree, high: int, end: int) -> bool:
    """Whether the clause goes on behind the report with a conjunction: ``…, a-t-il dit, et que …``."""
    nxt = high + 2
    if nxt + 1 > end:
        return False
    if tree.low[nxt] in tree.grammar.complementisers or tree.low[nxt] in ("de", "d'"):
        return True
    return tree.low[nxt] in ("et", "mais", "and", "but") and whole_clause(tree, nxt, end)
