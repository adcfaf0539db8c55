"""Every page: there in both languages, of plain and safe HTML, with its formats, its queries and its marking."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.app import create_app
from api.graphql.execute import Engine
from api.graphql.schema import schema
from api.middleware import SECURITY_HEADERS
from api.pages import NAMED
from api.pool import pool_of
from api.settings import Settings
from kg.iris import BASE
from kg.store import Reader
from kg.tokens import create
from tests.api.pages.conftest import BROWSER, HOSTILE, TEXT, Parsed

LINKS = f"/between?a={BASE}actor/wikileaks&b=Anne Rivoire"
SEARCHES = (
    "/?q=piratage", "/?stance=denies", "/?show=events&since=2031-01-01", "/?show=documents", "/?show=actors",
    "/?show=passages&q=hacking", "/?show=passages", "/?month=2031-05", f"/?speaker={BASE}actor/wikileaks&language=en",
    "/?show=events&kind=CyberAttack", LINKS, "/matrix?since=2031-05-07",
)  # fmt: skip
SAME = f"{BASE}actor/wikileaks"
SCRIPT = "//script[not(@type='module' and starts-with(@src, '/static/bundle/main-') and not(text()))]"  # but our own
FAILING = (
    ("/nowhere", 404), ("/?since=x", 400), ("/?month=x", 400), ("/?show=x", 400), ("/?stance=x", 400),
    ("/?after=x", 400), (f"/between?a={SAME}&b={SAME}", 400), ("/static/x", 404), ("/between?a=x&b=x", 200),
)  # fmt: skip
KINDS = ("claim", "event", "document", "collection", "span", "mention", "actor", "hostile", "shared")


@pytest.fixture(scope="session")
def paths(nodes: dict[str, str]) -> list[str]:
    return [*(path for path in NAMED if path != "/review"), *SEARCHES, *(nodes[kind] for kind in KINDS)]


def test_kinds_beside_a_list_lead_to_what_they_count(client: TestClient) -> None:
    for show, kind in (("claims", "events"), ("events", "events"), ("documents", "documents")):
        page = client.get(f"/?show={show}&lang=en").text
        links = re.findall(r'href="(/\?[^"]*kind=[^"]*)".*?class="count">([\d,]+)<', page)
        assert links, show
        for link, count in links:
            shown = client.get(link.replace("&amp;", "&") + "&format=json").json()
            assert (shown["show"], shown["totals"][kind]) == (kind, int(count.replace(",", "")))


def test_links_of_a_name_that_nobody_bears_are_no_denial_of_links(client: TestClient) -> None:
    unknown = client.get("/between?a=Wikileak&b=Anne Rivoire&lang=en").text
    assert "No actor of this graph is called “Wikileak”." in unknown and "No chain" not in unknown
    assert "/?show=actors&amp;q=Wikileak" in unknown and "“Anne Rivoire”" not in unknown
    known = client.get("/between?a=WikiLeaks&b=Anne Rivoire&lang=en").text
    assert "is called" not in known and "Chain 1" in known


def test_every_page_in_both_languages(client: TestClient, paths: list[str]) -> None:
    for path in paths:
        for language, other in (("fr", "en"), ("en", "fr")):
            response = client.get(path, headers={"accept-language": f"{language}, {other};q=0.5"})
            assert response.status_code == 200, (path, response.text)
            tree = lxml.html.document_fromstring(response.content)
            assert tree.get("lang") == language, path
            assert len(tree.xpath("//main//h1")) == 1, path
            switch = tree.xpath("//a[@class='tongue']")[0]
            assert switch.get("hreflang") == other
            turned = client.get(switch.get("href"))
            assert lxml.html.document_fromstring(turned.content).get("lang") == other, path


def test_nothing_is_asked_of_a_third_party(client: TestClient, paths: list[str]) -> None:
    """Neither by the pages' HTML nor, whatever they held, by the policy that goes with them."""
    for path in paths:
        response = client.get(path)
        assert response.headers["content-security-policy"] == SECURITY_HEADERS["content-security-policy"]
        assert response.headers["content-security-policy"].startswith("default-src 'self';")
        tree = lxml.html.document_fromstring(response.content)
        loaded = tree.xpath("//@src | //link/@href | //@srcset | //object/@data | //form/@action")
        assert loaded and all(one.startswith("/") and not one.startswith("//") for one in loaded), (path, loaded)
        assert not tree.xpath(f"{SCRIPT} | //style | //@style | //@*[starts-with(name(), 'on')] | //iframe"), path


def test_hostile_strings_stay_text(client: TestClient, nodes: dict[str, str], paths: list[str]) -> None:
    for path in paths:
        tree = lxml.html.document_fromstring(client.get(path).content)
        assert not tree.xpath(f"{SCRIPT} | //img | //b | //i[not(@class)] | //u"), path
        assert not tree.xpath("//@href[starts-with(., 'javascript:')]"), path
    tree = lxml.html.document_fromstring(client.get(nodes["hostile"]).content)
    assert HOSTILE in tree.xpath("string(//h1)")
    assert "javascript:alert(4)" in tree.xpath("string(//dl)")
    shown = "".join(tree.xpath("//div[@class='text']//text()[not(parent::a[@class='ref'])]"))
    assert shown == TEXT


def test_ids_are_unique_and_links_within_a_page_lead_somewhere(parsed: Parsed, paths: list[str]) -> None:
    for path in paths:
        tree = parsed(path)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        within = {one[1:] for one in tree.xpath("//@href[starts-with(., '#')]")}
        assert within <= set(ids), (path, within - set(ids))
        named = {word for words in tree.xpath("//@aria-labelledby") for word in words.split()}
        assert named <= set(ids), path


def test_links_of_pages_lead_to_pages(client: TestClient, paths: list[str], parsed: Parsed) -> None:
    seen: set[str] = set()
    for path in paths:
        for link in parsed(path).xpath("//main//a/@href"):
            target, _, fragment = link.partition("#")
            if not target.startswith("/") or target in seen or target.startswith(("/graphql?", "/sparql?", "/query?")):
                continue
            seen.add(target)
            assert client.get(target).status_code == 200, (path, target)
    assert len(seen) > 100


def test_fragments_stand_on_the_other_page(parsed: Parsed, nodes: dict[str, str]) -> None:
    """ "Read it in its document" leads to the evidence itself."""
    for path in ("/", nodes["actor"], nodes["claim"]):
        links = parsed(path).xpath("//a[contains(@href, '#o')]/@href")
        assert links, path
        for link in links:
            target, _, fragment = link.partition("#")
            assert parsed(target).xpath(f"//*[@id='{fragment}']"), link


def test_the_evidence_is_marked_in_the_text(parsed: Parsed, client: TestClient, nodes: dict[str, str]) -> None:
    tree = parsed(nodes["document"])
    claims = client.get(nodes["document"] + "?format=json").json()["claims"]
    assert claims
    for number, claim in enumerate(claims, 1):
        first = min(claim["evidence"], key=lambda one: one["start"])
        mark = tree.xpath(f"//mark[@id='o{first['start']}']")[0]
        assert f"s-{claim['stance']}" in mark.get("class").split()
        assert mark.xpath(f".//a[@href='#c{number}']"), claim["text"]
        assert (
            tree.xpath(f"//li[@id='c{number}']")[0].xpath("string(.//a[@class='speaker'])") == claim["speaker"]["name"]
        )


def test_a_stance_has_word_sign_and_colour(parsed: Parsed) -> None:
    head = parsed("/?stance=denies").xpath("//article[contains(@class, 's-denies')]//span[contains(@class, 'stance')]")
    assert head and all("denies" in one.text_content() and "✕" in one.text_content() for one in head)


# ------------------------------------------------------------------ formats and queries
def test_csv_and_json_hold_what_the_page_shows(client: TestClient, parsed: Parsed) -> None:
    for path in ("/", "/?stance=denies", "/?q=piratage"):
        joined = path + ("&" if "?" in path else "?")
        shown = parsed(path).xpath("//article[contains(@class, 'claim')]//a[@class='through']/@href")
        rows = list(csv.DictReader(io.StringIO(client.get(joined + "format=csv").text)))
        results = client.get(joined + "format=json").json()["results"]
        assert shown and [BASE + one.lstrip("/") for one in shown] == [row["claim"] for row in rows], path
        assert [row["claim"] for row in rows] == [one["iri"] for one in results]
        assert [row["text"] for row in rows] == [one["text"] for one in results]


def test_every_format_of_every_page(client: TestClient, paths: list[str], nodes: dict[str, str]) -> None:
    for path in paths:
        joined = path + ("&" if "?" in path else "?")
        table = list(csv.reader(io.StringIO(client.get(joined + "format=csv").text)))
        assert len({len(row) for row in table}) == 1, path
        data = client.get(joined + "format=json")
        assert data.headers["content-type"] == "application/json" and data.json()["page"], path
        assert client.get(joined + "format=doc").status_code == 400
    for kind in ("claim", "actor", "event", "document", "collection"):
        assert client.get(nodes[kind] + "?format=ttl").headers["content-type"].startswith("text/turtle")
        assert client.get(nodes[kind] + "?format=jsonld").headers["content-type"].startswith("application/ld+json")


def test_a_cell_is_no_formula(client: TestClient, nodes: dict[str, str]) -> None:
    from api.pages.page import Table, _csv

    assert "'=1+1" in _csv(Table(("a",), [("=1+1",)])) and ",-1" in _csv(Table(("a", "b"), [("x", -1)]))


def test_an_address_gives_rdf_to_machines_and_a_page_to_people(client: TestClient, nodes: dict[str, str]) -> None:
    for kind in KINDS:
        assert client.get(nodes[kind]).headers["content-type"].startswith("text/html")
        turtle = client.get(nodes[kind], headers={"accept": "*/*"})
        assert turtle.headers["content-type"].startswith("text/turtle"), kind
        assert "accept" in turtle.headers["vary"]
        json = client.get(nodes[kind], headers={"accept": "application/ld+json"})
        assert json.headers["content-type"] == "application/ld+json", kind


def test_the_query_shown_is_the_query_asked(client: TestClient, paths: list[str]) -> None:
    """What "Run it" answers is what the page was made of; no query fails when it is run by itself."""
    ran = 0
    for path in paths:
        joined = path + ("&" if "?" in path else "?")
        asked = client.get(joined + "format=json").json()["queries"]
        links = lxml.html.document_fromstring(client.get(path).content).xpath("//a[@class='run']/@href")
        assert len(links) == len(asked), path
        for link, query in zip(links, asked, strict=True):
            if query["language"] == "GraphQL":
                answer = client.get(link, headers={"accept": "application/json"}).json()
                assert "errors" not in answer, (path, answer)
            elif ran < 12:  # each starts a worker process
                ran += 1
                answer = client.get(link, headers={"accept": "application/sparql-results+json"})
                assert answer.status_code == 200, (path, answer.text)
    assert ran == 12


def test_the_graphql_shown_gives_the_results_shown(client: TestClient) -> None:
    page = client.get("/?stance=denies&format=json").json()
    query = page["queries"][0]
    answer = client.post("/graphql", json={"query": query["query"], "variables": query["variables"]}).json()
    assert [edge["node"] for edge in answer["data"]["found"]["edges"]] == page["results"] != []


def test_a_page_asks_a_fixed_number_of_queries(
    client: TestClient, paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never one an object: no page needs more than a handful, however much it shows."""
    asked: list[str] = []
    select = Reader.select

    def counted(self: Reader, query: str, **bindings: object) -> Any:
        asked.append(query)
        return select(self, query, **bindings)

    monkeypatch.setattr(Reader, "select", counted)
    for path in paths:
        asked.clear()
        client.get(path)
        assert len(asked) <= 14, (path, len(asked))


# ------------------------------------------------------------------ who may see what
def test_what_is_marked_is_not_there_for_everybody(graph: Path, client: TestClient) -> None:
    reader = pool_of(graph).current("AMBER")
    secret = str(reader.select("SELECT ?d { ?d a kg:Document ; kg:marking 'AMBER' }")[0]["d"])
    path = secret.removeprefix(BASE.rstrip("/"))
    assert client.get(path).status_code == 404
    assert "had been reused" not in client.get("/?q=passwords").text
    secret_token = create(graph, "read", "AMBER")
    told = {"authorization": f"Bearer {secret_token}"}
    assert "TLP:AMBER" in client.get(path, headers=told).text
    assert "had been reused" in client.get("/?q=passwords", headers=told).text
    assert client.get("/?q=passwords&format=json", headers=told).json()["totals"]["claims"] == 1
    assert client.get("/?q=passwords&format=json").json()["totals"]["claims"] == 0


def test_review_is_there_where_writing_is_allowed(client: TestClient, writable: TestClient) -> None:
    assert client.get("/review").status_code == 404
    page = writable.get("/review")
    assert page.status_code == 200 and "WikiLeaks" in page.text
    engine = Engine(schema(), Settings())
    offered = lxml.html.document_fromstring(page.content).xpath("//li//pre | //section[@aria-labelledby='claims']//pre")
    assert len(offered) >= 2
    for one in offered:
        engine.document(one.text_content())  # a valid operation of our schema
    assert "/review" in writable.get("/").text and "/review" not in client.get("/").text


# ------------------------------------------------------------------ errors
def test_errors_are_pages_for_people_and_json_for_programs(client: TestClient) -> None:
    for path, status in FAILING:
        response = client.get(path)
        assert response.status_code == status, path
        if status != 200 and not path.startswith("/static"):
            assert response.headers["content-type"].startswith("text/html"), path
            assert 'class="lead"' in response.text
            plain = client.get(path, headers={"accept": "application/json"})
            assert plain.status_code in (status, 406)
            assert plain.json().keys() == {"error"}


def test_static_files(client: TestClient) -> None:
    style = client.get("/static/pages.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "http" not in style.text and "@import" not in style.text
    assert client.get("/static/pages.css", headers={"if-none-match": style.headers["etag"]}).status_code == 304
    assert client.get("/static/..%2Fwords.py").status_code == 404


def test_the_first_page_is_light(client: TestClient) -> None:
    """Under 150 kB transferred, all of it, uncompressed."""
    assert len(client.get("/").content) + len(client.get("/static/pages.css").content) < 150_000


def test_mounted_elsewhere(graph: Path, nodes: dict[str, str]) -> None:
    with TestClient(Starlette(routes=[Mount("/kg", create_app(graph))]), headers=BROWSER) as client:
        for path in ("/", nodes["claim"], "/matrix?lang=fr"):
            tree = lxml.html.document_fromstring(client.get("/kg" + path).content)
            links = [one for one in tree.xpath("//@href | //@action") if one.startswith("/")]
            assert links and all(one.startswith("/kg/") and not one.startswith("/kg/kg/") for one in links), path
            assert client.get(tree.xpath("//link/@href")[0]).status_code == 200
