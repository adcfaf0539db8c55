"""Mailboxes of every dialect, as streams: no message lost, none cut in two."""

from __future__ import annotations

import io
import mailbox
import tracemalloc
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.sources import Budgets, Reading, Skipped, Source, read, unread
from kg.sources.mbox import split
from tests.leak.generate import quoted

LINES = [b"From you 2017", b">From me", b"", b"text", b"From: x@y.example", b"Date: 1"]
LINE = b"From ada@left.example Mon Mar  6 10:00:00 2017\n"


def cut(data: bytes, limit: int = 1_000_000) -> list[bytes | None]:
    return list(split(io.BytesIO(data), limit))


def test_messages_come_apart_and_their_quoting_comes_off() -> None:
    box = LINE + b"From: a@x.example\n\n>From now on\n>>From here\n\n" + LINE + b"To: b@x.example\n\nend\n\n"
    assert cut(box) == [b"From: a@x.example\n\nFrom now on\n>From here\n", b"To: b@x.example\n\nend\n"]


def test_from_lines_inside_bodies_begin_no_message() -> None:
    body = b"From: a@x.example\n\nHe wrote:\n\nFrom the beginning in 2017\nwe knew.\n\nFrom Monday to Friday\n\n"
    body += b"From x 2017\nno header\n"
    assert cut(LINE + body + b"\n" + LINE + b"To: b@x.example\n\n") == [body, b"To: b@x.example\n"]


def test_a_mail_without_any_header_is_a_message_where_a_whole_date_begins_it() -> None:
    box = LINE + b"From: a@x.example\n\nx\n\n" + LINE + b"no header\n\n" + LINE + b"To: b@x.example\n\nz\n\n"
    assert cut(box) == [b"From: a@x.example\n\nx\n", b"no header\n", b"To: b@x.example\n\nz\n"]


def test_windows_line_ends_and_no_empty_line_at_the_end() -> None:
    box = (LINE + b"From: a@x.example\n\nx\n\n" + LINE + b"To: b@x.example\n\ny").replace(b"\n", b"\r\n")
    assert cut(box) == [b"From: a@x.example\r\n\r\nx\r\n", b"To: b@x.example\r\n\r\ny"]


def test_a_message_past_the_budget_is_counted_and_the_next_one_read() -> None:
    box = LINE + b"From: a@x.example\n\n" + b"y" * 5_000 + b"\n\n" + LINE + b"To: b@x.example\n\nz\n\n"
    assert cut(box, 1_000) == [None, b"To: b@x.example\n\nz\n"]


def test_a_line_without_end_stays_within_memory() -> None:
    box = io.BytesIO(LINE + b"From: a@x.example\n\n" + b"y" * 40_000_000 + b"\n\n" + LINE + b"To: b@x.example\n\nz\n")
    tracemalloc.start()
    try:
        assert list(split(box, 1_000_000)) == [None, b"To: b@x.example\n\nz\n"]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@given(
    st.lists(
        st.lists(st.sampled_from([b"From you 2017", b">From me", b"", b"text", b"From: x@y.example", b"Date: 1"])),
        max_size=6,
    )
)
def test_what_is_quoted_by_the_rules_comes_back_as_it_was(bodies: list[list[bytes]]) -> None:
    mails = [b"From: a@x.example\n\n" + b"".join(line + b"\n" for line in lines) for lines in bodies]
    box = b"".join(LINE + quoted(mail) + b"\n" for mail in mails)
    assert cut(box) == mails


def test_a_box_written_by_another_library_is_read_whole(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "other.mbox")
    for number in range(30):
        box.add(f"From: p{number}@x.example\nSubject: {number}\n\nBonjour\nFrom ici\n\nFrom 2017\n")
    box.close()
    found = [each for each in read(tmp_path / "other.mbox") if isinstance(each, Document)]
    assert [each.title for each in found if each.kind == "EmailMessage"] == [str(number) for number in range(30)]
    assert dict(found[-1].facts)["memberCount"] == 30


def test_members_are_given_unread_and_a_large_one_skipped(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_bytes(LINE + b"From: a@x.example\n\n" + b"y" * 5_000 + b"\n\n" + LINE + b"To: b@x.example\n\nz\n\n")
    found = list(unread(path, Reading(budgets=Budgets(message_bytes=1_000))))
    assert [type(each) for each in found] == [Skipped, Source, Document]
    assert isinstance(found[0], Skipped) and found[0].code == "OVER_BUDGET"
    assert isinstance(found[1], Source) and found[1].name == f"{path}!/2"
