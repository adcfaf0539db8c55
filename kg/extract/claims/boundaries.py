"""Where a content ends: before another report, a circumstance of this one, or the end of its clause."""

from __future__ import annotations

from kg.extract.claims.coordination import LINKS, coordinates
from kg.extract.claims.markers import marker_at
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree


def sentence_end(tree: Tree, token: int) -> int:
    """The last token of the sentence that is no closing punctuation."""
    last = tree.last[token]
    while last > token and tree.low[last] in (".", "!", "?", "…", "...", ":", ";", ",", ")"):
        if tree.low[last] == ")" and any(tree.low[k] == "(" for k in range(token, last)):
            break
        last -= 1
    return last


def clause_end(tree: Tree, occ: Occurrence, start: int, end: int) -> int:
    """Where the clause that begins at *start* ends: its subtree, stretched over what the parser cut off too early."""
    head = _clause_head(tree, start, end)
    high = tree.subtree(head)[1] if head is not None else start
    high = min(max(high, start), end)
    needs_verb = marker_at(tree, start, end) is None and not tree.low[start].endswith("ing")
    while high < end:
        follow = high + 1
        if needs_verb and any(tree.finite_verb(k) for k in range(start, high + 1)):
            needs_verb = False
        if tree.low[follow] in _STOPS:
            if needs_verb and tree.low[follow] == "," and any(tree.finite_verb(k) for k in range(follow, end + 1)):
                high = follow  # si le ministre, ancien avocat d'affaires, n'avait pas …
                continue
            if opens_report(tree, occ, follow, end) or not _continues(tree, follow + 1, end, start):
                break
            high = follow
            continue
        if opens_report(tree, occ, follow, end) or tree.parsed.quote[follow] >= 0:
            break
        high = follow
    if marker_at(tree, start, end) is not None:
        high = _before_outer_verb(tree, start, high)
    return cut_at_reports(tree, occ, start, high)


def _before_outer_verb(tree: Tree, start: int, high: int) -> int:
    """*high* moved back before a finite verb that goes on from the cue, not from the infinitive that is its content:
    promises to publish the accounts | and thanks her rival."""
    for token in range(start + 1, high + 1):
        if tree.finite_verb(token):
            return high
        if tree.low[token] not in LINKS or token + 1 > high or tree.parsed.marked[token] >= 0:
            continue
        verb = token + 1
        own = any(tree.rel[k] == "subj" and k > token for k in tree.kids[verb])
        misread = tree.pos[verb] == "NOUN" and tree.low[verb].endswith("s") and tree.pos[tree.head[verb]] == "VERB"
        finite = tree.finite_verb(verb) or (tree.grammar.language == "en" and misread)
        if finite and not own and tree.rel[verb] == "conj":
            return token - 1
    return high


_STOPS = frozenset((",", ";", "–", "—", ":"))


def cut_at_reports(tree: Tree, occ: Occurrence, start: int, high: int, phrase: bool = False) -> int:
    """*high* moved back before whatever opens another report, or a circumstance of this one; *phrase*: a noun phrase
    begins at *start*, no clause, unless a conjunction opens one in it."""
    clausal = marker_at(tree, start, high) is None and any(tree.finite_verb(k) for k in range(start, high + 1))
    for token in range(start + 1, high + 1):
        opened = not phrase or any(tree.low[k] in tree.grammar.complementisers for k in range(start, token))
        if clausal and opened and tree.low[token] == "," and not any(tree.finite_verb(k) for k in range(start, token)):
            continue  # that the manager, Paul Strand, would be fired
        if tree.low[token] == ":" and tree.parsed.marked[token] < 0 and _quote_follows(tree, token):
            return token - 1
        if opens_report(tree, occ, token, tree.last[token]) or _circumstance(tree, token):
            return token - 1
    return high


def _quote_follows(tree: Tree, token: int) -> bool:
    return token + 1 <= tree.last[token] and (tree.parsed.quote[token + 1] >= 0 or tree.parsed.marked[token + 1] >= 0)


def _circumstance(tree: Tree, token: int) -> bool:
    """Whether a comma opens words about the report (in a statement, while …), not about what is reported."""
    if tree.low[token] != "," or token + 2 > tree.last[token] or tree.parsed.marked[token] >= 0:
        return False
    if _comment(tree, token + 1):
        return True
    pair = (tree.low[token + 1], tree.low[token + 2])
    return pair[0] in tree.grammar.circumstance_openers or " ".join(pair) in tree.grammar.circumstance_openers


def _comment(tree: Tree, at: int) -> bool:
    """Whether words on what was said begin at *at*, with a noun of saying and its relative clause: …, une version que
    l'expert a balayée; …, an account the supplier has since contradicted."""
    if tree.low[at] not in tree.grammar.indefinite or at + 2 > tree.last[at]:
        return False
    noun = next((k for k in range(at + 1, min(at + 3, tree.last[at]) + 1) if tree.pos[k] == "NOUN"), None)
    if noun is None or not (tree.lemma[noun] in tree.grammar.lexicon.nouns or tree.abstract(noun)):
        return False
    if tree.lemma[noun] in tree.grammar.lexicon.nouns and tree.low[noun + 1] in ("that", "which", "que", "qu'", "dont"):
        return True
    verb = next((k for k in tree.kids[noun] if tree.rel[k] in ("relcl", "acl") and k > noun), None)
    return verb is not None and tree.verb[verb] in tree.grammar.lexicon.verbs and tree.kid(verb, "subj") is not None


def opens_report(tree: Tree, occ: Occurrence, token: int, end: int) -> bool:
    """Whether the comma or conjunction *token* opens another report of the sentence."""
    if tree.low[token] not in _STOPS and tree.low[token] not in LINKS:
        return False
    if tree.parsed.marked[token] >= 0:
        return False
    at = token + 1
    while at <= end and (tree.low[at] in LINKS or tree.low[at] == ","):
        at += 1
    if at <= end and tree.low[at - 1] in ("mais", "but") and tree.low[at - 2] == "," and _says_more(tree, occ, at, end):
        return True
    return at <= end and _new_report(tree, occ, at, end, tree.low[at - 1] in LINKS)


def _says_more(tree: Tree, occ: Occurrence, at: int, end: int) -> bool:
    """Whether a pronoun at *at* takes the speaker up in another report of the same tense: …, mais il s'est dit …"""
    if tree.low[at] not in ("il", "elle", "ils", "elles", "he", "she", "they"):
        return False
    verb = next((k for k in range(at + 1, min(at + 6, end) + 1) if tree.verb[k] in tree.grammar.lexicon.verbs), None)
    if verb is None or any(tree.low[k] == "," or tree.pos[k] in ("NOUN", "PROPN") for k in range(at + 1, verb)):
        return False
    lead = next((tree.low[k] for k in range(at + 1, verb) if tree.low[k] in tree.grammar.auxiliaries), "")
    outer = next((tree.low[k] for k in range(occ.first, occ.verb) if tree.low[k] in tree.grammar.auxiliaries), "")
    past = tree.grammar.language == "en" and tree.parsed.doc[verb].tag_ == tree.parsed.doc[occ.verb].tag_
    return (bool(lead) == bool(outer)) and (bool(lead) or past or tree.grammar.language == "fr")


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


def _new_report(tree: Tree, occ: Occurrence, at: int, end: int, linked: bool) -> bool:
    """Whether a gerund, a coordinated or an inverted cue, or a source phrase begins at *at*."""
    grammar, low = tree.grammar, tree.low
    if low[at] in ("selon", "according") or low[at : at + 2] in (["d'", "après"], ["d'après"]):
        return not linked
    if low[at] == "ce" and low[at + 1 : at + 2] in (["que"], ["qu'"], ["qui"], ["dont"]):
        return not linked
    token = at
    lead = ""
    while (
        token <= end
        and token - at < 8
        and (
            low[token] in grammar.gerund_particles
            or low[token] in grammar.auxiliaries
            or low[token] in grammar.negations
            or low[token] in grammar.clitic_subjects
            or low[token] in grammar.clitic_links
            or (tree.pos[token] == "ADV" and low[token] not in ("que", "qu'", "non"))
            or (low[token] in grammar.clitics and tree.pos[token] in ("PRON", "PART"))
            or low[token] in ("tout", "avant", "après", "sans", "d'", "de", "elle", "lui")
        )
    ):
        if low[token] in grammar.auxiliaries:
            lead = lead or low[token]
        token += 1
    if token > end:
        return False
    verb = tree.verb[token]
    if not verb or (verb not in grammar.lexicon.verbs and verb not in grammar.lexicon.expressions):
        return False
    if low[token].endswith(("ant", "ing")) and not lead:
        return tree.low[token - 1] not in grammar.determiners
    if low[at] in ("avant", "après") or (low[at] == "sans" and verb in grammar.negation_claims):
        return True
    if any(tree.rel[k] == "subj" and at <= k < token for k in tree.kids[token]):
        return False
    if not linked:
        return bool(lead) or tree.finite(token)
    if any(low[k] in grammar.negations for k in range(at, token)) and lead in ("would", "did", "could", "n'a", "a"):
        return True  # … but would not say: the speaker again, who keeps silent
    return coordinates(tree, occ, token, lead)


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
