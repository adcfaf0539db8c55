"""Actors across documents: which descriptions of named actors are of one actor.

What is compared are *profiles*: a name as it is minted, with the kind, roles and bodies that documents give it.
Documents
that describe a name in the same way share its profile, so that a name in ten thousand documents is a few nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from kg.resolve.across import names
from kg.resolve.across.abstract import NAMESAKE, ActorFacts
from kg.resolve.across.known_names import LOOSE, PLACES, callings, group_of, known_as
from kg.resolve.across.neighbours import APART, MAYBE, NEVER, SAME, Verdict
from kg.resolve.across.words import states
from kg.resolve.words import fold

MERGE, ASK = 0.75, 0.5
"""At least this score: one actor; at least that: an analyst should look.  Set on tests/across."""
WINDOW = 24
NEAR, NAMES, _CROWD = 16, 12, 3
"""So many of the most frequent companions and names of a profile are compared."""
_BODIES = frozenset({"Company", "Party", "GovernmentBody", "MediaOutlet", "Platform", "Group", "Artefact"})


_SOLE = frozenset({"magistrate", "lawyer", "physician", "athlete"})
"""Callings that nobody in an affair has beside another one."""


def profile_of(actor: ActorFacts) -> str:
    """The profile that a document's description belongs to."""
    kind = actor.kind if actor.kind not in LOOSE else ""
    parts = (actor.iri, kind, actor.gender, " ".join(actor.roles), " ".join(actor.bodies))
    return f"{actor.iri}#{sha256('|'.join(parts).encode()).hexdigest()[:12]}"


def facts_of(actor: ActorFacts, called: Iterable[str], near: Iterable[str]) -> dict[str, Any]:
    """What is compared of a profile: *actor* as one of its documents has it, what all documents call it, who is near
    it."""
    titles = sorted(called)
    kind = "Person" if actor.kind in LOOSE and any(names.looks_personal(name) for name in titles) else actor.kind
    return {
        "iri": actor.iri, "kind": kind, "names": titles, "gender": actor.gender, "roles": sorted(actor.roles),
        "bodies": sorted(actor.bodies), "near": sorted(near),
        "known": known_as(titles, kind, actor.roles, actor.gender),
        "group": group_of(titles, kind), "own": sorted({company(kind, name) for name in titles}),
    }  # fmt: skip


def keys_of(facts: Mapping[str, Any]) -> set[str]:
    """The keys under which a profile is compared."""
    found = {f"i:{facts['iri']}"}
    for name in facts["names"]:
        if " " in fold(name):
            found.add(f"n:{fold(name)}")  # whatever kind it was taken for
        if facts["kind"] in ("Person", "Unidentified") or " " not in fold(name):
            found |= names.keys(name, True)
        if facts["kind"] != "Person" or " " not in fold(name):
            found |= names.keys(name, False)
    found.update(f"{what}:{facts[what]}" for what in ("known", "group") if facts[what])
    return found


def place_of(facts: Mapping[str, Any]) -> str:
    """Where a profile stands among its neighbours: beside those of the same names."""
    return f"{fold(facts['names'][0])} {facts['iri']}"


# ------------------------------------------------------------------ two profiles
def compare(one: Mapping[str, Any], two: Mapping[str, Any]) -> Verdict | None:
    """Whether two profiles are of one actor."""
    if one["known"] and two["known"]:
        same = one["known"] == two["known"]
        return (
            Verdict(SAME, 0.97, "both are names of one known actor") if same else Verdict(NEVER, 1.0, "known to be two")
        )
    if one["group"] and two["group"]:
        same = one["group"] == two["group"]
        reason = f"names of {one['group']}" if same else "names of two groups"
        return Verdict(SAME if same else NEVER, 0.96, reason)
    if not _kinds_fit(one, two):
        return Verdict(NEVER, 1.0, "of two kinds") if one["iri"] == two["iri"] else None
    fit, written = _names(one, two)
    if fit < 0:
        return Verdict(NEVER, 1.0, f"given names differ: {written}")
    if fit < 0.45:
        return None
    score, reasons = fit, [f"names {written} ({fit:.2f})"]
    for value, reason in _context(one, two):
        score += value
        reasons.append(f"{reason} ({value:+.2f})")
    score = max(0.0, min(1.0, score))
    left = (APART, NEVER) if one["iri"] == two["iri"] else (MAYBE, None)
    label = SAME if score >= MERGE else left[0] if score >= ASK else left[1]
    return None if label is None else Verdict(label, score, "; ".join(reasons))


def _kinds_fit(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    a, b = one["kind"], two["kind"]
    if a == b or "Unidentified" in (a, b):
        return True
    if PLACES & {a, b}:  # the model takes a family's name that it does not know for a place
        return "Person" in (a, b) and _one_word(one if a in PLACES else two)
    if "Person" not in (a, b):
        return True
    if _one_word(one) and _one_word(two):
        return True  # one word, and no more said of a person: the model takes `Corvalis` for one
    # Where two documents give the very same full name to a person and to a body, one of them is as a rule mistaken.
    same = {fold(name) for name in one["names"]} & {fold(name) for name in two["names"]}
    person, other = (one, two) if a == "Person" else (two, one)
    return any(" " in name for name in same) and (other["kind"] in LOOSE or not _surely(person))


def _surely(person: Mapping[str, Any]) -> bool:
    """Whether more than the model's word makes *person* one."""
    return bool(person["gender"] or person["roles"]) or any(names.looks_personal(name) for name in person["names"])


def _one_word(one: Mapping[str, Any]) -> bool:
    return all(" " not in fold(name) for name in one["names"]) and not one["gender"]


def _genders_differ(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    persons = one["kind"] == two["kind"] == "Person"
    return persons and bool(one["gender"] and two["gender"]) and one["gender"] != two["gender"]


def _names(one: Mapping[str, Any], two: Mapping[str, Any]) -> tuple[float, str]:
    """How well the names fit at best, and the two names; -1 where full names show two persons of one family."""
    found = [(_fit(a, one["kind"], b, two["kind"]), a, b) for a in one["names"] for b in two["names"]]
    best, a, b = max(found)
    worst, c, d = min(found)
    if worst < 0 and best < 0.7:
        return worst, f"“{c}”, “{d}”"
    return best, f"“{a}”" if a == b else f"“{a}”, “{b}”"


def _fit(a: str, kind_a: str, b: str, kind_b: str) -> float:
    if "Person" in (kind_a, kind_b):
        if fold(a) == fold(b) and kind_a != kind_b:
            return 0.72 if " " in fold(a) else 0.65
        return names.persons(a, b) if kind_a == kind_b else 0.9 * names.persons(a, b)
    return names.bodies(a, b)


def _context(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterable[tuple[float, str]]:
    """What speaks for or against two bearers of fitting names being one: ``(weight, reason)``."""
    person = "Person" in (one["kind"], two["kind"])
    apart = {one["kind"], two["kind"]} <= _BODIES and one["kind"] != two["kind"]
    if apart:
        yield -0.2, f"one a {one['kind']}, the other a {two['kind']}"
    if _genders_differ(one, two):
        yield -0.3, "of two genders"
    mine, theirs = set(one["roles"]), set(two["roles"])
    others = person and _others(mine, theirs)
    if shared := (mine & theirs) - states() - {NAMESAKE}:
        yield 0.1, f"both described as {min(shared)}"
    elif others:
        yield -0.35, others
    elif person and (mine := mine & callings()) and (theirs := theirs & callings()):
        yield -0.2, f"one described as {min(mine)}, the other as {min(theirs)}"
    if shared := set(one["bodies"]) & set(two["bodies"]):
        yield 0.15, "of the same body"
    elif person and one["bodies"] and two["bodies"]:
        yield -0.15, "of different bodies"
    own = {*one["own"], *two["own"]}
    mine, theirs = set(one["near"]) - own, set(two["near"]) - own
    if shared := mine & theirs:
        yield 0.12 if others else min(0.3, 0.12 * len(shared)), f"{len(shared)} of the actors around them shared"
    elif mine and theirs and (person or apart):
        crowd = min(len(mine), len(theirs)) >= _CROWD
        yield -0.22 if crowd else -0.1, "none of the actors around them shared"


def _others(mine: set[str], theirs: set[str]) -> str:
    """Why two people of one name whom their callings tell apart are two, whatever company they share; "" = no reason.

    One affair has its judges, counsel, doctors and athletes, and of these none is another.
    """
    if (mine & theirs) - states() - {NAMESAKE}:
        return ""
    if NAMESAKE in mine | theirs:
        return "told apart from another of the name"
    a, b = mine & callings(), theirs & callings()
    sole = (a | b) & _SOLE
    return f"one described as {min(a)}, the other as {min(b)}" if a and b and sole and len(a) == len(b) == 1 else ""


def company(kind: str, name: str) -> str:
    """How an actor counts among the company of others: by its name in whatever spelling, not by its IRI."""
    return names.companion(name, kind == "Person")
