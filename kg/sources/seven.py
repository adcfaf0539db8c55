"""Where py7zr writes what it unpacks: one temporary file for all members, every byte counted."""

from __future__ import annotations

import io
from datetime import datetime
from typing import BinaryIO

from py7zr.io import Py7zIO, WriterFactory

from kg.sources.unpack import Member, Spent


class Unpacked(WriterFactory):
    """The members of one archive, unpacked into *file*, by the name the archive gives them."""

    def __init__(self, file: BinaryIO, spent: Spent) -> None:
        self._file, self._spent = file, spent
        self._written: dict[str, Written] = {}

    def create(self, filename: str) -> Py7zIO:
        written = Written(self._file, self._spent)
        self._written[filename.replace("\\", "/")] = written
        return written

    def member(self, path: str, modified: datetime | None) -> Member:
        written = self._written.get(path.replace("\\", "/"))
        if written is None:
            return Member(path, None, modified, reason="could not be unpacked")
        return Member(path, written.size(), modified, opened=written.opened)


class Written(Py7zIO):
    """One member: a stretch of the temporary file."""

    def __init__(self, file: BinaryIO, spent: Spent) -> None:
        self._file, self._spent = file, spent
        self._start = file.seek(0, io.SEEK_END)
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        self._spent.charge(len(s))
        self._file.seek(self._start + self._size)
        self._file.write(s)
        self._size += len(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        return self._size

    def opened(self) -> BinaryIO:
        """The member's bytes, in memory: the caller asks only for members within its budget."""
        self._file.seek(self._start)
        return io.BytesIO(self._file.read(self._size))
