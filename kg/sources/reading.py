"""What readers are given and what they give: the nouns of :mod:`kg.sources`."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.errors import OverBudget, Skip, UnreadableInput
from kg.model import Document


@dataclass(frozen=True, slots=True)
class Budgets:
    """What one input may cost before it is quarantined as ``OVER_BUDGET``.

    *file_bytes*: the largest article file read, in bytes (20 MiB; a long article has 100 kB).
    *page_bytes*: the largest web page, in bytes (4 MiB): telling the article from its page takes half a minute for one
    of that size built to be slow.
    *text_characters*: the longest text kept of one article, in Unicode code points.  One million is what spaCy's
    parser accepts at once; a file with more, on one line or on many, is a data dump and not an article.
    *message_bytes*: the largest mail, in bytes (64 MiB); *header_bytes*: the longest header of one that is read, in
    bytes.  *depth*: how many containers may stand in each other (a mail in a mail in a mailbox is two deep).
    *unpacked_bytes*: what an archive with all archives in it may unpack to (64 GiB); *member_bytes*: the largest member
    that is opened (4 GiB); *members*: how many there may be.  *ratio*: what unpacks to more than *bomb_bytes* and more
    than so many times its own size is a bomb.  *unpack_seconds*: how long one stream may take.
    *metadata_bytes*: the largest office file, PDF, torrent or listing whose metadata are looked for.
    """

    file_bytes: int = 20 * 2**20
    page_bytes: int = 4 * 2**20
    text_characters: int = 1_000_000
    message_bytes: int = 64 * 2**20
    header_bytes: int = 64 * 2**10
    depth: int = 10
    unpacked_bytes: int = 64 * 2**30
    member_bytes: int = 4 * 2**30
    members: int = 500_000
    ratio: int = 200
    bomb_bytes: int = 64 * 2**20
    unpack_seconds: float = 3600.0
    metadata_bytes: int = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the options of one run.

    *published* is the day of publication of every article read, *published_by_name* that of single files (by file
    name; it wins).  *language* is that of every text, where it is not to be guessed.  *marking* is the TLP level of
    all that is read, *retrieved* the clock time of retrieval.  Paths are kept as they were given, or relative to the
    folder *root*.  *collection* is the name of the leak that all of it belongs to; what stands in a leak or in any
    container is closed: no text of it is kept, unless *with_bodies*.  *dkim_keys* is a folder of public keys (see
    `kg.sources.signatures`); with *pseudonyms*, a secret, private addresses are replaced by keyed hashes.
    """

    budgets: Budgets = field(default_factory=Budgets)
    published: date | None = None
    published_by_name: Mapping[str, date] = field(default_factory=dict)
    language: str | None = None
    marking: str = "CLEAR"
    retrieved: datetime | None = None
    root: Path | None = None
    collection: str | None = None
    with_bodies: bool = False
    dkim_keys: Path | None = None
    pseudonyms: bytes | None = field(default=None, repr=False)

    def published_of(self, name: str) -> date | None:
        """The day the caller gave for the file *name*: by its last part, with or without the extension."""
        path = Path(name)
        by_name = self.published_by_name
        return by_name.get(path.name) or by_name.get(path.stem) or self.published


@dataclass(frozen=True)
class Source:
    """One input: a file on disk, or the bytes of a member inside a container.

    *name* is what people see and what the graph keeps as path: the path as it was given, ``box.zip!/a/b.txt`` for a
    member.  *path* is the file on disk; None when *content* holds the bytes.  *container* is the digest of the
    container it is a member of, *depth* the number of containers around it, *media_type* what its container calls it.
    """

    name: str
    path: Path | None = None
    content: bytes | None = None
    container: str | None = None
    depth: int = 0
    media_type: str | None = None

    @cached_property
    def suffix(self) -> str:
        """The last extension of the name, in lower case with its dot: ``.html``."""
        name = self.name.rpartition("/")[2]
        if name in ("", "."):
            name = Path(self.name).name
        dot = name.rfind(".")
        return name[dot:].lower() if 0 < dot < len(name) - 1 else ""

    @cached_property
    def file_name(self) -> str:
        """The last part of the name, inside the innermost container."""
        inside = self.name.rpartition("!/")[2]
        name = inside.rpartition("/")[2]
        return name if name not in ("", ".") else PurePosixPath(inside).name or self.name

    def member(self, name: str, content: bytes, media_type: str | None = None) -> Source:
        """The member *name* of this container, a path inside it."""
        return Source(f"{self.name}!/{name}", None, content, self.digest, self.depth + 1, media_type)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all the bytes, in hex; they are read as a stream."""
        if self.path is None:
            return hashlib.sha256(self.content or b"").hexdigest()
        with self._opened(self.path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def opened(self) -> BinaryIO:
        """The bytes as a stream, to be closed."""
        return BytesIO(self.content or b"") if self.path is None else self._opened(self.path)

    @cached_property
    def size(self) -> int:
        """Size in bytes."""
        if self.path is None:
            return len(self.content or b"")
        return self.path.stat().st_size

    @cached_property
    def head(self) -> bytes:
        """The first 4 KiB, to tell what kind of input this is."""
        if self.path is None:
            return (self.content or b"")[:4096]
        with self._opened(self.path) as file:
            return file.read(4096)

    def bytes(self, limit: int) -> bytes:
        """All the bytes; raises OverBudget when there are more than *limit*."""
        if self.size > limit:
            raise OverBudget(f"{self.size:,} bytes, more than the {limit:,} bytes one file may have")
        if self.path is None:
            return self.content or b""
        with self._opened(self.path) as file:
            data = file.read(limit + 1)
        if len(data) > limit:  # it grew since its size was taken
            raise OverBudget(f"more than the {limit:,} bytes one file may have")
        return data

    @staticmethod
    def _opened(path: Path) -> BufferedReader:
        """The file, opened; raises UnreadableInput for what is no regular file (a pipe would block for ever)."""
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableInput("not a regular file")
        return path.open("rb")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be used: its *path* as given, the error's *code*, the *reason* in one line."""

    path: str
    code: str
    reason: str

    @classmethod
    def of(cls, path: str, error: Skip) -> Skipped:
        return cls(path, error.code, " ".join(str(error).split()))


Item = Document | Skipped
Found = Document | Skipped | Source
Reader = Callable[[Source, Reading], Iterator[Found] | None]
"""Takes an input; gives None when it is of another kind, else what it holds.  A Skip it raises concerns all of it.
Containers give their members as Sources, still to be read: by the same readers, in another process if need be."""
