"""Whatever the order in which documents come, and whatever came and went meanwhile, the story is the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.iris import BASE
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.decided import Decided
from kg.resolve.across.memory import Memory
from kg.resolve.across.story import Story
from kg.telling import Teller, unpack
from tests.across.made import abstracts

FEW = tuple(abstracts(24, seed=7))
BY_DIGEST = {one.digest: one for one in FEW}
DERIVED = ("node", "key", "score", "member", "occ", "home", "doc", "line", "out")
NUMBERED = {"node", "a", "b", "root", "digest", "iri"}
"""Columns that tell of IRIs and digests by their numbers, which follow the order in which they come."""


def tell(
    steps: Sequence[tuple[Sequence[Abstract], Sequence[Abstract]]], decided: Decided | None = None
) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the memory after *steps*, each documents that go and documents that come."""
    story = Story(Memory(None), BY_DIGEST.__getitem__)
    teller = Teller(story, BASE, BY_DIGEST.__getitem__)
    written: set[bytes] = set()
    for gone, come in steps:
        changed = story.settle([(one.digest, one) for one in gone], [(one.digest, "1", one) for one in come], decided)
        before, after = teller.tell(changed)
        assert before <= written, "only what stands there can go"
        written = (written - before) | after
    assert written == {f"{line} .".encode() for line in teller.lines()}, "differences add up to the whole"
    return {name: rows(story.memory, name) for name in DERIVED}


def rows(memory: Memory, table: str) -> list[tuple[Any, ...]]:
    """What stands in *table*, with names for numbers, sorted."""
    columns = [row[0] for row in memory.rows("SELECT name FROM pragma_table_info(?)", table)]
    return sorted(
        tuple(
            memory.text(value) if column in NUMBERED and isinstance(value, int) else value
            for column, value in zip(columns, row, strict=True)
        )
        for row in memory.rows(f"SELECT * FROM {table}")
    )


ALL_AT_ONCE = tell([((), FEW)])


def test_the_made_documents_tell_something_in_every_layer() -> None:
    labels = {row[2] for row in ALL_AT_ONCE["score"]}
    assert {"same", "repeats", "contradicts"} <= labels
    lines = "\n".join(unpacked for _, _, kept in ALL_AT_ONCE["out"] for unpacked in unpack(kept))
    assert "copyOf>" in lines and "sharedEvent>" in lines


@settings(max_examples=5, deadline=None)
@given(st.permutations(FEW), st.lists(st.integers(1, 12), max_size=6))
def test_the_order_and_the_batches_do_not_matter(order: list[Abstract], cuts: list[int]) -> None:
    steps, at = [], 0
    for size in cuts:
        steps.append(((), order[at : at + size]))
        at += size
    steps.append(((), order[at:]))
    assert tell(steps) == ALL_AT_ONCE


def test_one_by_one_is_all_at_once() -> None:
    assert tell([((), [one]) for one in reversed(FEW)]) == ALL_AT_ONCE


@settings(max_examples=4, deadline=None)
@given(st.permutations(FEW), st.integers(1, 15))
def test_what_came_and_went_leaves_no_trace(order: list[Abstract], left: int) -> None:
    kept, gone = order[left:], order[:left]
    assert tell([((), order), (gone, ())]) == tell([((), sorted(kept, key=lambda one: one.digest))])
    assert tell([((), order), (gone, ()), ((), gone)]) == ALL_AT_ONCE


def test_a_decision_taken_back_leaves_no_trace() -> None:
    one, two = sorted({actor.iri for text in FEW for actor in text.actors})[:2]
    story = Story(Memory(None), BY_DIGEST.__getitem__)
    teller = Teller(story, BASE, BY_DIGEST.__getitem__)
    teller.tell(story.settle((), [(text.digest, "1", text) for text in FEW]))
    plain = teller.lines()
    for decided in (Decided(merges=frozenset({(one, two)})), Decided(different=frozenset({(one, two)}))):
        teller.tell(story.settle((), (), decided))
        assert (teller.lines() == plain) == (not decided.merges)
        assert (f"<{two}>" in "\n".join(teller.lines())) == (not decided.merges)
        teller.tell(story.settle((), (), Decided()))
        assert teller.lines() == plain
