"""The ontology's words as GraphQL enumerations.  Held equal to ``kg.model`` by a test; retyped because an enumeration
that a type checker can follow has to be written out."""

from __future__ import annotations

from enum import Enum
from typing import NewType

import strawberry

BigInt = NewType("BigInt", int)


@strawberry.enum(description="What kind of document it is.")
class DocumentKind(Enum):
    Article = "Article"
    EmailMessage = "EmailMessage"
    File = "File"
    Torrent = "Torrent"
    Archive = "Archive"
    Listing = "Listing"
    BreachRecord = "BreachRecord"


@strawberry.enum(description="What kind of actor it is.")
class ActorKind(Enum):
    Person = "Person"
    Organization = "Organization"
    Party = "Party"
    Company = "Company"
    GovernmentBody = "GovernmentBody"
    MediaOutlet = "MediaOutlet"
    Platform = "Platform"
    Group = "Group"
    GeopoliticalEntity = "GeopoliticalEntity"
    Place = "Place"
    Artefact = "Artefact"
    Unidentified = "Unidentified"


@strawberry.enum(description="What kind of event it is.")
class EventKind(Enum):
    CyberAttack = "CyberAttack"
    Phishing = "Phishing"
    DataLeak = "DataLeak"
    Publication = "Publication"
    Attack = "Attack"
    Arrest = "Arrest"
    Election = "Election"
    Poll = "Poll"
    Warning = "Warning"
    Statement = "Statement"
    OtherEvent = "OtherEvent"


@strawberry.enum(description="What the speaker does by saying it.")
class Stance(Enum):
    asserts = "asserts"
    denies = "denies"
    accuses = "accuses"
    confirms = "confirms"
    warns = "warns"
    recommends = "recommends"
    questions = "questions"
    promises = "promises"
    other = "other"


@strawberry.enum(description="Whether the words are quoted, reported, or partly both.")
class Form(Enum):
    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


@strawberry.enum(description="How the later of two claims stands to the earlier one.")
class RelationKind(Enum):
    repeats = "repeats"
    echoes = "echoes"
    contradicts = "contradicts"
    withdraws = "withdraws"


@strawberry.enum(description="Whether metadata agree with a claim: a comparison of figures, no verdict on the speaker.")
class Verdict(Enum):
    agrees = "agrees"
    disagrees = "disagrees"
    cannotTell = "cannotTell"


@strawberry.enum(description="What part an actor has in an event.")
class RoleKind(Enum):
    agent = "agent"
    target = "target"
    place = "place"
    instrument = "instrument"
    reporter = "reporter"


@strawberry.enum(description="How much is known of a time: to the hour, the day, the month, the year, or only a range.")
class Precision(Enum):
    hour = "hour"
    day = "day"
    month = "month"
    year = "year"
    range = "range"


@strawberry.enum(description="How somebody is mentioned: by name, by a common noun, by a pronoun.")
class MentionKind(Enum):
    proper = "proper"
    nominal = "nominal"
    pronoun = "pronoun"


@strawberry.enum(description="TLP 2.0: who may see it, from open (CLEAR) to closed (RED).")
class Marking(Enum):
    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"
