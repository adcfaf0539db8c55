"""Archives: zip, tar (plain, gz, bz2, xz) and 7z, with the archives inside them, under one budget.

Members are given unread, for the other readers; the archive itself comes last, as a Document that names what stayed
closed: what is encrypted, what links lead to, what is too large, and the same bytes under a second name.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.errors import OverBudget, Skip, UnreadableInput
from kg.model import Document, Entry
from kg.sources.media import PACKED, SEVEN, TAR, ZIP, media_type
from kg.sources.reading import Found, Reading, Skipped, Source
from kg.sources.unpack import BROKEN, CHUNK, Exhausted, Member, Spent, members

KINDS = frozenset((ZIP, TAR, SEVEN, *PACKED))
IN_MEMORY = 32 * 2**20
"""Bytes; larger members wait in a temporary file."""
SHOWN = 10
"""Names in one warning."""


def read_archive(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The members of an archive, then the archive; None when *source* is none."""
    kind = media_type(source)
    if kind not in KINDS:
        return None
    return _Walk(source, reading, kind, Spent(reading.budgets, source.size), ()).items()


class _Walk:
    """One archive being read; archives inside it are walks of their own with the same *spent*."""

    def __init__(self, source: Source, reading: Reading, kind: str, spent: Spent, around: tuple[str, ...]) -> None:
        self.source, self.reading, self.kind, self.spent = source, reading, kind, spent
        self.around = (*around, source.digest)
        self.entries: dict[str, Entry] = {}
        self.names: set[str] = set()
        self.outside: list[str] = []
        self.warnings: list[str] = []
        self.count = 0

    def items(self) -> Iterator[Found]:
        failed: Skipped | None = None
        try:
            with self.source.opened() as stream:
                for member in members(self.kind, self.source.file_name, stream, self.spent):
                    self.spent.one_more()
                    self.count += 1
                    yield from self._member(member)
        except Skip as error:
            failed = Skipped.of(self.source.name, error)
        except BROKEN as error:
            failed = Skipped(self.source.name, "UNREADABLE", _line(error))
        if failed is not None:
            self.warnings.append(f"not read to its end: {failed.reason}")
            yield failed
        yield self._document()

    # -------------------------------------------------------------- members
    def _member(self, member: Member) -> Iterator[Found]:
        path = self._path(member.path)
        if member.opened is None:
            self._close(path, member, member.reason)
            return
        limit = self.reading.budgets.member_bytes
        if member.size is not None and member.size > limit:
            yield self._skip(path, member, OverBudget(f"{member.size:,} bytes, more than the {limit:,} of one member"))
            return
        held = _Held()
        try:
            held.fill(member.opened(), limit)
            yield from self._found(path, member, held.source(self.source, path))
        except Exhausted as error:
            self._skip(path, member, error)
            raise
        except OverBudget as error:
            yield self._skip(path, member, error)
        except BROKEN as error:
            yield self._skip(path, member, UnreadableInput(_line(error)))
        finally:
            held.close()

    def _found(self, path: str, member: Member, source: Source) -> Iterator[Found]:
        if source.digest in self.around:
            self._close(path, member, "the archive contains itself", source)
            return
        if (first := self.spent.seen.get(source.digest)) is not None:
            self._close(path, member, f"the same bytes as {first}", source)
            return
        self.spent.seen[source.digest] = source.name
        if source.depth > self.reading.budgets.depth:
            yield self._skip(
                path, member, OverBudget(f"more than {self.reading.budgets.depth} containers deep"), source
            )
            return
        kind = media_type(source)
        if kind in KINDS:
            yield from _Walk(source, self.reading, kind, self.spent, self.around).items()
        elif source.path is not None:  # its temporary file ends with this step, so it cannot wait for another process
            from kg.sources import read_source  # which knows all readers, this one too

            yield from read_source(source, self.reading)
        else:
            yield source

    def _close(self, path: str, member: Member, reason: str | None, source: Source | None = None) -> None:
        """Notes a member that has no document of its own."""
        self.entries[path] = Entry(
            path,
            size=source.size if source is not None else member.size,
            modified=member.modified,
            checksum=f"sha256:{source.digest}" if source is not None else None,
            encrypted=member.encrypted,
            reason=reason,
        )

    def _skip(self, path: str, member: Member, error: Skip, source: Source | None = None) -> Skipped:
        self._close(path, member, " ".join(str(error).split()), source)
        return Skipped.of(f"{self.source.name}!/{path}", error)

    def _path(self, path: str) -> str:
        """The member's path as a label: nothing in it leads outside, and no two members of an archive share one."""
        parts = [part for part in PurePosixPath(path.replace("\\", "/").replace("\x00", "")).parts if part != "/"]
        inside = [part for part in parts if part not in ("..", ".")]
        if len(inside) < len(parts) or path.startswith(("/", "\\")):
            self.outside.append(path)
        label = "/".join(inside).encode("utf-8", "backslashreplace").decode() or "member"
        number, unique = 1, label
        while unique in self.names:
            number += 1
            unique = f"{label}#{number}"
        self.names.add(unique)
        return unique

    # -------------------------------------------------------------- the archive itself
    def _document(self) -> Document:
        if self.outside:
            names = ", ".join(repr(name) for name in self.outside[:SHOWN])
            self.warnings.append(f"{len(self.outside)} members have paths that lead outside the archive: {names}")
        source, reading = self.source, self.reading
        facts: list[tuple[str, object]] = [
            ("byteSize", source.size),
            ("fileName", source.file_name),
            ("mediaType", self.kind),
            ("memberCount", self.count),
        ]
        if any(entry.encrypted for entry in self.entries.values()):
            facts.append(("encrypted", True))
        return Document(
            digest=source.digest,
            text="",
            kind="Archive",
            title=source.file_name,
            path=source.name,
            retrieved=reading.retrieved,
            marking=reading.marking,
            part_of=reading.collection,
            contained_in=source.container,
            facts=tuple(facts),
            warnings=tuple(self.warnings),
            entries=tuple(self.entries.values()),
        )


class _Held:
    """The bytes of one member: in memory, or in a temporary file where they are many."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._file: BinaryIO | None = None
        self._path: Path | None = None

    def fill(self, stream: BinaryIO, limit: int) -> None:
        """Takes all of *stream*; raises OverBudget past *limit* bytes."""
        while chunk := stream.read(CHUNK):
            self._size += len(chunk)
            if self._size > limit:
                raise OverBudget(f"more than the {limit:,} bytes of one member")
            if self._file is None and self._size > IN_MEMORY:
                self._spill()
            if self._file is None:
                self._parts.append(chunk)
            else:
                self._file.write(chunk)

    def _spill(self) -> None:
        number, name = tempfile.mkstemp(prefix="kg-")
        self._path, self._file = Path(name), os.fdopen(number, "wb")
        for part in self._parts:
            self._file.write(part)
        self._parts = []

    def source(self, container: Source, name: str) -> Source:
        if self._file is None:
            return container.member(name, b"".join(self._parts))
        self._file.flush()
        return Source(
            f"{container.name}!/{name}", path=self._path, container=container.digest, depth=container.depth + 1
        )

    def close(self) -> None:
        if self._file is not None and self._path is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
