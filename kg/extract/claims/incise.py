"""Reports set inside the quotation that they report: « Le procédé, raconte X, chercheuse à Y, est … »."""

from __future__ import annotations

from kg.extract.claims.found import Found, tidy
from kg.extract.claims.inserted import inserted, report_bounds, whole_clause
from kg.extract.claims.inversion import inverted_subject
from kg.extract.claims.occurrence import occurrence
from kg.extract.tree import Tree


def incise_claims(tree: Tree) -> list[Found]:
    """The claims whose cue stands inside the quotation that it reports."""
    found = []
    for verb in range(tree.n):
        quote = tree.parsed.inside[verb] if tree.parsed.inside[verb] >= 0 else tree.parsed.marked[verb]
        if quote < 0 or not tree.verb[verb]:
            continue
        claim = _incise(tree, verb, quote)
        if claim is not None:
            found.append(claim)
    return found


def _incise(tree: Tree, verb: int, quote: int) -> Found | None:
    occ = occurrence(tree, verb)
    entries = tree.grammar.lexicon.verbs.get(occ.lemma, ())
    cue = next((c for c in entries if "quote" in c.frames), None)
    if (
        cue is None
        or occ.negated
        or occ.first <= tree.first[verb]
        or tree.low[occ.first - 1] != ","
        or not inserted(tree, occ)
    ):
        return None
    speaker = inverted_subject(tree, occ)
    if tree.grammar.language == "en":
        own = next((k for k in tree.kids[verb] if tree.rel[k] == "subj"), None)
        speaker = own if own is not None else speaker
    if speaker is None or tree.low[speaker].lstrip("-") in tree.grammar.first_person | {"vous", "tu", "you"}:
        return None
    low, high = report_bounds(tree, occ)
    last = next((k for k in range(high + 1, tree.last[verb]) if tree.low[k] in (".", "!", "?", "…")), tree.last[verb])
    if not whole_clause(tree, high + 1, last) and not _goes_on(tree, high + 2, last):
        high = last
    inner = tree.parsed.layout.quotes[quote].inner
    spans = [tidy(tree, inner[0], tree.parsed.start[low]), tidy(tree, tree.parsed.end[high], inner[1])]
    content = [_unclosed(tree, span, inner) for span in spans if span is not None]
    if not content:
        return None
    return Found((occ.first, occ.last), cue.lemma, content, cue.stance, "incise", speaker, score=0.85)


def _goes_on(tree: Tree, at: int, last: int) -> bool:
    """Whether what follows the comma behind the report hangs in the quoted clause: « Il a trahi, a dit X, ceux qui … »;
    a noun without more describes the speaker."""
    return (
        at < last
        and tree.low[at - 1] == ","
        and (tree.pos[at] in ("ADP", "CCONJ", "SCONJ") or tree.low[at] in ("ceux", "celles", "celui", "celle", "those"))
        and tree.low[at] not in tree.grammar.circumstance_openers
    )


def _unclosed(tree: Tree, span: tuple[int, int], inner: tuple[int, int]) -> tuple[int, int]:
    """The span held inside the marks: half a quotation needs no mark of its own."""
    return max(span[0], inner[0]), min(span[1], inner[1])
