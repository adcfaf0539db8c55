"""A query past its time, rows or memory ends with one clear error, and disturbs nobody."""

from __future__ import annotations

import socket
import threading
import time
from urllib.parse import quote

import httpx
import psutil
import pytest

from tests.api.sparql.serving import Served

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CUBE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def ones(count: int) -> str:
    return f"SELECT (1 AS ?one) {{ VALUES ?x {{ {' '.join(map(str, range(count)))} }} }}"


SLACK = 10.0
"""Seconds that a shared machine may lose; `make soak` measures the limits themselves (tests/soak/test_killers.py)."""


def error(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_time_is_counted_from_arrival_and_ends_in_503(served: Served) -> None:
    with served.client() as client:
        begun = time.monotonic()
        response = client.get("/sparql", params={"query": ENDLESS})
        took = time.monotonic() - begun
    assert error(response) == (503, "TIME_LIMIT")
    assert int(response.headers["retry-after"]) > 0
    assert 1.9 < took < 2 + SLACK


def test_one_row_too_many_is_an_error_before_anything_is_sent(served: Served) -> None:
    with served.client() as client:
        for rows, status in ((49_999, 200), (50_000, 200), (50_001, 413)):
            # as CSV all of it is held back: 150 kB
            response = client.post("/sparql", data={"query": ones(rows)}, headers={"Accept": "text/csv"})
            assert response.status_code == status
        assert error(response) == (413, "ROW_LIMIT")


def test_past_what_is_held_back_the_connection_is_broken_off(served: Served) -> None:
    with served.client() as client, pytest.raises(httpx.RemoteProtocolError):
        client.get("/sparql", params={"query": CUBE})
    with served.client() as client, pytest.raises(httpx.RemoteProtocolError):
        client.get("/sparql", params={"query": "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"})


def test_a_client_that_does_not_read_is_cut_off_in_time(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as lazy:
        lazy.sendall(f"GET /sparql?query={quote(CUBE)} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(2.3)  # what fits into the socket's buffers was sent long ago
        began = time.monotonic()
        with served.client() as client:
            assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
        assert time.monotonic() - began < SLACK
        received = b"".join(iter(lambda: lazy.recv(1 << 20), b""))
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert not received.endswith(b"0\r\n\r\n")


def test_memory_is_watched(served: Served) -> None:
    with served.client() as client:
        response = client.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c ?d"})
        assert error(response) == (413, "MEMORY_LIMIT")
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert sum(child.memory_info().rss for child in workers()) < 400_000_000


def test_a_query_that_cannot_start_in_time_is_told_so_and_others_are_answered(served: Served) -> None:
    answers: list[tuple[int, str]] = []

    def ask() -> None:
        with served.client() as client:
            answers.append(error(client.get("/sparql", params={"query": ENDLESS})))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    slowest = 0.0
    with served.client() as client:
        while any(thread.is_alive() for thread in threads):
            asked = time.monotonic()
            assert client.post("/graphql", json={"query": "{ claims(first: 1) { totalCount } }"}).json()["data"]
            slowest = max(slowest, time.monotonic() - asked)
    assert time.monotonic() - begun < 2 + SLACK
    assert sorted(answers) == [(503, "BUSY")] * 3 + [(503, "TIME_LIMIT")]
    assert slowest < SLACK


def test_a_client_that_leaves_stops_its_query(served: Served) -> None:
    waited = []
    for _ in range(3):  # a busy machine may be slow once, a query that goes on is slow each time
        with served.client() as client, pytest.raises(httpx.ReadTimeout):
            client.get("/sparql", params={"query": ENDLESS}, timeout=0.5)
        begun = time.monotonic()
        with served.client() as client:  # would wait for the other's two seconds otherwise
            assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
        waited.append(time.monotonic() - begun)
        if waited[-1] < 1.4:
            break
    assert min(waited) < 1.4


def test_a_query_that_brings_its_process_down_brings_down_nothing_else(served: Served) -> None:
    nested = "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
    with served.client() as client:
        assert error(client.post("/sparql", data={"query": nested})) == (500, "WORKER_DIED")
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s kg:a\\# ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # comment\rSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_no_other_server_is_called(served: Served, query: str) -> None:
    with served.client() as client:
        assert error(client.post("/sparql", data={"query": query})) == (403, "NOT_ALLOWED")


def test_words_that_only_look_like_it_are_let_through(served: Served) -> None:
    query = (
        "PREFIX s: <http://a.example/service> SELECT ?service { # SERVICE\n ?service s:service 'SERVICE', 'LOAD'@fr }"
    )
    with served.client() as client:
        assert client.post("/sparql", data={"query": query}).status_code == 200


def workers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if _works(one)]


def _works(one: psutil.Process) -> bool:
    try:
        return "api.sparql.worker" in one.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False  # it has just been ended
