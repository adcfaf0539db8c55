"""What may be changed, in the schema's words: decisions that analysts take, each recorded with who, when and why."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from api.graphql.arguments import found
from api.graphql.types import Actor, Claim
from api.graphql.words import Marking

Reason = Annotated[str, strawberry.argument(description="Why: recorded, and read by others.")]
ActorId = Annotated[strawberry.ID, strawberry.argument(description="The actor's id or IRI.")]
ActorIds = Annotated[list[strawberry.ID], strawberry.argument(description="The actors' ids or IRIs; two at least.")]
ClaimId = Annotated[strawberry.ID, strawberry.argument(description="The claim's id or IRI.")]
DocumentIds = Annotated[list[strawberry.ID], strawberry.argument(description="The documents' ids or IRIs.")]


@strawberry.type(name="Decision", description="What an analyst decided, with who, when and why.")
class DecisionType:
    iri: str = strawberry.field(description="The decision's node in the graph of decisions; `undoDecision` takes it.")
    kind: str
    concerns: str = strawberry.field(description="The IRI decided about, the first of several.")
    all_concerns: list[str] = strawberry.field(description="Every IRI decided about.")
    in_documents: list[str] = strawberry.field(description="Of a split, the documents in which the actor is another.")
    grade: str | None = strawberry.field(description="Of a reliability or a credibility, the grade given.")
    decided_by: str = strawberry.field(description="The name of the token that was used, or who decided elsewhere.")
    decided_at: datetime
    reason: str
    marking: Marking = strawberry.field(description="Who may see it: those who may see all that it concerns.")
    undone: bool = strawberry.field(description="Whether it was taken back.")


@strawberry.type(description="A document was removed, with all that came from it.")
class Retraction:
    decision: DecisionType
    generation: int = strawberry.field(description="The generation of the graph that shows it.")


@strawberry.type(description="A note on a claim was recorded, or its credibility.")
class Annotation:
    decision: DecisionType
    claim: Claim
    generation: int = strawberry.field(description="The generation of the graph that shows it.")


@strawberry.type(description="It was decided who is who, or how far somebody can be relied on.")
class ActorDecision:
    decision: DecisionType
    actors: list[Actor] = strawberry.field(description="The actors concerned, as they are in the graph now.")
    generation: int = strawberry.field(description="The generation of the graph that shows it.")


@strawberry.type(description="A decision was taken back.")
class Undoing:
    decision: DecisionType = strawberry.field(description="The decision to take the other one back.")
    undone: DecisionType = strawberry.field(description="The decision that holds no longer.")
    generation: int = strawberry.field(description="The generation of the graph that shows it.")


@strawberry.enum(description="How far a source can be relied on (Admiralty scale).")
class Reliability(Enum):
    A = strawberry.enum_value("A", description="Completely reliable.")
    B = strawberry.enum_value("B", description="Usually reliable.")
    C = strawberry.enum_value("C", description="Fairly reliable.")
    D = strawberry.enum_value("D", description="Not usually reliable.")
    E = strawberry.enum_value("E", description="Unreliable.")
    F = strawberry.enum_value("F", description="It cannot be judged.")


Grade = Annotated[Reliability, strawberry.argument(description="The grade, A to F.")]
Credibility = Annotated[
    int,
    strawberry.argument(
        description="1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, "
        "6 it cannot be judged."
    ),
]


def _retract_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The document's id or IRI.")],
        reason: Reason,
    ) -> Any:
        return found(root, info)

    said = "Removes a document and all that came from it; builds keep it out until that is undone."
    return strawberry.field(resolver=resolve, description=said)


def _annotate_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        id: ClaimId,
        note: Annotated[str, strawberry.argument(description="What there is to say about the claim.")],
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Records a note on a claim; the claim itself stays as it is.")


def _actors_field(description: str) -> Any:
    def resolve(root: Any, info: strawberry.Info, ids: ActorIds, reason: Reason) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description=description)


def _split_field() -> Any:
    def resolve(root: Any, info: strawberry.Info, id: ActorId, documents: DocumentIds, reason: Reason) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="In these documents, the actor is another one.")


def _reliability_field() -> Any:
    def resolve(root: Any, info: strawberry.Info, id: ActorId, reliability: Grade, reason: Reason) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Grades a source; it says nothing of any one claim.")


def _credibility_field() -> Any:
    def resolve(root: Any, info: strawberry.Info, id: ClaimId, credibility: Credibility, reason: Reason) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Grades a claim, whoever made it.")


def _undo_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        iri: Annotated[str, strawberry.argument(description="The decision's IRI.")],
        reason: Reason,
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Takes a decision back; both stay on record.")


@strawberry.type(description="Decisions; each needs a token that may write, and holds through every rebuild.")
class Mutation:
    retract_document: Retraction | None = _retract_field()
    annotate_claim: Annotation | None = _annotate_field()
    merge_actors: ActorDecision | None = _actors_field("These actors are one and the same.")
    not_same: ActorDecision | None = _actors_field("These actors are different ones, each from each.")
    split_actor: ActorDecision | None = _split_field()
    set_reliability: ActorDecision | None = _reliability_field()
    set_credibility: Annotation | None = _credibility_field()
    undo_decision: Undoing | None = _undo_field()
