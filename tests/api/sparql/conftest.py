"""The graph of the GraphQL tests' story, served and writable; each module has its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings, SparqlLimits
from tests.api.graphql.story import write
from tests.api.sparql.serving import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    graph = write(tmp_path_factory.mktemp("served") / "graph")
    limits = SparqlLimits(seconds=2, rows=50_000, memory=400_000_000, wait=1, update_seconds=4)
    with serving(Settings(graph=Path(graph), writable=True, sparql=limits)) as one:
        yield one
