"""A process that dies on purpose while it writes: ``python -m tests.store.crashing ROOT STEP``.

Every step that changes something on disk is counted; at step STEP the process kills itself, before the step is done.
Without STEP it prints how many there are.  Run by ``test_crash.py``.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kg.index.writer
import kg.store.writer
from kg.store import oxigraph
from tests.bench.generate import World, remarked


class Steps:
    """Counts the steps and dies at the chosen one."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.count = 0

    def wrap(self, owner: Any, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def stepped(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **named)

        setattr(owner, name, stepped)


def watch(steps: Steps) -> None:
    for owner, name in (
        (Path, "rename"), (Path, "replace"), (Path, "mkdir"), (Path, "unlink"), (Path, "symlink_to"), (os, "fsync"),
        (shutil, "rmtree"), (oxigraph, "load"), (oxigraph, "clear"), (kg.store.writer, "link_index"),
        (kg.index.writer.IndexWriter, "replace"), (kg.index.writer.IndexWriter, "__exit__"),
    ):  # fmt: skip
        steps.wrap(owner, name)


def work(root: Path) -> None:
    """Replace one document, remove another, add a third that brings a new level into use."""
    world = World(7)
    replaced, removed, added = (world.document(number) for number in range(3))
    with kg.store.open_writer(root) as writer:
        writer.put(remarked(replaced, "GREEN").quads, [replaced.iri], "GREEN")
        writer.remove([removed.iri])
        writer.put(added.quads, [added.iri], "AMBER")
        writer.add(added.actors, "AMBER")


if __name__ == "__main__":
    counted = Steps(int(sys.argv[2]) if len(sys.argv) > 2 else -1)
    watch(counted)
    work(Path(sys.argv[1]))
    print(counted.count)
