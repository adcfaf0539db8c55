"""Torrents: what a metainfo file names (BEP 3, BEP 52), without asking any tracker or peer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import bencode2

from kg.errors import UnreadableInput
from kg.model import Document, Entry
from kg.sources.media import TORRENT, media_type
from kg.sources.metadata import file_with, plausible, words
from kg.sources.reading import Reading, Source

LARGEST = 32 * 2**20
"""Bytes; the torrent of a terabyte in small pieces has a few million."""
ENTRIES = 100_000
"""Files that are named one by one; all are counted."""


def read_torrent(source: Source, reading: Reading) -> Iterator[Document] | None:
    """One Torrent; None when *source* is none."""
    return _one(source, reading) if media_type(source, source.media_type) == TORRENT else None


def _one(source: Source, reading: Reading) -> Iterator[Document]:
    data = source.bytes(LARGEST)
    try:
        torrent: dict[bytes, Any] = bencode2.bdecode(data)
        info: dict[bytes, Any] = torrent[b"info"]
        found = list(files(info))
    except (bencode2.BencodeDecodeError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableInput(f"no sound torrent: {words(str(error)) or type(error).__name__}") from None
    raw = bencode2.bencode(info)  # equal to the bytes as they stand: the decoder takes the canonical form only
    hashes = [hashlib.sha1(raw, usedforsecurity=False).hexdigest()] if b"pieces" in info else []
    if info.get(b"meta version") == 2:
        hashes.append(hashlib.sha256(raw).hexdigest())
    facts: dict[str, object | None] = {
        "infoHash": tuple(hashes),
        "pieceLength": _number(info.get(b"piece length")),
        "tracker": tuple(sorted(set(trackers(torrent)))),
        "createdAt": _when(torrent.get(b"creation date")),
        "application": _text(torrent.get(b"created by")),
        "memberCount": len(found),
        "contentSize": sum(entry.size or 0 for entry in found),
    }
    title = _text(info.get(b"name"))
    warnings = () if len(found) <= ENTRIES else (f"of {len(found):,} files the first {ENTRIES:,} are named",)
    document = file_with(source, reading, TORRENT, facts, kind="Torrent", title=title, warnings=warnings)
    yield replace(document, entries=tuple(found[:ENTRIES]))


def files(info: dict[bytes, Any]) -> Iterator[Entry]:
    """The files of an info dictionary, of version 1 where it has them, without padding (BEP 47)."""
    name = _text(info.get(b"name")) or "unnamed"
    if b"files" in info:
        for file in info[b"files"]:
            if b"p" not in file.get(b"attr", b""):
                parts = [_text(part) or "_" for part in file[b"path"]]
                yield Entry("/".join([name, *parts]), _number(file[b"length"]))
    elif b"file tree" in info:
        tree = list(_tree(info[b"file tree"], ()))
        alone = len(tree) == 1 and len(tree[0][0]) == 1  # a single file is not in a folder of its name
        for path, length in tree:
            yield Entry("/".join(path if alone else (name, *path)), _number(length))
    else:
        yield Entry(name, _number(info[b"length"]))


def _tree(node: dict[bytes, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, below in node.items():
        if b"" in below:
            if b"p" not in below[b""].get(b"attr", b""):
                yield (*path, _text(name) or "_"), below[b""].get(b"length")
        else:
            yield from _tree(below, (*path, _text(name) or "_"))


def trackers(torrent: dict[bytes, Any]) -> Iterator[str]:
    """The trackers' addresses (BEP 12)."""
    tiers = torrent.get(b"announce-list", [])
    listed = (
        [address for tier in tiers if isinstance(tier, list) for address in tier] if isinstance(tiers, list) else []
    )
    for address in (torrent.get(b"announce"), *listed):
        if (text := _text(address)) is not None:
            yield text


def _text(value: object) -> str | None:
    return words(value.decode("utf-8", "replace")) if isinstance(value, bytes) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 2**63 else None


def _when(value: object) -> datetime | None:
    return plausible(datetime.fromtimestamp(value, UTC)) if isinstance(value, int) and 0 < value < 2**35 else None
