"""What analysts decided, with who, when and why: the decisions graph, which no rebuild overwrites.

A decision carries the marking of what it concerns: it is written at that level and above, so that nobody learns of a
document they may not see by what was decided about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg import iris
from kg.errors import UsageError
from kg.model import MARKINGS
from kg.nquads import iri, moment, string
from kg.store import Writer
from kg.terms import KG, RDF


@dataclass(frozen=True, slots=True)
class Decision:
    """*kind* as in ``kg:decisionKind``, *concerns* the IRI decided about, *by* whom, *at* an instant with its zone."""

    kind: str
    concerns: str
    by: str
    reason: str
    at: datetime

    @classmethod
    def now(cls, kind: str, concerns: str, by: str, reason: str) -> Decision:
        if not reason.strip():
            raise UsageError("a decision needs its reason")
        return cls(kind, concerns, by, reason.strip(), datetime.now(UTC).replace(microsecond=0))

    def iri(self, base: str) -> str:
        return iris.decision(base, self.kind, self.concerns, self.by, self.reason, self.at.isoformat())


def decision_quads(decision: Decision, base: str, marking: str) -> list[str]:
    """The decision as sorted lines of N-Quads in ``{base}graph/decisions``."""
    node, graph = iri(decision.iri(base)), iri(iris.decisions_graph(base))
    pairs = (
        (RDF.type, iri(KG.Decision)),
        (KG.decisionKind, string(decision.kind)),
        (KG.concerns, iri(decision.concerns)),
        (KG.decidedBy, string(decision.by)),
        (KG.decidedAt, moment(decision.at)),
        (KG.reason, string(decision.reason)),
        (KG.marking, string(marking)),
    )
    return sorted(f"{node} {iri(predicate)} {value} {graph} ." for predicate, value in pairs)


def marking_of(writer: Writer, node: str) -> str:
    """The lowest level that sees *node* as a subject; UsageError where none does."""
    for level in MARKINGS:
        if writer.select("SELECT ?p WHERE { ?node ?p ?o } LIMIT 1", level, node=node):
            return level
    raise UsageError(f"{node} is not in the graph")


# ------------------------------------------------------------------ carried out
def decide(root: Path, decision: Decision, timeout: float | None = None) -> int:
    """Records *decision* and publishes; the generation's number.  GraphBusy after *timeout* seconds of waiting."""
    from kg.session import Session

    with Session(root, timeout=timeout) as session:
        session.decide(decision)
        return session.commit()


def retract(root: Path, decision: Decision, timeout: float | None = None) -> int:
    """Removes the document that *decision* concerns and records why, in one commit; the generation's number."""
    from kg.session import Session, find

    with Session(root, timeout=timeout) as session:
        held = find(session.ledger, decision.concerns)
        session.decide(decision)
        session.retract(held)
        return session.commit()
