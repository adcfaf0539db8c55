"""Answers that are no nodes: search hits, facets, timelines, paths; and the arguments of the fields that give them."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.graphql import arguments as a
from api.graphql.arguments import found
from api.graphql.node import Node, PageInfo
from api.graphql.types import Actor, Subject


@strawberry.enum(description="What kind of thing is found.")
class FoundKind(Enum):
    claim = "claim"
    actor = "actor"
    event = "event"
    document = "document"
    passage = "passage"


@strawberry.enum(description="What is counted on a timeline or in facets.")
class CountedKind(Enum):
    claim = "claim"
    event = "event"
    document = "document"


@strawberry.enum(description="By what things are counted.")
class FacetBy(Enum):
    speaker = "speaker"
    about = "about"
    participant = "participant"
    stance = "stance"
    form = "form"
    kind = "kind"
    outlet = "outlet"
    language = "language"
    month = "month"


@strawberry.enum(description="How long each step of a timeline is; a week begins on Monday.")
class BucketSize(Enum):
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


# ------------------------------------------------------------------ search
@strawberry.type(description="A stretch of a snippet that answers the words asked for, in code points.")
class Highlight:
    start: int
    end: int


@strawberry.type(description="One thing found.")
class SearchEdge:
    cursor: str
    node: Node = strawberry.field(description="What was found; of a passage, its document.")
    kind: FoundKind
    score: float = strawberry.field(description="How well it answers the words (BM25); comparable within one answer.")
    snippet: str = strawberry.field(description="The part of its text where the words stand.")
    highlights: list[Highlight]
    start: int | None = strawberry.field(description="Of a passage, the offset of its text in the document's text.")


@strawberry.type(description="A page of what was found, the best first.")
class SearchConnection:
    edges: list[SearchEdge]
    page_info: PageInfo
    total_count: int = strawberry.field(description="How many there are in all; the best 1,000 can be paged through.")


def search_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        text: Annotated[str, strawberry.argument(description="Words; `begin*` for a beginning, quotes for a phrase.")],
        kinds: Annotated[list[FoundKind] | None, strawberry.argument(description="Default: all of them.")] = UNSET,
        first: a.First = UNSET,
        after: a.After = UNSET,
        last: a.Last = UNSET,
        before: a.Before = UNSET,
    ) -> Any:
        return found(root, info)

    said = "Full text over all kinds: French and English stems, accents and one typing error forgiven."
    return strawberry.field(resolver=resolve, description=said)


# ------------------------------------------------------------------ counts
@strawberry.type(description="One value and how often it occurs.")
class FacetValue:
    value: str = strawberry.field(description="A word, or the IRI of an actor or event.")
    count: int
    node: Subject | None = strawberry.field(description="The actor or event, where the value is one.")


@strawberry.type(description="The most frequent values of one facet, the most frequent first.")
class Facet:
    by: FacetBy
    values: list[FacetValue]


@strawberry.type(description="One step of a timeline.")
class Bucket:
    begin: date
    end: date = strawberry.field(description="Its last day, this day included.")
    count: int


Of = Annotated[CountedKind, strawberry.argument(description="What to count.")]
By = Annotated[list[FacetBy], strawberry.argument(description="By what; at most 9.")]
Limit = Annotated[int, strawberry.argument(description="How many values of each (at most 200).")]
Size = Annotated[BucketSize, strawberry.argument(description="How long each step is.")]


def facets_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        by: By,
        of: Of = CountedKind.claim,
        limit: Limit = 20,
        speaker: a.Speaker = UNSET,
        about: a.About = UNSET,
        participant: a.Participant = UNSET,
        stance: a.StanceIs = UNSET,
        text: a.Text = UNSET,
        since: a.Since = UNSET,
        until: a.Until = UNSET,
        outlet: a.Outlet = UNSET,
        language: a.Language = UNSET,
        superseded: a.Superseded = False,
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="What the matching things have in common, with counts.")


def timeline_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        bucket: Size = BucketSize.MONTH,
        of: Of = CountedKind.claim,
        speaker: a.Speaker = UNSET,
        about: a.About = UNSET,
        participant: a.Participant = UNSET,
        stance: a.StanceIs = UNSET,
        text: a.Text = UNSET,
        since: a.Since = UNSET,
        until: a.Until = UNSET,
        outlet: a.Outlet = UNSET,
        language: a.Language = UNSET,
        superseded: a.Superseded = False,
    ) -> Any:
        return found(root, info)

    said = "How many matching things there are in each step of time; steps without any are left out."
    return strawberry.field(resolver=resolve, description=said)


# ------------------------------------------------------------------ paths
@strawberry.type(description="Two actors and what links them: a claim or an event.")
class Step:
    source: Actor
    via: Node = strawberry.field(description="The claim or event.")
    target: Actor


@strawberry.type(description="A chain of claims and events from one actor to another.")
class Path:
    steps: list[Step]
    length: int


@strawberry.type(description="The shortest paths between two actors.")
class Paths:
    paths: list[Path]
    exhaustive: bool = strawberry.field(
        description="False where the search met its bound of work: there may then be a path as short that is not shown."
    )


def between_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        a: Annotated[str, strawberry.argument(description="An actor: a name, an id or an IRI.")],
        b: Annotated[str, strawberry.argument(description="Another actor.")],
        max_length: Annotated[int, strawberry.argument(description="Steps at most, 1 to 6.")] = 4,
        first: Annotated[int, strawberry.argument(description="Paths at most, 1 to 20.")] = 5,
    ) -> Any:
        return found(root, info)

    said = "How two actors are linked: the shortest chains of claims and events."
    return strawberry.field(resolver=resolve, description=said)
