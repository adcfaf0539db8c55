"""Plain text: kept exactly, or refused with a reason."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import EmptyInput, KgError, NoText, OverBudget, UnreadableInput
from kg.model import Document, Interval
from kg.sources import Budgets, Reading, Source
from kg.sources.text import Head, head_of, read_text

ARTICLE = "La mairie a été piratée, a annoncé le maire.\r\n\r\nUne plainte a été déposée mardi.\n"


def document(data: bytes, reading: Reading | None = None) -> Document:
    (found,) = read_text(Source("dir/note.txt", content=data), reading or Reading())
    return found


def test_text_is_the_file_without_newline_translation() -> None:
    found = document(ARTICLE.encode())
    assert found.text == ARTICLE
    assert found.digest == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (found.kind, found.language, found.path) == ("Article", "fr", "dir/note.txt")
    assert found.published is None


def test_a_byte_order_mark_stays_so_that_offsets_hold_in_the_file() -> None:
    found = document(b"\xef\xbb\xbf" + ARTICLE.encode())
    assert found.text == "\ufeff" + ARTICLE
    assert found.furniture == ((0, 1),)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyInput, "the file is empty"),
        (b" \n\t\r\n", NoText, "nothing but white space"),
        (b"\xef\xbb\xbf\n", NoText, "nothing but white space"),
        (b"abc\x00def", UnreadableInput, "a zero byte at byte 3"),
        ("é".encode() * 10 + b"\xff abc", UnreadableInput, "byte 0xff at byte 20"),
        ("Déjà".encode("latin-1") + b" vu", UnreadableInput, "byte 0xe9 at byte 1"),
        (b"abc \xc3", UnreadableInput, "byte 0xc3 at byte 4"),
        ("Bonjour".encode("utf-16"), UnreadableInput, "UTF-16, not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, error: type[KgError], words: str) -> None:
    with pytest.raises(error, match=words):
        document(data)


@pytest.mark.parametrize("name", ["a", "a.TXT", "a.text", "Le 6. mai 2017", "2017.05.06", "M. Blanc"])
def test_articles_go_by_any_name_that_is_not_of_another_kind(name: str) -> None:
    (found,) = read_text(Source(name, content=ARTICLE.encode()), Reading())
    assert found.path == name


@pytest.mark.parametrize("name", ["a.toml", "a.ttl", "a.csv", "a.py", "a.json"])
def test_code_and_tables_are_no_articles(name: str) -> None:
    with pytest.raises(UnreadableInput, match=r"no reader for \.[a-z]+ files"):
        list(read_text(Source(name, content=ARTICLE.encode()), Reading()))


def test_budgets_count_bytes_and_characters() -> None:
    with pytest.raises(OverBudget, match="50,000,000 bytes"):
        document(b"a" * 50_000_000)
    with pytest.raises(OverBudget, match="1,000,001 characters"):
        document(b"a" * 1_000_001)
    reading = Reading(Budgets(file_bytes=12, text_characters=6))
    assert document("éééééé".encode(), reading).text == "éééééé"
    with pytest.raises(OverBudget):
        document("ééééééa".encode(), reading)


def test_published_by_name_wins_over_published_for_all() -> None:
    everyone = Reading(published=date(2017, 5, 6))
    assert document(ARTICLE.encode(), everyone).published == Interval.day(date(2017, 5, 6))
    for name in ("note.txt", "note"):
        single = Reading(published=date(2017, 5, 6), published_by_name={name: date(2018, 1, 2)})
        assert document(ARTICLE.encode(), single).published == Interval.day(date(2018, 1, 2))


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableInput, match="not a regular file"):
        list(read_text(Source("pipe.txt", path=tmp_path / "pipe.txt"), Reading()))


@given(st.binary(max_size=200))
def test_any_bytes_give_the_decoded_text_or_a_skip(data: bytes) -> None:
    try:
        found = document(data)
    except (EmptyInput, NoText, UnreadableInput):
        return
    assert found.text.encode("utf-8") == data


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Une fuite\nPARIS, 6 mai 2017 (samedi) – Agence d'essai\n\nUn texte.", Head("Une fuite", "Agence d'essai")),
        ("A leak\r\nLONDON, May 6, 2017 | By Ann Smith, Staff\r\n\r\nText.", Head("A leak", author="Ann Smith")),
        ("\ufeffUne fuite\nPARIS, 6 mai 2017\n\nUn texte.", Head("Une fuite")),
        ("Une phrase entière.\nPARIS, 6 mai 2017 – Agence\n\nUn texte.", Head()),
        ("Une fuite\nsans date\n\nUn texte.", Head()),
        ("Une fuite\nPARIS, 6 mai 2017\nUn texte.", Head()),
        ("Une fuite", Head()),
    ],
)
def test_the_head_of_a_dispatch(text: str, head: Head) -> None:
    assert head_of(text) == head
