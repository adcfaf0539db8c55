"""The small made-up archive, and a graph of it, made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.sources import Reading
from tests.leak.generate import SMALL, generate

NAME = "Campagne"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `tests.leak.generate` writes it."""
    folder = tmp_path_factory.mktemp("leak")
    generate(folder, SMALL)
    return folder


@pytest.fixture(scope="session")
def graph(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of its mailbox; not to be written to."""
    root = tmp_path_factory.mktemp("graph") / "graph"
    report = kg.build([archive / "campaign.mbox"], root, reading=reading(archive))
    assert not report.quarantined
    return root


def reading(archive: Path) -> Reading:
    return Reading(collection=NAME, dkim_keys=archive / "keys")
