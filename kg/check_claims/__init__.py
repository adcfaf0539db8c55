"""Claims about a leak held against its metadata: agrees, disagrees, or cannot tell, with the figures on both sides.

A check compares numbers.  It does not say whether the leak is authentic, nor whether the speaker lied: figures may
differ because the copy at hand is not the one the speaker saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.check_claims.figures import Figure, count, sizes, span
from kg.check_claims.statements import Range, Statement, statements

__all__ = ["VERDICTS", "Check", "check_claims"]

Select = Callable[[str], Sequence[Mapping[str, Any]]]
VERDICTS = ("agrees", "disagrees", "cannotTell")
PART = 100
"""A count of less than this part of what is there may be of some of it, not of all."""
WITHIN = {"images": "attachments"}
"""What is counted in another count already, so that adding both would count it twice."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: *subject* is the IRI of the claim (of the quantity or time, where nobody is said to claim it),
    *exact* its words, *spans* where they stand; *query* the SPARQL behind *observed*."""

    subject: str
    spans: tuple[str, ...]
    exact: str
    measure: str
    verdict: str
    expected: str
    observed: str | None
    query: str | None
    reason: str


def check_claims(select: Select, collection: str, names: Sequence[str], documents: Sequence[str] = ()) -> list[Check]:
    """What articles state about *collection* (an IRI), each compared with its metadata, in the order of the articles.

    Articles are those that name it by one of *names* and those among *documents* (IRIs).
    """
    return [_check(select, collection, each) for each in statements(select, names, documents)]


def _check(select: Select, collection: str, statement: Statement) -> Check:
    measure = statement.measures[0]
    if measure == "size":
        return _sizes(statement, sizes(select, collection))
    if measure == "dates":
        return _dates(statement, span(select, collection))
    return _counts(statement, [(name, count(select, collection, name)) for name in statement.measures])


def _sizes(statement: Statement, found: list[Figure]) -> Check:
    values = [figure for figure in found if figure.value is not None]
    fits = [figure for figure in values if statement.limits.holds(figure.value or 0)]
    best = next(iter(fits or values), None)
    observed = "; ".join(f"{figure.label}: {figure.value:,} bytes" for figure in values) or None
    expected = shown(statement.limits, " bytes")
    if best is None:
        return _made(statement, "cannotTell", expected, None, None, "the collection states no size")
    reason = f"{fits[0].label} fit" if fits else "no size of the copy at hand that may be meant lies in that range"
    return _made(statement, "agrees" if fits else "disagrees", expected, observed, best.query, reason)


def _counts(statement: Statement, found: list[tuple[str, Figure | None]]) -> Check:
    names = {name for name, _ in found}
    known = [figure for name, figure in found if figure is not None and WITHIN.get(name) not in names]
    expected = shown(statement.limits, "")
    if found[0][1] is None:
        return _made(statement, "cannotTell", expected, None, None, "metadata do not show what is counted")
    values = [figure for figure in known if figure.value]
    if not values:
        query = found[0][1].query
        return _made(statement, "cannotTell", expected, None, query, f"the collection shows no {found[0][1].label}")
    total = sum(figure.value or 0 for figure in values)
    observed = " + ".join(f"{figure.value:,} {figure.label}" for figure in values)
    query = "\n".join(figure.query for figure in values)
    high = statement.limits.high
    if high is not None and high * PART < total:
        return _made(statement, "cannotTell", expected, observed, query, "it may speak of a part of the collection")
    fits = statement.limits.holds(total)
    reason = "the count lies in the range" if fits else "the count of the copy at hand lies outside the range"
    return _made(statement, "agrees" if fits else "disagrees", expected, observed, query, reason)


def _dates(statement: Statement, found: Figure) -> Check:
    limits = statement.limits
    expected = shown(limits, "", days=True)
    if found.begin is None or found.end is None:
        return _made(statement, "cannotTell", expected, None, found.query, "the collection has no dated message")
    observed = f"{found.label}: {found.begin} to {found.end}"
    early = limits.low is not None and found.begin.toordinal() < limits.low
    late = limits.high is not None and found.end.toordinal() > limits.high
    outside = " and ".join(
        words for words, true in (("the first is earlier", early), ("the last is later", late)) if true
    )
    reason = outside or "all of them lie in that time"
    return _made(statement, "disagrees" if outside else "agrees", expected, observed, found.query, reason)


def _made(
    statement: Statement, verdict: str, expected: str, observed: str | None, query: str | None, reason: str
) -> Check:
    if statement.denied and verdict != "cannotTell":
        verdict, reason = "cannotTell", f"the claim denies or negates it; {reason}"
    measure = "+".join(statement.measures)
    return Check(
        statement.subject, statement.spans, statement.exact, measure, verdict, expected, observed, query, reason
    )


def shown(limits: Range, unit: str, days: bool = False) -> str:
    """A range for people.

    >>> shown(Range(10000, 99999), ""), shown(Range(None, 736443), "", days=True)
    ('10,000 to 99,999', 'until 2017-04-24')
    """

    def one(value: float) -> str:
        return str(date.fromordinal(int(value))) if days else f"{value:,.0f}"

    if limits.low is None:
        return f"{'until' if days else 'at most'} {one(limits.high or 0)}{unit}"
    if limits.high is None:
        return f"{'from' if days else 'at least'} {one(limits.low)}{unit}"
    if limits.low == limits.high:
        return f"{one(limits.low)}{unit}"
    return f"{one(limits.low)} to {one(limits.high)}{unit}"
