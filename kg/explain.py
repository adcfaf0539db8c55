"""Why the extractors say what they say: each claim with its frame and its speaker's mentions, and what was rejected.

lines(extraction)      for a terminal
page(extractions)      one HTML page, each text with its claims marked in it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from kg.model import Actor, Claim, Extraction, Span

STYLE = """
body { max-width: 48rem; margin: 2rem auto; font: 1rem/1.7 serif; color: #222; background: #fff }
.text { white-space: pre-wrap } table { font: .85rem/1.5 sans-serif; border-collapse: collapse }
td, th { text-align: left; vertical-align: top; padding: .2rem .6rem; border-top: 1px solid #ccc }
.content { background: #dff3d8 } .speaker { background: #cfe3ff }
.cue { background: #ffe08a } .event { background: #f6d5e6 }
.rejected { border-bottom: 2px dotted #b33 } sup { font: .7rem sans-serif; color: #555 }
"""


def lines(extraction: Extraction) -> Iterator[str]:
    """The claims in the order of the text, then the events, then what was rejected; offsets are those of the text."""
    document = extraction.document
    yield f"{document.path or document.digest}: {len(extraction.claims)} claims, {len(extraction.events)} events"
    actors = {actor.id: actor for actor in extraction.actors}
    for claim in _ordered(extraction.claims):
        yield f"{claim.id}  {_said(claim)}"
        yield f"    speaker   {_speaker(claim, actors)}"
        if claim.chain:
            yield f"    chain     {_chain(claim, extraction)}"
        yield f"    cue       {_place(claim.cue)} ({claim.cue_lemma})"
        for span in claim.content:
            yield f"    content   {_place(span)}"
        for about in claim.about:
            yield f"    about     {_named(about, extraction)}"
    for event in extraction.events:
        roles = ", ".join(f"{role} {_named(actor, extraction)}" for role, actor in event.roles)
        yield f"{event.id}  {event.kind}: {_place(event.trigger)}" + (f"; {roles}" if roles else "")
    for rejected in extraction.rejected:
        yield f"rejected  {rejected.frame}: {rejected.reason}: {_place(rejected.span)}"


def page(extractions: Iterable[Extraction]) -> str:
    """A page without scripts or outside resources."""
    parts = [
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>kg explain</title><style>{STYLE}</style></head><body>"
    ]
    for extraction in extractions:
        name = extraction.document.path or extraction.document.digest
        parts.append(f"<h1>{escape(name)}</h1><div class='text'>{_marked(extraction)}</div>{_table(extraction)}")
    return "".join([*parts, "</body></html>\n"])


# ------------------------------------------------------------------ words
def _said(claim: Claim) -> str:
    marks = [
        word for word, on in (("hedged", claim.hedged), ("negated", claim.negated), ("nested", claim.nested)) if on
    ]
    return f"{claim.stance}, {', '.join([claim.form, *marks])}, frame {claim.frame}, confidence {claim.confidence:.2f}"


def _speaker(claim: Claim, actors: dict[str, Actor]) -> str:
    if claim.speaker is None:
        return "not stated"
    actor = actors[claim.speaker]
    others = ", ".join(f"{actors[other].name} {score:.2f}" for other, score in claim.candidates if other in actors)
    return f"{actor.name} ({actor.kind}{', known' if actor.known else ''})" + (f"; or {others}" if others else "")


def _chain(claim: Claim, extraction: Extraction) -> str:
    return " → ".join(_place(extraction.mentions[index].span) for index in claim.chain)


def _named(id: str, extraction: Extraction) -> str:
    names = {actor.id: actor.name for actor in extraction.actors}
    return names.get(id) or next((event.label for event in extraction.events if event.id == id), id)


def _place(span: Span) -> str:
    return f"“{' '.join(span.exact.split())}” {span.start}-{span.end}"


def _ordered(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.content[0].start if claim.content else claim.cue.start, claim.id))


# ------------------------------------------------------------------ marks in the text
def _marks(extraction: Extraction) -> Iterator[tuple[int, int, str, str]]:
    """``(start, end, class, title)`` of everything to show in the text."""
    for claim in extraction.claims:
        title = f"{claim.id}: {_said(claim)}"
        yield claim.cue.start, claim.cue.end, "cue", title
        yield from ((span.start, span.end, "content", title) for span in claim.content)
        if claim.speaker_mention is not None:
            span = extraction.mentions[claim.speaker_mention].span
            yield span.start, span.end, "speaker", title
    for event in extraction.events:
        yield event.trigger.start, event.trigger.end, "event", f"{event.id}: {event.kind}"
    for rejected in extraction.rejected:
        yield rejected.span.start, rejected.span.end, "rejected", f"rejected, {rejected.frame}: {rejected.reason}"


def _marked(extraction: Extraction) -> str:
    """The text cut at every mark's ends; each piece carries the marks that cover it, however they overlap."""
    text, marks = extraction.document.text, sorted(_marks(extraction))
    cuts = sorted({0, len(text), *(at for start, end, _, _ in marks for at in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        over = [(kind, title) for first, last, kind, title in marks if first <= start and end <= last]
        piece = escape(text[start:end])
        if over:
            kinds = " ".join(dict.fromkeys(kind for kind, _ in over))
            titles = escape("; ".join(dict.fromkeys(title for _, title in over)), quote=True)
            piece = f'<span class="{kinds}" title="{titles}">{piece}</span>'
        pieces.append(piece)
    return "".join(pieces)


def _table(extraction: Extraction) -> str:
    actors = {actor.id: actor for actor in extraction.actors}
    rows = [
        f"<tr><td>{claim.id}</td><td>{escape(_speaker(claim, actors))}</td><td>{escape(_said(claim))}</td>"
        f"<td>{escape(_chain(claim, extraction))}</td></tr>"
        for claim in _ordered(extraction.claims)
    ]
    refused = [
        f"<tr><td></td><td>rejected</td><td>{escape(one.frame)}: {escape(one.reason)}</td>"
        f"<td>{escape(_place(one.span))}</td></tr>"
        for one in extraction.rejected
    ]
    head = "<tr><th>claim</th><th>speaker</th><th>how</th><th>chain of mentions</th></tr>"
    return f"<table>{head}{''.join(rows + refused)}</table>"
