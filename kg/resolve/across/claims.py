"""Claims across documents: repeated, echoed by another, contradicted, withdrawn.

A relation is a hint with its reason and score: the machine settles nothing.  Claims of different speakers are never one
claim.  A similarity of meaning between languages may support a relation, never make one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kg.iris import fold
from kg.resolve.across.abstract import UNDATED, Abstract, ClaimFacts
from kg.resolve.across.concepts import concepts
from kg.resolve.across.neighbours import Verdict
from kg.resolve.across.reasons import coded
from kg.resolve.across.words import negated, own_act, withdrawals

WINDOW = 6
REPEATS, ECHOES, CONTRADICTS, WITHDRAWS = "repeats", "echoes", "contradicts", "withdraws"
SAID_AGAIN, ECHOED, ALONE = 0.2, 0.35, 0.8
"""At least so alike, claims say the same: of one speaker; of two in one affair; of two with nothing else in common.
Set on tests/across, as are those below."""
ANSWERS, DENIED, ON_POINT = 0.2, 0.3, 0.4
"""At least so alike, claims in one affair contradict each other: an accusation and a denial; what else somebody says
and a denial; what one says to be so and another not."""
MONTHS_APART = 120
"""Days after which a denial no longer answers an accusation about an event that is not known to be the same."""
DAYS_TO_ANSWER = 7
"""Days in which a denial in other words still answers an accusation."""
_AFFIRMS = frozenset({"asserts", "confirms", "accuses", "warns"})
_LEAST = 3
_COMPANY, _LEADS, _SHARED = 8, 2, 2
"""So many of a document's actors are the company of its claims, so many are whom it is about, and so many do two
documents of one affair share."""
_DEEDS = frozenset({"CyberAttack", "DataLeak", "Phishing", "Attack"})
"""Kinds of event that somebody is accused of."""

Similar = Callable[[str, str], float]
"""How alike two texts are in meaning, from 0 to 1."""


def facts_of(
    claim: ClaimFacts,
    abstract: Abstract,
    actor: Mapping[str, str],
    event: Mapping[str, tuple[str, str]],
    family: str,
    near: Sequence[str] = (),
) -> dict[str, Any]:
    """What is compared of *claim*; *event* leads from a document's event to its shared event and kind, *near* are the
    document's actors, the most mentioned ones first."""
    events = sorted({event[iri] for iri in claim.about if iri in event})
    return {
        "text": claim.text, "stance": claim.stance, "cue": fold(claim.cue), "sign": sign(claim),
        "speaker": actor.get(claim.speaker, claim.speaker), "imputed": actor.get(claim.imputed, claim.imputed),
        "events": [list(one) for one in events],
        "actors": sorted({actor.get(iri, iri) for iri in claim.about if iri not in event}),
        "side": sorted({actor.get(iri, iri) for iri in (claim.speaker, *claim.bodies) if iri}),
        "stems": sorted(concepts(claim.text, abstract.language)),
        "own": own_act(claim.text), "day": claim.day, "language": abstract.language,
        "document": abstract.iri, "family": family, "near": list(near[:_COMPANY]),
    }  # fmt: skip


def sign(claim: ClaimFacts) -> int:
    """1 for a claim that something is so, -1 that it is not, 0 for neither (a promise, what is taken back)."""
    if claim.negated or fold(claim.cue) in withdrawals():
        return 0
    if claim.stance == "denies":
        return -1
    return (-1 if negated(claim.text) else 1) if claim.stance in _AFFIRMS else 0


def keys_of(facts: Mapping[str, Any]) -> set[str]:
    """The keys under which a claim is compared: its words, its speaker's words, its event, whom it is about.

    What stands before the blank is what the key belongs to: keys of one speaker, or event, are kept together.
    """
    if not facts["speaker"] and not facts["stems"]:
        return set()
    long = sorted(facts["stems"], key=lambda stem: (-len(stem), stem))
    digits = [stem for stem in long if stem.isdigit()][:1]
    found = {f"s:{facts['speaker']} {stem}" for stem in [*long[:2], *digits] if facts["speaker"]}
    if len(long) >= _LEAST:
        # Without a speaker or an event in common only many like words relate two claims: they are of one language.
        found.update(f"w:{facts['language']}:{one} {two}" for one, two in zip(long[:2], long[1:3], strict=True))
    for event, _ in facts["events"]:
        found.add(f"e:{event}" if facts["sign"] else f"e:{event} 0")
        found.update(f"e:{event} {who}" for who in {facts["speaker"], facts["imputed"], *facts["actors"]} if who)
    if facts["speaker"]:
        found.add(f"s:{facts['speaker']} :says")
    if facts["sign"]:
        found.add(f"d:{facts['document']}")
        found.update(f"n:{who} :denies" for who in facts["near"][:_LEADS])
    found.update(f"s:{who} :denies" for who in (facts["side"] if facts["sign"] < 0 else _accused(facts)))
    return found


def place_of(facts: Mapping[str, Any]) -> str:
    return str(facts["day"] or UNDATED)


def _accused(facts: Mapping[str, Any]) -> set[str]:
    """Who a claim that something is so is about: who may deny it."""
    return {facts["imputed"], *facts["actors"]} - {"", *facts["side"]} if facts["sign"] > 0 else set()


# ------------------------------------------------------------------ two claims
def comparer(similar: Similar | None) -> Callable[[Mapping[str, Any], Mapping[str, Any]], Verdict | None]:
    """How two claims compare, the earlier one first, with *similar* for texts in two languages where it is given."""

    def compare(one: Mapping[str, Any], two: Mapping[str, Any]) -> Verdict | None:
        if one["family"] == two["family"] and one["document"] != two["document"]:
            return None  # a copy repeats everything and adds nothing
        alike = worded = likeness(one, two)
        if similar is not None and one["language"] != two["language"] and (_topic(one, two) or _same_speaker(one, two)):
            alike = max(alike, _by_meaning(similar(one["text"], two["text"])))
        if one["sign"] * two["sign"] < 0:
            return _against(one, two, alike)
        if one["document"] == two["document"]:
            return None
        return _withdrawal(one, two, alike) or _again(one, two, alike, by_words=alike == worded)

    return compare


def likeness(one: Mapping[str, Any], two: Mapping[str, Any]) -> float:
    """How far the words of two claims agree, from 0 to 1: the mean of what the shorter one shares and both share."""
    mine, theirs = set(one["stems"]), set(two["stems"])
    small = min(len(mine), len(theirs))
    if small == 0:
        return 0.0
    common = len(mine & theirs)
    contained = common / small if small >= _LEAST else 0.5 * common / small
    return 0.5 * contained + 0.5 * common / len(mine | theirs)


def _by_meaning(similarity: float) -> float:
    """Embeddings rank, they do not measure: all texts of one affair are close, so only the top of the scale counts."""
    return max(0.0, min(0.8, (similarity - 0.84) * 7))


def _same_speaker(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    return bool(one["speaker"]) and one["speaker"] == two["speaker"]


def _topic(one: Mapping[str, Any], two: Mapping[str, Any]) -> str:
    """What both claims are about: the same ``Event``, the same ``Actor``, else one ``Affair``; "" for nothing known."""
    mine, theirs = {event for event, _ in one["events"]}, {event for event, _ in two["events"]}
    if mine & theirs:
        return "Event"
    actors = {*one["actors"], one["imputed"]} & {*two["actors"], two["imputed"]} - {""}
    return "Actor" if actors else "Affair" if _one_affair(one, two) else ""


def _one_affair(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether the claims stand in one document, or in two that name the same actors at one time."""
    if one["document"] == two["document"]:
        return True
    return len(set(one["near"]) & set(two["near"])) >= _SHARED and _days(one, two) <= MONTHS_APART


def _against(one: Mapping[str, Any], two: Mapping[str, Any], alike: float) -> Verdict | None:
    """A contradiction: somebody denies what another affirms, or what he or his body is said to have done."""
    yes, no = (one, two) if one["sign"] > 0 else (two, one)
    if not (yes["speaker"] and no["speaker"]) or set(yes["side"]) & set(no["side"]):
        return None  # who speaks for one body does not contradict it
    topic, late = _topic(one, two), _days(one, two) > MONTHS_APART
    if set(no["side"]) & _accused(yes):
        if topic == "Event" and no["stance"] == "denies":
            return Verdict(CONTRADICTS, min(1.0, 0.85 + 0.1 * alike), coded("accusedDeniesEvent"))
        if _kinds(one) & _kinds(two) & _DEEDS and not late and "accuses" in (yes["stance"], no["stance"]):
            return Verdict(CONTRADICTS, min(1.0, 0.7 + 0.2 * alike), coded("accusedDeniesKind"))
        if alike >= (ANSWERS if yes["stance"] == "accuses" else DENIED) and not late:
            return Verdict(CONTRADICTS, min(1.0, 0.65 + 0.2 * alike), coded("accusedDenies", alike=alike))
        if _answers(yes, no):
            return Verdict(CONTRADICTS, 0.55 + 0.2 * alike, coded("accusedDeniesSoon"))
    if no["stance"] == "denies" and no["own"] and no["speaker"] not in {yes["imputed"], *yes["actors"]}:
        return None  # who denies an act of his own says nothing of what others did or suffered
    if topic and alike >= _needed(yes, no):
        return Verdict(CONTRADICTS, min(1.0, 0.5 + 0.4 * alike), coded(f"opposite{topic}", alike=alike))
    if alike >= 0.75 and not late:
        return Verdict(CONTRADICTS, 0.4 + 0.4 * alike, coded("opposite", alike=alike))
    return None


def _needed(yes: Mapping[str, Any], no: Mapping[str, Any]) -> float:
    """How alike two opposite claims in one affair must be: a denial is meant as an answer, a negation need not be."""
    if no["stance"] != "denies":
        return ON_POINT if len(set(yes["stems"]) & set(no["stems"])) >= _LEAST else 1.0
    if yes["stance"] == "accuses":
        return ANSWERS
    return ANSWERS if yes["document"] == no["document"] else DENIED


def _answers(yes: Mapping[str, Any], no: Mapping[str, Any]) -> bool:
    """Whether the accused's denial follows closely on the accusation: in one document, or of `any role` in so few
    words."""
    mine, theirs = {event for event, _ in no["events"]}, {event for event, _ in yes["events"]}
    if (yes["stance"], no["stance"]) != ("accuses", "denies") or (mine and theirs and not mine & theirs):
        return False  # it denies something else
    if yes["imputed"] not in no["side"]:
        return False  # named in the accusation, not accused
    if yes["document"] == no["document"]:
        return True
    soon = _days(yes, no) <= DAYS_TO_ANSWER and yes["day"] <= no["day"]
    return soon and 0 < len(no["stems"]) < _LEAST


def _withdrawal(one: Mapping[str, Any], two: Mapping[str, Any], alike: float) -> Verdict | None:
    """The later claim takes back the earlier one of the same speaker."""
    if two["cue"] not in withdrawals() or not _same_speaker(one, two) or two["day"] <= one["day"]:
        return None
    topic = _topic(one, two)
    if not topic and alike < 0.25:
        return None
    return Verdict(WITHDRAWS, min(1.0, 0.6 + 0.3 * alike), coded(f"takenBack{topic}", cue=two["cue"]))


def _again(one: Mapping[str, Any], two: Mapping[str, Any], alike: float, *, by_words: bool) -> Verdict | None:
    """The same said again, by the same speaker or another."""
    if one["sign"] != two["sign"] or one["sign"] == 0 and one["stance"] != two["stance"]:
        return None
    topic, same = _topic(one, two), _same_speaker(one, two)
    needed = (SAID_AGAIN if same else ECHOED) if topic else ECHOED if same else ALONE
    common = len(set(one["stems"]) & set(two["stems"]))
    least = _LEAST if not topic else 1 if one["sign"] < 0 else 2
    if by_words and common < least and one["text"] != two["text"]:
        return None  # a word in common is no proposition, unless it is what somebody denies
    if alike < needed or not (one["speaker"] and two["speaker"]):
        return None
    if same:
        return Verdict(REPEATS, min(1.0, 0.5 + 0.5 * alike), coded(f"sameSpeaker{topic}", alike=alike))
    return Verdict(ECHOES, min(1.0, 0.4 + 0.5 * alike), coded(f"otherSpeaker{topic}", alike=alike))


def _kinds(one: Mapping[str, Any]) -> set[str]:
    kinds = {kind for _, kind in one["events"]}
    return kinds | {"DataLeak", "CyberAttack"} if kinds & {"DataLeak", "CyberAttack"} else kinds


def _days(one: Mapping[str, Any], two: Mapping[str, Any]) -> int:
    """Days between two claims; none known: far apart."""
    if not one["day"] or not two["day"]:
        return MONTHS_APART + 1
    return abs((date.fromisoformat(one["day"]) - date.fromisoformat(two["day"])).days)


def later_first(one: str, two: str, days: Mapping[str, str]) -> tuple[str, str]:
    """``(from, to)`` of a relation: the later claim points to the earlier one, of the same day the greater IRI."""
    earlier, later = sorted((one, two), key=lambda iri: (days[iri] or UNDATED, iri))
    return later, earlier


def relations(kinds: Iterable[str]) -> set[str]:
    """Those of *kinds* that are relations between claims."""
    return set(kinds) & {REPEATS, ECHOES, CONTRADICTS, WITHDRAWS}
