"""Fields that are connections: their arguments, once each, for every type that carries one.

The resolvers only hand over what ``load`` put under (parent, field) before execution began; the arguments in their
signatures are the schema's, and are read by ``compile``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

import strawberry
from strawberry import UNSET

from api.graphql.words import ActorKind, DocumentKind, EventKind, Stance


@strawberry.enum(description="The order of claims. Ties are broken the same way in every generation of the graph.")
class ClaimOrder(Enum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    CONFIDENCE = "CONFIDENCE"
    TEXT = "TEXT"


@strawberry.enum(description="The order of events.")
class EventOrder(Enum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    CONFIDENCE = "CONFIDENCE"
    LABEL = "LABEL"


@strawberry.enum(description="The order of actors.")
class ActorOrder(Enum):
    NAME = "NAME"


@strawberry.enum(description="The order of documents.")
class DocumentOrder(Enum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    TITLE = "TITLE"


def _said(words: str) -> Any:
    return strawberry.argument(description=words)


First = Annotated[int | None, _said("How many from the start (default 20, at most 200; 0 for none).")]
After = Annotated[str | None, _said("Only what follows this cursor.")]
Last = Annotated[int | None, _said("How many from the end; not together with first.")]
Before = Annotated[str | None, _said("Only what precedes this cursor.")]
Text = Annotated[str | None, _said("Words to be found, stemmed in French and English.")]
Since = Annotated[date | None, _said("Not before this day.")]
Until = Annotated[date | None, _said("Not after this day.")]
Outlet = Annotated[str | None, _said("Only from documents of this publisher.")]
Language = Annotated[str | None, _said("Only from documents in this language, as `fr` or `en`.")]
Speaker = Annotated[str | None, _said("Who says it: a name or alias, an id or an IRI.")]
BySpeaker = Annotated[str | None, _said("Only what this one says: a name or alias, an id or an IRI.")]
EitherSpeaker = Annotated[str | None, _said("Only where this one says one side: a name, an id or an IRI.")]
About = Annotated[str | None, _said("What it is about: an actor's name, or the id or IRI of an actor or event.")]
StanceIs = Annotated[Stance | None, _said("Only claims of this stance.")]
Participant = Annotated[str | None, _said("Who takes part: a name or alias, an id or an IRI.")]
Superseded = Annotated[bool, _said("Also from documents that a newer version has replaced.")]
EventKindIs = Annotated[EventKind | None, _said("Only events of this kind.")]
ActorKindIs = Annotated[ActorKind | None, _said("Only actors of this kind.")]
DocumentKindIs = Annotated[DocumentKind | None, _said("Only documents of this kind.")]
ClaimOrderIs = Annotated[ClaimOrder | None, _said("Default: newest first.")]
EventOrderIs = Annotated[EventOrder | None, _said("Default: newest first.")]
ActorOrderIs = Annotated[ActorOrder | None, _said("Default: by name.")]
DocumentOrderIs = Annotated[DocumentOrder | None, _said("Default: newest first.")]


def found(root: Any, info: strawberry.Info) -> Any:
    """What was loaded for this field of this object."""
    raw = info._raw_info
    iri = getattr(root, "_iri", "")
    return info.context.found(iri, raw.field_nodes)


_PAGE: Final[Mapping[str, Any]] = {"first": First, "after": After, "last": Last, "before": Before}
_REPORTED: Final[Mapping[str, Any]] = {
    "since": Since, "until": Until, "outlet": Outlet, "language": Language, "superseded": Superseded,
}  # fmt: skip
_CLAIMS: Final = {**_PAGE, "speaker": Speaker, "about": About, "stance": StanceIs, "text": Text, **_REPORTED}
_EVENTS: Final = {**_PAGE, "kind": EventKindIs, "participant": Participant, "text": Text, **_REPORTED}
_DOCUMENTS: Final = {**_PAGE, "kind": DocumentKindIs, "text": Text, **_REPORTED}
_ACTORS: Final = {**_PAGE, "kind": ActorKindIs, "text": Text}


def _field(description: str, arguments: Mapping[str, Any]) -> Any:
    """A field that takes *arguments*, by name with their types; those that are not given are left out of the query."""

    def resolve(root: Any, info: strawberry.Info, **given: Any) -> Any:
        return found(root, info)

    taken = {"root": Any, "info": strawberry.Info, **arguments}
    resolve.__signature__ = Signature([  # type: ignore[attr-defined]
        Parameter(
            name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind,
            default=Parameter.empty if name not in arguments else False if kind is Superseded else UNSET,
        )
        for name, kind in taken.items()
    ], return_annotation=Any)  # fmt: skip
    return strawberry.field(resolver=resolve, description=description)


def ClaimsField(description: str) -> Any:
    return _field(description, {**_CLAIMS, "order_by": ClaimOrderIs})


def EventsField(description: str) -> Any:
    return _field(description, {**_EVENTS, "order_by": EventOrderIs})


def ActorsField(description: str) -> Any:
    return _field(description, {**_ACTORS, "order_by": ActorOrderIs})


def DocumentsField(description: str) -> Any:
    return _field(description, {**_DOCUMENTS, "order_by": DocumentOrderIs})


def SayingsField(description: str) -> Any:
    return _field(description, {"by_speaker": BySpeaker})


def ContradictionsField(description: str) -> Any:
    return _field(description, {**_PAGE, "speaker": EitherSpeaker, "about": About})


def MentionsField(description: str) -> Any:
    return _field(description, _PAGE)
