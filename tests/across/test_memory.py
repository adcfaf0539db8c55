"""The memory of resolution: names by number, and what an older claimgraph left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.resolve.across import memory
from kg.resolve.across.memory import Memory


def test_a_name_keeps_its_number(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    one = Memory(path)
    assert one.id("a") == 0, "asking gives no number"
    numbers = [one.number(name) for name in "abca"]
    one.commit("1")
    one.close()
    two = Memory(path)
    assert [two.id(name) for name in "abca"] == numbers
    assert [two.text(number) for number in numbers] == list("abca")
    two.close()


def test_names_that_share_a_hash_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "short_hash", lambda text: 7)
    held = Memory(None)
    a, b = held.number("a"), held.number("b")
    assert a != b
    assert (held.id("a"), held.id("b"), held.id("c")) == (a, b, 0)
    held.close()


def test_more_names_than_are_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_NAMES", 4)
    held = Memory(None)
    numbers = {name: held.number(name) for name in "abcdefghij"}
    assert {name: held.id(name) for name in numbers} == numbers
    assert {held.text(number): number for number in numbers.values()} == numbers
    held.close()


@pytest.mark.parametrize("tables", ["score(kind TEXT, a TEXT, b TEXT)", "node(kind TEXT, node TEXT)"])
def test_the_tables_of_an_older_claimgraph_are_made_again(tmp_path: Path, tables: str) -> None:
    path = tmp_path / "memory.sqlite"
    older = sqlite3.connect(path)
    older.execute("CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT)")
    older.execute("INSERT INTO meta VALUES ('stamp', '5')")
    older.execute(f"CREATE TABLE {tables}")
    older.commit()
    older.close()
    held = Memory(path)
    assert held.stamp() == "", "it belongs to no generation, so that all documents are told anew"
    held.enter("told", "a", "b")
    assert held.members("told", "b") == ["a"]
    held.close()


def test_forgetting_everything_forgets_the_numbers() -> None:
    held = Memory(None)
    held.number("a")
    held.clear()
    assert held.id("a") == 0
    assert held.text(held.number("b")) == "b"
    held.close()
