"""What extractors find in a document, parties still being mentions."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.document import Document, Interval, Layout, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text where somebody or something is named or referred to.

    The features serve in-document resolution, which knows no parser: *head* is the head word's lemma, *gender*
    ``m``/``f``/``""``, *number* ``s``/``p``/``""``, *determiner* ``def``/``indef``/``dem``/``poss``/``""``,
    *function* the head's function in its clause (``subj``, ``obj``, ``agent``, ``attr``, ``nmod``, ``other``),
    *sentence* the number of its sentence in the document, *apposed* the index of the mention it stands in
    apposition to, *of* the index of the mention that complements it (``le mouvement de M. Macron``), *quoted*
    whether it stands inside a quotation.  *guess* is the kind a model or the context proposes.
    """

    span: Span
    kind: str
    guess: str = "Unidentified"
    head: str = ""
    gender: str = ""
    number: str = ""
    determiner: str = ""
    function: str = "other"
    sentence: int = 0
    apposed: int | None = None
    of: int | None = None
    quoted: bool = False
    extractor: str = "ner"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression: TimeML *type* (DATE, TIME, DURATION, SET) and *value*; *interval* where it has one."""

    span: Span
    type: str
    value: str
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A size, percentage, sum or count: *value* (to *max*, for a range) in *unit*; None = stated only vaguely."""

    span: Span
    kind: str
    value: float | None = None
    max: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim whose parties are still mentions (indices into ``Draft.mentions``)."""

    cue: Span
    cue_lemma: str
    content: tuple[Span, ...]
    stance: str
    form: str
    frame: str
    speaker: int | None = None
    addressee: int | None = None
    imputed: int | None = None
    hedged: bool = False
    negated: bool = False
    nested: bool = False
    uttered: Interval | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """An event whose participants are still mentions: *roles* are ``(role, mention index)``."""

    kind: str
    label: str
    trigger: Span
    mentions: tuple[Span, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    interval: Interval | None = None
    alleged: bool = False
    negated: bool = False
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Rejected:
    """What looked like a claim and was not taken, for ``kg explain``: the *span*, the *frame* and the *reason*."""

    span: Span
    frame: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the extractors found in one document, parties still being mentions."""

    document: Document
    layout: Layout
    mentions: tuple[Mention, ...] = ()
    claims: tuple[DraftClaim, ...] = ()
    events: tuple[DraftEvent, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    model: str = ""
