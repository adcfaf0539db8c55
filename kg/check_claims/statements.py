"""What articles state about a leak: sizes, counts and days, each as a range that the figures can be held against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.check_claims.words import LANGUAGES, Words, contains, words
from kg.iris import fold
from kg.terms import KG

Select = Callable[[str], Sequence[Mapping[str, Any]]]
POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
UNIT = re.compile(r"(?P<prefix>[kmgtp]?)i?(?:o|b)\Z")
ABOUT = 0.1
"""The share by which a figure called an approximate one may be off."""
NEAR = 60
"""Characters after a word of dating within which its day stands."""
AFTER = 80
"""Characters after a figure that are looked at for what it counts."""
BETWEEN = (" au ", " et ", " à ", " to ", " and ", " until ", " jusqu'au ", "-", " – ")


@dataclass(frozen=True, slots=True)
class Range:
    """From *low* to *high*, both included; None is open."""

    low: float | None
    high: float | None

    def holds(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Statement:
    """*measures* is ``size``, ``dates`` or what is counted; *limits* bytes, a count or ordinals of days; *denied* when
    the claim denies or negates it.  *subject* is the claim, quantity or time expression, *spans* where it stands."""

    subject: str
    spans: tuple[str, ...]
    exact: str
    measures: tuple[str, ...]
    limits: Range
    denied: bool = False


def statements(select: Select, names: Sequence[str], documents: Sequence[str] = ()) -> list[Statement]:
    """What the articles that name the collection by one of *names*, or are among *documents* (IRIs), state about it."""
    found: list[Statement] = []
    for document, language, text in articles(select, names, documents):
        claims = _claims(select, document)
        for statement in _of_document(select, document, text, words(language)):
            found.append(_with_claim(statement, claims))
    return found


def articles(select: Select, names: Sequence[str], documents: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The current articles concerned: IRI, language and text."""
    rows = select(
        f"SELECT ?d ?language ?text WHERE {{ ?d a <{KG.Article}> ; <{KG.language}> ?language ; "
        f"<{KG.storedText}>/<{KG.content}> ?text FILTER NOT EXISTS {{ ?d <{KG.superseded}> true }} }} ORDER BY ?d"
    )
    folded = [f" {fold(name)} " for name in names if fold(name)]
    for row in rows:
        node, language, text = str(row["d"]), str(row["language"]), str(row["text"])
        if language in LANGUAGES and (node in documents or any(name in f" {fold(text)} " for name in folded)):
            yield node, language, text


# ------------------------------------------------------------------ sizes and counts
def _of_document(select: Select, document: str, text: str, known: Words) -> Iterator[Statement]:
    quantities = select(
        f"SELECT ?q ?kind ?value ?max ?unit ?span ?start ?end WHERE {{ ?q <{KG.reportedIn}> <{document}> ; "
        f"a <{KG.Quantity}> ; <{KG.quantityKind}> ?kind ; <{KG.span}> ?span . "
        f"?span <{KG.start}> ?start ; <{KG.end}> ?end . "
        f"OPTIONAL {{ ?q <{KG.value}> ?value }} OPTIONAL {{ ?q <{KG.maxValue}> ?max }} "
        f"OPTIONAL {{ ?q <{KG.unit}> ?unit }} }} ORDER BY ?q"
    )
    for row in quantities:
        start, end = int(str(row["start"])), int(str(row["end"]))
        read = _size if row["kind"] == "size" else _count if row["kind"] == "count" else None
        if read is not None and (found := read(row, text, start, end, known)) is not None:
            measures, limits = found
            yield Statement(str(row["q"]), (str(row["span"]),), text[start:end], measures, limits)
    yield from _days(select, document, text, known)


Read = tuple[tuple[str, ...], Range]


def _size(row: Mapping[str, Any], text: str, start: int, end: int, known: Words) -> Read | None:
    """A number of bytes: between the rounded number in decimal units and in binary ones, for people mean either."""
    unit = UNIT.match(str(row.get("unit", "")).lower())
    if unit is None or "value" not in row or not _speaks_of_leak(text, start, end, known):
        return None
    value = float(str(row["value"]))
    most = float(str(row.get("max", row["value"])))
    power = POWERS[unit["prefix"]]
    low, high = value - _half(str(row["value"])), most + _half(str(row.get("max", row["value"])))
    bound = known.bound(text[max(0, start - 25) : start], text[end : end + 25])
    return ("size",), _bounded(Range(low * 1000**power, high * 1024**power), bound)


def _count(row: Mapping[str, Any], text: str, start: int, end: int, known: Words) -> Read | None:
    exact = text[start:end]
    amount = known.amount(exact) if "value" not in row else None
    noun = re.sub(r"^(?:[\d\s.,\u00a0\u202f]+)", "", exact)
    if amount is not None:
        vague = next(each for each in known.vague if contains(exact.lower(), each))
        noun = exact.lower().partition(vague)[2]
    measures = tuple(known.measures(noun + text[end : end + AFTER]))
    if not measures:
        return None
    bound = known.bound(text[max(0, start - 25) : start], "")
    if amount is not None:
        return measures, _bounded(Range(amount[0], amount[1] - 1), bound)
    if "value" not in row:
        return None
    value, most = str(row["value"]), str(row.get("max", row["value"]))
    return measures, _bounded(Range(float(value) - _slack(value), float(most) + _slack(most)), bound)


def _bounded(limits: Range, bound: str | None) -> Range:
    if bound == "most":
        return Range(None, limits.high)
    if bound == "least":
        return Range(limits.low, None)
    if bound == "about" and limits.low is not None and limits.high is not None:
        return Range(limits.low * (1 - ABOUT), limits.high * (1 + ABOUT))
    return limits


def _half(number: str) -> float:
    """Half of the last place that a number of some unit states: 9 may be 8.5 to 9.5, and 1.5 may be 1.45 to 1.55."""
    whole, _, part = number.partition(".")
    return 0.5 * 10.0 ** -len(part) if part else 0.5 * _place(whole)


def _slack(number: str) -> float:
    """Half of the place a count is rounded to; 0 for one that is not: 71848 is exact, 20000 may be 19500 to 20500."""
    place = _place(number.partition(".")[0])
    return 0.5 * place if place > 1 else 0.0


def _place(whole: str) -> int:
    """The place that the zeros at the end round to, two digits at least being meant."""
    zeros = len(whole) - len(whole.rstrip("0"))
    return int(10 ** max(0, min(zeros, len(whole) - 2)))


def _speaks_of_leak(text: str, start: int, end: int, known: Words) -> bool:
    sentence = _sentence(text, start, end).lower()
    return any(contains(sentence, word) for word in known.leaked)


def _sentence(text: str, start: int, end: int) -> str:
    """What stands between the full stops around a place."""
    before = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "? ", "! "))
    after = min(
        (at for mark in (". ", ".\n", "\n", "? ", "! ") if (at := text.find(mark, end)) >= 0), default=len(text)
    )
    return text[before + 1 : after]


# ------------------------------------------------------------------ days
def _days(select: Select, document: str, text: str, known: Words) -> Iterator[Statement]:
    """Days that a sentence says the leaked documents are of."""
    rows = select(
        f"SELECT ?t ?begin ?last ?span ?start ?end WHERE {{ ?t <{KG.reportedIn}> <{document}> ; "
        f"a <{KG.TimeExpression}> ; <{KG.begin}> ?begin ; <{KG.end}> ?last ; <{KG.span}> ?span . "
        f"?span <{KG.start}> ?start ; <{KG.end}> ?end }} ORDER BY ?start"
    )
    taken: set[int] = set()
    for place, row in enumerate(rows):
        start, end = int(str(row["start"])), int(str(row["end"]))
        earlier = int(str(rows[place - 1]["end"])) if place else 0
        if place in taken or not _is_dated(text, start, earlier, known):
            continue
        begin, last, spans = _ordinal(row["begin"]), _ordinal(row["last"]), [str(row["span"])]
        bound = known.bound(text[max(0, start - 25) : start], text[end : end + 25])
        after = rows[place + 1] if place + 1 < len(rows) else None
        if after is not None and text[end : int(str(after["start"]))].lower() in BETWEEN:
            taken.add(place + 1)
            last, end, bound = _ordinal(after["last"]), int(str(after["end"])), None
            spans.append(str(after["span"]))
        limits = Range(None if bound == "most" else begin, None if bound == "least" else last)
        yield Statement(str(row["t"]), tuple(spans), text[start:end], ("dates",), limits)


def _is_dated(text: str, start: int, earlier: int, known: Words) -> bool:
    """Whether a word of dating stands before *start*, in the same sentence, after the time that ends at *earlier*."""
    before = text[max(earlier, start - NEAR) : start].lower()
    sentence = before[max(before.rfind(mark) + 1 for mark in (".", "\n", ";", "(")) :]
    return any(contains(sentence, word) for word in known.dating)


def _ordinal(day: object) -> int:
    return date.fromisoformat(str(day)[:10]).toordinal()


# ------------------------------------------------------------------ whose claim it is
@dataclass(frozen=True, slots=True)
class _Claim:
    iri: str
    places: tuple[tuple[int, int], ...]
    denied: bool


def _claims(select: Select, document: str) -> list[_Claim]:
    rows = select(
        f"SELECT ?c ?start ?end ?stance ?negated WHERE {{ ?c <{KG.reportedIn}> <{document}> ; a <{KG.Claim}> ; "
        f"<{KG.stance}> ?stance ; <{KG.negated}> ?negated ; <{KG.evidence}> ?span . "
        f"?span <{KG.start}> ?start ; <{KG.end}> ?end }} ORDER BY ?c ?start"
    )
    found: dict[str, _Claim] = {}
    for row in rows:
        iri, place = str(row["c"]), (int(str(row["start"])), int(str(row["end"])))
        denied = str(row["stance"]) == KG.denies or str(row["negated"]) == "true"
        before = found[iri].places if iri in found else ()
        found[iri] = _Claim(iri, (*before, place), denied)
    return list(found.values())


def _with_claim(statement: Statement, claims: list[_Claim]) -> Statement:
    """The statement as what the smallest claim around it says; as it stands, where nobody is said to say it."""
    start, end = map(int, statement.spans[0].rpartition("/")[2].split("-"))
    around = [
        (last - first, claim.iri, claim)
        for claim in claims
        for first, last in claim.places
        if first <= start and end <= last
    ]
    if not around:
        return statement
    claim = min(around, key=lambda one: one[:2])[2]
    return Statement(claim.iri, statement.spans, statement.exact, statement.measures, statement.limits, claim.denied)
