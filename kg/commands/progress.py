"""What a long command shows meanwhile: a bar on a terminal, and one line for every skipped input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.tables import printable
from kg.sources import files
from kg.sources.reading import Skipped

if TYPE_CHECKING:
    from kg.intake import Report


def tell(line: str) -> None:
    """One line for people, on stderr."""
    sys.stderr.write(line + "\n")


def tell_skipped(skipped: Sequence[Skipped]) -> None:
    for entry in skipped:
        tell(printable(f"skipped {entry.path}: {entry.reason} [{entry.code}]"))


def tell_report(report: Report) -> None:
    """What a build did: a line for every skipped input, then one for the whole."""
    tell_skipped(report.quarantined)
    tell(report.line())


@contextmanager
def bar(label: str, paths: Sequence[Path]) -> Iterator[Callable[[object], None]]:
    """A progress bar on stderr for the files under *paths*, drawn on terminals only; gives what to call after each."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    total = sum(1 for path in paths for _ in files(path))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(label, total=total)

        def step(_: object) -> None:
            done = progress.tasks[0].completed + 1
            progress.update(task, completed=done, total=max(total, done))  # a container holds more than one input

        yield step
