"""What holds by decisions: a function of their set; the later one wins, what is undone holds no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import Decision, Decisions, decision_quads
from kg.decisions.file import dumps, loads
from kg.errors import UsageError
from kg.validate import validate

BASE = "https://example.org/"
A, B, C = (f"{BASE}actor/{name}" for name in "abc")
CLAIM, DOCUMENT = f"{BASE}document/{'0' * 32}/claim/1", f"{BASE}document/{'0' * 32}"
BEGIN = datetime(2030, 1, 2, tzinfo=UTC)


def take(minute: int, kind: str, *concerns: str, grade: str | None = None, documents: tuple[str, ...] = ()) -> Decision:
    at = BEGIN + timedelta(minutes=minute)
    return Decision(kind, tuple(sorted(concerns)), "eva", f"because of {minute}", at, grade, documents)


def undo(minute: int, *decisions: Decision) -> Decision:
    return take(minute, "undo", *(one.iri(BASE) for one in decisions))


def held(*decisions: Decision) -> Decisions:
    return Decisions.of(decisions, BASE)


def test_of_two_that_contradict_each_other_the_later_holds() -> None:
    same, other = take(1, "merge", A, B), take(2, "notSame", A, B)
    assert held(same).merges == {(A, B)} and not held(same).different
    assert held(other, same).different == {(A, B)} and not held(other, same).merges


def test_a_merge_of_three_is_three_pairs_of_which_one_can_be_parted() -> None:
    found = held(take(1, "merge", A, B, C), take(2, "notSame", C, A))
    assert found.merges == {(A, B), (B, C)}
    assert found.different == {(A, C)}


def test_what_is_undone_holds_no_longer_and_an_undo_can_be_undone() -> None:
    same = take(1, "merge", A, B)
    back = undo(2, same)
    assert held(same, back).merges == frozenset()
    assert held(same, back).undone == {same.iri(BASE)}
    assert held(same, back).history == (same, back)
    again = undo(3, back)
    assert held(same, back, again).merges == {(A, B)}
    assert held(same, back, again).undone == {back.iri(BASE)}


def test_what_an_undone_decision_had_replaced_holds_again() -> None:
    first, second = take(1, "reliability", A, grade="B"), take(2, "reliability", A, grade="E")
    assert held(first, second).reliability == {A: "E"}
    assert held(first, second, undo(3, second)).reliability == {A: "B"}


def test_each_kind_in_its_place() -> None:
    split = take(1, "split", A, documents=(DOCUMENT,))
    notes = take(2, "annotate", CLAIM), take(3, "annotate", CLAIM)
    found = held(split, *notes, take(4, "credibility", CLAIM, grade="2"), take(5, "retract", DOCUMENT))
    assert found.annotations == {CLAIM: notes}
    assert found.credibility == {CLAIM: "2"}
    assert found.retracted == {DOCUMENT}
    (one,) = found.splits
    assert one.actor == A and one.documents == {DOCUMENT}
    assert one.node.startswith(f"{A}-") and one.node != A


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (("merge", [A]), "two different nodes"),
        (("merge", [A, A]), "two different nodes"),
        (("retract", [DOCUMENT, A]), "one node"),
        (("marry", [A, B]), "no kind"),
        (("reliability", [A], "1"), "one of A B C D E F"),
        (("credibility", [CLAIM], "7"), "one of 1 2 3 4 5 6"),
        (("credibility", [CLAIM]), "no grade"),
        (("annotate", [CLAIM], "A"), "no grade"),
        (("split", [A]), "documents"),
        (("merge", [A, B], None, [DOCUMENT]), "documents"),
    ],
)
def test_half_decisions_are_refused(wrong: tuple[Any, ...], word: str) -> None:
    kind, concerns, *more = wrong
    with pytest.raises(UsageError, match=word):
        Decision.now(kind, concerns, "eva", "because", *more)


def test_a_decision_needs_its_reason() -> None:
    with pytest.raises(UsageError, match="reason"):
        Decision.now("merge", [A, B], "eva", " \n")


def test_decisions_satisfy_the_shapes() -> None:
    made = [take(1, "merge", A, B), take(2, "split", A, documents=(DOCUMENT,)), take(3, "reliability", A, grade="F")]
    made.append(undo(4, made[0]))
    assert validate([line for one in made for line in decision_quads(one, BASE)]).conforms


# ------------------------------------------------------------------ properties
ACTORS = st.lists(st.sampled_from([A, B, C]), min_size=2, max_size=3, unique=True)


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    made: list[Decision] = []
    for minute in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(["merge", "notSame", "undo"])) if made else "merge"
        if kind == "undo":
            made.append(undo(minute, draw(st.sampled_from(made))))
        else:
            made.append(take(minute, kind, *draw(ACTORS)))
    return made


@given(histories(), st.randoms())
def test_the_order_they_come_in_does_not_matter(history: list[Decision], random: Random) -> None:
    shuffled = [*history, *history]
    random.shuffle(shuffled)
    assert held(*shuffled) == held(*history)
    assert not held(*history).merges & held(*history).different


@given(histories())
def test_a_file_of_decisions_gives_the_same_decisions_and_bytes(history: list[Decision]) -> None:
    text = dumps(reversed(history), BASE)
    assert text == dumps(history, BASE)
    assert held(*loads(text, BASE)) == held(*history)


@given(histories(), st.integers(0, 7))
def test_undoing_all_from_the_last_on_leaves_nothing(history: list[Decision], more: int) -> None:
    found = held(*history)
    holding = [one for one in found.history if one.kind != "undo" and one.iri(BASE) not in found.undone]
    after = held(*history, *([undo(100 + more, *holding)] if holding else []))
    assert not after.merges and not after.different


# ------------------------------------------------------------------ files that are wrong
GOOD = dumps([take(1, "merge", A, B)], BASE)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("claimgraph decisions 1", "claimgraph decisions 9", "first line"),
        (BASE + '",', 'https://other.example/",', "base"),
        ("because of 1", "because of 2", "line 2 was changed"),
        ('"merge"', '"marry"', "line 2: 'marry'"),
        ('"CLEAR"', '"PINK"', "line 2: a decision has a TLP level"),
        ('"by": "eva"', '"by": 7', "line 2: by"),
        ('{"at"', '"at"', "line 2 is no JSON"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(old: str, new: str, word: str) -> None:
    assert old in GOOD
    with pytest.raises(UsageError, match=word):
        loads(GOOD.replace(old, new, 1), BASE)


def test_an_empty_file_is_none() -> None:
    with pytest.raises(UsageError, match="first line"):
        loads("", BASE)
