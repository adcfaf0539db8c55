"""Objects and prepositional phrases behind a cue: their heads, and where they end with all that hangs on them."""

from __future__ import annotations

from kg.extract.claims.boundaries import cut_at_reports
from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree

_DE = frozenset(("de", "d'", "du", "des"))

A = frozenset(("à", "au", "aux"))

# frame name → the prepositions that open its last part
PREPOSITIONS = {
    "de": _DE, "a": A, "sur": frozenset(("sur",)), "contre": frozenset(("contre",)), "pour": frozenset(("pour",)),
    "avec": frozenset(("avec",)), "en": frozenset(("en",)), "of": frozenset(("of",)), "for": frozenset(("for",)),
    "about": frozenset(("about",)), "on": frozenset(("on", "upon")), "to": frozenset(("to",)), "at": frozenset(("at",)),
    "against": frozenset(("against",)), "with": frozenset(("with",)), "in": frozenset(("in",)),
    "as": frozenset(("as",)), "comme": frozenset(("comme",)),
    "par": frozenset(("par",)), "over": frozenset(("over",)),
    "from": frozenset(("from",)), "into": frozenset(("into",)),
}  # fmt: skip


def direct_object(tree: Tree, occ: Occurrence, at: int, end: int) -> tuple[int, int] | None:
    """Head and first token of the direct object that begins at *at*."""
    if tree.low[at] in (",", "(", "–", "—", ";", ":") or tree.parsed.quote[at] >= 0:
        return None
    if tree.pos[at] == "ADP" and tree.low[at] not in ("des", "du", "de", "d'"):
        return None
    for kid in tree.kids[occ.verb]:
        if tree.rel[kid] in ("obj", "attr") and kid > occ.last and tree.nominal(kid):
            low, _ = tree.noun_phrase(kid)
            if low <= at + 1:
                return kid, max(at, low)
    for token in range(at, min(end, at + 6) + 1):
        if tree.low[token] in tree.grammar.temporal:
            return None
        if tree.nominal(token) and tree.pos[token] != "NUM" and tree.low[token] not in tree.grammar.possessive:
            head = token
            while tree.rel[head] in ("flat", "compound") and at <= tree.head[head] != head:
                head = tree.head[head]
            return head, at
        if (
            tree.pos[token] not in ("DET", "ADJ", "NUM", "ADV", "X")
            and tree.low[token] not in tree.grammar.determiners | tree.grammar.possessive
        ):
            return None
    return None


def prepositional_head(tree: Tree, at: int, end: int) -> int | None:
    head = tree.head[at]
    if tree.low[at] in tree.grammar.definite and at + 1 <= end and tree.nominal(at + 1):
        return at + 1
    if tree.grammar.language == "en":
        return next((k for k in tree.kids[at] if tree.rel[k] in ("pobj", "pcomp")), None)
    if at < head <= end and (tree.nominal(head) or tree.pos[head] == "ADJ"):
        return head
    return next((k for k in range(at + 1, min(end, at + 5) + 1) if tree.nominal(k)), None)


def phrase_end(tree: Tree, occ: Occurrence, head: int, start: int, end: int) -> int:
    """The end of the noun phrase with its clauses: its subtree, or the cue's next comma."""
    high = min(max(tree.subtree(head)[1], head), end)
    if not start <= head:
        high = max(high, start)
    # what the parser hung on the cue itself but stands right behind the phrase without a comma
    while high < end and tree.low[high + 1] not in (",", ";", "–", "—", "(", ":", "et", "and", "but", "mais"):
        follow = high + 1
        if tree.parsed.quote[follow] >= 0:
            break
        if tree.head[follow] == occ.verb and tree.rel[follow] in ("advcl", "parataxis", "conj"):
            break
        if tree.low[follow] in tree.grammar.temporal or (
            tree.low[follow] in tree.grammar.circumstance_prepositions - _DE - {"to", "by"}
            and not (_attached(tree, follow, start, high) or involved_in(tree, follow, end))
        ):
            break
        high = max(follow, min(tree.subtree(follow)[1], end)) if tree.subtree(follow)[0] >= start else follow
    return cut_at_reports(tree, occ, start, high, phrase=True)


def involved_in(tree: Tree, preposition: int, end: int) -> bool:
    """Whether a phrase goes on what stands before it: toute ingérence dans la nomination, shortcomings in handing out;
    not one that tells when, or in which document or outlet it was said.
    """
    follow = preposition + 1
    if follow > end or tree.parsed.marked[preposition] >= 0 or tree.parsed.quote[follow] >= 0:
        return False
    if tree.grammar.language == "en":
        return tree.low[preposition] == "in" and tree.low[follow].endswith("ing") and tree.pos[follow] == "VERB"
    if tree.low[preposition] != "dans" or tree.low[follow] not in tree.grammar.definite:
        return False
    noun = next((k for k in range(follow + 1, min(end, follow + 4) + 1) if tree.pos[k] == "NOUN"), None)
    if noun is None or tree.low[noun] in tree.grammar.temporal or tree.lemma[noun] in _MOMENTS:
        return False
    return not any(s.kind in ("document", "body") for s in tree.grammar.lexicon.sources.get(tree.lemma[noun], ()))


_MOMENTS = frozenset(
    ("foulée", "journée", "soirée", "matinée", "semaine", "mois", "année", "heure", "minute", "colonne")
)


def _attached(tree: Tree, preposition: int, start: int, high: int) -> bool:
    """Whether the phrase that *preposition* opens hangs on a word between *start* and *high*."""
    noun = tree.head[preposition]
    if preposition == high + 1 and tree.low[preposition] in A and tree.lemma[high] in tree.grammar.lexicon.nouns:
        return True  # son appel à une enquête
    if (
        tree.low[preposition] in ("sur", "contre", "pour", "avec", "on", "for", "with", "against")
        and preposition == high + 1
    ):
        follow = preposition + 1
        return (
            follow <= tree.last[preposition]
            and tree.pos[follow] != "PROPN"
            and tree.low[follow] not in tree.grammar.temporal
        )
    governor = tree.head[noun] if noun > preposition else noun
    return start <= governor <= high
