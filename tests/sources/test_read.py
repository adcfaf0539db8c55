"""Folders: every file is read or accounted for, in a fixed order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Document
from kg.sources import Reading, Skipped, read
from kg.sources.published import read_published


def outcome(path: Path) -> list[tuple[str, str]]:
    return [
        (os.path.relpath(item.path or "", path), item.code if isinstance(item, Skipped) else "read")
        for item in read(path)
    ]


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "a.txt", "c.txt", ".hidden"):
        (tmp_path / name).write_text("Un texte.")
    (tmp_path / "b" / "empty.txt").write_text("")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert outcome(tmp_path) == [
        ("a.txt", "read"),
        ("b/2.txt", "read"),
        ("b/empty.txt", "EMPTY"),
        ("c.txt", "read"),
        ("gone", "UNREADABLE"),
    ]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("Un texte.")
    assert outcome(tmp_path) == []
    assert [type(item) for item in read(tmp_path / ".hidden")] == [Document]


def test_a_name_that_is_not_utf8_can_be_shown(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as file:
        file.write("Un texte.")
    (item,) = read(tmp_path)
    assert (item.path or "").endswith("caf\\xe9.txt")


def test_no_such_path_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        list(read(tmp_path / "nowhere", Reading()))


def test_published_from_csv(tmp_path: Path) -> None:
    table = tmp_path / "dates.csv"
    table.write_text("\ufeffname,date\na.txt,2017-05-06\n\n b , 2018-01-02\n", encoding="utf-8")
    assert {name: day.isoformat() for name, day in read_published(table).items()} == {
        "a.txt": "2017-05-06",
        "b": "2018-01-02",
    }
    for bad, words in [
        ("a.txt\n", "line 1: expected name,YYYY-MM-DD"),
        ("name,date\na,06/05/2017\n", "line 2: expected name,YYYY-MM-DD"),
        ("a,2017-05-06\na,2017-05-07\n", "line 2: a has two dates"),
    ]:
        table.write_text(bad)
        with pytest.raises(UsageError, match=words):
            read_published(table)
