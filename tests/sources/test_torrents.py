"""Torrents, listings, breach records: what they name, counted exactly."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import bencode2
import pytest

from kg.model import Document
from kg.sources import Item, Reading, Skipped, Source, read_source
from tests.leak import samples


def found(name: str, data: bytes) -> list[Item]:
    return list(read_source(Source(name, content=data), Reading(collection="essai")))


def one(name: str, data: bytes, kind: str) -> Document:
    (document,) = found(name, data)
    assert isinstance(document, Document)
    assert document.kind == kind
    return document


@pytest.mark.parametrize(("version", "algorithm"), [(1, "sha1"), (2, "sha256")])
def test_torrents(version: int, algorithm: str) -> None:
    data = samples.torrent(version)
    document = one("renamed.bin", data, "Torrent")
    facts = dict(document.facts)
    info = bencode2.bencode(bencode2.bdecode(data)[b"info"])
    assert facts["infoHash"] == (hashlib.new(algorithm, info).hexdigest(),)
    assert [(entry.path, entry.size) for entry in document.entries] == [("fuite/a.zip", 700), ("fuite/b/c.txt", 300)]
    assert (document.title, facts["contentSize"], facts["memberCount"]) == ("fuite", 1000, 2)
    assert facts["pieceLength"] == 262144
    assert facts["tracker"] == ("udp://tracker.example:80",)
    assert facts["createdAt"] == datetime(2017, 4, 24, 16, 30, tzinfo=UTC)
    assert facts["application"] == "Essai 1.0"


@pytest.mark.parametrize(
    "data",
    [
        b"d4:info",
        b"d4:infoi5ee",
        b"d4:infod1:b0:1:a0:ee",
        b"d4:info" + b"l" * 10_000 + b"e" * 10_000 + b"e",
        b"d8:announce99999999:x4:infod",
    ],
)
def test_broken_torrents_are_refused_with_a_reason(data: bytes) -> None:
    (item,) = found("a.torrent", data)
    assert isinstance(item, Skipped)
    assert item.code == "UNREADABLE"


def test_checksum_manifests() -> None:
    document = one("SHA256SUMS", samples.manifest(), "Listing")
    assert [(entry.path, entry.checksum) for entry in document.entries] == [
        (name, f"sha256:{hashlib.sha256(name.encode()).hexdigest()}") for name in ("a.txt", "b/c.txt")
    ]
    bsd = one("sums", b"MD5 (a b.txt) = " + b"0f" * 16 + b"\n", "Listing")
    assert [(entry.path, entry.checksum) for entry in bsd.entries] == [("a b.txt", "md5:" + "0f" * 16)]


def test_long_lists() -> None:
    document = one("ls.txt", samples.LS, "Listing")
    assert [(entry.path, entry.size, entry.modified, entry.reason) for entry in document.entries] == [
        ("fuite/lisez moi.txt", 1200, datetime(2017, 4, 24, 18, 30), None),
        ("fuite/lien", None, datetime(2017, 4, 24, 18, 31), "a link"),
        ("fuite/mails/un.eml", 300, None, None),
    ]
    assert dict(document.facts)["contentSize"] == 1500


def test_tables() -> None:
    document = one("files.csv", samples.TABLE, "Listing")
    assert [(entry.path, entry.size, entry.checksum) for entry in document.entries] == [
        ("a.txt", 100, "sha256:" + "ab" * 32), ("b.txt", 200, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [b"name,date\na.txt,2017-05-06\n", b"Un texte comme un autre.\n", b"total 12\n", b"nom,taille du chien\nRex,40\n"],
)
def test_what_only_looks_like_a_list_is_none(data: bytes) -> None:
    assert one("a.txt", data, "File")


def test_breach_records_keep_nothing_of_their_description() -> None:
    first, second, whole = found("breaches.json", samples.breaches())
    assert isinstance(first, Document) and isinstance(second, Document) and isinstance(whole, Document)
    assert (first.kind, first.title, first.path) == ("BreachRecord", "Essai SA", "breaches.json!/Essai")
    facts = dict(first.facts)
    assert facts["breachedAt"] == date(2016, 5, 17)
    assert facts["accountCount"] == 1234567
    assert facts["dataClass"] == ("Email addresses", "Passwords")
    assert facts["domain"] == "essai.example"
    assert dict(whole.facts)["memberCount"] == 2
    assert "closed" not in repr((first, second, whole))
