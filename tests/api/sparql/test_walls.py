"""What is marked AMBER is not there for a request without token: not in /sparql, /rdf-graph-store or at any IRI.

Two graphs are asked the same: one that never held the AMBER document, and a copy of it that got it afterwards.  Their
answers, errors included, must be the same byte for byte, up to the order of rows and values that no query fixed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.settings import Settings
from kg import tokens
from kg.session import Session
from kg.store import IRI, Literal, open_reader, sparql
from tests.api.graphql.story import english, french, secret
from tests.api.sparql.serving import serving
from tests.api.sparql.test_updates import update
from tests.conftest import CAMPAIGN

HEADERS = {"Accept": "text/csv, application/n-triples"}


@dataclass(frozen=True)
class Walls:
    """Clients *without* and *with* the AMBER document in the graph; *hidden* terms only AMBER sees, *shown* ones."""

    without: httpx.Client
    with_it: httpx.Client
    writers: tuple[httpx.Client, httpx.Client]
    root: Path
    hidden: list[str]
    shown: list[str]


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walls]:
    first, second = (tmp_path_factory.mktemp("walls") / name for name in ("first", "second"))
    with Session(first, create=True) as session:
        session.put(french())
        session.put(english())
    shutil.copytree(first, second, symlinks=True)
    with Session(second) as session:
        session.put(secret())
    with ExitStack() as stack:
        open_, both = (stack.enter_context(serving(Settings(graph=root, writable=True))) for root in (first, second))
        admins = tuple(
            stack.enter_context(one.client(tokens.create(one.graph, "admin", "CLEAR", "walls")))
            for one in (open_, both)
        )
        hidden, shown = terms(second, "AMBER") - terms(second, "CLEAR"), terms(second, "CLEAR")
        assert len(hidden) > 10
        yield Walls(
            stack.enter_context(open_.client()), stack.enter_context(both.client()),
            (admins[0], admins[1]), second, sorted(hidden), sorted(shown)[::40],
        )  # fmt: skip


def terms(root: Path, level: str) -> set[str]:
    """Every term of every quad that *level* sees, graph names too, as SPARQL."""
    with open_reader(root, level) as reader:
        rows = reader.select("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    return {sparql(term) for row in rows for term in row.values() if isinstance(term, IRI | Literal)}


# T is a term, I an IRI; each template is asked with terms that only AMBER has, and with others.
QUERIES = (
    "SELECT * {{ {T} ?p ?o }}",
    "SELECT * {{ ?s ?p {T} }}",
    "SELECT ?g {{ GRAPH ?g {{ ?s ?p {T} }} }}",
    "SELECT (COUNT(*) AS ?n) {{ GRAPH {I} {{ ?s ?p ?o }} }}",
    "SELECT (COUNT(*) AS ?n) FROM {I} {{ ?s ?p ?o }}",
    "SELECT ?s FROM {I} FROM NAMED {I} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}",
    "SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) (MAX(STR(?o)) AS ?most) {{ ?s ?p ?o FILTER(?o >= {T}) }}",
    "SELECT ?x {{ {I} (^kg:reportedIn|kg:speaker|!(kg:x))+ ?x }}",
    "SELECT ?x {{ ?x (!kg:x/^!kg:x)* {I} }}",
    "SELECT ?x {{ ?x kg:refersTo/skos:prefLabel {T} }}",
    "ASK {{ ?s ?p ?o FILTER EXISTS {{ {I} ?q ?r }} }}",
    "ASK {{ FILTER NOT EXISTS {{ GRAPH {I} {{ }} }} }}",
    "SELECT ?s {{ ?s ?p ?o MINUS {{ ?s ?q {T} }} }}",
    "SELECT ?o {{ ?s ?p ?o FILTER REGEX(STR(?o), 'passwords|Inquiry|reused', 'i') }}",
    "SELECT (GROUP_CONCAT(?m; separator=' ') AS ?all) {{ ?d kg:marking ?m }}",
    "CONSTRUCT {{ ?s ?p {T} }} WHERE {{ ?s ?p {T} }}",
    "DESCRIBE {I}",
    "SELECT * {{ {I} nope:x {T} }}",
    "SELECT (STRDT('x', {I})/0 AS ?n) {{ {T} ?p ?o",
)  # fmt: skip


def answer(response: httpx.Response) -> tuple[int, str, list[bytes]]:
    return response.status_code, response.headers.get("content-type", ""), sorted(response.content.split())


@settings(max_examples=120 * min(CAMPAIGN, 25))
@given(data=st.data())
def test_no_query_without_token_tells_the_two_graphs_apart(walls: Walls, data: st.DataObject) -> None:
    query = asked(walls, data)
    iris = [term[1:-1] for term in data.draw(st.lists(st.sampled_from(iris_of(walls)), max_size=2))]
    names = data.draw(st.sampled_from(["default-graph-uri", "named-graph-uri"]))
    given = {"query": query, names: iris}
    first, second = (client.post("/sparql", data=given, headers=HEADERS) for client in (walls.without, walls.with_it))
    assert answer(first) == answer(second), query


def asked(walls: Walls, data: st.DataObject) -> str:
    term = data.draw(st.sampled_from(walls.hidden) | st.sampled_from(walls.shown))
    iri = data.draw(st.sampled_from(iris_of(walls)))
    return data.draw(st.sampled_from(QUERIES)).format(T=term, I=iri)


def iris_of(walls: Walls) -> list[str]:
    return [term for term in (*walls.hidden, *walls.shown) if term.startswith("<")]


def test_no_graph_and_no_address_tells_them_apart(walls: Walls) -> None:
    for term in walls.hidden:
        if not term.startswith("<"):
            continue
        for path in (f"/rdf-graph-store?graph={term[1:-1]}", term[1:-1].replace("https://claimgraph.example", "")):
            for media in ("text/html, */*;q=0.1", "text/turtle"):
                first, second = (
                    client.get(path, headers={"Accept": media}) for client in (walls.without, walls.with_it)
                )
                assert answer(first) == answer(second), path
                assert first.status_code == 404 or "/document/" not in term  # a class may be one of the ontology


def test_a_writer_without_the_marking_learns_nothing_and_loses_nothing(walls: Walls) -> None:
    (document,) = (term for term in walls.hidden if "/document/" in term and term.count("/") == 4)
    before = quads(walls.root, "AMBER") - quads(walls.root, "CLEAR")
    changes = (
        f"DROP GRAPH {document}",
        f"COPY {document} TO <a:copy>",
        f"CREATE GRAPH {document}",
        f"CREATE GRAPH {document}",
        f"DELETE WHERE {{ GRAPH {document} {{ ?s ?p ?o }} }}",
        "INSERT { GRAPH <a:out> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    )
    for change in changes:
        first, second = (update(client, change) for client in walls.writers)
        assert first.status_code == second.status_code, change
        assert first.status_code == 200 or first.text == second.text
    path = f"/rdf-graph-store?graph={document[1:-1]}"
    for method in ("PUT", "GET", "DELETE", "DELETE", "GET"):
        first, second = (
            client.request(method, path, content=b"<a:s> <a:p> 2 .", headers={"Content-Type": "text/turtle"})
            for client in walls.writers
        )
        assert answer(first) == answer(second), method
    query = {"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"}
    first, second = (client.get("/sparql", params=query, headers=HEADERS) for client in (walls.without, walls.with_it))
    assert answer(first) == answer(second)
    assert before <= quads(walls.root, "AMBER")
    assert [update(client, "DROP ALL").status_code for client in walls.writers] == [200, 200]
    assert before <= quads(walls.root, "AMBER")


def quads(root: Path, level: str) -> set[tuple[str, bytes]]:
    with open_reader(root, level) as reader:
        return {(graph, triple) for graph, triples in reader.graph_iter() for triple in triples}
