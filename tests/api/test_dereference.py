"""Each IRI of the graph is an address: HTML for people, RDF for programs, 404 for what nobody ever said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from starlette.testclient import TestClient

from api.app import create_app
from kg.iris import BASE
from kg.store import IRI, open_reader, open_writer
from tests.api.graphql.story import WIKILEAKS, write


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("addresses") / "graph")
    with open_writer(root) as writer:
        writer.add(f'<{BASE}odd/%C3%A8> <a:p> "<script>alert(1)</script>" <a:g> .\n'.encode())
        writer.add(f"<{BASE}odd/é> <a:p> <javascript:x> <a:g> .\n".encode())
    return root


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(graph)) as client:
        yield client


def path(iri: str) -> str:
    return "/" + iri.removeprefix(BASE).partition("#")[0]


def test_every_iri_of_the_graph_has_its_address(graph: Path, client: TestClient) -> None:
    with open_reader(graph, "CLEAR") as reader:
        rows = reader.select("SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?s), '/document/')) }")
    iris = [str(row["s"]) for row in rows if isinstance(row["s"], IRI)]
    assert len(iris) > 20
    for iri in iris:
        response = client.get(path(iri), headers={"Accept": "text/turtle"})
        assert response.status_code == 200, iri
        assert (URIRef(iri), None, None) in Graph().parse(data=response.text, format="turtle")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle"),
    ],
)
def test_the_accept_header_chooses(client: TestClient, accept: str, media: str) -> None:
    response = client.get(path(WIKILEAKS), headers={"Accept": accept})
    assert response.headers["content-type"].split(";")[0] == media
    assert "WikiLeaks" in response.text
    assert "accept" in response.headers["vary"]
    assert client.head(path(WIKILEAKS), headers={"Accept": accept}).headers["content-type"].split(";")[0] == media


def test_what_is_not_there_and_what_cannot_be_written(client: TestClient) -> None:
    assert client.get("/actor/nobody").json()["error"]["code"] == "NOT_FOUND"
    assert client.get("/no%20iri%3C%3E").status_code == 404
    assert client.get(path(WIKILEAKS), headers={"Accept": "image/png"}).status_code == 406


def test_a_graph_without_description_leads_to_its_triples(client: TestClient) -> None:
    response = client.get("/graph/actors", follow_redirects=False)
    assert response.status_code == 303
    followed = client.get(response.headers["location"])
    assert followed.status_code == 200 and "WikiLeaks" in followed.text


def test_the_vocabulary_is_at_its_address(client: TestClient) -> None:
    text = client.get("/ns", headers={"Accept": "text/turtle"}).text
    assert (URIRef(f"{BASE}ns#Claim"), None, None) in Graph().parse(data=text, format="turtle")


def test_names_beyond_ascii_and_markup_in_values(client: TestClient) -> None:
    html = {"Accept": "text/html"}
    encoded, plain = client.get("/odd/è", headers=html), client.get("/odd/é", headers=html)
    assert "&lt;script&gt;" in encoded.text and "<script>" not in encoded.text
    assert "javascript:x" in plain.text and 'href="javascript' not in plain.text
