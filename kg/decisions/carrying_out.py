"""Decisions recorded and carried out: one commit each, seen in the generation that it publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kg import iris
from kg.decisions.decision import RETRACT, UNDO, Decision, decision_quads
from kg.decisions.holding import Decisions, Pair, load
from kg.errors import UsageError
from kg.model import MARKINGS
from kg.nquads import boolean, integer, iri, string
from kg.store import Writer
from kg.terms import KG

STATED = tuple(f"> <{predicate}> ".encode() for predicate in (KG.undone, KG.reliability, KG.credibility))
"""How the predicates look, in a line of N-Triples, that state what holds rather than who decided what."""


class Done(NamedTuple):
    """The *decision* as it was recorded, with its marking, and the *generation* that shows it."""

    decision: Decision
    generation: int


def decide(
    root: Path, decision: Decision, timeout: float | None = None, waiting: Callable[[str], None] | None = None
) -> Done:
    """Records *decision*, carries it out and publishes.

    UsageError where what it concerns is not in the graph; GraphBusy after *timeout* seconds of waiting.
    """
    from kg.session import Session

    with Session(root, timeout=timeout, waiting=waiting) as session:
        recorded = session.decide(decision)
        return Done(recorded, session.commit())


def marked(writer: Writer, decision: Decision, base: str) -> Decision:
    """*decision* at the lowest level that sees all it concerns; UsageError where something is not in the graph."""
    decision.check()
    if decision.kind == UNDO:
        _check_undo(decision, load(lambda query: writer.select(query, writer.levels_in_use[-1]), base), base)
    levels = [_level(writer, node) for node in (*decision.concerns, *decision.documents)]
    return replace(decision, marking=max(levels, key=MARKINGS.index))


def _level(writer: Writer, node: str) -> str:
    """The lowest level that sees *node* as a subject, or a decision about it: a merge leaves one node of two."""
    query = f"SELECT ?p WHERE {{ {{ ?node ?p ?o }} UNION {{ ?p <{KG.concerns}> ?node ; a <{KG.Decision}> }} }} LIMIT 1"
    found = next((level for level in MARKINGS if writer.select(query, level, node=node)), None)
    if found is None:
        raise UsageError(f"{node} is not in the graph")
    return found


def raised(writer: Writer, decisions: Iterable[Decision], base: str) -> list[Decision]:
    """*decisions* from elsewhere, each at its own marking or at that of what it concerns here, whichever is higher."""
    made: dict[str, Decision] = {}
    for one in sorted(decisions, key=lambda decision: decision.at):
        levels = [one.marking]
        for node in (*one.concerns, *one.documents):
            with suppress(UsageError):  # what is not here yet has no marking here
                levels.append(made[node].marking if node in made else _level(writer, node))
        made[one.iri(base)] = replace(one, marking=max(levels, key=MARKINGS.index))
    return list(made.values())


def _check_undo(decision: Decision, decisions: Decisions, base: str) -> None:
    known = {one.iri(base) for one in decisions.history}
    for node in decision.concerns:
        if node not in known:
            raise UsageError(f"{node} is no decision of this graph")
        if node in decisions.undone:
            raise UsageError(f"{node} was taken back already")


def lines(decisions: Iterable[Decision], base: str) -> dict[str, list[str]]:
    """The quads of *decisions* by their marking."""
    found: dict[str, list[str]] = {}
    for decision in decisions:
        found.setdefault(decision.marking, []).extend(decision_quads(decision, base))
    return found


def retracted(decisions: Iterable[Decision]) -> set[str]:
    """The documents that *decisions* are about to remove."""
    return {decision.concerns[0] for decision in decisions if decision.kind == RETRACT}


# ------------------------------------------------------------------ what holds, stated
def state(writer: Writer, level: str, base: str) -> None:
    """States in the decisions graph of *level* which decisions are undone, and the grades that hold."""
    graph = iris.decisions_graph(base)
    triples = writer.triples(graph, level)
    if not triples:
        return
    decisions = load(lambda query: writer.select(query, level), base)
    kept = [triple for triple in triples if not any(predicate in triple for predicate in STATED)]
    stated = sorted({*kept, *(line.encode() for line in _holding(decisions, writer, level))})
    if stated != sorted(triples):
        tail = f" {iri(graph)} .\n".encode()
        writer.put(b"".join(line.removesuffix(b" .") + tail for line in stated), [graph], level, exact=True)


def _holding(decisions: Decisions, writer: Writer, level: str) -> Iterable[str]:
    yield from (f"{iri(node)} {iri(KG.undone)} {boolean(True)} ." for node in decisions.undone)
    for claim, grade in decisions.credibility.items():
        yield f"{iri(claim)} {iri(KG.credibility)} {integer(int(grade))} ."
    for actor, grade in decisions.reliability.items():
        for node in _now(actor, decisions.merges, writer, level):
            yield f"{iri(node)} {iri(KG.reliability)} {string(grade)} ."


def _now(actor: str, merges: Iterable[Pair], writer: Writer, level: str) -> list[str]:
    """The node that stands for *actor* now: itself, unless it was found to be one with another."""
    found, size = {actor}, 0
    while len(found) > size:
        size = len(found)
        found.update(one for pair in merges if found.intersection(pair) for one in pair)
    return [
        node for node in sorted(found)
        if writer.select(f"SELECT ?p WHERE {{ ?node a <{KG.Actor}> ; ?p ?o }} LIMIT 1", level, node=node)
    ]  # fmt: skip
