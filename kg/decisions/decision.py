"""What analysts decided, with who, when and why: the decisions graph, which no rebuild overwrites.

Decisions are only ever added: one that is taken back stays, beside the `undo` that takes it back.  What holds is a
function of the set of decisions, so that files of them can be shared and read in any order: of two that contradict
each other, the later one holds.  A decision carries the marking of what it concerns: it is written at that level and
above, so that nobody learns of a document they may not see by what was decided about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from kg import iris
from kg.errors import UsageError
from kg.nquads import iri, moment, string
from kg.terms import KG, RDF

MERGE, SPLIT, NOT_SAME, RETRACT, ANNOTATE = "merge", "split", "notSame", "retract", "annotate"
RELIABILITY, CREDIBILITY, UNDO = "reliability", "credibility", "undo"
KINDS = (MERGE, SPLIT, NOT_SAME, RETRACT, ANNOTATE, RELIABILITY, CREDIBILITY, UNDO)
IDENTITY = frozenset({MERGE, SPLIT, NOT_SAME, UNDO})
"""The kinds that may change who is who."""
GRADES = {RELIABILITY: ("A", "B", "C", "D", "E", "F"), CREDIBILITY: ("1", "2", "3", "4", "5", "6")}
"""The Admiralty scale: of sources from A, completely reliable, to F; of claims from 1, confirmed, to 6; F and 6 say
that it cannot be judged."""


@dataclass(frozen=True, slots=True)
class Decision:
    """*kind* is one of `KINDS`, *concerns* the IRIs decided about, *by* whom, *at* an instant with its zone.

    A `merge` or `notSame` concerns actors, a `split` one actor that is another one in *documents*; a `reliability` (of
    an actor) or `credibility` (of a claim) has its *grade*; an `undo` concerns decisions.
    """

    kind: str
    concerns: tuple[str, ...]
    by: str
    reason: str
    at: datetime
    grade: str | None = None
    documents: tuple[str, ...] = ()
    marking: str = "CLEAR"

    @classmethod
    def now(
        cls, kind: str, concerns: str | Iterable[str], by: str, reason: str, grade: str | None = None,
        documents: Iterable[str] = (),
    ) -> Decision:  # fmt: skip
        """A decision taken at this moment; UsageError where it says too little or what no decision can say."""
        about = (concerns,) if isinstance(concerns, str) else tuple(concerns)
        at = datetime.now(UTC)
        made = cls(kind, tuple(sorted(set(about))), by, reason.strip(), at, grade, tuple(sorted(set(documents))))
        made.check()
        return made

    def check(self) -> None:
        """UsageError unless the decision is whole."""
        if self.kind not in KINDS:
            raise UsageError(f"{self.kind!r} is no kind of decision; there are {', '.join(KINDS)}")
        if not self.reason:
            raise UsageError("a decision needs its reason")
        least = 2 if self.kind in (MERGE, NOT_SAME) else 1
        if len(self.concerns) < least:
            raise UsageError(f"{self.kind} concerns {'two different nodes' if least == 2 else 'a node'} at least")
        if least == 1 and self.kind != UNDO and len(self.concerns) > 1:
            raise UsageError(f"{self.kind} concerns one node, not {len(self.concerns)}")
        if self.grade not in GRADES.get(self.kind, (None,)):
            wanted = f"one of {' '.join(GRADES[self.kind])}" if self.kind in GRADES else "none"
            raise UsageError(f"{self.grade!r} is no grade of a {self.kind} decision, which has {wanted}")
        if bool(self.documents) != (self.kind == SPLIT):
            raise UsageError("a split, and nothing else, names the documents in which the actor is another one")

    def iri(self, base: str) -> str:
        about, documents = " ".join(self.concerns), " ".join(self.documents)
        return iris.decision(
            base, self.kind, about, documents, self.grade or "", self.by, self.reason, self.at.isoformat()
        )


def decision_quads(decision: Decision, base: str) -> list[str]:
    """The decision as sorted lines of N-Quads in ``{base}graph/decisions``."""
    node, graph = iri(decision.iri(base)), iri(iris.decisions_graph(base))
    pairs = [
        (RDF.type, iri(KG.Decision)),
        (KG.decisionKind, string(decision.kind)),
        (KG.decidedBy, string(decision.by)),
        (KG.decidedAt, moment(decision.at)),
        (KG.reason, string(decision.reason)),
        (KG.marking, string(decision.marking)),
        *((KG.concerns, iri(one)) for one in decision.concerns),
        *((KG.inDocument, iri(one)) for one in decision.documents),
    ]
    if decision.grade is not None:
        pairs.append((KG.grade, string(decision.grade)))
    return sorted(f"{node} {iri(predicate)} {value} {graph} ." for predicate, value in pairs)
