"""Mails that others wrote, as far as this machine has any: those of the Python test suite, odd ones among them."""

from __future__ import annotations

import mailbox
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg
from kg.sources import FAILED, Item, Reading, Skipped, Source, read, read_source

READING = Reading(collection="essai")


def _mails() -> list[Path]:
    spec = find_spec("test")
    folders = [Path(place) / "test_email" / "data" for place in (spec.submodule_search_locations or ())] if spec else []
    return sorted(path for folder in folders for path in folder.glob("msg_*.txt"))


MAILS = _mails()
pytestmark = pytest.mark.skipif(not MAILS, reason="this Python came without its test suite, so there are no mails")


def alone(path: Path) -> Item:
    """What the mail in *path* is read as: one document, or the reason why there is none; its attachments left out."""
    first, *_ = read_source(Source(f"{path.stem}.eml", content=path.read_bytes()), READING)
    return first


def test_each_is_a_mail_or_in_quarantine_for_a_reason() -> None:
    told = [alone(path) for path in MAILS]
    assert len(told) == len(MAILS) > 40
    assert not [item for item in told if isinstance(item, Skipped) and item.code == FAILED]
    mails = [item for item in told if not isinstance(item, Skipped)]
    assert all(mail.kind == "EmailMessage" for mail in mails)
    assert len(mails) >= len(MAILS) - 2  # those are empty or nested beyond the budgets, if any
    assert sum(mail.title is not None for mail in mails) > len(mails) / 2


def test_none_is_lost_in_a_mailbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for path in MAILS:
        data = path.read_bytes()
        box.add(data if data.endswith(b"\n") else data + b"\n")
    box.close()
    items = list(read(tmp_path / "box.mbox", READING))
    assert not [item for item in items if isinstance(item, Skipped) and item.code == FAILED]
    at_top = [item for item in items if not isinstance(item, Skipped) and (item.path or "").count("!/") == 1]
    skipped = [item for item in items if isinstance(item, Skipped) and item.path.count("!/") == 1]
    assert len(at_top) + len(skipped) == len(MAILS)
    subjects = Counter(item.title for item in map(alone, MAILS) if not isinstance(item, Skipped))
    assert Counter(item.title for item in at_top) == subjects


def test_a_graph_of_them_counts_all(tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    for path in MAILS:
        (tmp_path / "mails" / f"{path.stem}.eml").write_bytes(path.read_bytes())
    report = kg.build([tmp_path / "mails"], tmp_path / "graph", reading=Reading(collection="essai", root=tmp_path))
    digests = {item.digest for item in map(alone, MAILS) if not isinstance(item, Skipped)}
    with kg.open(tmp_path / "graph") as opened:
        stored = {one.digest for one in opened.documents() if one.kind == "EmailMessage"}
    assert digests <= stored
    at_top = [skipped for skipped in report.quarantined if skipped.path.count("!/") == 0]
    assert len(digests) + len(at_top) == len({path.read_bytes() for path in MAILS})
