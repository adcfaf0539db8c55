"""Direct speech: which quotation belongs to which cue, and who speaks it.

« … », a lancé X      X a déclaré : « … »      « … », dit X, « … »
"""

from __future__ import annotations

from kg.extract.claims.found import inner
from kg.extract.claims.inserted import PAUSE, report_bounds
from kg.extract.claims.inversion import inverted_subject
from kg.extract.claims.occurrence import Occurrence, occurrence
from kg.extract.claims.subjects import subject
from kg.extract.tree import Tree


def placeholders(tree: Tree, verb: int) -> list[int]:
    """The masked quotations of the sentence of *verb*."""
    return [k for k in range(tree.first[verb], tree.last[verb] + 1) if tree.parsed.quote[k] >= 0]


def adjacent_quotes(tree: Tree, occ: Occurrence, cues: list[int]) -> list[int]:
    """The placeholders that report through *occ*; *cues* are the possible cue verbs of the sentence."""
    mine: list[int] = []
    for placeholder in placeholders(tree, occ.verb):
        rivals = [c for c in cues if c != occ.verb]
        if placeholder > tree.first[placeholder] and tree.low[placeholder - 1] == ":":
            # a cue in the clause before the colon is no rival of the clause's own, unless it stands right at the colon
            rivals = [c for c in rivals if not tree.under(c, occ.verb) or c >= placeholder - 3]
        low, high = sorted((placeholder, occ.verb))
        if any(low < rival < high for rival in rivals):
            continue
        if placeholder < occ.first:
            if not _gap_allows(tree, placeholder + 1, occ.first - 1, before=True):
                continue
        else:
            if not _gap_allows(tree, occ.last + 1, placeholder - 1, before=False):
                continue
            # a later cue that follows the quotation at once has the better claim to it
            nxt = placeholder + 1
            while nxt <= tree.last[placeholder] and tree.low[nxt] in PAUSE:
                nxt += 1
            near = [r for r in rivals if nxt <= r <= nxt + 3]
            if near and (tree.low[placeholder - 1] != ":" or any(_names_speaker(tree, r) for r in near)):
                continue
        mine.append(placeholder)
    return mine


def _names_speaker(tree: Tree, cue: int) -> bool:
    """Whether a subject follows the cue: n'y croit guère : « … », assure Lucas Ferrand, explique leur porte-parole."""
    head = inverted_subject(tree, occurrence(tree, cue))
    if head is None or head <= cue:
        return False
    return tree.pos[head] == "PROPN" or tree.grammar.is_person(tree.lemma[head], tree.low[head])


def _gap_allows(tree: Tree, low: int, high: int, before: bool) -> bool:
    """Whether the words between a quotation and its cue are only pauses, the subject and circumstances."""
    if high - low > (9 if before else 40):
        return False
    return not any(tree.low[k] in (".", ";") for k in range(low, high + 1))


def quote_spans(tree: Tree, mine: list[int]) -> list[tuple[int, int]]:
    """The insides of the placeholders *mine*."""
    return sorted(inner(tree, k) for k in mine)


def resumed_quote(tree: Tree, occ: Occurrence, mine: list[int]) -> tuple[int, int] | None:
    """The inside of a quotation that goes on in the clause behind an inserted report: « A », dit-il, « b »."""
    if not any(k < occ.first for k in mine):
        return None
    _, high = report_bounds(tree, occ)
    nxt = high + 1
    while nxt <= tree.last[occ.verb] and tree.low[nxt] in PAUSE:
        nxt += 1
    if nxt <= tree.last[occ.verb] and tree.low[nxt - 1] == "," and tree.parsed.marked[nxt] < 0:
        nxt = _past_apposition(tree, nxt, tree.last[occ.verb])  # insiste la directrice, Anne Roche, « et … »
    if nxt > tree.last[occ.verb] or tree.parsed.marked[nxt] < 0:
        return None
    return tree.parsed.layout.quotes[tree.parsed.marked[nxt]].inner


def _past_apposition(tree: Tree, at: int, end: int) -> int:
    """The token behind the name or description that begins at *at* and that a comma closes."""
    close = next((k for k in range(at, min(end, at + 12)) if tree.low[k] in (",", "–", "—")), None)
    if close is None or any(tree.finite_verb(k) or tree.parsed.marked[k] >= 0 for k in range(at, close)):
        return at
    return close + 1


def quote_speaker(tree: Tree, occ: Occurrence, mine: list[int]) -> int | None:
    """Who speaks through *occ* beside a quotation: the inverted subject after one, else the subject."""
    if occ.clitic is not None:
        return occ.clitic
    own = next(
        (k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and tree.parsed.quote[k] < 0 and k < occ.first), None
    )
    before = occ.first - 1
    stands_after = before < tree.first[occ.verb] or tree.low[before] in PAUSE or tree.parsed.quote[before] >= 0
    inverted = any(k < occ.first for k in mine) and stands_after
    if inverted and (own is None or tree.grammar.language == "fr" and not _between(tree, own, mine, occ)):
        head = inverted_subject(tree, occ)
        if head is not None:
            return head
    return subject(tree, occ)


def _between(tree: Tree, own: int, mine: list[int], occ: Occurrence) -> bool:
    """Whether *own* stands between the quotation and the cue (``« … », elle assure``)."""
    last = max(k for k in mine if k < occ.first)
    return last < own < occ.first
