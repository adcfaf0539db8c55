"""Puts together what the extractors find in one parsed document: a Draft."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.claims import Found, find_claims
from kg.extract.dates import find_times
from kg.extract.events import FoundEvent, find_events
from kg.extract.grammar import grammar
from kg.extract.mentions import Mentions
from kg.extract.nlp import Parsed, load
from kg.extract.quantities import find_quantities
from kg.extract.tree import Tree
from kg.model import Draft, DraftClaim, DraftEvent, Interval, Span, Time


class Drafter:
    """Drafts documents of one language."""

    def __init__(self, language: str, names: Sequence[str] = ()) -> None:
        from spacy.matcher import PhraseMatcher

        self.grammar = grammar(language)
        nlp = load(language)
        self._known = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._known.add("known", [nlp.make_doc(name.replace("’", "'")) for name in names])

    def draft(self, parsed: Parsed) -> Draft:
        """All that one document says, in text order."""
        tree = Tree(parsed, self.grammar)
        found, rejected = find_claims(tree)
        mentions = Mentions(tree)
        known = self._names(parsed)
        mentions.names(known)
        parties = [(mentions.party(c.speaker), mentions.party(c.addressee), mentions.party(c.imputed)) for c in found]
        document, layout = parsed.document, parsed.layout
        times = find_times(document.text, parsed.language, document.published)
        cues = {token for claim in found for token in range(claim.cue[0], claim.cue[1] + 1)}
        told = find_events(tree, times, cues, {token for first, last in known for token in range(first, last + 1)})
        casts = [[(role, mentions.party(head)) for role, head in event.roles] for event in told]
        mentions.appositions()
        listed, place = mentions.build()
        quantities = find_quantities(document.text, parsed.language, times)
        body = [q for q in quantities if any(a <= q.span.start < b for a, b in layout.paragraphs)]
        claims = tuple(
            _claim(tree, claim, [None if p is None else place[p] for p in three], times)
            for claim, three in zip(found, parties, strict=True)
        )
        events = tuple(
            _event(parsed, event, [(role, place[p]) for role, p in cast if p is not None])
            for event, cast in zip(told, casts, strict=True)
        )
        return Draft(
            document, layout, listed, claims, events, tuple(body), tuple(times), tuple(rejected), self._model(parsed)
        )

    def _names(self, parsed: Parsed) -> list[tuple[int, int]]:
        """Token ranges of known names, the longest first."""
        ranges = [(start, end - 1) for _, start, end in self._known(parsed.doc)]
        return sorted(ranges, key=lambda r: (r[0] - r[1], r[0]))

    @staticmethod
    def _model(parsed: Parsed) -> str:
        meta = load(parsed.language).meta
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _event(parsed: Parsed, found: FoundEvent, roles: list[tuple[str, int]]) -> DraftEvent:
    return DraftEvent(
        kind=found.kind, label=found.label, trigger=parsed.span(*found.trigger),
        mentions=tuple(parsed.span(*mention) for mention in found.mentions), roles=tuple(dict.fromkeys(roles)),
        interval=found.interval, alleged=found.alleged, confidence=found.confidence,
    )  # fmt: skip


def _claim(tree: Tree, found: Found, parties: list[int | None], times: list[Time]) -> DraftClaim:
    parsed = tree.parsed
    speaker, addressee, imputed = parties
    spans = tuple(Span.of(parsed.text, start, end) for start, end in found.content)
    return DraftClaim(
        cue=parsed.span(*found.cue), cue_lemma=found.lemma, content=spans, stance=_stance(tree, found),
        form=_form(tree, found),
        frame=found.rule, speaker=speaker, addressee=addressee, imputed=imputed, hedged=_hedged(tree, found),
        negated=found.negated, nested=found.nested, uttered=_uttered(tree, found, times), confidence=found.score,
    )  # fmt: skip


def _form(tree: Tree, found: Found) -> str:
    """direct: the content is quoted whole; mixed: quoted in part; indirect: not quoted."""
    quotes = tree.parsed.layout.quotes
    whole = [any(q.inner[0] <= a and b <= q.inner[1] for q in quotes) for a, b in found.content]
    if all(whole):
        return "direct"
    partly = any(q.inner[0] < b and a < q.inner[1] for a, b in found.content for q in quotes)
    return "mixed" if partly or any(whole) else "indirect"


def _stance(tree: Tree, found: Found) -> str:
    """A direct question asks, whatever the cue."""
    if found.stance == "asserts" and found.content and tree.parsed.text[found.content[-1][1] - 1] == "?":
        return "questions"
    return found.stance


def _hedged(tree: Tree, found: Found) -> bool:
    """Whether the content is put as hearsay: in the conditional, or with a word that says so."""
    parsed, hedges = tree.parsed, tree.grammar.lexicon.hedges
    spans = found.content
    low, high = spans[0][0], spans[-1][1]
    return any(
        (tree.low[k] in hedges.conditionals or tree.low[k] in hedges.adverbs or tree.lemma[k] in hedges.adjectives)
        and any(a <= parsed.start[k] < b for a, b in spans)
        for k in range(tree.n)
        if low <= parsed.start[k] < high and parsed.quote[k] < 0
    )


def _uttered(tree: Tree, found: Found, times: list[Time]) -> Interval | None:
    """The time that stands in the reporting clause, not in the content."""
    parsed = tree.parsed
    first, last = tree.first[found.cue[0]], tree.last[found.cue[0]]
    cue = parsed.start[found.cue[0]]
    best: tuple[int, Interval] | None = None
    for time in times:
        at = time.span.start
        if (
            time.interval is None
            or time.type not in ("DATE", "TIME")
            or not parsed.start[first] <= at < parsed.end[last]
        ):
            continue
        if any(a <= at < b for a, b in found.content):
            continue
        distance = abs(at - cue)
        if distance < 60 and (best is None or distance < best[0]):
            best = (distance, time.interval)
    return best[1] if best else None
