"""The SPARQL page: a form that answers without JavaScript, files, what the editor proposes, and the walls around it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import time
from pathlib import Path

import lxml.html
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import ApiError
from api.pages.answered import JSON, TRIPLES, read
from api.pages.examples import EXAMPLES
from api.pages.query import FILES, SHOWN, Querying
from api.pages.words import LANGUAGES, Words
from api.settings import Settings
from kg import shapes
from kg.iris import BASE
from kg.store import IRI, BlankNode, Literal
from kg.tokens import create
from tests.api.pages.conftest import BROWSER

NAMES = "SELECT DISTINCT ?actor ?name { ?claim kg:speaker ?actor . ?actor skos:prefLabel ?name } ORDER BY ?name"
LINKS = "CONSTRUCT { ?claim kg:speaker ?who } WHERE { ?claim kg:speaker ?who }"


def answered(client: TestClient, query: str, status: int = 200, **more: str) -> lxml.html.HtmlElement:
    response = client.get("/query", params={"query": query, **more})
    assert response.status_code == status, response.text
    return lxml.html.document_fromstring(response.content)


def cells(tree: lxml.html.HtmlElement) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in tree.xpath("//section[@id='answer']//tbody/tr")]


# ------------------------------------------------------------------ the page
def test_without_a_query_there_is_one_to_begin_with(client: TestClient) -> None:
    tree = lxml.html.document_fromstring(client.get("/query").content)
    (form,) = tree.xpath("//main//form[@method='get' and @action='/query']")
    assert form.xpath(".//textarea[@name='query']")[0].text == EXAMPLES[0][1] and form.xpath(".//button")
    assert tree.xpath("//section[@id='answer']/@hidden")


def test_rows_are_a_table_whose_nodes_are_links(client: TestClient) -> None:
    tree = answered(client, NAMES)
    assert [one.text for one in tree.xpath("//section[@id='answer']//thead//th")] == ["actor", "name"]
    assert ["actor/wikileaks", "WikiLeaks"] in cells(tree)
    links = tree.xpath("//section[@id='answer']//td/a/@href")
    assert "/actor/wikileaks" in links and all(client.get(link).status_code == 200 for link in links[:5])
    assert tree.xpath("//textarea")[0].text == NAMES


def test_what_a_query_names_in_vain_is_told(client: TestClient) -> None:
    tree = answered(client, "SELECT ?n { ?a rdfs:label ?n }", lang="en")
    (said,) = tree.xpath("//section[@id='answer']//ul[@class='hints']/li")
    assert said.text_content() == "Nothing in this graph mentions rdfs:label — did you mean skos:prefLabel?"
    tree = answered(client, "SELECT ?n { ?a a kg:Actor OPTIONAL { ?a kg:label ?n } }", lang="fr")
    assert "Le vocabulaire n'a pas kg:label" in tree.xpath("string(//ul[@class='hints'])")
    assert not answered(client, NAMES).xpath("//ul[@class='hints']")


def test_an_unbound_variable_is_an_empty_cell(client: TestClient) -> None:
    tree = answered(client, "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) (UNDEF 'x'@fr) } }")
    assert cells(tree) == [["1", ""], ["", "x"]]
    assert tree.xpath("//td/span[@lang='fr']")


def test_yes_no_and_triples(client: TestClient) -> None:
    for query, said in (("ASK { ?c a kg:Claim }", "Yes."), ("ASK { ?c a kg:Nothing }", "No.")):
        assert answered(client, query).xpath("string(//p[@class='yes'])") == said
    tree = answered(client, LINKS)
    assert cells(tree) and all(row[1] == "kg:speaker" for row in cells(tree))
    assert "Nothing in this graph" in answered(client, "SELECT ?x { ?x a kg:Nothing }").text_content()


def test_a_long_answer_says_that_it_goes_on(client: TestClient) -> None:
    tree = answered(client, "SELECT ?s ?t { ?s ?p ?o . ?t ?q ?r } LIMIT 700")
    assert len(cells(tree)) == SHOWN
    assert "The first 500 rows of 700" in tree.text_content()


def test_what_cannot_be_answered_says_why_in_one_line(client: TestClient) -> None:
    tree = answered(client, "SELECT ?x { ?x a", 400)
    (said,) = tree.xpath("//p[@class='failure']//span/text()")
    assert "SPARQL" in said and "\n" not in said.strip()
    assert tree.xpath("//textarea")[0].text == "SELECT ?x { ?x a"
    wrong = answered(client, "SELECT ?x\n{ ?x a a a }", 400)
    assert "Line 2, column" in wrong.text_content()
    assert wrong.xpath("string(//mark[@class='place']/..)").strip() == "{ ?x a a a }"
    assert "zz" in answered(client, "SELECT ?x { ?x zz:y ?z }", 400).xpath("string(//p[@class='failure'])")
    refused = answered(client, "SELECT ?x { SERVICE <http://example.org/> { ?x ?y ?z } }", 403)
    assert refused.xpath("//p[@class='failure']")


def test_strings_stay_text(client: TestClient) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?a) (IRI('javascript:alert(2)') AS ?b) {}"
    tree = answered(client, query)
    assert cells(tree) == [["<script>alert(1)</script>", "javascript:alert(2)"]]
    assert not tree.xpath("//main//script | //a[starts-with(@href, 'javascript:')]")


def test_each_example_is_answered(client: TestClient) -> None:
    tree = lxml.html.document_fromstring(client.get("/query").content)
    links = tree.xpath("//a[@class='example']/@href")
    assert len(links) == len(EXAMPLES)
    for link in links:
        assert client.get(link).status_code == 200, link
    for language in LANGUAGES:
        assert len({Words(language)(key) for key, _ in EXAMPLES}) == len(EXAMPLES)


# ------------------------------------------------------------------ files
def test_files_hold_the_whole_answer(client: TestClient) -> None:
    def file(query: str, form: str, status: int = 200) -> str:
        response = client.get("/query", params={"query": query, "format": form})
        assert response.status_code == status, (form, response.text)
        if status == 200:
            assert response.headers["content-disposition"] == f'attachment; filename="answer.{form}"'
        return response.text

    many = "SELECT ?s ?t { ?s ?p ?o . ?t ?q ?r } LIMIT 700"
    assert len(list(csv.DictReader(io.StringIO(file(many, "csv"))))) == 700
    assert len(json.loads(file(many, "json"))["results"]["bindings"]) == 700
    assert "kg:speaker" in file(LINKS, "ttl") and f"<{BASE}ns#speaker>" in file(LINKS, "nt")
    for query, offered in ((NAMES, {"csv", "tsv", "json", "xml"}), (LINKS, {"ttl", "nt", "json", "xml"})):
        for form in FILES:
            file(query, form, 200 if form in offered else 406)
    for query in (NAMES, LINKS, "ASK {}"):  # what the page offers can be had
        for link in answered(client, query).xpath("//section[@id='answer']//p[@class='formats']/a/@href"):
            assert client.get(link).status_code == 200, link
    assert client.get("/query", params={"query": NAMES, "format": "doc"}).status_code == 400


def test_programs_get_the_answer_itself(client: TestClient) -> None:
    found = client.get("/query", params={"query": NAMES}, headers={"accept": "application/json"}).json()
    assert found["head"]["vars"] == ["actor", "name"]


# ------------------------------------------------------------------ walls
def test_what_is_marked_is_not_there_for_everybody(graph: Path, client: TestClient) -> None:
    query = "SELECT ?d { ?d kg:marking 'AMBER' }"
    assert cells(answered(client, query)) == []
    told = {"authorization": f"Bearer {create(graph, 'read', 'AMBER')}"}
    tree = lxml.html.document_fromstring(client.get("/query", params={"query": query}, headers=told).content)
    assert len(cells(tree)) == 1


def test_who_leaves_stops_the_query(graph: Path) -> None:
    """Four times everything with everything: it would run to its limit of time."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    scope = {"type": "http", "method": "GET", "path": "/query", "query_string": b"", "headers": [], "scheme": "http",
             "server": ("test", 80), "root_path": "", "state": {}}  # fmt: skip

    async def leaves() -> dict[str, str]:
        await asyncio.sleep(0.5)
        return {"type": "http.disconnect"}

    settings = Settings(graph=graph)
    querying = Querying(settings, named=lambda request, build: Response())
    begun = time.monotonic()
    with pytest.raises(ApiError, match="left"):
        asyncio.run(querying._until_left(Request(scope, leaves), endless))
    assert time.monotonic() - begun < settings.sparql.seconds / 2


def test_mounted_elsewhere(graph: Path) -> None:
    with TestClient(Starlette(routes=[Mount("/kg", create_app(graph))]), headers=BROWSER) as client:
        tree = lxml.html.document_fromstring(client.get("/kg/query", params={"query": NAMES}).content)
        (form,) = tree.xpath("//form[@data-island='sparql']")
        assert form.get("action") == "/kg/query" and client.get(form.get("data-terms")).status_code == 200
        links = tree.xpath("//main//a/@href")
        assert links and all(link.startswith("/kg/") for link in links)
        assert client.get(tree.xpath("//section[@id='answer']//td/a/@href")[0]).status_code == 200


# ------------------------------------------------------------------ what the editor proposes
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editor_knows_the_whole_vocabulary(client: TestClient, language: str) -> None:
    response = client.get("/query/terms.json", params={"lang": language})
    found = response.json()
    assert found["prefixes"] == dict(shapes.prefixes())
    told = {one["name"]: one for one in found["terms"]}
    assert len(told) == len(found["terms"])
    for kind, some in (("class", shapes.classes()), ("property", shapes.properties()), ("stance", shapes.stances())):
        for name, term in some.items():
            one = told[f"kg:{name}"]
            assert (one["kind"], one["label"]) == (kind, term.label[language]) and one["info"]
    assert {"skos:prefLabel", "prov:wasDerivedFrom", "rdf:type"} <= told.keys()
    tag = {"if-none-match": response.headers["etag"]}
    assert client.get("/query/terms.json", params={"lang": language}, headers=tag).status_code == 304


# ------------------------------------------------------------------ reading answers
def test_terms_of_triples_are_read_back() -> None:
    lines = [
        '<urn:a> <urn:p> "tab\\t, \\"quote\\", \\u00e9 and \\U0001F600"@fr .',
        '_:b0 <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<urn:a> <urn:p> "a . <urn:x> b" .',
    ]
    found = read(TRIPLES, "\n".join(lines).encode() + b"\n", 10)
    assert found.rows == 3
    assert found.terms[0] == ("urn:a", "urn:p", 'tab\t, "quote", é and 😀')
    assert isinstance(found.terms[0][2], Literal) and found.terms[0][2].language == "fr"
    assert isinstance(found.terms[1][0], BlankNode) and isinstance(found.terms[1][1], IRI)
    assert found.terms[2][2] == "a . <urn:x> b"


def test_rows_beyond_the_most_are_counted() -> None:
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{}] * 7}}).encode()
    found = read(JSON, body, 3)
    assert (found.rows, found.terms) == (7, [(None,)] * 3)
