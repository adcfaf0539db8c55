"""Sources named by a preposition: selon X, d'après X, pour X, aux yeux de X, according to X."""

from __future__ import annotations

from kg.extract.claims.found import Found, chars, inner, joined
from kg.extract.claims.impersonal import is_on
from kg.extract.claims.nominal import owner
from kg.extract.claims.relatives import antecedent
from kg.extract.claims.scopes import scope
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree


def source_claims(tree: Tree, low: int, high: int) -> list[Found]:
    """The claims of the sentence of tokens *low*..*high* that a source phrase attributes."""
    found: list[Found] = []
    for at in range(low, high + 1):
        for cue in tree.grammar.lexicon.prepositions.get(tree.low[at], ()):
            length = cue.adjacent(tree.low[at : high + 1])
            if length and not (tree.parsed.marked[at] >= 0):
                start = at if at > low and tree.low[at - 1] == ";" else low  # …; pour le gouvernement, elle …
                claim = _claim(tree, cue, at, at + length - 1, start, high)
                if claim is not None:
                    found.append(claim)
                    break
    return found


_WORDING = frozenset(("termes", "mots", "expression", "formule", "formulation"))


def _last_quotation(tree: Tree, low: int, first: int) -> list[tuple[int, int]]:
    """The inside of the last quotation before token *first*, as a list of one span."""
    for k in range(first - 1, low - 1, -1):
        if tree.parsed.quote[k] >= 0:
            return [inner(tree, k)]
        if tree.parsed.marked[k] >= 0:
            return [tree.parsed.layout.quotes[tree.parsed.marked[k]].inner]
    return []


def _claim(tree: Tree, cue: Cue, first: int, last: int, low: int, high: int) -> Found | None:
    head = _source(tree, cue, first, last, high)
    if head is None:
        return None
    if tree.lemma[head] in tree.grammar.never_sources or tree.low[head] in tree.grammar.never_sources:
        return None
    if "citing" in cue.frames and not _a_source(tree, head):
        return None  # citing the loss of two contracts as the reason: who says so is the subject
    end = _phrase_end(tree, head, last, high) if head > first else last + 1
    if end + 2 < high and tree.low[end + 1] == "," and is_on(tree, end + 2) and tree.low[first] in ("du", "chez"):
        return None  # Du côté des syndicats, on se dit surpris: the verb is the cue, the place says whose it is
    initial = first <= low + 2 and all(
        tree.low[k] in tree.grammar.connectives or tree.low[k] == "," for k in range(low, first)
    )
    if initial:
        end = _past_modifiers(tree, head, end, high)
    if cue.ambiguous and head > first and not _clear(tree, head, first, end, initial, high):
        return None
    relative = head < first
    content = joined([chars(tree, last + 2, high)]) if relative else scope(tree, first, end, low, high, initial)
    wording = len(cue.words) > 2 and bool(cue.words[-2] & _WORDING)
    if wording and not initial and not relative:
        content = _last_quotation(tree, low, first) or content  # selon les termes de X: only what is quoted is his
    if not content:
        return None
    speaker = head
    if not cue.ambiguous and last < head and tree.lemma[head] in tree.grammar.lexicon.nouns:
        uttered_by, _ = owner(tree, head, high)
        if uttered_by is not None and uttered_by > last:
            speaker, last = uttered_by, head  # selon ses déclarations, selon l'estimation de X: the noun is the cue
    score = 0.5 if wording else 0.65 if cue.ambiguous else 0.85
    return Found((first, last), cue.lemma, content, cue.stance, "selon", speaker, score=score)


def _source(tree: Tree, cue: Cue, first: int, last: int, high: int) -> int | None:
    """The head of the source's noun phrase."""
    if "selon_poss" in cue.frames:
        owners = tree.grammar.possessive | {"l'", "les"}  # à son avis, à l'en croire
        return next((k for k in range(first, last + 1) if tree.low[k] in owners), None)
    for token in range(last + 1, min(high, last + 8) + 1):
        if tree.low[token] in ("lequel", "laquelle", "lesquels", "lesquelles"):
            return None  # l'affirmation selon laquelle: the noun is the cue
        if tree.low[token] in ("qui", "whom") and token == last + 1:
            return antecedent(tree, token) if tree.low[first - 1] == "," else None
        if tree.low[token] in tree.grammar.complementisers or tree.low[token] in (",", ".", ":"):
            return None
        if tree.rel[token] == "poss" and tree.pos[token] == "PRON":
            continue  # according to her lawyer
        if tree.low[token] in ("lui", "elle", "eux", "elles", "him", "her", "them", "moi", "nous", "vous"):
            return token
        if tree.nominal(token) and tree.pos[token] != "NUM" and tree.rel[token] != "amod":
            head = token
            while (
                tree.rel[head] in ("flat", "compound", "amod", "nmod")
                and last < tree.head[head] < token + 6
                and tree.head[head] != head
            ):
                if tree.rel[head] == "nmod" and tree.head[head] < head:
                    break
                head = tree.head[head]
            return head
    return None


def _a_source(tree: Tree, head: int) -> bool:
    """Whether the noun names a source: a name, people, a body or a document."""
    return (
        tree.pos[head] == "PROPN"
        or tree.grammar.speaks(tree.lemma[head], tree.low[head])
        or tree.people(head) is True
        or tree.parsed.doc[head].ent_type_ in ("PER", "PERSON", "ORG")
    )


def _phrase_end(tree: Tree, head: int, last: int, high: int) -> int:
    """The last token of the source phrase: noun phrase, apposition, relative clause."""
    end = max(tree.noun_phrase(head)[1], head, last)
    if tree.pos[head] == "PRON":
        return head
    while end < high and tree.low[end + 1] not in (",", ";", "–", "—", ".", ":", "?", "!"):
        follow = end + 1
        if tree.parsed.quote[follow] >= 0 or (tree.parsed.marked[follow] >= 0 > tree.parsed.marked[head]):
            break
        if tree.finite_verb(follow) and not tree.under(follow, head):
            break
        end = follow
    return end


def _past_modifiers(tree: Tree, head: int, end: int, high: int) -> int:
    """*end* moved past the appositions and relative clauses of the source, each between commas."""
    while end < high and tree.low[end + 1] == ",":
        close = next(
            (k for k in range(end + 2, high + 1) if tree.low[k] == "," and not _bracketed(tree, end + 2, k)), None
        )
        if close is None or not _modifies(tree, head, end + 2, close - 1):
            break
        if not any(_own_finite(tree, k) for k in range(close + 1, high + 1)) and not any(
            tree.parsed.quote[k] >= 0 for k in range(close + 1, high + 1)
        ):
            break
        end = close - 1
    return end


def _bracketed(tree: Tree, low: int, at: int) -> bool:
    return tree.parsed.marked[at] >= 0 or sum(tree.low[k] == "(" for k in range(low, at)) > sum(
        tree.low[k] == ")" for k in range(low, at)
    )


def _own_finite(tree: Tree, token: int) -> bool:
    return tree.finite_verb(token)


def _modifies(tree: Tree, head: int, low: int, high: int) -> bool:
    """Whether the stretch between two commas belongs to the source: a relative clause, or a phrase without finite verb
    that the parser hangs on it, or that names or describes a person."""
    first = tree.low[low]
    if first in tree.grammar.relatives_subject | {"dont", "whose", "où", "where", "lui-même", "elle-même"}:
        return True
    if any(_own_finite(tree, k) for k in range(low, high + 1)):
        return False
    if any(tree.under(k, head) and tree.rel[k] in ("appos", "acl", "amod", "nmod") for k in range(low, high + 1)):
        return True
    names = any(tree.parsed.doc[k].ent_type_ in ("PER", "PERSON", "ORG") for k in range(low, high + 1))
    describes = any(tree.grammar.is_person(tree.lemma[k], tree.low[k]) for k in range(low, min(high, low + 3) + 1))
    named = names and tree.pos[low] == "PROPN"
    return (
        high - low < 14
        and (named or (describes and first not in ("des", "de", "d'")))
        and first not in ("selon", "dans", "en", "in", "on")
    )


def _clear(tree: Tree, head: int, first: int, end: int, initial: bool, high: int) -> bool:
    """An ambiguous preposition counts only before an actor, at the head of a clause, set off by a comma."""
    if (
        end >= high
        or tree.low[end + 1] != ","
        or not (
            initial
            or (tree.low[first - 1] in (",", "que", "qu'") or (tree.low[first - 1] == ":" and tree.pos[head] == "PRON"))
        )
    ):
        return False
    speaks = (
        tree.pos[head] == "PROPN"
        or tree.low[head] in ("lui", "elle", "eux", "elles")
        or tree.low[head].rstrip(".") in tree.grammar.titles
        or tree.grammar.speaks(tree.lemma[head])
        or tree.grammar.speaks(tree.low[head])
        or (any(tree.low[k] in tree.grammar.possessive for k in tree.kids[head]) and tree.people(head) is True)
    )
    if not speaks or tree.parsed.doc[head].ent_type_ in ("DATE", "TIME"):
        return False
    rest = range(end + 2, high + 1)
    return any(tree.finite_verb(k) or tree.parsed.quote[k] >= 0 for k in rest)
