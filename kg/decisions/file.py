"""Decisions as a small file that a team shares: JSON Lines, a header, then one decision a line, in the order of time.

The same decisions give the same bytes, so that the file can be kept under version control; a line's ``iri`` is made of
the rest of it, so that a line which was changed by hand is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from kg.decisions.decision import Decision
from kg.decisions.holding import Decisions, recorded
from kg.errors import UsageError
from kg.model import MARKINGS

FORMAT = "claimgraph decisions 1"
_FIELDS = {
    "at": str, "by": str, "concerns": list, "documents": list, "grade": str | None, "iri": str, "kind": str,
    "marking": str, "reason": str,
}  # fmt: skip


class Imported(NamedTuple):
    """How many decisions a file held that are *new* here, how many were *known*, and the *generation* with them."""

    new: int
    known: int
    generation: int


def dumps(decisions: Iterable[Decision], base: str) -> str:
    """*decisions* as the text of a file."""
    lines = [{"base": base, "format": FORMAT}]
    lines += [_line(one, base) for one in Decisions.of(decisions, base).history]
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def _line(one: Decision, base: str) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(), "by": one.by, "concerns": list(one.concerns), "documents": list(one.documents),
        "grade": one.grade, "iri": one.iri(base), "kind": one.kind, "marking": one.marking, "reason": one.reason,
    }  # fmt: skip


def loads(text: str, base: str) -> list[Decision]:
    """The decisions of a file made for a graph with this *base*; UsageError, with the line, for anything else."""
    lines = [line for line in text.splitlines() if line.strip()]
    header = _json(lines[0], 1) if lines else {}
    if header.get("format") != FORMAT:
        raise UsageError(f"this is no file of decisions: its first line does not say {FORMAT!r}")
    if header.get("base") != base:
        raise UsageError(f"these decisions are about a graph with the base {header.get('base')}, this one has {base}")
    return [_decision(_json(line, number), base, number) for number, line in enumerate(lines[1:], 2)]


def _json(line: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise UsageError(f"line {number} is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"line {number} is no JSON object")
    return found


def _decision(said: dict[str, Any], base: str, number: int) -> Decision:
    for name, kind in _FIELDS.items():
        if not isinstance(said.get(name), kind):
            raise UsageError(f"line {number}: {name} is missing or not of its type")
    try:
        made = Decision(
            said["kind"], tuple(said["concerns"]), said["by"], said["reason"], datetime.fromisoformat(said["at"]),
            said["grade"], tuple(said["documents"]), said["marking"],
        )  # fmt: skip
        made.check()
    except (ValueError, UsageError) as error:
        raise UsageError(f"line {number}: {error}") from None
    if made.marking not in MARKINGS or made.at.tzinfo is None:
        raise UsageError(f"line {number}: a decision has a TLP level as its marking and a time with its zone")
    if made.iri(base) != said["iri"]:
        raise UsageError(f"line {number} was changed: its content does not belong to {said['iri']}")
    return made


def import_decisions(
    root: Path, path: Path, timeout: float | None = None, waiting: Callable[[str], None] | None = None
) -> Imported:
    """Takes over the decisions in the file *path* that the graph does not have; none of them where a line is wrong."""
    from kg.session import Session

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    with Session(root, timeout=timeout, waiting=waiting) as session:
        given = loads(text, session.base)
        known = session.decisions()
        new = [one for one in given if one.iri(session.base) not in known]
        if new:
            session.take(new)
        return Imported(len(new), len(given) - len(new), session.commit())


def export_decisions(select: Callable[[str], Iterable[Any]], base: str) -> str:
    """The text of a file with every decision in the graph that *select* asks."""
    return dumps(recorded(select, base), base)
