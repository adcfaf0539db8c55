"""An Extraction as stand-off JSON: offsets into the text, in the words of the annotation guidelines.

The graph knows finer kinds than the guidelines; the ontology (``kg:guidelineName``) says which of
the guidelines' names each goes by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Quantity, Span, Time
from kg.shapes import guideline_name

Json = dict[str, Any]


def annotated(extraction: Extraction) -> Json:
    """The whole extraction.  ``text`` is there only where the stored text is not the file itself (web pages, mail)."""
    document = extraction.document
    return {
        "lang": document.language,
        "published": day_or_month(document.published),
        "path": document.path,
        "digest": document.digest,
        **({} if _is_the_file(document) else {"text": document.text}),
        "actors": [_actor(actor, extraction) for actor in extraction.actors],
        "events": [_event(event) for event in extraction.events],
        "claims": [_claim(claim) for claim in extraction.claims],
        "quantities": [_quantity(quantity) for quantity in extraction.quantities],
        "times": [_time(time) for time in extraction.times],
        "relations": _memberships(extraction.actors),
    }


def day_or_month(interval: Interval | None) -> str | None:
    """An interval as EDTF: ``2017-05-05``, ``2017-05``, ``2017``, ``2017-05-05/2017-05-07``, ``../2017-05-07``."""
    if interval is None or (interval.begin is None and interval.end is None):
        return None
    begin = interval.begin.isoformat() if interval.begin else ".."
    end = interval.end.isoformat() if interval.end else ".."
    if interval.precision in ("month", "year") and begin != "..":
        return begin[: 7 if interval.precision == "month" else 4]
    return begin if begin == end else f"{begin}/{end}"


def _is_the_file(document: Document) -> bool:
    return hashlib.sha256(document.text.encode("utf-8")).hexdigest() == document.digest


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.exact}


def _actor(actor: Actor, extraction: Extraction) -> Json:
    return {
        "id": actor.id,
        "type": guideline_name(actor.kind),
        "kind": actor.kind,
        "name": actor.name,
        "aliases": list(actor.aliases),
        "mentions": [_span(extraction.mentions[index].span) for index in actor.mentions],
        "known": actor.known,
    }


def _event(event: Event) -> Json:
    return {
        "id": event.id,
        "type": guideline_name(event.kind),
        "label": event.label,
        "trigger": _span(event.trigger),
        "mentions": [_span(span) for span in event.mentions],
        "date": day_or_month(event.interval),
        "participants": [{"role": role, "actor": actor} for role, actor in event.roles],
        "alleged": event.alleged,
        "confidence": event.confidence,
    }


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "speaker": claim.speaker,
        "cue": _span(claim.cue),
        "cue_lemma": claim.cue_lemma,
        "content": [_span(span) for span in claim.content],
        "form": claim.form,
        "stance": claim.stance,
        "about": list(claim.about),
        "uttered": day_or_month(claim.uttered),
        "attributed_to": claim.imputed,
        "addressee": claim.addressee,
        "frame": claim.frame,
        "hedged": claim.hedged,
        "negated": claim.negated,
        "nested": claim.nested,
        "confidence": claim.confidence,
    }


def _quantity(quantity: Quantity) -> Json:
    measure = {"kind": quantity.kind, "value": quantity.value, "max": quantity.max, "unit": quantity.unit}
    return {**_span(quantity.span), **measure}


def _time(time: Time) -> Json:
    return {**_span(time.span), "type": time.type, "value": time.value}


def _memberships(actors: Sequence[Actor]) -> list[Json]:
    """Whom unnamed sources speak for, as the guidelines' ``memberOf`` relations."""
    return [
        {"subject": actor.id, "predicate": "memberOf", "object": actor.member_of}
        for actor in actors
        if actor.member_of is not None
    ]
