"""Inputs of every kind, read into Documents.

One module a kind of input.  A reader is a plain callable ``(source, reading) -> iterator or None``: the first one in
``READERS`` that does not answer None has the input.  Adding a kind is adding a module and a line here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kg.errors import Skip, UsageError
from kg.sources.html import read_html
from kg.sources.reading import Budgets, Item, Reader, Reading, Skipped, Source
from kg.sources.text import read_text

__all__ = [
    "READERS",
    "Budgets",
    "Item",
    "Reader",
    "Reading",
    "Skipped",
    "Source",
    "files",
    "read",
    "read_source",
    "shown",
]

READERS: tuple[Reader, ...] = (read_html, read_text)
"""From the most particular kind to the least: `read_text` takes, or refuses with a reason, whatever is left."""


def read(path: str | os.PathLike[str], reading: Reading | None = None) -> Iterator[Item]:
    """Every Document of a file or of all files under a folder, in the order of their names; Skipped for what failed.

    Files and folders whose name begins with a dot are left out inside a folder (never when named themselves);
    links are followed, each folder once, so a loop of links ends.  Raises UsageError when *path* does not exist.
    """
    reading = reading or Reading()
    for entry in files(path):
        if isinstance(entry, Skipped):
            yield entry
        else:
            name = os.path.relpath(entry, reading.root) if reading.root else entry
            yield from read_source(Source(shown(name), path=entry), reading)


def read_source(source: Source, reading: Reading, readers: tuple[Reader, ...] | None = None) -> Iterator[Item]:
    """What one input holds, by the first of *readers* (default: READERS) that knows its kind."""
    try:
        for reader in readers or READERS:
            items = reader(source, reading)
            if items is not None:
                yield from items
                return
    except Skip as error:
        yield Skipped.of(source.name, error)
    except OSError as error:
        yield Skipped(source.name, "UNREADABLE", error.strerror or type(error).__name__)


def files(path: str | os.PathLike[str]) -> Iterator[Path | Skipped]:
    """The files that `read` would read at *path*; Skipped for folders that cannot be entered."""
    if not os.path.lexists(path):
        raise UsageError(f"no such file or folder: {shown(path)}")
    return _files(Path(path), set())


def shown(path: str | os.PathLike[str]) -> str:
    """The path as people and the graph see it: normalised; bytes that are not UTF-8 written as ``\\xNN``."""
    return os.fsencode(os.path.normpath(path)).decode("utf-8", "backslashreplace")


def _files(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    """The files at or under *path*, sorted by name; *seen* holds (device, inode) of folders already entered."""
    try:
        if not path.is_dir():
            yield path
            return
        status = path.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))
    except OSError as error:
        yield Skipped(shown(path), "UNREADABLE", error.strerror or type(error).__name__)
        return
    for name in names:
        yield from _files(path / name, seen)
