"""Changing a graph over HTTP: who may, what is kept whatever they ask, and what the caller sees at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from kg import tokens
from kg.iris import BASE
from kg.store import open_writer
from tests.api.sparql.serving import Served
from tests.api.sparql.test_limits import error

DECISIONS, PROVENANCE = f"{BASE}graph/decisions", f"{BASE}graph/provenance"


def update(client: httpx.Client, text: str, **parameters: str) -> httpx.Response:
    return client.post(
        "/sparql", content=text.encode(), params=parameters, headers={"Content-Type": "application/sparql-update"}
    )


def ask(client: httpx.Client, query: str) -> bool:
    return bool(client.get("/sparql", params={"query": query}).json()["boolean"])


def count(client: httpx.Client, graph: str) -> int:
    rows = client.get(
        "/sparql", params={"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"}
    ).json()
    return int(rows["results"]["bindings"][0]["n"]["value"])


def test_a_write_is_seen_by_its_own_caller_at_once(served: Served) -> None:
    with served.client(served.admin) as client:
        for number in range(5):
            assert update(client, f"INSERT DATA {{ GRAPH <a:seen> {{ <a:s> <a:p> {number} }} }}").status_code == 200
            assert ask(client, f"ASK {{ <a:s> <a:p> {number} }}")


def test_who_may_write(served: Served) -> None:
    change = "INSERT DATA { <a:no> <a:no> 1 }"
    with served.client() as client:
        assert error(update(client, change)) == (401, "UNAUTHENTICATED")
    with served.client(served.amber) as client:
        assert error(update(client, change)) == (403, "NOT_ALLOWED")
    with served.client("kg_" + "x" * 43) as client:
        refused = update(client, change)
        assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Bearer")
        assert client.get("/healthz").status_code == 401  # a wrong token is never silently no token
    with served.client(served.admin) as client:
        assert not ask(client, "ASK { ?s <a:no> ?o }")


def test_everything_goes_but_decisions_and_provenance(served: Served) -> None:
    writer = tokens.create(served.graph, "write")
    with served.client(writer) as client:
        assert error(update(client, "CLEAR ALL")) == (403, "NOT_ALLOWED")
    with open_writer(served.graph) as direct:
        direct.add(f"<a:d> <a:p> <a:o> <{DECISIONS}> .\n".encode())
    with served.client(served.admin) as client:
        kept = {graph: count(client, graph) for graph in (DECISIONS, PROVENANCE)}
        assert all(kept.values())
        for change in (f"DROP GRAPH <{DECISIONS}>", f"DELETE WHERE {{ GRAPH <{PROVENANCE}> {{ ?s ?p ?o }} }}",
                       f"INSERT DATA {{ GRAPH <{DECISIONS}> {{ <a:forged> <a:p> 1 }} }}",
                       "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"):  # fmt: skip
            assert error(update(client, change)) == (403, "NOT_ALLOWED")
        assert update(client, "INSERT DATA { <a:s> <a:p> 1 } ; DROP ALL").status_code == 200
        assert {graph: count(client, graph) for graph in kept} == kept
        graphs = client.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"}).json()
        assert {row["g"]["value"] for row in graphs["results"]["bindings"]} == set(kept)
        assert client.put(f"/rdf-graph-store?graph={DECISIONS}", content=b"", headers=TURTLE).status_code == 403


TURTLE = {"Content-Type": "text/turtle"}


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ("CREATE GRAPH <a:twice> ; CREATE GRAPH <a:twice>", (400, "BAD_QUERY")),
        ("LOAD <http://127.0.0.1:9/> INTO GRAPH <a:g>", (403, "NOT_ALLOWED")),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", (403, "NOT_ALLOWED")),
        ("INSERT DATA { <a:s> <a:p> }", (400, "BAD_QUERY")),
    ],
)
def test_what_is_refused_changes_nothing(served: Served, change: str, answer: tuple[int, str]) -> None:
    with served.client(served.admin) as client:
        before = client.get("/readyz").json()
        assert error(update(client, change)) == answer
        assert client.get("/readyz").json() == before


def test_an_endless_update_is_killed_and_leaves_nothing(served: Served) -> None:
    endless = "INSERT { GRAPH <a:flood> { ?a ?b ?f } } WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }"
    numbers = " . ".join(f"<a:s> <a:p> {number}" for number in range(3_000))
    with served.client(served.admin) as client:
        assert update(client, f"INSERT DATA {{ GRAPH <a:many> {{ {numbers} }} }}").status_code == 200
        before = client.get("/readyz").json()
        assert error(update(client, endless)) in {(503, "TIME_LIMIT"), (413, "MEMORY_LIMIT")}
        assert client.get("/readyz").json() == before
        assert update(client, "INSERT DATA { GRAPH <a:after> { <a:s> <a:p> 1 } }").status_code == 200
        assert not ask(client, "ASK { GRAPH <a:flood> { ?s ?p ?o } }")


def test_writers_at_once_wait_for_each_other(served: Served) -> None:
    def write(number: int) -> int:
        with served.client(served.admin) as client:
            return update(client, f"INSERT DATA {{ GRAPH <a:together> {{ <a:s> <a:p> {number} }} }}").status_code

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(write, range(8)))
    with served.client() as client:
        assert count(client, "a:together") == answers.count(200) > 0
    assert set(answers) <= {200, 503}


def test_a_busy_graph_is_503_after_the_wait(served: Served) -> None:
    with open_writer(served.graph), served.client(served.admin) as client:
        response = update(client, "INSERT DATA { <a:s> <a:p> 1 }")
        assert error(response) == (503, "GRAPH_BUSY")
        assert int(response.headers["retry-after"]) > 0
        assert str(served.graph) not in response.text


def test_a_graph_store_body_that_names_other_graphs_is_refused(served: Served) -> None:
    with served.client(served.admin) as client:
        for method in ("PUT", "POST"):
            response = client.request(
                method, "/rdf-graph-store?graph=a:g", content=b"<a:s> <a:p> <a:o> <a:other> .",
                headers={"Content-Type": "application/n-quads"},
            )  # fmt: skip
            assert error(response) == (400, "USAGE")


def test_a_read_only_server_changes_nothing_for_anybody(served: Served) -> None:
    from api.settings import Settings
    from tests.api.sparql.serving import serving

    with serving(Settings(graph=served.graph)) as reading, reading.client(reading.admin) as client:
        assert error(update(client, "CLEAR ALL")) == (403, "NOT_ALLOWED")
        assert error(client.delete("/rdf-graph-store?graph=a:seen")) == (403, "NOT_ALLOWED")
