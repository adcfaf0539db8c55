"""Relations between claims: which are found, and which are not, whatever their language and wording."""

from __future__ import annotations

from typing import Any

from kg.resolve.across import claims
from kg.resolve.across.abstract import Abstract, ActorFacts, ClaimFacts

HEAD, FIRM, UNION, PAPER = "x:actor/head", "x:actor/firm", "x:actor/union", "x:actor/paper"
COMPARE = claims.comparer(None)


def facts(
    number: int,
    text: str,
    speaker: str,
    *,
    stance: str = "asserts",
    language: str = "en",
    day: str = "2021-03-10",
    imputed: str = "",
    about: tuple[str, ...] = (),
    cue: str = "say",
    company: tuple[str, ...] = (HEAD, FIRM, UNION),
) -> dict[str, Any]:
    """What is compared of a claim in document *number*, whose actors are *company*; the head belongs to the firm."""
    actors = tuple(ActorFacts(iri, "Person" if iri == HEAD else "Organization", (iri,)) for iri in company)
    abstract = Abstract(f"d{number}", f"x:document/{number}", day, language, actors=actors)
    bodies = (FIRM,) if speaker == HEAD else ()
    claim = ClaimFacts(f"x:claim/{number}", text, stance, cue, speaker, imputed, about, day, bodies=bodies)
    return claims.facts_of(claim, abstract, {}, {}, abstract.iri, list(company))


def label(one: dict[str, Any], two: dict[str, Any]) -> str | None:
    found = COMPARE(one, two)
    return found and found.label


def test_a_speaker_repeats_itself_in_other_words_and_another_language() -> None:
    said = facts(1, "the company twice put off replacing the worn track", UNION)
    again = facts(2, "la compagnie a différé deux fois le remplacement des rails", UNION, language="fr", cue="dire")
    assert label(said, again) == claims.REPEATS
    other = facts(2, "le salaire des conducteurs doit augmenter", UNION, language="fr", cue="dire")
    assert label(said, other) is None


def test_the_head_of_a_body_denies_what_the_body_is_accused_of() -> None:
    charge = facts(1, "the firm of delaying the repairs", UNION, stance="accuses", imputed=FIRM, about=(FIRM,))
    denial = facts(2, "tout retard dans les réparations", HEAD, stance="denies", language="fr", day="2021-03-12")
    found = COMPARE(charge, denial)
    assert found is not None and found.label == claims.CONTRADICTS
    assert found.reason.startswith("accusedDenies")


def test_who_speaks_for_one_body_does_not_contradict_it() -> None:
    said = facts(1, "the repairs were delayed", FIRM)
    denial = facts(2, "the repairs were delayed", HEAD, stance="denies", day="2021-03-12")
    assert label(said, denial) is None


def test_like_words_in_two_affairs_are_no_contradiction() -> None:
    said = facts(1, "the minister was paid by the builder", UNION)
    denial = facts(2, "having been paid by a builder", PAPER, stance="denies", company=(PAPER, "x:actor/other"))
    assert label(said, denial) is None


def test_a_denial_of_something_else_in_one_affair_is_no_contradiction() -> None:
    said = facts(1, "two carriages overturned in the bend", UNION)
    denial = facts(2, "any cut in wages", HEAD, stance="denies", day="2021-03-11")
    assert label(said, denial) is None


def test_what_is_taken_back_is_neither_said_again_nor_denied() -> None:
    said = facts(1, "1,200 jobs would go", UNION)
    back = facts(2, "1,200 jobs would go", UNION, stance="denies", cue="withdraw", day="2021-03-20")
    assert back["sign"] == 0
    assert label(said, back) == claims.WITHDRAWS
    assert label(facts(3, "1,200 jobs would go", HEAD, day="2021-03-15"), back) is None, "of another speaker"


def test_a_negation_inside_what_is_told_of_somebody_is_no_denial() -> None:
    assert facts(1, "the mayor used the votes of people who could not vote", UNION)["sign"] == 1
    assert facts(1, "nobody in the company knew of the fault", HEAD)["sign"] == -1
    assert facts(1, "ces accusations sont infondées", HEAD, language="fr")["sign"] == -1


def test_a_word_in_common_is_said_again_only_where_it_is_denied() -> None:
    assert label(facts(1, "to the archive", UNION), facts(2, "l'archive", UNION, language="fr")) is None
    denial = facts(1, "any fraud", UNION, stance="denies")
    assert label(denial, facts(2, "toute fraude", UNION, stance="denies", language="fr")) == claims.REPEATS
