"""Checks and findings in GraphQL: both figures, the words they were read from, the query behind them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from api.access import Access
from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import Settings
from kg.sources import Reading
from tests.check_claims.test_checks import build
from tests.leak import samples


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checks")
    graph = build(folder)
    (folder / "odd.docx").write_bytes(samples.docx(created="2017-04-01T00:00:00Z"))
    kg.build([folder / "odd.docx"], into=graph, reading=Reading(collection="EssaiLeaks", root=folder), workers=1)
    return graph


@pytest.fixture(scope="module")
def pool(root: Path) -> Iterator[Pool]:
    pool = Pool(root)
    yield pool
    pool.close()


def ask(root: Path, pool: Pool, query: str) -> dict[str, Any]:
    engine = Engine(schema(), Settings(graph=root))
    result = engine.run(
        engine.prepare(GraphQLRequest(query, {})), lambda: pool.current("CLEAR"), Access(marking="CLEAR")
    )
    assert not result.errors, result.errors
    assert result.data is not None
    return dict(result.data)


def test_a_claim_tells_its_checks(root: Path, pool: Pool) -> None:
    data = ask(
        root,
        pool,
        """{ claims(first: 50) { edges { node { text checks {
          verdict measure observed expected reason query against { name } evidence { exact document { title } }
        } } } } }""",
    )
    checks = [check for edge in data["claims"]["edges"] for check in edge["node"]["checks"]]
    found = {check["evidence"][0]["exact"]: check for check in checks}
    mails = found["des dizaines de milliers de mails"]
    assert (mails["verdict"], mails["expected"], mails["observed"]) == (
        "disagrees", "10,000 to 99,999", "12 e-mail messages",
    )  # fmt: skip
    assert mails["against"] == {"name": "EssaiLeaks"}
    assert mails["query"].startswith("SELECT")
    assert found["24 avril 2017"]["verdict"] == "agrees"
    assert found["500 mots"]["verdict"] == "cannotTell"


def test_a_document_tells_its_findings(root: Path, pool: Pool) -> None:
    query = "{ documents(first: 50) { edges { node { path findings { kind observed harmlessExplanations } } } } }"
    found = {edge["node"]["path"]: edge["node"]["findings"] for edge in ask(root, pool, query)["documents"]["edges"]}
    (finding,) = found["odd.docx"]
    assert finding["kind"] == "createdAfterModified"
    assert len(finding["harmlessExplanations"]) == 6
    assert found["article.txt"] == []
