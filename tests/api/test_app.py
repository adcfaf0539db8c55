"""The application as a whole: mounting, health, the one error shape, sizes, headers, metrics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import HANDLERS, STATUS_OF, ApiError, status_of
from api.middleware import SECURITY_HEADERS
from api.settings import Settings
from kg.errors import GraphBusy, KgError, LimitExceeded, NotAllowed, QueryError
from tests.api.graphql.story import write

COUNT = {"query": "{ claims { totalCount } }"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("app") / "graph")


@pytest.fixture
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(graph)) as client:
        yield client


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "generation": 1}


def test_an_app_without_its_graph_lives_but_is_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "none")) as client:
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "GRAPH_NOT_FOUND"
        assert client.post("/graphql", json=COUNT).json()["errors"][0]["extensions"]["code"] == "GRAPH_NOT_FOUND"


def test_mounted_in_another_app(graph: Path) -> None:
    """No lifespan is run for a mounted app; it opens the graph when first asked."""
    with TestClient(Starlette(routes=[Mount("/kg", create_app(graph))])) as client:
        assert client.post("/kg/graphql", json=COUNT).json()["data"]["claims"]["totalCount"] == 6
        assert client.get("/kg/readyz").status_code == 200
        page = client.get("/kg/graphql", headers={"accept": "text/html"})
        assert 'action="/kg/graphql"' in page.text
        assert client.get("/kg/static/pages.css").status_code == 200
        assert 'room="graphql"' in client.get("/kg/metrics").text


@pytest.mark.parametrize(("path", "method", "status", "code"), [
    ("/nowhere", "GET", 404, "NOT_FOUND"),
    ("/healthz", "DELETE", 405, "METHOD_NOT_ALLOWED"),
])  # fmt: skip
def test_one_error_shape(client: TestClient, path: str, method: str, status: int, code: str) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.json().keys() == {"error"} and response.json()["error"].keys() == {"code", "message"}
    assert response.json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ApiError(401, "a token is needed", headers={"WWW-Authenticate": "Bearer"}), 401),
        (NotAllowed("read only"), 403),
        (GraphBusy("somebody writes"), 503),
        (LimitExceeded("too long"), 503),
        (QueryError("SPARQL: no"), 400),
        (ValueError("a secret of the machine room"), 500),
    ],
)
def test_errors_of_any_room(error: Exception, status: int) -> None:
    async def fail(request: Request) -> None:
        raise error

    app = Starlette(routes=[Route("/", fail)], exception_handlers=HANDLERS)
    response = TestClient(app, raise_server_exceptions=False).get("/")
    assert response.status_code == status
    body = response.json()["error"]
    assert body["code"] and "secret" not in body["message"]
    if isinstance(error, GraphBusy):
        assert response.headers["retry-after"] == "1"
    if isinstance(error, ApiError):
        assert response.headers["www-authenticate"] == "Bearer"


def test_every_status_is_an_errors_own() -> None:
    assert all(issubclass(kind, KgError) for kind, _ in STATUS_OF)
    assert status_of(KgError("?")) == 500


def test_security_headers_on_every_answer(client: TestClient) -> None:
    for path in ("/healthz", "/nowhere", "/graphql", "/metrics"):
        headers = client.get(path).headers
        for name, value in SECURITY_HEADERS.items():
            assert headers[name] == value, path
        assert "access-control-allow-origin" not in headers


def test_a_body_over_the_limit(graph: Path) -> None:
    with TestClient(create_app(settings=Settings(graph=graph, body=1000))) as client:
        big = b'{"query": "' + b" " * 2000 + b'"}'
        announced = client.post("/graphql", content=big, headers={"content-type": "application/json"})
        streamed = client.post(
            "/graphql", content=iter([big[:900], big[900:]]), headers={"content-type": "application/json"}
        )
        for response in (announced, streamed):
            assert response.status_code == 413 and response.json()["error"]["code"] == "TOO_LARGE"
        assert client.post("/graphql", json=COUNT).status_code == 200


def test_metrics_have_few_labels(client: TestClient) -> None:
    for path in ("/a", "/b/c", "/graphql?query={claims{totalCount}}"):
        client.get(path)
    text = client.get("/metrics").text
    assert 'kg_http_requests_total{method="GET",room="pages",status="404"} 2.0' in text
    assert 'room="graphql",status="200"' in text
    assert "/a" not in text
