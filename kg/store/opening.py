"""Opening a graph for writing: the lock, the making of a new graph, and the repair of one a writer left half-way."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from kg.errors import GraphNotFound, UsageError
from kg.index import IndexWriter, link_index
from kg.store import generations, levels, manifest, oxigraph
from kg.store.lock import WriteLock
from kg.store.manifest import PENDING
from kg.store.writer import Writer


def open_writer(
    root: Path | str,
    *,
    create: bool = False,
    base: str | None = None,
    schema: str = manifest.SCHEMA,
    extractor: str = "",
    prefixes: Mapping[str, str] | None = None,
    timeout: float | None = None,
    waiting: Callable[[str], None] | None = None,
) -> Writer:
    """Open the graph at *root* for writing; ``create`` makes it where there is none.

    Another writer is waited for, *timeout* seconds (None: for ever), told once through *waiting*; then GraphBusy.
    GraphNotFound, GraphNewer, GraphBroken; UsageError when *base* is not the graph's.
    """
    root = Path(root)
    if create:
        root.mkdir(parents=True, exist_ok=True)
    elif not root.is_dir():
        raise GraphNotFound(f"{root}: no graph here")
    lock = WriteLock(root / "lock")
    lock.acquire(timeout, waiting)
    try:
        if create and not (root / "manifest.json").exists():
            _make(root, manifest.Manifest(base or manifest.DEFAULT_BASE, schema, extractor))
        facts = manifest.read(root, schema)
        if base is not None and base != facts.base:
            raise UsageError(f"{root}: its base is {facts.base}, not {base}")
        repair(root)
        return Writer(root, manifest.Manifest(facts.base, schema, extractor or facts.extractor), lock, prefixes or {})
    except BaseException:
        lock.release()
        raise


def _make(root: Path, facts: manifest.Manifest) -> None:
    """A graph with nothing in it: generation 0.  Its manifest comes last, so a crash leaves no half-made graph."""
    if not facts.base.endswith(("/", "#")) or "://" not in facts.base:
        raise UsageError(f"a base IRI is absolute and ends with / or #: {facts.base!r}")
    if set(os.listdir(root)) - {"lock", "live", "generations", "current", "tokens.json", "quarantine.jsonl"}:
        raise UsageError(f"{root}: holds other files; give a graph a folder of its own")
    shutil.rmtree(root / "generations", ignore_errors=True)
    folder = generations.draft(root, 0)
    (folder / levels.LOWEST).mkdir()
    oxigraph.open_live(folder / levels.LOWEST / "store").flush()
    with IndexWriter(folder / levels.LOWEST / "index"):
        pass
    generations.publish(root, folder, manifest.GenerationManifest(0, (levels.LOWEST,), facts.schema, facts.extractor))
    manifest.write(root, facts)


def repair(root: Path) -> bool:
    """Make the live stores again from the current generation if a writer did not finish; True when it had to."""
    current = generations.hold_current(root)
    generations.sweep(root)
    names = generations.manifest_of(current.folder).levels
    sound = not (root / PENDING).exists() and all((root / "live" / name / "store").is_dir() for name in names)
    if sound:
        return False
    gc.collect()  # a store left over from an exception in this process must be closed before its files go
    manifest.mark_pending(root, current.number)
    shutil.rmtree(root / "live", ignore_errors=True)
    for name in names:
        folder = root / "live" / name
        folder.mkdir(parents=True)
        oxigraph.open_read_only(current.folder / name / "store").backup(os.fspath(folder / "store"))
        link_index(current.folder / name / "index", folder / "index")
    (root / PENDING).unlink()
    return True
