"""Events across documents and languages: which reports are of one event.

Kind, days, participants by role, place and, in one language, the words of the label decide.  Two attacks on one target
in different months stay two: reports whose days exclude each other are never joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from kg.resolve.across.abstract import UNDATED, Abstract, EventFacts
from kg.resolve.across.neighbours import NEVER, SAME, Verdict
from kg.resolve.across.words import deeds, ordinals, stems

PART = "part"
MERGE = 0.45
"""At least this score: one event.  Set on tests/across."""
ALOOF = 0.55
"""The same for kinds that say little, where no deed is told to be the same."""
WINDOW = 16
APART = 4
"""Days by which two reports may differ and still be of one event: the deed, its discovery and its publication."""
LAG = 10
"""An undated event is taken to have happened in so many days before the report of it."""
_SAYS_LITTLE = frozenset({"OtherEvent", "Statement", "Publication", "Warning", "Poll"})
"""Kinds of which one day and one affair see many: that their documents name the same actors does not make them one."""
_UNTOLD = frozenset({"OtherEvent", "Attack", "Arrest", "Statement"})
"""Kinds between which explosions, trials, hearings and arrests are divided in one way or another."""
_OUTCOMES = frozenset(deeds("mort"))
"""What others deeds end in: no other deed."""
_MADE_PUBLIC = frozenset({"DataLeak", "CyberAttack"})
_DISTANT = 100
"""So many days before the report of it may an undated event lie, where more speaks for one event."""
_VAGUE = 62
"""Days from which an interval says little of when something happened."""
_FEW = 3
_BYTES = {"o": "B", "Ko": "kB", "ko": "kB", "KB": "kB", "Mo": "MB", "Go": "GB", "To": "TB", "Po": "PB"}
"""French symbols of multiples of the octet -> those of the byte."""
_CROWD = 6
"""An actor that a document names among so many says little of one event."""


def facts_of(event: EventFacts, abstract: Abstract, actor: Mapping[str, str], near: Iterable[str]) -> dict[str, Any]:
    """What is compared of *event*; *actor* leads from IRIs as minted to actors, *near* are the document's actors."""
    roles: dict[str, list[str]] = {}
    for role, iri in event.roles:
        roles.setdefault(role, []).append(actor.get(iri, iri))
    begin, end, stated = days_of(event, abstract.published)
    return {
        "kind": event.kind, "begin": begin, "end": end, "stated": stated, "precision": event.precision,
        "label": event.label, "language": abstract.language, "published": abstract.published, "document": abstract.iri,
        "roles": {role: sorted(set(actors)) for role, actors in roles.items()}, "near": list(dict.fromkeys(near)),
        "beside": sorted({actor.get(iri, iri) for iri in event.beside}),
        "deeds": sorted(deeds(event.label)), "sizes": sorted(map(_international, event.sizes)),
        "alleged": event.alleged, "trigger": event.trigger, "confidence": event.confidence,
    }  # fmt: skip


def _international(size: str) -> str:
    """A figure with the unit that other languages know: octets are bytes."""
    kind, unit, value = size.split(" ", 2)
    return f"{kind} {_BYTES.get(unit, unit)} {value}"


def days_of(event: EventFacts, published: str) -> tuple[str, str, bool]:
    """First and last possible day, and whether the text states them; ``""`` where nothing tells."""
    if event.begin or event.end:
        return event.begin or event.end, event.end or event.begin, True
    if not published:
        return "", "", False
    day = date.fromisoformat(published)
    return (day - timedelta(days=LAG)).isoformat(), published, False


def keys_of(facts: Mapping[str, Any]) -> set[str]:
    """An event is compared with those of its group of kinds that share a participant, or the document's actors, and
    a time: the keys of one time are kept together."""
    group = "leak" if facts["kind"] in _MADE_PUBLIC else facts["kind"]
    people = _all(facts) | set(facts["beside"]) | set(facts["near"][:_CROWD])
    times = _times(facts)
    found = {f"{group}:{time} {actor}" for actor in people for time in times}
    told = _all(facts) | set(facts["beside"]) | set(facts["near"][:_FEW])
    return found | {f"{deed}:{time} {actor}" for deed in facts["deeds"] for actor in told for time in times}


def _times(facts: Mapping[str, Any]) -> set[str]:
    """The months in reach of the event, ``any`` where nothing tells."""
    if not facts["begin"]:
        return {"any"}
    begin = date.fromisoformat(facts["begin"]) - timedelta(days=APART)
    end = min(date.fromisoformat(facts["end"]) + timedelta(days=APART), begin + timedelta(days=62))
    if not facts["stated"]:
        begin = date.fromisoformat(facts["end"]) - timedelta(days=_DISTANT)
        days = [begin + timedelta(days=30 * step) for step in range(1 + (end - begin).days // 30)]
        return {day.isoformat()[:7] for day in [*days, end]}
    return {begin.isoformat()[:7], (begin + (end - begin) / 2).isoformat()[:7], end.isoformat()[:7]}


def place_of(facts: Mapping[str, Any]) -> str:
    """Where an event stands among its neighbours: by its days."""
    return f"{facts['end'] or UNDATED} {facts['begin']}"


# ------------------------------------------------------------------ two reports
def compare(one: Mapping[str, Any], two: Mapping[str, Any]) -> Verdict | None:
    """Whether two reports are of one event."""
    if one["document"] == two["document"]:
        return Verdict(NEVER, 1.0, "told as two in one document")
    if _rounds(one) and _rounds(two) and not _rounds(one) & _rounds(two):
        return Verdict(NEVER, 1.0, "not the same round")
    if not _kinds_fit(one, two):
        return None
    time, when = _time(one, two)
    if time == -1:
        return Verdict(NEVER, 1.0, when)
    if inside(one, two) or inside(two, one):
        return Verdict(PART, 1.0, "on the same target, within the days of the longer one")
    score, reasons = weigh(one, two, time, when)
    if score < (ALOOF if one["kind"] in _SAYS_LITTLE and not set(one["deeds"]) & set(two["deeds"]) else MERGE):
        return Verdict(NEVER, 1.0, "; ".join(reasons)) if score < 0.1 and one["stated"] and two["stated"] else None
    return Verdict(SAME, min(1.0, score), "; ".join(reasons))


def weigh(one: Mapping[str, Any], two: Mapping[str, Any], time: float, when: str) -> tuple[float, list[str]]:
    """How much speaks for one event, and what."""
    found = [(time, when), *_roles(one, two), *_words(one, two), *_around(one, two)]
    if one["kind"] != two["kind"]:
        found.append((-0.2 if {one["kind"], two["kind"]} <= _MADE_PUBLIC else -0.1, "of two kinds"))
    return sum(value for value, _ in found), [f"{reason} ({value:+.2f})" for value, reason in found]


def _kinds_fit(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether two reports may be of one event: of one kind, of kinds that the press mixes up, or of one deed in kinds
    that hold many."""
    kinds = {one["kind"], two["kind"]}
    same_deed = bool(set(one["deeds"]) & set(two["deeds"]))
    return len(kinds) == 1 or kinds <= _MADE_PUBLIC or (same_deed and kinds <= _UNTOLD)


def _rounds(one: Mapping[str, Any]) -> set[str]:
    return ordinals(one["label"])


def _time(one: Mapping[str, Any], two: Mapping[str, Any]) -> tuple[float, str]:
    """How well the days fit; -1 where they exclude that both are one event."""
    if not one["begin"] or not two["begin"]:
        return 0.15, "one has no date"
    gap = _gap(one, two)
    stated = one["stated"] and two["stated"]
    if gap > APART:
        if stated or gap > _DISTANT:
            return -1.0, f"{gap} days apart"
        return (-0.1 if gap <= 3 * LAG else -0.15), f"{gap} days apart, one undated"
    longest = max(_length(one), _length(two))
    if gap == 0 and longest > _VAGUE:
        return 0.2, "within one year"
    narrow = longest <= 3
    if gap == 0:
        return (
            (0.4, "on the same days")
            if stated and narrow
            else (0.3, "at one time")
            if stated
            else (0.25, "within one time")
        )
    return (0.25, f"{gap} days apart") if stated else (0.2, f"{gap} days apart, one undated")


def _gap(one: Mapping[str, Any], two: Mapping[str, Any]) -> int:
    """Days between two intervals; 0 where they meet."""
    later, earlier = max(one["begin"], two["begin"]), min(one["end"], two["end"])
    return max(0, (date.fromisoformat(later) - date.fromisoformat(earlier)).days)


def _length(one: Mapping[str, Any]) -> int:
    return (date.fromisoformat(one["end"]) - date.fromisoformat(one["begin"])).days + 1


def _roles(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterable[tuple[float, str]]:
    for role, shared, apart in (
        ("target", 0.3, -0.4),
        ("agent", 0.25, -0.2),
        ("place", 0.15, -0.2),
        ("instrument", 0.1, 0.0),
    ):
        mine, theirs = set(one["roles"].get(role, ())), set(two["roles"].get(role, ()))
        if mine & theirs:
            yield shared, f"{role} shared"
        elif mine and theirs and apart and not mine & _all(two) and not theirs & _all(one):
            yield apart, f"another {role}"
    mine, theirs = _all(one) | set(one["beside"]), _all(two) | set(two["beside"])
    in_role = any(set(one["roles"].get(r, ())) & set(two["roles"].get(r, ())) for r in one["roles"] if r != "reporter")
    if mine & theirs and not in_role:
        yield 0.2, "told with the same actor"


def _all(one: Mapping[str, Any]) -> set[str]:
    return {actor for role, actors in one["roles"].items() for actor in actors if role != "reporter"}


def _words(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterable[tuple[float, str]]:
    mine, theirs = set(one["deeds"]), set(two["deeds"])
    if mine & theirs:
        yield 0.15 if one["kind"] not in _SAYS_LITTLE else 0.2, "the same deed"
    elif mine - _OUTCOMES and theirs - _OUTCOMES and "OtherEvent" in (one["kind"], two["kind"]):
        yield -0.25, "another deed"
    told, retold = stems(one["label"]), stems(two["label"])
    if told and retold and (common := told & retold):
        share = len(common) / len(told | retold)
        yield 0.05 + 0.15 * share, "the labels share words"
    if set(one["sizes"]) & set(two["sizes"]):
        yield 0.1, "the same figure is told"


def _around(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterable[tuple[float, str]]:
    mine, theirs = set(one["near"]), set(two["near"])
    if not mine or not theirs:
        return
    share = len(mine & theirs) / min(len(mine), len(theirs))
    if share:
        deed = set(one["deeds"]) & set(two["deeds"])
        weight = 0.35 if one["kind"] not in _SAYS_LITTLE else 0.3 if deed else 0.1
        yield weight * share, "the documents name the same actors"
    else:
        yield -0.2, "the documents name no actor in common"


# ------------------------------------------------------------------ inside a story
def corrections(reports: Iterable[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, str, str]]:
    """``(later report, earlier report, what it gives otherwise)`` among the reports of one event.

    A report corrects the first one that told the day or the figure, when it tells another.
    """
    found: list[tuple[str, str, str]] = []
    ordered = sorted(reports, key=lambda pair: (pair[1]["published"] or "9999", pair[0]))
    for what in ("day", "figure"):
        first: tuple[str, Mapping[str, Any]] | None = None
        for iri, facts in ordered:
            if not _tells(facts, what):
                continue
            if first is None:
                first = (iri, facts)
            elif facts["document"] != first[1]["document"] and _differs(facts, first[1], what):
                found.append((iri, first[0], what))
    return found


def _tells(facts: Mapping[str, Any], what: str) -> bool:
    return bool(facts["sizes"]) if what == "figure" else bool(facts["stated"]) and facts["precision"] in ("day", "hour")


def _differs(later: Mapping[str, Any], earlier: Mapping[str, Any], what: str) -> bool:
    if later["published"] <= earlier["published"]:
        return False
    if what == "day":
        return _gap(later, earlier) > 0
    told, before = _figures(later), _figures(earlier)
    return any(not told[unit] & before[unit] for unit in told.keys() & before.keys())


def _figures(facts: Mapping[str, Any]) -> dict[str, set[str]]:
    """Values by what they count."""
    found: dict[str, set[str]] = {}
    for size in facts["sizes"]:
        unit, _, value = size.rpartition(" ")
        found.setdefault(unit, set()).add(value)
    return found


def inside(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether event *one* is a part of the longer event *two*: of its kind, within its days, on the same target."""
    if one["kind"] != two["kind"] or not (one["stated"] and two["stated"]):
        return False
    within = (
        two["begin"] <= one["begin"] and one["end"] <= two["end"] and _length(one) < _length(two) and _length(two) > 3
    )
    return (
        within
        and one["precision"] in ("day", "hour")
        and two["precision"] == "range"
        and bool(set(one["roles"].get("target", ())) & set(two["roles"].get("target", ())))
    )
