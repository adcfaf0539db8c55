"""One small graph for all GraphQL tests, an engine over it, and an HTTP client; ``story`` says what is in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from starlette.testclient import TestClient

from api.access import Access
from api.app import create_app
from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import Settings
from tests.api.graphql.story import write


class Ask(Protocol):
    def __call__(self, query: str, marking: str = "CLEAR", **variables: Any) -> dict[str, Any]: ...


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("story") / "graph")


@pytest.fixture
def own_graph(graph: Path, tmp_path: Path) -> Path:
    """A copy of the graph that the test may change."""
    return Path(shutil.copytree(graph, tmp_path / "graph", symlinks=True))


@pytest.fixture(scope="session")
def engine(graph: Path) -> Engine:
    return Engine(schema(), Settings(graph=graph))


@contextmanager
def asking(graph: Path, engine: Engine) -> Iterator[Ask]:
    """Asks *graph* and gives ``data`` with ``explain`` beside it; fails on errors."""
    pool = Pool(graph)

    def call(query: str, marking: str = "CLEAR", **variables: Any) -> dict[str, Any]:
        prepared = engine.prepare(GraphQLRequest(query, variables, extensions={"explain": True}))
        result = engine.run(prepared, lambda: pool.current(marking), Access(marking=marking))
        assert not result.errors, result.errors
        assert result.data is not None and result.extensions is not None
        return {**result.data, "explain": result.extensions["explain"]}

    yield call
    pool.close()


@pytest.fixture(scope="session")
def ask(graph: Path, engine: Engine) -> Iterator[Ask]:
    with asking(graph, engine) as ask:
        yield ask


@pytest.fixture
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(graph)) as client:
        yield client
