"""Quotations that no cue took: they go on from the claim before, or follow a colon, or answer to the next words."""

from __future__ import annotations

from kg.extract.claims.found import Found, inner
from kg.extract.claims.narrative import narrator
from kg.extract.claims.occurrence import occurrence
from kg.extract.claims.subjects import subject
from kg.extract.tree import Tree

_FEWEST = 4  # words: less is a title, a slogan or a catchword
_FEWEST_UNANNOUNCED = 6  # words, where no colon announces a quotation


def follow_quotes(tree: Tree, claims: list[Found]) -> list[Found]:
    """*claims* with the free quotations added: as further content of the claim before, or as claims of its speaker."""
    taken = {k for claim in claims for k in claim.quotes}
    out = list(claims)
    for number, (low, high) in enumerate(tree.sentences):
        if tree.parsed.inside[low] >= 0:
            continue
        free = [k for k in range(low, high + 1) if tree.parsed.quote[k] >= 0 and k not in taken]
        whole = _whole_quote(tree, low, high)
        before = _last_before(tree, out, low)
        if whole is not None:
            _add_whole(tree, out, low, high, whole, before, number)
        for placeholder in free:
            span = inner(tree, placeholder)
            after_colon = placeholder > low and tree.low[placeholder - 1] == ":"
            fewest = _FEWEST if after_colon else _FEWEST_UNANNOUNCED
            if len(tree.parsed.text[span[0] : span[1]].split()) < fewest or _covered(out, span):
                continue
            if not after_colon and not _finite_inside(tree, tree.parsed.quote[placeholder]):
                continue
            claim = _free(tree, placeholder, low, before, out)
            if claim is not None:
                out.append(claim)
    return sorted(out, key=lambda c: c.content[0])


def carry_on(tree: Tree, claims: list[Found]) -> list[Found]:
    """*claims* with the speaker before given to a narrative infinitive: ``Et de conclure : « … »``."""
    for number, claim in enumerate(claims):
        low = tree.first[claim.cue[0]]
        own = narrator(tree, claim.cue[0])
        if own is not None:
            claim.speaker = own
        if claim.speaker is not None or number == 0 or tree.low[low] != "et" or claim.cue[0] != low + 2:
            continue
        if tree.low[low + 1] in ("de", "d'") and _paragraph(tree, claims[number - 1].cue[0]) == _paragraph(tree, low):
            claim.speaker = claims[number - 1].speaker
    return claims


def _finite_inside(tree: Tree, quote: int) -> bool:
    """Whether the quotation holds a finite verb: a title or a slogan seldom does."""
    return any(tree.parsed.inside[k] == quote and tree.finite_verb(k) for k in range(tree.n))


def _covered(claims: list[Found], span: tuple[int, int]) -> bool:
    return any(a <= span[0] and span[1] <= b for claim in claims for a, b in claim.content)


def _whole_quote(tree: Tree, low: int, high: int) -> int | None:
    """The quotation that is the whole sentence *low*..*high*, if one is."""
    marked = tree.parsed.marked[low]
    if marked < 0:
        return None
    outside = [k for k in range(low, high + 1) if tree.parsed.marked[k] != marked and tree.pos[k] != "PUNCT"]
    return None if outside else marked


def _last_before(tree: Tree, claims: list[Found], low: int) -> Found | None:
    """The claim nearest before token *low*."""
    earlier = [c for c in claims if c.cue[1] < low]
    return max(earlier, key=lambda c: c.cue[1], default=None)


def _paragraph(tree: Tree, token: int) -> int:
    at = tree.parsed.start[token]
    for number, (start, end) in enumerate(tree.parsed.layout.paragraphs):
        if start <= at < end:
            return number
    return -1


def _add_whole(
    tree: Tree, out: list[Found], low: int, high: int, quote: int, before: Found | None, number: int
) -> None:
    span = tree.parsed.layout.quotes[quote].inner
    if len(tree.parsed.text[span[0] : span[1]].split()) < _FEWEST - 1 or _covered(out, span):
        return
    if any(c.rule == "incise" and span[0] <= tree.parsed.start[c.cue[0]] < span[1] for c in out):
        return  # the report stands inside the quotation
    following = next(
        (
            c
            for c in out
            if high < c.cue[0] <= high + 6 and not c.quotes and _paragraph(tree, c.cue[0]) == _paragraph(tree, low)
        ),
        None,
    )
    alone = _bare_cue(tree, low, out)
    if alone is not None:
        out.append(Found((alone[0], alone[0]), tree.verb[alone[0]], [span], alone[2], "free", alone[1], score=0.6))
        return
    if before is None or before.speaker is None:
        if following is not None:
            out.append(_like(following, span, 0.5))
        return
    apart = _paragraph(tree, low) - _paragraph(tree, before.cue[0])
    if before.quotes and apart <= 1 and _sentence_gap(tree, before, low) <= 2:
        before.content = sorted([*before.content, span])
    elif apart == 0 and _sentence_gap(tree, before, low) <= 2:
        out.append(_like(before, span, 0.6))
    elif apart == 1:
        out.append(_like(before, span, 0.5))


def _bare_cue(tree: Tree, low: int, claims: list[Found]) -> tuple[int, int, str] | None:
    """Verb, subject and stance of a cue without content that ends the sentence before: ``X confirme. « … »``."""
    if low < 2 or _paragraph(tree, low - 1) != _paragraph(tree, low):
        return None
    first, last = tree.first[low - 1], tree.last[low - 1]
    if tree.parsed.inside[last] >= 0 or any(first <= c.cue[0] <= last for c in claims):
        return None
    verb = next((k for k in range(last, max(first, last - 3), -1) if tree.verb[k]), None)
    if verb is None:
        return None
    cue = next((c for c in tree.grammar.lexicon.verbs.get(tree.verb[verb], ()) if "quote" in c.frames), None)
    occ = occurrence(tree, verb)
    speaker = subject(tree, occ) if cue is not None and occ.form == "finite" and not occ.negated else None
    return None if speaker is None or cue is None else (verb, speaker, cue.stance)


def _sentence_gap(tree: Tree, claim: Found, low: int) -> int:
    """How many sentences of running text lie between the claim's cue and token *low*."""
    starts = [a for a, _ in tree.sentences if tree.parsed.inside[a] < 0]
    return sum(1 for a in starts if tree.first[claim.cue[0]] < a <= low)


def _like(claim: Found, span: tuple[int, int], score: float) -> Found:
    """A further claim of the speaker of *claim*, said without a cue of its own."""
    return Found(claim.cue, claim.lemma, [span], "asserts", "free", claim.speaker, score=score)


def _free(tree: Tree, placeholder: int, low: int, before: Found | None, out: list[Found]) -> Found | None:
    """A masked quotation in a sentence whose verbs are no cues: ``Même colère chez X : « … »``."""
    span = inner(tree, placeholder)
    head, cue = _named_before(tree, placeholder, low)
    if head is None and before is not None and before.speaker is not None:
        head = before.speaker
    if head is None:
        return None
    same = next((c for c in out if tree.first[c.cue[0]] == low and c.speaker == head), None)
    if same is not None and same.quotes:
        same.content = sorted([*same.content, span])
        same.quotes.append(placeholder)
        return None
    return Found((cue, cue), tree.lemma[cue], [span], "asserts", "colon", head, quotes=[placeholder], score=0.5)


def _may_speak(tree: Tree, head: int) -> bool:
    """Whether a subject beside a quotation is one that speaks: a name, a pronoun, a noun for people or sources."""
    return (
        tree.pos[head] in ("PROPN", "PRON")
        or tree.grammar.speaks(tree.lemma[head], tree.low[head])
        or tree.people(head) is True
        or bool(tree.parsed.doc[head].ent_type_)
    )


def _named_before(tree: Tree, placeholder: int, low: int) -> tuple[int | None, int]:
    """Who the words before the quotation name: the subject of their verb, else a name or a noun that speaks."""
    cue = max(low, placeholder - 1)
    told = next(
        (
            k
            for k in range(low + 2, placeholder)
            if tree.morph(k, "VerbForm") == "Inf" and narrator(tree, k) is not None
        ),
        None,
    )
    if told is not None:
        return narrator(tree, told), told
    if (
        placeholder - 3 >= low
        and tree.low[placeholder - 1] == ":"
        and tree.low[placeholder - 3] in tree.grammar.possessive
    ):
        return placeholder - 3, placeholder - 2  # Sa réponse : « … »
    for token in range(placeholder - 1, low - 1, -1):
        if tree.verb[token] or tree.pos[token] == "VERB":
            found = subject(tree, occurrence(tree, token))
            if found is not None and low <= found < placeholder and _may_speak(tree, found):
                return found, token
    for token in range(placeholder - 1, low - 1, -1):
        speaks = tree.grammar.is_person(tree.lemma[token], tree.low[token])
        if tree.parsed.doc[token].ent_type_ in ("PER", "PERSON", "ORG") or speaks:
            return token, cue
    return None, cue
