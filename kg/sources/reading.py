"""What readers are given and what they give: the nouns of :mod:`kg.sources`."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from io import BufferedReader
from pathlib import Path

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
    """

    file_bytes: int = 20 * 2**20
    page_bytes: int = 4 * 2**20
    text_characters: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the options of one run.

    *published* is the day of publication of every article read, *published_by_name* that of single files (by file
    name; it wins).  *language* is that of every text, where it is not to be guessed.  *marking* is the TLP level of
    all that is read, *retrieved* the clock time of retrieval.  Paths are kept as they were given, or relative to the
    folder *root*.
    """

    budgets: Budgets = field(default_factory=Budgets)
    published: date | None = None
    published_by_name: Mapping[str, date] = field(default_factory=dict)
    language: str | None = None
    marking: str = "CLEAR"
    retrieved: datetime | None = None
    root: Path | None = None

    def published_of(self, name: str) -> date | None:
        """The day the caller gave for the file *name*: by its last part, with or without the extension."""
        path = Path(name)
        by_name = self.published_by_name
        return by_name.get(path.name) or by_name.get(path.stem) or self.published


@dataclass(frozen=True)
class Source:
    """One input: a file on disk, or the bytes of a member inside a container.

    *name* is what people see and what the graph keeps as path: the path as it was given, ``box.zip!/a/b.txt`` for a
    member.  *path* is the file on disk; None when *content* holds the bytes.
    """

    name: str
    path: Path | None = None
    content: bytes | None = None

    @property
    def suffix(self) -> str:
        """The last extension of the name, in lower case with its dot: ``.html``."""
        return Path(self.name).suffix.lower()

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
Reader = Callable[[Source, Reading], Iterator[Item] | None]
"""Takes an input; gives None when it is of another kind, else what it holds.  A Skip it raises concerns all of it."""
