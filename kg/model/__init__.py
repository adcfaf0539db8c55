"""Every noun that passes between the stages.

    Source ──read──▶ Document ──lay out──▶ Layout ──extract──▶ Draft ──resolve──▶ Extraction ──▶ RDF

All offsets are half-open Unicode code-point offsets into ``Document.text``, and ``exact == text[start:end]``
always holds.
"""

from __future__ import annotations

from kg.model.document import Document, Entry, Interval, Layout, Quote, Span
from kg.model.draft import Draft, DraftClaim, DraftEvent, Mention, Quantity, Rejected, Time
from kg.model.extraction import Actor, Claim, Event, Extraction, Run
from kg.model.words import (
    ACTOR_KINDS,
    DOCUMENT_KINDS,
    EVENT_KINDS,
    FORMS,
    MARKINGS,
    MENTION_KINDS,
    PRECISIONS,
    QUANTITY_KINDS,
    ROLES,
    STANCES,
)

__all__ = [
    "ACTOR_KINDS", "Actor", "Claim", "DOCUMENT_KINDS", "Document", "Draft", "DraftClaim", "DraftEvent",
    "EVENT_KINDS", "Entry", "Event", "Extraction", "FORMS", "Interval", "Layout", "MARKINGS", "MENTION_KINDS",
    "Mention", "PRECISIONS", "QUANTITY_KINDS", "Quantity", "Quote", "ROLES", "Rejected", "Run", "STANCES", "Span",
    "Time",
]  # fmt: skip
