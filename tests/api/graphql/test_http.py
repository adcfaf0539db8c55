"""GraphQL over HTTP: media types, status codes, methods, persisted queries; the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.graphql.persisted import digest
from api.graphql.transport import EVENTS, GRAPHQL, HTML, JSON
from api.media import accepted
from api.settings import Settings

GOOD, BAD, BROKEN = "{ claims { totalCount } }", "{ nothing }", "{"


def post(client: TestClient, body: Any, accept: str = GRAPHQL, **headers: str) -> Any:
    return client.post("/graphql", json=body, headers={"accept": accept, **headers})


def code(response: Any) -> str:
    found: str = response.json()["errors"][0]["extensions"]["code"]
    return found


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.1, {JSON}", JSON),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        ("text/html", None),
        (f"{JSON};q=0", None),
        (f"{JSON};q=high", None),
        (EVENTS, EVENTS),
    ],
)
def test_accept(accept: str | None, media: str | None) -> None:
    assert accepted(accept, (JSON, GRAPHQL, EVENTS)) == media


@pytest.mark.parametrize(
    ("query", "json_status", "graphql_status"), [(GOOD, 200, 200), (BAD, 200, 400), (BROKEN, 200, 400)]
)
def test_status_by_media_type(client: TestClient, query: str, json_status: int, graphql_status: int) -> None:
    for media, status in ((JSON, json_status), (GRAPHQL, graphql_status)):
        for response in (
            post(client, {"query": query}, media),
            client.get("/graphql", params={"query": query}, headers={"accept": media}),
        ):
            assert response.status_code == status
            assert response.headers["content-type"] == f"{media}; charset=utf-8"
            assert ("data" in response.json()) == (query == GOOD)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"query": 1}, 400),
        ({"query": GOOD, "variables": []}, 400),
        ({"query": GOOD, "operationName": 1}, 400),
        ({"query": GOOD, "extensions": "x"}, 400),
        ([{"query": GOOD}], 400),
        ("text", 400),
    ],
)
def test_bodies_that_are_no_requests(client: TestClient, body: Any, status: int) -> None:
    for media in (JSON, GRAPHQL):
        response = post(client, body, media)
        assert response.status_code == status
        assert "data" not in response.json() and response.json()["errors"][0]["message"]


def test_batches_are_refused_by_name(client: TestClient) -> None:
    assert code(post(client, [{"query": GOOD}, {"query": GOOD}])) == "NO_BATCHING"


def test_what_is_not_json(client: TestClient) -> None:
    broken = client.post("/graphql", content=b"{", headers={"content-type": JSON})
    assert broken.status_code == 400 and code(broken) == "BAD_REQUEST"
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None):
        headers = {"content-type": media} if media else {}
        form = client.post("/graphql", content=b'{"query": "{ claims { totalCount } }"}', headers=headers)
        assert form.status_code == 415, media
    assert client.get("/graphql", params={"query": GOOD, "variables": "{"}).status_code == 400
    assert client.get("/graphql").status_code == 400
    assert client.put("/graphql", json={"query": GOOD}).status_code == 405


def test_not_acceptable(client: TestClient) -> None:
    response = post(client, {"query": GOOD}, "image/png")
    assert response.status_code == 406 and code(response) == "NOT_ACCEPTABLE"


def test_variables_by_get(client: TestClient) -> None:
    query = "query q($s: Stance) { claims(stance: $s) { totalCount } }"
    parameters = {"query": query, "variables": '{"s": "denies"}', "operationName": "q"}
    assert client.get("/graphql", params=parameters).json() == {"data": {"claims": {"totalCount": 2}}}


def test_no_mutation_by_get(client: TestClient) -> None:
    mutation = 'mutation { annotateClaim(id: "urn:a", note: "n") { generation } }'
    response = client.get("/graphql", params={"query": mutation})
    assert response.status_code == 405 and response.headers["allow"] == "POST"


def test_a_subscription_needs_a_stream(client: TestClient) -> None:
    response = post(client, {"query": "subscription { claimAdded { text } }"})
    assert response.status_code == 406 and code(response) == "SUBSCRIPTION_NEEDS_STREAM"


def test_explain_is_asked_for_and_only_then(client: TestClient) -> None:
    assert "extensions" not in post(client, {"query": GOOD}).json()
    told = post(client, {"query": GOOD, "extensions": {"explain": True}}).json()["extensions"]["explain"]
    assert told["index"] and told["generation"] == 1


def test_automatic_persisted_queries(client: TestClient) -> None:
    known = {"persistedQuery": {"version": 1, "sha256Hash": digest(GOOD)}}
    unknown = post(client, {"extensions": known})
    assert unknown.status_code == 400 and code(unknown) == "PERSISTED_QUERY_NOT_FOUND"
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert post(client, {"query": GOOD, "extensions": known}).json()["data"]["claims"]["totalCount"] == 6
    assert post(client, {"extensions": known}).json()["data"]["claims"]["totalCount"] == 6
    by_get = client.get("/graphql", params={"extensions": f'{{"persistedQuery": {{"sha256Hash": "{digest(GOOD)}"}}}}'})
    assert by_get.json()["data"]["claims"]["totalCount"] == 6
    wrong = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    assert code(post(client, {"query": GOOD, "extensions": wrong})) == "PERSISTED_QUERY_MISMATCH"
    assert code(post(client, {"extensions": {"persistedQuery": 1}})) == "BAD_REQUEST"


def test_a_fixed_set_of_queries(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "count.graphql").write_text(GOOD, encoding="utf-8")
    settings = Settings(graph=graph, persisted=(str(tmp_path),), persisted_only=True)
    with TestClient(create_app(settings=settings)) as client:
        assert post(client, {"query": GOOD}).json()["data"]["claims"]["totalCount"] == 6
        hashed = {"extensions": {"persistedQuery": {"sha256Hash": digest(GOOD)}}}
        assert post(client, hashed).json()["data"]["claims"]["totalCount"] == 6
        assert code(post(client, {"query": "{ events { totalCount } }"})) == "PERSISTED_QUERY_ONLY"


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = client.get("/graphql", headers={"accept": browser})
    assert page.status_code == 200 and page.headers["content-type"].startswith(HTML)
    assert page.headers["content-security-policy"].startswith("default-src 'self';")
    assert not re.search(r"(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]+", page.text)
    assert not re.search(r"\son\w+=|\sstyle=|<script>|<style>", page.text)
    assert 'lang="fr"' in client.get("/graphql?lang=fr", headers={"accept": browser}).text
    assert client.get("/graphql", params={"query": GOOD}, headers={"accept": browser}).json()["data"]
