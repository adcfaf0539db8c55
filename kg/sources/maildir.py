"""Maildirs: folders with ``cur``, ``new`` and ``tmp``, a file a mail, under whatever name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.sources.mail import read_message
from kg.sources.reading import Found, Reading, Source


def read_maildir(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The mail of a file in ``cur`` or ``new`` of a Maildir; None for any other file.

    (What is in ``tmp`` is not delivered yet, and no mail.)
    """
    if (
        source.path is None
        or source.path.parent.name not in ("cur", "new")
        or not is_maildir(source.path.parent.parent)
    ):
        return None
    return read_message(source, reading)


def is_maildir(folder: Path) -> bool:
    """Whether *folder* is a Maildir: it has ``cur``, ``new`` and ``tmp``."""
    return all((folder / name).is_dir() for name in ("cur", "new", "tmp"))
