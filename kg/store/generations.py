"""Generations: read-only checkpoints of the live stores, switched atomically by one symbolic link.

A reader holds a shared lock on ``generations/N/reading``; a generation is removed only under an exclusive one,
so never beneath a reader, in whatever process.  Half-built ones start with a dot and are nobody's.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import weakref
from dataclasses import asdict
from pathlib import Path

from kg.errors import GraphBroken
from kg.store.manifest import GenerationManifest, read_generation, sync_folder, write_json

_READING = "reading"
_TRIES = 100  # a reader may lose the race against a switch; losing it a hundred times in a row means a broken link


class Hold:
    """A generation kept from removal for as long as this object lives (or until ``release``)."""

    def __init__(self, folder: Path, fd: int) -> None:
        self.folder = folder
        self.number = int(folder.name)
        self.release = weakref.finalize(self, os.close, fd)


def current_name(root: Path) -> str:
    """What ``current`` points at, by one system call: cheap enough for every request."""
    try:
        return os.readlink(root / "current")
    except OSError as error:
        raise GraphBroken(f"{root}: no current generation ({error.strerror})") from error


def hold_current(root: Path) -> Hold:
    """Hold the current generation."""
    name = current_name(root)
    for _ in range(_TRIES):
        held = hold(root / name)
        if held is not None:
            return held
        if current_name(root) == name and not (root / name).is_dir():
            raise GraphBroken(f"{root}: current points at {name}, which does not exist")
        name = current_name(root)
    raise GraphBroken(f"{root}: {name} cannot be held")


def hold(folder: Path) -> Hold | None:
    """Hold one generation by its folder; None when it has been removed (or is being removed) meanwhile."""
    try:
        fd = os.open(folder / _READING, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        # The lock is worth something only if the folder still stands where it stood: removal renames it first.
        if os.path.samestat(os.fstat(fd), os.stat(folder / _READING)):
            return Hold(folder, fd)
    except (BlockingIOError, FileNotFoundError):
        os.close(fd)
        return None
    os.close(fd)
    return None


def draft(root: Path, number: int) -> Path:
    """An empty folder to build generation *number* in."""
    folder = root / "generations" / f".building-{number}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(root: Path, folder: Path, manifest: GenerationManifest) -> None:
    """Give the built *folder* its number, then switch ``current`` to it: the switch is the commit."""
    (folder / _READING).touch()
    write_json(folder / "manifest.json", asdict(manifest), sync=False)
    for built in (folder, *(one for one in folder.rglob("*") if one.is_dir())):
        sync_folder(built)  # RocksDB and tantivy sync their files; the names of the files are ours to keep
    final = root / "generations" / str(manifest.number)
    folder.rename(final)
    sync_folder(final.parent)
    link = root / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("generations") / str(manifest.number), target_is_directory=True)
    link.replace(root / "current")
    sync_folder(root)


def sweep(root: Path) -> list[int]:
    """Remove what is half-built and every generation but the current one that no reader holds; their numbers."""
    keep = Path(current_name(root)).name
    removed = []
    for folder in sorted((root / "generations").iterdir()):
        if folder.name.startswith("."):
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name != keep and _remove(folder):
            removed.append(int(folder.name))
    return removed


def _remove(folder: Path) -> bool:
    """Remove one generation unless a reader holds it."""
    try:
        fd = os.open(folder / _READING, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        shutil.rmtree(folder, ignore_errors=True)  # no reader can hold what has no file to lock
        return True
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        gone = folder.with_name(f".removed-{folder.name}")
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(fd)


def numbers(root: Path) -> list[int]:
    """The generations that stand, in order."""
    return sorted(int(one.name) for one in (root / "generations").iterdir() if one.name.isdigit())


def manifest_of(folder: Path) -> GenerationManifest:
    """A generation's manifest; GraphBroken when it is missing."""
    try:
        return read_generation(folder)
    except FileNotFoundError as error:
        raise GraphBroken(f"{folder}: has no manifest.json") from error
