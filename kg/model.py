"""Every noun that passes between the stages, on one page.

    Source ──read──▶ Document ──lay out──▶ Layout ──extract──▶ Draft ──resolve──▶ Extraction ──▶ RDF

All offsets are half-open Unicode code-point offsets into ``Document.text``, and ``exact == text[start:end]``
always holds.  The words in the tuples below are the local names of the ontology's classes and concepts
(``ontology/kg.ttl``); a parity test holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

# ------------------------------------------------------------------ words shared with the ontology
DOCUMENT_KINDS = ("Article", "EmailMessage", "File", "Torrent", "Archive", "Listing", "BreachRecord")
ACTOR_KINDS = (
    "Person", "Organization", "Party", "Company", "GovernmentBody", "MediaOutlet", "Platform",
    "Group", "GeopoliticalEntity", "Place", "Artefact", "Unidentified",
)  # fmt: skip
EVENT_KINDS = (
    "CyberAttack", "Phishing", "DataLeak", "Publication", "Attack", "Arrest",
    "Election", "Poll", "Warning", "Statement", "OtherEvent",
)  # fmt: skip
STANCES = (
    "asserts", "denies", "accuses", "confirms", "warns", "recommends", "questions", "promises", "other",
)  # fmt: skip
FORMS = ("direct", "indirect", "mixed")
ROLES = ("agent", "target", "place", "instrument", "reporter")
PRECISIONS = ("hour", "day", "month", "year", "range")
QUANTITY_KINDS = ("size", "percent", "money", "count")
MENTION_KINDS = ("proper", "nominal", "pronoun")
MARKINGS = ("CLEAR", "GREEN", "AMBER", "RED")  # TLP 2.0, from open to closed


# ------------------------------------------------------------------ documents
@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's stored text: ``exact == text[start:end]``."""

    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span ``[start, end)`` of *text*; refuses offsets outside it."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(text)} characters")
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from *begin* to *end*, both inclusive; ``None`` = open on that side.

    *precision* says how much was known, not how long it lasted: ``vendredi soir`` is one day at precision
    ``hour``, ``en mars`` a month at precision ``month``.
    """

    begin: date | None
    end: date | None
    precision: str = "day"

    @classmethod
    def day(cls, day: date, precision: str = "day") -> Interval:
        return cls(day, day, precision)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a list or a container names: its *path* there, *size* in bytes, *modified* as stated, *checksum*
    as ``algorithm:hex``, whether it is *encrypted*, and the *reason* why it was not opened."""

    path: str
    size: int | None = None
    modified: datetime | None = None
    checksum: str | None = None
    encrypted: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One source and the text kept of it.

    *digest* is the SHA-256 of the source's bytes (hex); *text* what offsets point into ("" where no text is
    kept); *published* the date of publication, the anchor of every relative time in it.  *furniture* are the
    parts of the text that are not the article's body (headline, dateline, menus, credits): extractors read
    the body only, though names in a headline still count as mentions.  *marking* is a TLP level.
    *facts* are the metadata of non-articles as ``(property, value)`` pairs in the ontology's words.
    *contained_in* is the digest of the container it was found in, *attached* the ``(digest, file name)`` of each
    attachment of a mail; *parties* what is known of its sender, once resolved: ``(property, actor IRI)``;
    *entries* what a list names, and what of a container has no Document of its own.
    """

    digest: str
    text: str
    kind: str = "Article"
    language: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None
    published: Interval | None = None
    retrieved: datetime | None = None
    part_of: str | None = None
    marking: str = "CLEAR"
    furniture: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()
    contained_in: str | None = None
    attached: tuple[tuple[str, str], ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation found in the text.  *outer* includes its marks, *inner* does not; *depth* 0 is outermost."""

    outer: tuple[int, int]
    inner: tuple[int, int]
    depth: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """The text's shape: *paragraphs* of the body, *quotes* and *sentences* in them (in text order), *furniture*."""

    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quote, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()


# ------------------------------------------------------------------ what extractors find
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


# ------------------------------------------------------------------ what resolution makes of it
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
