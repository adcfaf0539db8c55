"""The types of the schema.  Names, nullability and lists are the ontology's (a parity test); so are the descriptions,
which ``shaped`` takes from it.  What the ontology does not have is described here."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from api.graphql.arguments import ActorsField, ClaimsField, EventsField, MentionsField, SayingsField
from api.graphql.node import Connection, Node, shaped
from api.graphql.words import (
    ActorKind,
    BigInt,
    DocumentKind,
    EventKind,
    Form,
    Marking,
    MentionKind,
    Precision,
    RelationKind,
    RoleKind,
    Stance,
    Verdict,
)

IRI = "The IRI of the node in the graph, for SPARQL and for linked data."


@strawberry.interface(description="What a claim may be about: an event or an actor.")
class Subject(Node):
    iri: str = strawberry.field(description=IRI)
    label: str = strawberry.field(description="The event in a few words, or the actor's name.")


@strawberry.type(description="Days from begin to end, both inclusive; null is open on that side.")
class Interval:
    begin: date | None
    end: date | None
    precision: Precision | None = strawberry.field(description="How much is known of it, not how long it lasts.")


@shaped
class Evidence(Node):
    iri: str = strawberry.field(description=IRI)
    document: Document
    start: int
    end: int
    exact: str
    paragraph: str | None = strawberry.field(description="The paragraph of the stored text that the span stands in.")


@shaped
class Mention(Node):
    iri: str = strawberry.field(description=IRI)
    span: Evidence
    refers_to: list[Actor]
    kind: MentionKind
    extractor: str | None
    score: float


@shaped
class Claim(Node):
    iri: str = strawberry.field(description=IRI)
    speaker: Actor | None
    speaker_mention: Mention | None
    speaker_candidates: list[Actor]
    cue: Evidence
    cue_lemma: str
    stance: Stance
    form: Form
    frame: str
    text: str
    about: list[Subject]
    attributed_to: Actor | None
    addressee: Actor | None
    hedged: bool
    negated: bool
    nested: bool
    uttered: Interval | None = strawberry.field(description="When it was said, as far as the text tells.")
    confidence: float
    credibility: int | None
    evidence: list[Evidence]
    reported_in: Document
    repeats: list[Claim] = strawberry.field(
        description="Claims of the same speaker that say the same, earlier and later ones; copies of a text are none."
    )
    echoes: list[Claim] = strawberry.field(description="Claims of other speakers that say the same.")
    contradicted_by: list[Claim] = strawberry.field(
        description="Claims that say the opposite: flagged by the machine, settled by nobody but an analyst."
    )
    withdrawn_by: list[Claim] = strawberry.field(
        description="Of a claim that was taken back, the later one that does so; of that one, the earlier."
    )
    relations: list[ClaimRelation] = strawberry.field(
        description="All of these, with kind, reason and score, whichever of the two claims this one is."
    )
    independent_sources: int = strawberry.field(
        description="In how many sources the claim stands, where copies of one text count as one."
    )
    checks: list[Check] = strawberry.field(
        description="How its figures and days compare with the metadata of the collections it speaks of."
    )


@shaped
class ClaimRelation(Node):
    iri: str = strawberry.field(description=IRI)
    kind: RelationKind
    from_claim: Claim
    to_claim: Claim
    reason: str | None
    reason_code: str | None
    score: float


@shaped
class Check(Node):
    iri: str = strawberry.field(description=IRI)
    verdict: Verdict
    measure: str
    expected: str | None
    observed: str | None
    reason: str | None
    query: str | None
    evidence: list[Evidence]
    subject: str
    against: Collection | None = strawberry.field(description="The collection whose metadata it is compared with.")


@shaped
class Finding(Node):
    iri: str = strawberry.field(description=IRI)
    kind: str
    against: Collection | None = strawberry.field(description="The collection in whose metadata it was found.")


@strawberry.type(description="What one speaker says of an event, in all documents that report it.")
class Sayings:
    speaker: Actor | None = strawberry.field(description="Null where the texts do not say who speaks.")
    claims: list[Claim] = strawberry.field(description="The earliest first.")


@shaped
class Actor(Subject):
    name: str
    kind: ActorKind = strawberry.field(description="The actor's most specific class.")
    aliases: list[str]
    same_as: list[str]
    maybe_same_as: list[Actor]
    description: str | None
    sectors: list[str]
    adjectives: list[str]
    nouns: list[str]
    founders: list[Actor]
    leaders: list[Actor]
    member_of: list[Actor]
    countries: list[Actor]
    parents: list[Actor]
    reliability: str | None
    claims: Connection[Claim] = ClaimsField("What the actor said.")
    claims_about: Connection[Claim] = ClaimsField("What was said about the actor.")
    events: Connection[Event] = EventsField("Events the actor takes part in.")
    mentions: Connection[Mention] = MentionsField("Where the actor is named or referred to, in the order of the IRIs.")


@strawberry.type(description="An actor's part in an event.")
class Role:
    role: RoleKind
    actor: Actor


@shaped
class Event(Subject):
    kind: EventKind = strawberry.field(description="The event's most specific class.")
    begin: date | None
    end: date | None
    precision: Precision | None
    alleged: bool
    roles: list[Role] = strawberry.field(description="Who took part, and how.")
    participants: list[Actor]
    agents: list[Actor]
    targets: list[Actor]
    places: list[Actor]
    instruments: list[Actor]
    reporters: list[Actor]
    trigger: Evidence
    evidence: list[Evidence]
    reported_in: Document
    confidence: float
    shared_event: Event | None
    sub_event_of: list[Event]
    sayings: list[Sayings] = SayingsField(
        "What was said about the event, or about another document's report of it, by speaker."
    )
    claims: Connection[Claim] = ClaimsField("What was said about the event.")


@shaped
class Collection(Node):
    iri: str = strawberry.field(description=IRI)
    name: str
    marking: Marking | None
    member_count: int | None
    byte_size: BigInt | None
    message_count: int | None
    attachment_count: int | None
    sender_count: int | None
    pass_count: int | None
    fail_count: int | None
    no_key_count: int | None
    unsigned_count: int | None
    begin: date | None
    end: date | None


@shaped
class Document(Node):
    iri: str = strawberry.field(description=IRI)
    kind: DocumentKind = strawberry.field(description="The document's most specific class.")
    title: str | None
    publisher: str | None
    author: str | None
    published: date | None
    published_precision: Precision | None
    retrieved: datetime | None
    language: str | None
    url: str | None
    path: str | None
    digest: str
    marking: Marking
    part_of: Collection | None
    contained_in: Document | None
    revision_of: Document | None
    superseded: bool = strawberry.field(description="Whether a newer version of it is in the graph.")
    extractor: str | None
    schema_version: str
    warnings: list[str]
    text: str | None = strawberry.field(description="What all offsets point into; null where no text is kept.")
    findings: list[Finding] = strawberry.field(
        description="What is unusual in its metadata, with harmless explanations: findings, no verdicts."
    )
    claims: Connection[Claim] = ClaimsField("What the document reports as said.")
    events: Connection[Event] = EventsField("What the document reports as happened.")
    actors: Connection[Actor] = ActorsField("Whom the document's claims and events concern.")
