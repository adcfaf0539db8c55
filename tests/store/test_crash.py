"""Killed at any step, a writer leaves the last generation whole, and the next writer finds it as it was."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.snapshot import content_hash
from kg.store import open_reader, open_writer
from kg.store.generations import numbers
from tests.bench.generate import World
from tests.store.crashing import work

LEVELS = ("CLEAR", "GREEN", "RED")
POINTS = 8  # of about a hundred; `make soak` tries them all


def crash(root: Path, step: int | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.store.crashing", str(root), *([str(step)] if step else [])]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)


def state(root: Path) -> list[tuple[str, int, int]]:
    """What each level's readers see: the quads, how many rows the index has, how many claims it finds."""
    seen = []
    for level in LEVELS:
        with open_reader(root, level) as reader:
            seen.append((content_hash(reader), reader.index.rows, reader.index.count("claim")))
    return seen


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("crash") / "graph"
    world = World(7)
    with open_writer(root, create=True) as writer:
        for one in (world.document(number) for number in range(2)):
            writer.put(one.quads, [one.iri])
            writer.add(one.actors)
    return root


def test_a_crash_leaves_the_old_state_or_the_new_one(graph: Path, tmp_path: Path, campaign: int) -> None:
    copy: Callable[[str], Path] = lambda name: shutil.copytree(graph, tmp_path / name, symlinks=True)  # noqa: E731
    before = state(graph)
    work(whole := copy("whole"))
    after = state(whole)
    assert before != after
    steps = int(crash(copy("counted")).stdout)
    seen = set()
    for step in sorted({max(1, round(steps * part / (POINTS * campaign))) for part in range(1, POINTS * campaign + 1)}):
        root = copy(f"killed-{step}")
        assert crash(root, step).returncode == -signal.SIGKILL, f"step {step} of {steps} was not reached"
        survived = state(root)
        assert survived in (before, after), f"killed at step {step} of {steps}: neither the old state nor the new one"
        seen.add(survived == after)
        with open_writer(root) as writer:
            writer.commit()
        assert state(root) == survived, f"killed at step {step} of {steps}: opening for writing changed the graph"
        assert not (root / "pending.json").exists()
        assert not [one for one in (root / "generations").iterdir() if one.name.startswith(".")]
        assert len(numbers(root)) == 1
        work(root)
        assert state(root) == after, f"killed at step {step} of {steps}: the work could not be done again"
        shutil.rmtree(root)
    assert seen == {False, True}, "the steps tried lie on both sides of the commit"
