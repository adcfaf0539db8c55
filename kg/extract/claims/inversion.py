"""Inverted subjects: the noun phrase behind a verb, past the words that may stand between them."""

from __future__ import annotations

from kg.extract.claims.occurrence import Occurrence
from kg.extract.phrase_words import phrase_words
from kg.extract.tree import Tree

_NOT_PERSONS = frozenset(("PUNCT", "ADP", "SCONJ", "CCONJ", "VERB", "AUX"))


def inverted_subject(tree: Tree, occ: Occurrence) -> int | None:
    """The head of the noun phrase that follows the verbal group, time words and short complements skipped."""
    if occ.clitic is not None:
        return occ.clitic
    at = occ.last + 1
    end = tree.last[occ.verb]
    skipped = 0
    while at <= end and skipped < 12:
        word, pos = tree.low[at], tree.pos[at]
        named = _name_at(tree, at)
        if named is not None and pos == "ADP":
            return named  # a name that begins with a preposition: En Marche!
        if pos == "ADV" or word in ("aussi", "encore", "ainsi"):
            at += 1
            skipped += 1
            continue
        if pos == "ADP" or word in ("à", "au", "aux", "dans", "sur", "en", "lors", "depuis", "via"):
            step = _after_phrase(tree, at, end)
            if step is None:
                return None
            skipped += step - at
            at = step
            continue
        if pos == "PUNCT" and word in (",", "(") and skipped:
            at += 1
            continue
        if word in tree.grammar.temporal and not _names(tree, at):
            at = _after_time(tree, at, end)
            skipped += 1
            continue
        break
    if at > end:
        return None
    return _phrase_head(tree, at, end)


def _name_at(tree: Tree, at: int) -> int | None:
    """The first nominal of the named entity that begins at *at* with a capital."""
    doc = tree.parsed.doc
    if (
        doc[at].ent_iob_ != "B"
        or not tree.word[at][:1].isupper()
        or doc[at].ent_type_ not in ("PER", "ORG", "MISC", "PERSON")
    ):
        return None
    last = at
    while last < tree.last[at] and doc[last + 1].ent_iob_ == "I":
        last += 1
    return next((k for k in range(at + 1, last + 1) if tree.nominal(k)), None)


def _names(tree: Tree, at: int) -> bool:
    return tree.pos[at] == "PROPN" and tree.parsed.doc[at].ent_type_ in ("PER", "PERSON")


def _after_phrase(tree: Tree, at: int, end: int) -> int | None:
    """The token after the prepositional phrase that begins at *at* (a few tokens at most)."""
    head = tree.head[at]
    if at < head <= at + 5:
        low, high = tree.noun_phrase(head)
        high = _before_article(tree, head, high)
        while tree.pos[head] == "PROPN" and high + 1 < end and _misread_name(tree, high + 1):
            high += 1
        if low <= at + 1 and high < end:
            return high + 1
    for step in range(at + 1, min(end, at + 5) + 1):
        if tree.pos[step] in ("NOUN", "PROPN", "NUM"):
            return step + 1
    return None


def _before_article(tree: Tree, head: int, high: int) -> int:
    """*high* moved back before a noun phrase that no preposition ties to the name: confie au Journal | l'ex-maire."""
    for k in range(head + 1, high + 1):
        if tree.low[k] in ("le", "la", "les", "l'", "un", "une", "son", "sa") and tree.pos[k - 1] != "ADP":
            return k - 1
    return high


def _misread_name(tree: Tree, at: int) -> bool:
    """Whether a capitalised word that the tagger took for no name goes on the name before it."""
    return tree.word[at][:1].isupper() and tree.pos[at] not in ("PROPN", "DET", "PRON")


def _after_time(tree: Tree, at: int, end: int) -> int:
    """The token after a time expression such as ``vendredi soir`` or ``mercredi 3 mai``."""
    while at <= end and (tree.low[at] in tree.grammar.temporal or tree.pos[at] == "NUM" or tree.word[at].isdigit()):
        at += 1
    return at


def _phrase_head(tree: Tree, at: int, end: int) -> int | None:
    """The head of the noun phrase whose first token is *at*."""
    step = at
    while step <= end and step < at + 8:
        if tree.low[step] in tree.grammar.subject_pronouns or _latter(tree, step):
            return step
        if tree.low[step] in tree.grammar.determiners and tree.pos[step] in ("PRON", "DET") and step < end:
            if tree.pos[step + 1] in ("VERB", "ADJ", "AUX") and tree.grammar.speaks(
                tree.low[step + 1], tree.lemma[step + 1]
            ):
                return step + 1  # l'accusé, tagged as a verb
            step += 1
            continue
        if (
            tree.nominal(step)
            and tree.pos[step] != "NUM"
            and not (tree.rel[step] == "amod" or tree.parsed.quote[step] >= 0)
        ):
            return _climb(tree, step, at)
        if tree.pos[step] in _NOT_PERSONS and tree.low[step] not in tree.grammar.determiners:
            return None
        step += 1
    return None


def _latter(tree: Tree, step: int) -> bool:
    """Whether token *step* is the adjective of ``ce dernier``, ``the latter``, that stands for whom was named last."""
    grammar = tree.grammar
    if tree.low[step] not in phrase_words(grammar.language).last_one or step == tree.first[step]:
        return False
    follow = step + 1
    alone = follow > tree.last[step] or tree.pos[follow] not in ("NOUN", "PROPN", "ADJ")
    return alone and tree.low[step - 1] in grammar.demonstrative | grammar.definite


def _climb(tree: Tree, step: int, at: int) -> int:
    """The phrase's own head: a flat name's first part, not the title's complement."""
    head = step
    while tree.rel[head] in ("flat", "compound", "amod") and at <= tree.head[head] != head and tree.head[head] - at < 8:
        head = tree.head[head]
    return head


def reads_as_subject(tree: Tree, head: int) -> bool:
    """Whether a noun phrase after a verb reads as its subject: a name, a definite or a noun that speaks."""
    if tree.low[head] in tree.grammar.temporal:
        return False
    if tree.pos[head] == "PROPN" or tree.low[head] in tree.grammar.subject_pronouns or _latter(tree, head):
        return True
    if tree.word[head][:1].isupper() and tree.parsed.doc[head].ent_type_ in ("PER", "PERSON", "ORG", "MISC"):
        return True
    if tree.grammar.speaks(tree.lemma[head], tree.low[head]):
        return True
    if tree.low[head].rstrip(".") in tree.grammar.titles or any(
        tree.rel[k] == "flat" for k in tree.kids[head] if k > head
    ):
        return True  # M. Bourdon, la ministre Anne Legrand
    if tree.people(head):
        return True
    low, _ = tree.noun_phrase(head)
    return tree.low[low] in tree.grammar.definite and tree.pos[head] == "NOUN" and not tree.abstract(head)
