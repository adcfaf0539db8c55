"""What may be changed: frames for decisions that analysts take, each recorded with who, when and why.

A mutation runs in its turn (GraphQL, section 6.2.2): it writes, a new generation is published, and what its answer
selects is read from that one.  A mutation that fails leaves the others of the operation as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from graphql import GraphQLError, OperationType

from api.access import Access
from api.graphql.arguments import found
from api.graphql.facts import Facts
from api.graphql.fields import TYPES, type_of
from api.graphql.ids import from_id
from api.graphql.lookups import Answer
from api.graphql.problems import problem
from api.graphql.types import Claim
from api.settings import Settings
from kg.decisions import Decision, decide, retract
from kg.errors import KgError

if TYPE_CHECKING:
    from api.graphql.compile import Selected
    from api.graphql.execute import Prepared

# Seconds a request waits for another writer; then 503 with Retry-After.
WAIT = 5.0


@strawberry.type(name="Decision", description="What an analyst decided, with who, when and why.")
class DecisionType:
    iri: str = strawberry.field(description="The decision's node in the graph of decisions.")
    kind: str
    concerns: str = strawberry.field(description="The IRI decided about.")
    decided_by: str = strawberry.field(description="The name of the token that was used.")
    decided_at: datetime
    reason: str


@strawberry.type(description="A document was removed, with all that came from it.")
class Retraction:
    decision: DecisionType
    generation: int = strawberry.field(description="The generation of the graph that shows it.")


@strawberry.type(description="A note on a claim was recorded.")
class Annotation:
    decision: DecisionType
    claim: Claim
    generation: int = strawberry.field(description="The generation of the graph that shows it.")


Reason = Annotated[str, strawberry.argument(description="Why: recorded, and read by others.")]


def _retract_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The document's id or IRI.")],
        reason: Reason,
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Removes a document and all that came from it.")


def _annotate_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The claim's id or IRI.")],
        note: Annotated[str, strawberry.argument(description="What there is to say about the claim.")],
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="Records a note on a claim; the claim itself stays as it is.")


@strawberry.type(description="Decisions; each needs a token that may write.")
class Mutation:
    retract_document: Retraction | None = _retract_field()
    annotate_claim: Annotation | None = _annotate_field()


# ------------------------------------------------------------------ carrying out
def check_scope(prepared: Prepared, access: Access, settings: Settings) -> None:
    """A problem with code NOT_ALLOWED unless who asks may do what the operation does."""
    if prepared.operation.operation is not OperationType.MUTATION:
        return
    if not settings.writable:
        raise problem("NOT_ALLOWED", "this server is read-only: it was not started with --writable")
    if not access.may("write"):
        raise problem("NOT_ALLOWED", "mutations need a token of scope write or admin")


@dataclass(frozen=True, slots=True)
class Mutations:
    """The look-ups of a mutation: the same shape as ``Lookups``, but each root field writes first."""

    settings: Settings
    access: Access
    base: str
    exists: Callable[[str, str], bool]

    def root(self, selected: Selected) -> Answer:
        try:
            return PERFORM[selected.name](self, selected.arguments)
        except (GraphQLError, KgError) as error:
            return Answer(_raising(error))

    def visible(self, word: str, kind: str) -> str:
        """The IRI of an object that who asks may see: what is above their marking is not there."""
        told, iri = from_id(word)
        if told not in (None, kind) or not self.exists(iri, kind):
            raise problem("NOT_FOUND", f"there is no {kind.lower()} {word[:80]!r}")
        return iri


def _raising(error: Exception) -> Callable[[Facts], object]:
    def value(facts: Facts) -> object:
        raise error

    return value


def _retract_document(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    iri = mutations.visible(arguments["id"], "Document")
    decision = Decision.now("retract", iri, mutations.access.name, arguments["reason"])
    generation = retract(mutations.settings.graph, decision, WAIT)
    value = Retraction(decision=_shown(decision, mutations.base), generation=generation)
    return Answer(lambda facts: value)


def _annotate_claim(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    iri = mutations.visible(arguments["id"], "Claim")
    decision = Decision.now("annotate", iri, mutations.access.name, arguments["note"])
    generation = decide(mutations.settings.graph, decision, WAIT)

    def value(facts: Facts) -> object:
        claim: Any = TYPES[type_of(facts, iri)](iri, facts)
        return Annotation(decision=_shown(decision, mutations.base), claim=claim, generation=generation)

    return Answer(value, [iri])


def _shown(decision: Decision, base: str) -> DecisionType:
    return DecisionType(
        iri=decision.iri(base),
        kind=decision.kind,
        concerns=decision.concerns,
        decided_by=decision.by,
        decided_at=decision.at,
        reason=decision.reason,
    )


PERFORM: Mapping[str, Callable[[Mutations, Mapping[str, Any]], Answer]] = {
    "retractDocument": _retract_document,
    "annotateClaim": _annotate_claim,
}
