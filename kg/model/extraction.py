"""What resolution makes of a draft: actors, and events and claims whose parties they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kg.model.document import Document, Interval, Layout, Span
from kg.model.draft import Mention, Quantity, Rejected, Time


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of one document.

    *id* is local to the extraction (``a1``…); *known* the IRI of a known actor, if it is one; *mentions* are indices
    into ``Extraction.mentions``; *member_of* the id of the body an unnamed source speaks for; *candidates* the
    known actors it might also be, as ``(IRI, score)``.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    known: str | None = None
    mentions: tuple[int, ...] = ()
    named: bool = True
    member_of: str | None = None
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or is said to have happened; *roles* are ``(role, actor id)``."""

    id: str
    kind: str
    label: str
    trigger: Span
    mentions: tuple[Span, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    interval: Interval | None = None
    alleged: bool = False
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody said something: the *speaker* (actor id, None = not stated), the *cue* that says so, the *content*.

    *about* are ids of events and actors; *imputed* the actor to whom an act is attributed; *candidates* other
    actors who may be the speaker, as ``(actor id, score)``; *chain* the mentions that lead from the speaker's
    words to the actor, as indices into ``Extraction.mentions``.
    """

    id: str
    cue: Span
    cue_lemma: str
    content: tuple[Span, ...]
    stance: str
    form: str
    frame: str
    speaker: str | None = None
    speaker_mention: int | None = None
    addressee: str | None = None
    imputed: str | None = None
    about: tuple[str, ...] = ()
    hedged: bool = False
    negated: bool = False
    nested: bool = False
    uttered: Interval | None = None
    confidence: float = 0.5
    candidates: tuple[tuple[str, float], ...] = ()
    chain: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The content spans joined by one space."""
        return " ".join(span.exact for span in self.content)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All of one document: exactly one named graph."""

    document: Document
    layout: Layout = field(default_factory=lambda: Layout(()))
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the software over some inputs: what made a document's graph, when (clock times stay in provenance)."""

    software: str
    version: str
    model: str
    started: datetime
    ended: datetime | None = None
