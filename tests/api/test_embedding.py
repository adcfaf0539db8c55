"""docs/embedding.md is true: its Python runs, its TypeScript asks what the schema answers and names every scalar."""

from __future__ import annotations

import re
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from graphql import GraphQLScalarType, build_schema, parse, specified_scalar_types, validate
from starlette.testclient import TestClient

from api.app import create_app
from api.graphql.schema import printed
from tests.api.graphql.conftest import graph

__all__ = ["graph"]  # a fixture

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def run(code: str, names: dict[str, Any]) -> dict[str, Any]:
    exec(compile(code, "docs/embedding.md", "exec"), names)
    return names


def test_mounted_with_its_lifespan(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(graph.parent)
    site = run(blocks("python")[0], {})["site"]
    with TestClient(site) as client:
        assert client.get("/").text == "our desk"
        assert client.get("/kg/healthz").status_code == 200
        found = client.get("/kg/sparql", params={"query": "ASK { ?claim a kg:Claim }"}, headers={"accept": "*/*"})
        assert found.json()["boolean"] is True
        page = client.get("/kg/", headers={"accept": "text/html"}).text
        links = re.findall(r'(?:href|action|src)="(/[^"]*)"', page)
        assert links and all(link.startswith("/kg/") or link == "/kg" for link in links)


def test_the_door_and_the_tables(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pandas", reason="pandas is missing: pip install 'claimgraph[notebook]'")
    monkeypatch.chdir(graph.parent)
    names = run(blocks("python")[1], {})
    assert "WikiLeaks nie toute participation au piratage." in capsys.readouterr().out
    names = run(blocks("python")[2], names)
    assert "Anne Rivoire" in list(names["names"]["name"])
    assert len(names["where"]) == len(names["claims_table"]) == names["by_outlet"].to_numpy().sum()
    assert set(names["where"]["marking"]) == {"CLEAR", "AMBER"}


def test_gql(graph: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(graph), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            code = blocks("python client")[0].replace("127.0.0.1:8000", f"127.0.0.1:{free.getsockname()[1]}")
            edges = run(code, {})["edges"]
        finally:
            server.should_exit = True
            thread.join()
    assert {edge["node"]["stance"] for edge in edges} == {"denies"}


def test_typescript_knows_every_scalar_and_asks_what_there_is() -> None:
    schema = build_schema(printed())
    ours = {name for name, kind in schema.type_map.items() if isinstance(kind, GraphQLScalarType)}
    config, code = blocks("ts")
    told = re.search(r"scalars: \{(.*?)\}", config)
    assert told and set(re.findall(r"(\w+): '", told[1])) == ours - set(specified_scalar_types)
    queries = re.findall(r"graphql\(`(.*?)`\)", code, re.DOTALL)
    assert queries and not [error for query in queries for error in validate(schema, parse(query))]
