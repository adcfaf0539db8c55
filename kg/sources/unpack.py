"""Members of zip, tar and 7z containers, one after the other, counted while they are unpacked.

Nothing is ever written under a member's own name, and links are listed, never followed.  The one file that may be
written is an anonymous temporary one.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, cast

from kg.errors import OverBudget, UnreadableInput
from kg.sources.media import CENTRAL_DIRECTORY, PACKED, SEVEN, TAR, ZIP, directory_size
from kg.sources.reading import Budgets

BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, IndexError, KeyError, OverflowError, MemoryError,
)  # fmt: skip
"""What the libraries raise for containers that do not hold what they promise."""
CHUNK = 256 * 2**10
LONGEST_READ = 64 * 2**20
"""Bytes that a tar header may make its reader take at once."""


class Exhausted(OverBudget):
    """The whole input is past its budget, not one member of it."""


@dataclass(slots=True)
class Spent:
    """What unpacking one input has cost so far, all containers in it together; *packed* is its own size in bytes."""

    budgets: Budgets
    packed: int
    bytes: int = 0
    members: int = 0
    seen: dict[str, str] = field(default_factory=dict)

    def charge(self, count: int) -> None:
        """Adds *count* unpacked bytes; raises Exhausted past the total, or past the ratio of a bomb."""
        self.bytes += count
        limits = self.budgets
        if self.bytes > limits.unpacked_bytes:
            raise Exhausted(f"unpacks to more than {limits.unpacked_bytes:,} bytes")
        if self.bytes > limits.bomb_bytes and self.bytes > limits.ratio * max(self.packed, 1):
            raise Exhausted(f"unpacks to more than {limits.ratio} times its {self.packed:,} bytes")

    def one_more(self) -> None:
        self.members += 1
        if self.members > self.budgets.members:
            raise Exhausted(f"holds more than {self.budgets.members:,} members")


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its *path* as written there; *opened* gives its bytes, counted; None with the *reason* where it stays
    closed."""

    path: str
    size: int | None = None
    modified: datetime | None = None
    encrypted: bool = False
    reason: str | None = None
    opened: Callable[[], BinaryIO] | None = None


class Counted(io.RawIOBase):
    """A stream that can only go forward and counts every byte that passes; *seconds* is how long one may take."""

    def __init__(self, stream: BinaryIO, spent: Spent) -> None:
        self._stream, self._spent, self._at = stream, spent, 0
        self._ends = time.monotonic() + spent.budgets.unpack_seconds

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > LONGEST_READ:
            raise OverBudget(f"a header of more than {LONGEST_READ:,} bytes")
        if time.monotonic() > self._ends:
            raise Exhausted(f"takes more than {self._spent.budgets.unpack_seconds:g} s to unpack")
        data = self._stream.read(size)
        self._at += len(data)
        self._spent.charge(len(data))
        return data

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence != 0 or offset < self._at:
            raise OSError("a stream goes forward only")
        while self._at < offset and self.read(min(CHUNK, offset - self._at)):
            pass
        return self._at


def members(kind: str, name: str, stream: BinaryIO, spent: Spent) -> Iterator[Member]:
    """The members of a container of media type *kind*; *name* is the file's, for what is packed without a name.

    Raises OverBudget, UnreadableInput, and what stands in BROKEN.
    """
    if kind == ZIP:
        yield from _zip(stream, spent)
    elif kind == SEVEN:
        yield from _seven(stream, spent)
    elif kind == TAR:
        yield from _tar(Counted(stream, spent))
    else:
        unpacked = io.BufferedReader(cast(io.RawIOBase, _unpacked(kind, stream)))
        if b"ustar" in unpacked.peek(512)[257:262]:
            yield from _tar(Counted(cast(BinaryIO, unpacked), spent))
        else:
            counted = cast(BinaryIO, Counted(cast(BinaryIO, unpacked), spent))
            yield Member(_without_suffix(name, PACKED[kind]), opened=lambda: counted)


def _unpacked(kind: str, stream: BinaryIO) -> BinaryIO:
    openers: dict[str, Callable[..., object]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
    return cast(BinaryIO, openers[PACKED[kind]](stream, "rb"))


def _without_suffix(name: str, packing: str) -> str:
    if name.lower().endswith(".tgz"):
        return name[:-4] + ".tar"
    return name[: -len(packing) - 1] if name.lower().endswith(f".{packing}") else f"{name}.unpacked"


# ------------------------------------------------------------------ zip
def _zip(stream: BinaryIO, spent: Spent) -> Iterator[Member]:
    if directory_size(stream) > CENTRAL_DIRECTORY:
        raise OverBudget(f"a table of contents of more than {CENTRAL_DIRECTORY:,} bytes")
    with zipfile.ZipFile(stream) as box:
        for info in box.infolist():
            if not info.is_dir():
                yield _zipped(box, info, spent)


def _zipped(box: zipfile.ZipFile, info: zipfile.ZipInfo, spent: Spent) -> Member:
    path, when = _name(info), _day(info.date_time)
    if info.flag_bits & 0x1:
        return Member(path, info.file_size, when, encrypted=True, reason="encrypted")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(path, info.file_size, when, reason="a link, not followed")
    return Member(
        path, info.file_size, when, opened=lambda: cast(BinaryIO, Counted(cast(BinaryIO, box.open(info)), spent))
    )


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; names without the flag for UTF-8 (APPNOTE, appendix D) are in UTF-8 all the same as a rule."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _day(at: tuple[int, ...]) -> datetime | None:
    try:
        return datetime(*at[:6]) if at[0] > 1980 else None  # type: ignore[arg-type]  # 1980 is what tools write for "none"
    except ValueError:
        return None


# ------------------------------------------------------------------ tar
def _tar(stream: Counted) -> Iterator[Member]:
    with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r:") as box:
        while (info := box.next()) is not None:
            box.members = []  # type: ignore[attr-defined]  # else it remembers every member it has passed
            if not info.isdir():
                yield _tarred(box, info)


def _tarred(box: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    when = None
    if 0 < info.mtime < 2**33:
        when = datetime.fromtimestamp(int(info.mtime), UTC)
    if info.issym() or info.islnk():
        return Member(info.name, None, when, reason="a link, not followed")
    if not info.isreg() or info.issparse():
        return Member(info.name, info.size, when, reason="not a regular file")
    return Member(info.name, info.size, when, opened=lambda: cast(BinaryIO, box.extractfile(info)))


# ------------------------------------------------------------------ 7z
def _seven(stream: BinaryIO, spent: Spent) -> Iterator[Member]:
    """All regular files are unpacked in one pass, as 7z packs them together, into one anonymous temporary file."""
    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired

    from kg.sources.seven import Unpacked

    try:
        with py7zr.SevenZipFile(stream, "r") as box, tempfile.TemporaryFile() as file:
            listed = box.list()
            locked = bool(box.needs_password())
            plain = [each.filename for each in listed if each.is_file and not each.is_symlink]
            unpacked = Unpacked(file, spent)
            if plain and not locked:
                box.extract(targets=plain, factory=unpacked)
            for each in listed:
                if each.is_directory:
                    continue
                if locked:
                    yield Member(each.filename, each.uncompressed, each.creationtime, True, "encrypted")
                elif each.is_symlink or not each.is_file:
                    yield Member(each.filename, None, each.creationtime, reason="a link, not followed")
                else:
                    yield unpacked.member(each.filename, each.creationtime)
    except PasswordRequired:
        yield Member("", None, None, True, "its table of contents is encrypted")
    except ArchiveError as error:
        raise UnreadableInput(f"no sound 7z archive: {' '.join(str(error).split())}") from None
