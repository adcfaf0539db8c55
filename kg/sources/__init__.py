"""Inputs of every kind, read into Documents.

One module a kind of input.  A reader is a plain callable ``(source, reading) -> iterator or None``: the first one in
``READERS`` that does not answer None has the input.  Adding a kind is adding a module and a line here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kg.errors import Skip, Stop, UsageError
from kg.model import Document
from kg.sources.archives import read_archive
from kg.sources.breaches import read_breaches
from kg.sources.feeds import read_feed
from kg.sources.files import described, read_file
from kg.sources.html import read_html
from kg.sources.images import read_image
from kg.sources.listings import read_listing
from kg.sources.mail import read_mail
from kg.sources.maildir import is_maildir, read_maildir
from kg.sources.mbox import read_mbox
from kg.sources.office import read_office
from kg.sources.outlook import read_outlook
from kg.sources.pdf import read_pdf
from kg.sources.pseudonyms import pseudonymised
from kg.sources.reading import Budgets, Found, Item, Reader, Reading, Skipped, Source
from kg.sources.text import read_text
from kg.sources.torrents import read_torrent
from kg.sources.warc import read_warc

__all__ = [
    "CLOSED",
    "READERS",
    "Budgets",
    "Found",
    "Item",
    "Reader",
    "Reading",
    "Skipped",
    "Source",
    "files",
    "read",
    "read_source",
    "shown",
    "unread",
]

METADATA: tuple[Reader, ...] = (
    read_maildir, read_outlook, read_warc, read_office, read_pdf, read_image, read_torrent, read_archive, read_mbox,
    read_mail, read_breaches, read_feed, read_listing,
)  # fmt: skip
"""Readers of what inputs say about themselves; they keep no content (but of the articles in feeds and WARC files, which
stand aside for what is closed).  From the most particular kind to the least."""
READERS: tuple[Reader, ...] = (*METADATA, read_html, read_text)
"""For what stands by itself: `read_text` takes, or refuses with a reason, whatever is left."""
CLOSED: tuple[Reader, ...] = (*METADATA, read_file)
"""For what stands in a container or belongs to a leak: its text stays closed, whatever its kind."""
FAILED = "READER_FAILED"
"""Why an input is in quarantine that made a reader fail in a way nobody foresaw."""


def read(path: str | os.PathLike[str], reading: Reading | None = None) -> Iterator[Item]:
    """Every Document of a file or of all files under a folder, in the order of their names; Skipped for what failed.

    Files and folders whose name begins with a dot are left out inside a folder (never when named themselves), graphs
    of claimgraph always, so that a folder may hold both the articles and what is made of them;
    links are followed, each folder once, so a loop of links ends.  Raises UsageError when *path* does not exist.
    """
    reading = reading or Reading()
    for found in unread(path, reading):
        if isinstance(found, Source):
            yield from read_source(found, reading)
        else:
            yield found


def unread(path: str | os.PathLike[str], reading: Reading) -> Iterator[Found]:
    """As `read`, but what stands in the containers at *path* comes out as Sources, for `read_source`."""
    for entry in files(path):
        if isinstance(entry, Skipped):
            yield entry
        else:
            name = os.path.relpath(entry, reading.root) if reading.root else entry
            yield from _held(Source(shown(name), path=entry), reading, None)


def read_source(source: Source, reading: Reading, readers: tuple[Reader, ...] | None = None) -> Iterator[Item]:
    """What one input and all inputs inside it hold, by the first of *readers* that knows its kind (default: CLOSED for
    what belongs to a container or a leak, READERS for anything else)."""
    for found in _held(source, reading, readers):
        if isinstance(found, Source):
            yield from read_source(found, reading, readers)
        else:
            yield found


def _held(source: Source, reading: Reading, readers: tuple[Reader, ...] | None) -> Iterator[Found]:
    """What one input holds, members unread.  A member that no reader can use is still described as a File."""
    if source.depth > reading.budgets.depth:
        yield described(source, reading, f"more than {reading.budgets.depth} containers around it: not opened")
        return
    closed = source.container is not None or reading.collection is not None
    try:
        for reader in readers or (CLOSED if closed else READERS):
            items = reader(source, reading)
            if items is not None:
                for found in items:
                    yield _veiled(found, reading)
                return
    except Skip as error:
        skipped = Skipped.of(source.name, error)
    except OSError as error:
        skipped = Skipped(source.name, "UNREADABLE", error.strerror or type(error).__name__)
    except Stop:
        raise
    except Exception as error:  # a fault of ours: reported with its kind, and the run goes on
        skipped = Skipped(source.name, FAILED, f"{type(error).__name__}: {' '.join(str(error).split())}"[:300])
    yield skipped
    if source.container is not None:
        yield described(source, reading, skipped.reason)


def _veiled(found: Found, reading: Reading) -> Found:
    if reading.pseudonyms is None or not isinstance(found, Document) or found.kind == "Article":
        return found
    return pseudonymised(found, reading.pseudonyms)


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
        if (status.st_dev, status.st_ino) in seen or _is_graph(path):
            return
        seen.add((status.st_dev, status.st_ino))
        names = sorted(name for name in os.listdir(path) if not name.startswith(".") or _subfolder(path / name))
    except OSError as error:
        yield Skipped(shown(path), "UNREADABLE", error.strerror or type(error).__name__)
        return
    for name in names:
        yield from _files(path / name, seen)


def _is_graph(path: Path) -> bool:
    return (path / "manifest.json").is_file() and (path / "generations").is_dir()


def _subfolder(path: Path) -> bool:
    """Whether *path* is a folder of a Maildir, whose names begin with a dot (Maildir++)."""
    return is_maildir(path) and is_maildir(path.parent)
