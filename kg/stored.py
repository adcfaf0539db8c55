"""What the front door answers with: the graph's nodes as plain frozen values, everything a reader asks for inside.

`kg.model` holds what passes between the stages of one build; these are the same nouns once they stand in the graph,
with IRIs for names and every span telling its document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a document: ``exact == text[start:end]``; *paragraph* is what stands around it, where text is kept."""

    document: str
    title: str | None
    start: int
    end: int
    exact: str
    paragraph: str | None


@dataclass(frozen=True, slots=True)
class StoredActor:
    """An actor: *kind* is one of `kg.model.ACTOR_KINDS`."""

    iri: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim: *speaker* is None where the text does not say who; *about* are IRIs of events and actors; *published*
    and *publisher* are those of its *document*."""

    iri: str
    speaker: StoredActor | None
    cue: str
    stance: str
    form: str
    text: str
    evidence: tuple[Evidence, ...]
    about: tuple[str, ...]
    document: str
    confidence: float
    published: date | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event: *roles* are pairs of role and actor IRI; *begin* and *end* its first and last day, where known."""

    iri: str
    kind: str
    label: str
    begin: date | None
    end: date | None
    roles: tuple[tuple[str, str], ...]
    alleged: bool
    evidence: tuple[Evidence, ...]
    document: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document: *superseded* when a newer revision of it stands in the graph."""

    iri: str
    kind: str
    title: str | None
    publisher: str | None
    published: date | None
    language: str | None
    url: str | None
    path: str | None
    digest: str
    extractor: str | None
    marking: str
    superseded: bool
