"""Tokens and what every answer carries: who is known, what is limited, what is logged and what never is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.logs import RequestLog, writing_to
from api.rates import KNOWN, RateLimit
from api.settings import Settings
from kg import tokens
from kg.errors import GraphBroken, UsageError
from kg.store import open_writer

QUERY = "/sparql?query=ASK+%7B+FILTER(%22hush%22+%3D+%22hush%22)+%7D"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("access") / "graph"
    with open_writer(root, create=True):
        pass
    return root


@pytest.fixture
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(graph)) as client:
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_only_the_hash_of_a_token_is_kept(graph: Path) -> None:
    secret = tokens.create(graph, "write", "AMBER", "desk")
    text = (graph / tokens.FILE).read_text()
    assert secret not in text and secret.removeprefix("kg_") not in text
    assert (graph / tokens.FILE).stat().st_mode & 0o077 == 0
    (kept,) = (one for one in tokens.load(graph) if one.name == "desk")
    assert (kept.scope, kept.marking, kept.digest) == ("write", "AMBER", tokens.digest_of(secret))


def test_a_revoked_token_ends_at_once(graph: Path, client: TestClient) -> None:
    secret = tokens.create(graph, "read", name="brief")
    assert client.get("/healthz", headers=bearer(secret)).status_code == 200
    tokens.revoke(graph, "brief")
    assert client.get("/healthz", headers=bearer(secret)).status_code == 401
    with pytest.raises(UsageError):
        tokens.revoke(graph, "brief")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nope", "Basic a2c6a2c=", "kg_nope", "bearer \x01"])
def test_what_is_no_token_is_401_whatever_is_asked(client: TestClient, header: str) -> None:
    for path in ("/healthz", QUERY, "/graphql", "/nothing"):
        response = client.get(path, headers={"Authorization": header})
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "UNAUTHENTICATED"
        assert response.headers["www-authenticate"].startswith("Bearer")


def test_names_are_used_once_and_words_are_checked(graph: Path) -> None:
    tokens.create(graph, "read", name="once")
    for scope, marking, name in (("read", "CLEAR", "once"), ("root", "CLEAR", "x"), ("read", "WHITE", "x")):
        with pytest.raises(UsageError):
            tokens.create(graph, scope, marking, name)


def test_a_broken_file_of_tokens_lets_nobody_in(graph: Path) -> None:
    before = (graph / tokens.FILE).read_bytes() if (graph / tokens.FILE).exists() else None
    (graph / tokens.FILE).write_text('[{"name": "x", "digest": "", "scope": "god", "marking": "RED", "created": ""}]')
    try:
        with pytest.raises(GraphBroken):
            tokens.load(graph)
        with TestClient(create_app(graph), raise_server_exceptions=False) as client:
            assert client.get(QUERY, headers=bearer("x")).status_code == 500
            assert client.get(QUERY).status_code == 200
    finally:
        (graph / tokens.FILE).unlink()
        if before is not None:
            (graph / tokens.FILE).write_bytes(before)


def test_answers_carry_security_headers_and_no_cors(client: TestClient) -> None:
    for path in ("/healthz", QUERY, "/nothing"):
        headers = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert not any(name.startswith("access-control-") for name in headers)


def test_the_log_knows_who_and_where_but_not_what(graph: Path) -> None:
    lines = io.StringIO()
    secret = tokens.create(graph, "read", name="logged")
    with TestClient(RequestLog(create_app(graph), writing_to(lines))) as client:
        client.get(QUERY, headers=bearer(secret))
        client.post("/sparql", data={"query": "ASK { FILTER('hush' = 'hush') }"}, headers=bearer(secret))
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [(one["method"], one["path"], one["status"], one["token"]) for one in logged] == [
        ("GET", "/sparql", 200, "logged"), ("POST", "/sparql", 200, "logged"),
    ]  # fmt: skip
    assert "hush" not in lines.getvalue() and secret not in lines.getvalue()


def test_too_many_requests_are_429_until_time_has_passed(graph: Path) -> None:
    with TestClient(create_app(settings=Settings(graph=graph, rate_limit=3))) as client:
        answers = [client.get("/healthz") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["error"]["code"] == "TOO_MANY_REQUESTS"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20


def test_buckets_refill_and_stay_few() -> None:
    now = 0.0
    limit = RateLimit(lambda *_: None, 60, clock=lambda: now)  # type: ignore[arg-type]
    assert [limit.take("a", 60) for _ in range(61)][-1] == pytest.approx(1.0)
    now = 1.0
    assert limit.take("a", 60) == 0 and limit.take("a", 60) > 0
    for number in range(3 * KNOWN):
        limit.take(str(number), 60)
    assert len(limit._left) <= KNOWN
