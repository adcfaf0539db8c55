"""What holds by the decisions that were taken: a function of their set, whatever the order they are read in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from kg import iris
from kg.decisions.decision import (
    ANNOTATE,
    CREDIBILITY,
    KINDS,
    MERGE,
    NOT_SAME,
    RELIABILITY,
    RETRACT,
    SPLIT,
    UNDO,
    Decision,
)  # fmt: skip
from kg.nquads import iri
from kg.terms import KG

Select = Callable[[str], Iterable[Mapping[str, object]]]
"""Answers a SPARQL query with rows of terms: ``reader.select``, or a writer's for one level."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Split:
    """In *documents*, what is called *actor* is another actor, *node*."""

    actor: str
    documents: frozenset[str]
    node: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions that somebody may see, in the order of time, and what holds by them.

    *merges* and *different* are pairs of actors (in order) that are one, or are two; no pair is in both.  *retracted*
    are documents, *annotations* lead from a claim to its notes, *reliability* from an actor, *credibility* from a claim
    to its grade; *undone* are the decisions that were taken back.
    """

    history: tuple[Decision, ...] = ()
    undone: frozenset[str] = frozenset()
    merges: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    splits: tuple[Split, ...] = ()
    retracted: frozenset[str] = frozenset()
    annotations: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    reliability: Mapping[str, str] = field(default_factory=dict)
    credibility: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision], base: str) -> Decisions:
        """What holds by *decisions*, in whatever order they come."""
        history = sorted(set(decisions), key=lambda one: (one.at, one.iri(base)))
        undone = _undone(history, base)
        holding = [one for one in history if one.iri(base) not in undone]
        pairs: dict[Pair, str] = {}
        for one in holding:
            if one.kind in (MERGE, NOT_SAME):
                pairs.update(dict.fromkeys(combinations(one.concerns, 2), one.kind))
        by_kind = {kind: [one for one in holding if one.kind == kind] for kind in KINDS}
        notes: dict[str, tuple[Decision, ...]] = {}
        for one in by_kind[ANNOTATE]:
            notes[one.concerns[0]] = (*notes.get(one.concerns[0], ()), one)
        return cls(
            tuple(history),
            frozenset(undone),
            frozenset(pair for pair, kind in pairs.items() if kind == MERGE),
            frozenset(pair for pair, kind in pairs.items() if kind == NOT_SAME),
            tuple(split_of(one, base) for one in by_kind[SPLIT]),
            frozenset(one.concerns[0] for one in by_kind[RETRACT]),
            notes,
            {one.concerns[0]: one.grade or "" for one in by_kind[RELIABILITY]},
            {one.concerns[0]: one.grade or "" for one in by_kind[CREDIBILITY]},
        )


def split_of(decision: Decision, base: str) -> Split:
    """What a `split` decision says."""
    (actor,) = decision.concerns
    return Split(actor, frozenset(decision.documents), iris.split_actor(actor, decision.documents))


def _undone(history: Iterable[Decision], base: str) -> set[str]:
    """The decisions that are taken back; an `undo` that is itself undone takes nothing back."""
    undone: set[str] = set()
    for one in reversed([one for one in history if one.kind == UNDO]):
        if one.iri(base) not in undone:
            undone.update(one.concerns)
    return undone


def load(select: Select, base: str) -> Decisions:
    """The decisions in the graph that *select* asks."""
    return Decisions.of(recorded(select, base), base)


def recorded(select: Select, base: str) -> list[Decision]:
    """Each decision that stands in the graph, in no order."""
    rows = select(
        f"SELECT ?d ?p ?o WHERE {{ GRAPH {iri(iris.decisions_graph(base))} {{ ?d a {iri(KG.Decision)} ; ?p ?o }} }}"
    )
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(str(row["d"]), {}).setdefault(str(row["p"]), []).append(str(row["o"]))
    return [_decision(said) for said in found.values()]


def _decision(said: Mapping[str, list[str]]) -> Decision:
    return Decision(
        kind=said[KG.decisionKind][0],
        concerns=tuple(sorted(said[KG.concerns])),
        by=said[KG.decidedBy][0],
        reason=said[KG.reason][0],
        at=datetime.fromisoformat(said[KG.decidedAt][0]),
        grade=said[KG.grade][0] if KG.grade in said else None,
        documents=tuple(sorted(said.get(KG.inDocument, ()))),
        marking=said[KG.marking][0],
    )
