"""The root type Query.  Its resolvers hand over what ``load`` found; see ``arguments.found``."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.graphql.arguments import (
    ActorsField,
    ClaimsField,
    ContradictionsField,
    DocumentsField,
    EventsField,
    found,
)
from api.graphql.changes import DecisionType
from api.graphql.node import Connection, Node
from api.graphql.results import (
    Bucket,
    Facet,
    Paths,
    SearchConnection,
    between_field,
    facets_field,
    search_field,
    timeline_field,
)
from api.graphql.stories import ReviewPair, decisions_field, review_field
from api.graphql.types import Actor, Claim, ClaimRelation, Document, Event

Id = Annotated[strawberry.ID, strawberry.argument(description="An id this API gave out, or an IRI.")]

MaybeId = Annotated[strawberry.ID | None, strawberry.argument(description="An id this API gave out, or an IRI.")]
Name = Annotated[str | None, strawberry.argument(description="A name or alias; it must be one actor's.")]


def by_id(description: str) -> Any:
    def resolve(root: Any, info: strawberry.Info, id: Id) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description=description)


def actor_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        id: MaybeId = UNSET,
        name: Name = UNSET,
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="One actor, null if there is none.")


def nodes_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 200.")],
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Any objects by their global ids, in the order asked.")


@strawberry.type(description="Who said what about which event, and where exactly it is written.")
class Query:
    node: Node | None = by_id("Any object by its global id, null if there is none.")
    nodes: list[Node | None] = nodes_field()
    claim: Claim | None = by_id("One claim, null if there is none.")
    claims: Connection[Claim] = ClaimsField("Claims, newest first.")
    actor: Actor | None = actor_field()
    actors: Connection[Actor] = ActorsField("Actors, by name.")
    event: Event | None = by_id("One event, null if there is none.")
    events: Connection[Event] = EventsField("Events, newest first.")
    document: Document | None = by_id("One document, null if there is none.")
    documents: Connection[Document] = DocumentsField("Documents, newest first.")
    contradictions: Connection[ClaimRelation] = ContradictionsField("Claims that contradict each other, surest first.")
    review_queue: list[ReviewPair] = review_field()
    decisions: list[DecisionType] = decisions_field()
    search: SearchConnection = search_field()
    facets: list[Facet] = facets_field()
    timeline: list[Bucket] = timeline_field()
    between: Paths = between_field()
