"""Two reports: of one event or not, and which corrects which."""

from __future__ import annotations

from typing import Any

import pytest

from kg.resolve.across import events
from kg.resolve.across.abstract import Abstract, EventFacts

FIRM, TOWN = "x:actor/firm", "x:actor/town"


def report(
    document: str,
    kind: str,
    label: str,
    *,
    day: str = "",
    published: str = "2022-05-20",
    near: tuple[str, ...] = (FIRM, TOWN),
    sizes: tuple[str, ...] = (),
) -> dict[str, Any]:
    event = EventFacts(
        f"x:{document}/event/1",
        kind,
        label,
        begin=day,
        end=day,
        precision="day" if day else "",
        sizes=sizes,
        beside=near,
    )
    abstract = Abstract(document, f"x:{document}", published, "fr")
    return events.facts_of(event, abstract, {}, near)


def same(one: dict[str, Any], two: dict[str, Any]) -> bool:
    found = events.compare(one, two)
    return bool(events.keys_of(one) & events.keys_of(two)) and found is not None and found.label == "same"


@pytest.mark.parametrize(
    ("kind", "label", "other", "words"),
    [
        ("OtherEvent", "procès pour fraude", "OtherEvent", "trial for fraud"),
        ("OtherEvent", "explosion de l'atelier", "Attack", "deadly blast"),
        ("OtherEvent", "rappel de fromages", "OtherEvent", "recalled its cheese"),
        ("DataLeak", "fuite de données", "CyberAttack", "hackers breached the firm"),
    ],
)
def test_one_deed_in_other_words_on_one_day_is_one_event(kind: str, label: str, other: str, words: str) -> None:
    assert same(report("a", kind, label, day="2022-05-18"), report("b", other, words, day="2022-05-18"))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (report("a", "OtherEvent", "procès", day="2022-05-18"), report("b", "OtherEvent", "grève", day="2022-05-18")),
        (
            report("a", "CyberAttack", "attaque", day="2022-05-18"),
            report("b", "CyberAttack", "attack", day="2022-07-18"),
        ),
        (report("a", "CyberAttack", "attaque"), report("b", "CyberAttack", "attack", near=("x:actor/other",))),
        (report("a", "DataLeak", "fuite"), report("b", "DataLeak", "fuite", published="2022-12-20")),
        (report("a", "OtherEvent", "ingérence"), report("b", "Election", "scrutin")),
    ],
)
def test_what_only_looks_like_one_event_stays_two(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert not same(one, two)


def test_an_undated_report_may_tell_of_an_event_some_weeks_old() -> None:
    first = report("a", "DataLeak", "fuite de données", day="2022-05-18", sizes=("size To 1.2",))
    later = report("b", "DataLeak", "the data leak", published="2022-06-30", sizes=("size TB 1.2",))
    assert same(first, later)


def test_a_later_figure_corrects_an_earlier_one_whatever_the_language_of_its_unit() -> None:
    first = report("a", "DataLeak", "fuite", sizes=("size Go 9",), published="2022-05-18")
    same_figure = report("b", "DataLeak", "leak", sizes=("size GB 9",), published="2022-05-19")
    other = report("c", "DataLeak", "leak", sizes=("size GB 12",), published="2022-05-20")
    told = [("x:a", first), ("x:b", same_figure), ("x:c", other)]
    assert events.corrections(told) == [("x:c", "x:a", "figure")]
