"""The list of inputs that were skipped, with the reason of each: ``quarantine.jsonl`` in the graph's folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from kg.errors import GraphBroken
from kg.sources.reading import Skipped

NAME = "quarantine.jsonl"


def quarantined(graph: Path) -> list[Skipped]:
    """What is in quarantine, sorted by path; raises GraphBroken when the list cannot be read."""
    try:
        lines = (graph / NAME).read_text(encoding="utf-8").splitlines()
        return [Skipped(**json.loads(line)) for line in lines]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise GraphBroken(f"{graph / NAME} cannot be read: {error}") from None


def forget(graph: Path, paths: Iterable[str]) -> None:
    """Takes *paths*, and what stands in them, off the list."""
    gone = set(paths)
    _write(graph, [one for one in quarantined(graph) if gone.isdisjoint((one.path, one.path.partition("!/")[0]))])


def record(graph: Path, skipped: Iterable[Skipped], read: Iterable[str]) -> None:
    """Adds *skipped* to the list and takes off the paths that were *read* this time, in one atomic replacement."""
    entries = {(entry.path, entry.code): entry for entry in quarantined(graph)}
    now = list(skipped)
    again = {entry.path for entry in now} | set(read)
    entries = {key: entry for key, entry in entries.items() if entry.path not in again}
    entries |= {(entry.path, entry.code): entry for entry in now}
    _write(graph, [entry for _, entry in sorted(entries.items())])


def _write(graph: Path, entries: Iterable[Skipped]) -> None:
    lines = [
        json.dumps({"path": entry.path, "code": entry.code, "reason": entry.reason}, ensure_ascii=False)
        for entry in entries
    ]
    fresh = graph / f"{NAME}.new"
    fresh.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    os.replace(fresh, graph / NAME)
