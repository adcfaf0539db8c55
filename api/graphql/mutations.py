"""Decisions that analysts take, carried out.

A mutation runs in its turn (GraphQL, section 6.2.2): it writes, a new generation is published, and what its answer
selects is read from that one.  A mutation that fails leaves the others of the operation as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, OperationType

from api.access import Access
from api.graphql.changes import ActorDecision, Annotation, DecisionType, Retraction, Undoing
from api.graphql.facts import Facts
from api.graphql.fields import TYPES, type_of
from api.graphql.ids import from_id
from api.graphql.lookups import Answer
from api.graphql.problems import problem
from api.graphql.words import Marking
from api.settings import Settings
from kg import decisions
from kg.decisions import Decision, Decisions, decide, split_of
from kg.errors import KgError

if TYPE_CHECKING:
    from api.graphql.compile import Selected
    from api.graphql.execute import Prepared

# Seconds a request waits for another writer; then 503 with Retry-After.
WAIT = 5.0


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
    """The look-ups of a mutation: the same shape as ``Lookups``, but each root field writes first.

    *exists* tells whether the caller may see a node of a kind, *known* gives the decisions that the caller may see.
    """

    settings: Settings
    access: Access
    base: str
    exists: Callable[[str, str], bool]
    known: Callable[[], Decisions]

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

    def carry_out(
        self, kind: str, concerns: str | Iterable[str], reason: str, grade: str | None = None,
        documents: Iterable[str] = (),
    ) -> tuple[Decision, int]:  # fmt: skip
        """The decision as it was recorded, and the generation that shows it."""
        decision = Decision.now(kind, concerns, self.access.name, reason, grade, documents)
        return decide(self.settings.graph, decision, WAIT)


def _raising(error: Exception) -> Callable[[Facts], object]:
    def value(facts: Facts) -> object:
        raise error

    return value


def _retract_document(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    iri = mutations.visible(arguments["id"], "Document")
    decision, generation = mutations.carry_out(decisions.RETRACT, iri, arguments["reason"])
    value = Retraction(decision=shown(decision, mutations.base), generation=generation)
    return Answer(lambda facts: value)


def _annotate_claim(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    return _on_claim(mutations, decisions.ANNOTATE, arguments["id"], arguments["note"])


def _set_credibility(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    grade = str(arguments["credibility"])
    return _on_claim(mutations, decisions.CREDIBILITY, arguments["id"], arguments["reason"], grade)


def _on_claim(mutations: Mutations, kind: str, word: str, reason: str, grade: str | None = None) -> Answer:
    iri = mutations.visible(word, "Claim")
    decision, generation = mutations.carry_out(kind, iri, reason, grade)

    def value(facts: Facts) -> object:
        claim: Any = TYPES[type_of(facts, iri)](iri, facts)
        return Annotation(decision=shown(decision, mutations.base), claim=claim, generation=generation)

    return Answer(value, [iri])


def _merge_actors(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    return _between_actors(mutations, decisions.MERGE, arguments)


def _not_same(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    return _between_actors(mutations, decisions.NOT_SAME, arguments)


def _between_actors(mutations: Mutations, kind: str, arguments: Mapping[str, Any]) -> Answer:
    concerned = [mutations.visible(word, "Actor") for word in arguments["ids"]]
    return _on_actors(mutations, *mutations.carry_out(kind, concerned, arguments["reason"]))


def _split_actor(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    actor = mutations.visible(arguments["id"], "Actor")
    documents = [mutations.visible(word, "Document") for word in arguments["documents"]]
    decision, generation = mutations.carry_out(decisions.SPLIT, actor, arguments["reason"], documents=documents)
    return _on_actors(mutations, decision, generation, split_of(decision, mutations.base).node)


def _set_reliability(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    actor = mutations.visible(arguments["id"], "Actor")
    grade = str(arguments["reliability"].value)
    return _on_actors(mutations, *mutations.carry_out(decisions.RELIABILITY, actor, arguments["reason"], grade))


def _on_actors(mutations: Mutations, decision: Decision, generation: int, *made: str) -> Answer:
    """The actors concerned that are in the graph now: of two that were merged, the one that is left."""
    concerned = [*decision.concerns, *made]

    def value(facts: Facts) -> object:
        actors: Any = [TYPES["Actor"](iri, facts) for iri in concerned if type_of(facts, iri) == "Actor"]
        return ActorDecision(decision=shown(decision, mutations.base), actors=actors, generation=generation)

    return Answer(value, concerned)


def _undo_decision(mutations: Mutations, arguments: Mapping[str, Any]) -> Answer:
    known = {one.iri(mutations.base): one for one in mutations.known().history}
    before = known.get(arguments["iri"])
    if before is None:
        raise problem("NOT_FOUND", f"there is no decision {arguments['iri'][:80]!r}")
    decision, generation = mutations.carry_out(decisions.UNDO, arguments["iri"], arguments["reason"])
    value = Undoing(
        decision=shown(decision, mutations.base),
        undone=shown(before, mutations.base, undone=True),
        generation=generation,
    )
    return Answer(lambda facts: value)


def shown(decision: Decision, base: str, undone: bool = False) -> DecisionType:
    """*decision* in the schema's words."""
    return DecisionType(
        iri=decision.iri(base),
        kind=decision.kind,
        concerns=decision.concerns[0],
        all_concerns=list(decision.concerns),
        in_documents=list(decision.documents),
        grade=decision.grade,
        decided_by=decision.by,
        decided_at=decision.at,
        reason=decision.reason,
        marking=Marking(decision.marking),
        undone=undone,
    )


PERFORM: Mapping[str, Callable[[Mutations, Mapping[str, Any]], Answer]] = {
    "retractDocument": _retract_document,
    "annotateClaim": _annotate_claim,
    "mergeActors": _merge_actors,
    "notSame": _not_same,
    "splitActor": _split_actor,
    "setReliability": _set_reliability,
    "setCredibility": _set_credibility,
    "undoDecision": _undo_decision,
}
