"""Archives: all members are read or accounted for, under one budget, and nothing gets out."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

from kg.model import Document
from kg.sources import Budgets, Item, Reading, Skipped, Source, read_source
from tests.leak import samples

MEMBERS = {"a.docx": samples.docx(), "b/c.txt": b"Un texte.", "d.pdf": samples.pdf()}


def found(name: str, data: bytes, **budgets: int) -> list[Item]:
    return list(read_source(Source(name, content=data), Reading(budgets=Budgets(**budgets))))  # type: ignore[arg-type]


def archive(items: list[Item]) -> Document:
    """The outermost archive, which comes last."""
    last = items[-1]
    assert isinstance(last, Document)
    assert last.kind == "Archive"
    return last


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", samples.zipped(MEMBERS)),
        ("x.tar", samples.tarred(MEMBERS)),
        ("x.tgz", samples.tarred(MEMBERS, "gz")),
        ("x.tar.bz2", samples.tarred(MEMBERS, "bz2")),
        ("x.tar.xz", samples.tarred(MEMBERS, "xz")),
        ("x.7z", samples.sevened(MEMBERS)),
        ("named-wrongly.txt", samples.zipped(MEMBERS)),
    ],
)
def test_every_member_is_a_document_of_its_own_kind(name: str, data: bytes) -> None:
    items = found(name, data)
    documents = [item for item in items if isinstance(item, Document)]
    assert [(d.path, d.digest) for d in documents[:-1]] == [
        (f"{name}!/{member}", hashlib.sha256(content).hexdigest()) for member, content in MEMBERS.items()
    ]
    assert {d.contained_in for d in documents[:-1]} == {hashlib.sha256(data).hexdigest()}
    assert [d.author for d in documents[:-1]] == ["Jeanne Martin", None, "Jeanne Martin"]
    assert dict(archive(items).facts)["memberCount"] == 3
    assert all(d.text == "" for d in documents)


def test_a_packed_file_without_tar_is_one_member() -> None:
    items = found("note.txt.gz", samples.every()["a.txt.gz"])
    assert [item.path for item in items] == ["note.txt.gz!/note.txt", "note.txt.gz"]


@pytest.mark.parametrize("name", ["locked.zip", "locked.7z"])
def test_encrypted_members_are_listed_and_not_opened(name: str) -> None:
    (document,) = found(name, samples.every()[name])
    assert isinstance(document, Document)
    assert dict(document.facts)["encrypted"] is True
    (entry,) = document.entries
    assert (entry.path, entry.size, entry.encrypted) == ("a.txt", 6, True)


def test_the_same_bytes_under_a_second_name_are_listed_once_more_with_their_checksum() -> None:
    items = found("x.zip", samples.zipped({"a.txt": b"Un texte.", "copie/b.txt": b"Un texte."}))
    assert [item.path for item in items] == ["x.zip!/a.txt", "x.zip"]
    (entry,) = archive(items).entries
    assert entry.path == "copie/b.txt"
    assert entry.checksum == f"sha256:{hashlib.sha256(b'Un texte.').hexdigest()}"


def test_two_members_of_one_name_stay_two() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box, pytest.warns(UserWarning, match="Duplicate name"):
        box.writestr("a.txt", "un")
        box.writestr("a.txt", "deux")
    assert [item.path for item in found("x.zip", out.getvalue())] == ["x.zip!/a.txt", "x.zip!/a.txt#2", "x.zip"]


# ------------------------------------------------------------------ attacks
def test_a_bomb_is_stopped_and_what_came_before_it_is_kept() -> None:
    bomb = samples.zipped({"a.txt": b"Un texte.", "zeros": bytes(2**25)})
    assert len(bomb) < 50_000
    items = found("x.zip", bomb, bomb_bytes=2**20)
    assert [type(item) for item in items] == [Document, Skipped, Document]
    assert isinstance(items[1], Skipped)
    assert (items[1].code, "200 times" in items[1].reason) == ("OVER_BUDGET", True)
    assert archive(items).warnings


def test_bombs_in_all_packings_are_stopped() -> None:
    for name, data in (
        ("x.tar.gz", samples.tarred({"zeros": bytes(2**25)}, "gz")),
        ("x.tar.bz2", samples.tarred({"zeros": bytes(2**25)}, "bz2")),
        ("x.tar.xz", samples.tarred({"zeros": bytes(2**25)}, "xz")),
        ("x.7z", samples.sevened({"zeros": bytes(2**25)})),
        ("deep.zip", samples.zipped({"x.zip": samples.zipped({"zeros": bytes(2**25)})})),
    ):
        assert "OVER_BUDGET" in {item.code for item in found(name, data, bomb_bytes=2**20) if isinstance(item, Skipped)}


def test_budgets_on_members_and_their_sizes() -> None:
    many = samples.zipped({f"{number}.txt": f"texte {number}".encode() for number in range(20)})
    items = found("x.zip", many, members=5)
    assert sum(isinstance(item, Document) for item in items) == 6
    large = found("x.zip", samples.zipped({"a.txt": b"Un texte.", "b.txt": b"x" * 5_000}), member_bytes=1_000)
    assert [(item.path, getattr(item, "code", "read")) for item in large] == [
        ("x.zip!/a.txt", "read"), ("x.zip!/b.txt", "OVER_BUDGET"), ("x.zip", "read"),
    ]  # fmt: skip


def test_a_member_larger_than_memory_goes_through_a_temporary_file_that_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.sources.archives.IN_MEMORY", 1_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = b"%PDF-1.4 " + os.urandom(5_000)
    items = found("x.zip", samples.zipped({"a.pdf": content}))
    assert isinstance(items[0], Document)
    assert items[0].digest == hashlib.sha256(content).hexdigest()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../../outside.txt", "/etc/outside.txt", "a/../../outside.txt", "..\\outside.txt"])
@pytest.mark.parametrize("packing", ["zip", "tar"])
def test_paths_that_lead_outside_lead_nowhere(
    path: str, packing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = samples.zipped({path: b"Un texte."}) if packing == "zip" else samples.tarred({path: b"Un texte."})
    items = found("x", data)
    assert ".." not in (items[0].path or "").split("/")
    assert "outside" in archive(items).warnings[0]
    assert list(tmp_path.rglob("*")) == []


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as box:
        for name, kind in (("soft", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            box.addfile(info)
        fifo = tarfile.TarInfo("pipe")
        fifo.type = tarfile.FIFOTYPE
        box.addfile(fifo)
    info = zipfile.ZipInfo("soft")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as zipbox:
        zipbox.writestr(info, str(secret))
    reasons = {entry.path: entry.reason for entry in archive(found("x.tar", out.getvalue())).entries}
    assert reasons == {"soft": "a link, not followed", "hard": "a link, not followed", "pipe": "not a regular file"}
    (document,) = found("x.zip", zipped.getvalue())
    assert isinstance(document, Document)
    assert [entry.reason for entry in document.entries] == ["a link, not followed"]


def test_a_quine_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container that gives itself again, whoever asks (as the well-known zip does), is opened once."""
    from kg.sources import archives

    data = samples.zipped({"self.zip": b"PK\x03\x04"})

    def itself(kind: str, name: str, stream: object, spent: archives.Spent) -> object:
        yield archives.Member("self.zip", len(data), opened=lambda: io.BytesIO(data))

    monkeypatch.setattr(archives, "members", itself)
    (document,) = found("self.zip", data)
    assert isinstance(document, Document)
    assert [entry.reason for entry in document.entries] == ["the archive contains itself"]


def test_archives_in_archives_end_at_the_depth_of_the_budget() -> None:
    data = samples.zipped({"a.txt": b"Un texte."})
    for level in range(15):
        data = samples.zipped({f"{level}.zip": data})
    items = found("x.zip", data)
    assert [item.code for item in items if isinstance(item, Skipped)] == ["OVER_BUDGET"]
    assert sum(isinstance(item, Document) for item in items) == 11


def test_a_broken_archive_is_counted_and_what_can_be_read_is() -> None:
    data = samples.tarred(MEMBERS, "gz")
    items = found("x.tar.gz", data[: len(data) // 2])
    assert any(isinstance(item, Skipped) and item.code == "UNREADABLE" for item in items)
    assert archive(items).warnings
    assert [type(item) for item in found("x.zip", b"PK\x03\x04" + os.urandom(200))] == [Skipped, Document]


def test_a_header_cannot_ask_for_more_memory_than_there_is() -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 2**33
    items = found("x.tar", info.tobuf(tarfile.PAX_FORMAT) + bytes(10_000))
    assert [item.code for item in items if isinstance(item, Skipped)] in (["OVER_BUDGET"], ["UNREADABLE"])
