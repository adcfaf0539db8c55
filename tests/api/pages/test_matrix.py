"""Speakers by events: counts that agree with the graph, and cells that lead to exactly their sentences."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import lxml.html
from starlette.testclient import TestClient

from api.pages.crossing import UNSTATED
from api.pool import pool_of
from tests.api.pages.conftest import Parsed


def test_cells_count_each_claim_once_for_its_event(graph: Path, client: TestClient) -> None:
    """All reports of the shared event are that one event, as the graph itself says."""
    rows = pool_of(graph).current().select(
        "SELECT DISTINCT ?claim ?speaker ?event ?stance { ?claim kg:about ?report ; kg:stance ?stance ."
        " ?report a kg:Event OPTIONAL { ?claim kg:speaker ?speaker } OPTIONAL { ?report kg:sharedEvent ?shared }"
        " BIND(COALESCE(?shared, ?report) AS ?event) }"
    )  # fmt: skip
    expected = Counter(
        (str(row.get("speaker", UNSTATED)), str(row["event"]), str(row["stance"]).rpartition("#")[2]) for row in rows
    )
    cells = client.get("/matrix?format=json").json()["cells"]
    assert expected and {(one["speaker"], one["event"], one["stance"]): one["claims"] for one in cells} == expected


def test_a_cell_leads_to_its_sentences(client: TestClient, parsed: Parsed) -> None:
    links = parsed("/matrix").xpath("//table[@class='crossing']//a[contains(@class, 'cell')]")
    assert links
    for link in links:
        address, _, fragment = link.get("href").partition("#")
        section = parsed(address).xpath(f"//section[@id='{fragment}']")[0]
        articles = section.xpath(".//article")
        assert len(articles) == int(link.xpath("text()")[-1])
        stance = next(name for name in link.get("class").split() if name.startswith("s-"))
        assert all(stance in one.get("class").split() for one in articles)
        assert all(one.xpath(".//mark[contains(@class, 'claim')]") for one in articles)
        assert str(len(articles)) in link.get("aria-label") and link.xpath("span[@aria-hidden='true']")


def test_filters_narrow_cells_and_sentences(client: TestClient) -> None:
    every = client.get("/matrix?format=json").json()["cells"]
    for narrow in ("since=2031-05-07", "until=2031-05-07", "language=fr", "outlet=The Courier"):
        cells = client.get(f"/matrix?format=json&{narrow}").json()["cells"]
        assert sum(one["claims"] for one in cells) < sum(one["claims"] for one in every), narrow
        for one in cells:
            given = {name: one[name] for name in ("speaker", "event", "stance")}
            found = client.get(
                f"/matrix?format=json&{narrow}", params={**dict([narrow.split("=")]), **given, "format": "json"}
            )
            assert len(found.json()["claims"]) == one["claims"], (narrow, one)


def test_what_makes_no_sense_is_refused(client: TestClient) -> None:
    for query in ("since=x", "speaker=urn:a&event=urn:b&stance=x", "speaker=a b&event=urn:b", "speaker=-&event=>x"):
        assert client.get(f"/matrix?{query}").status_code == 400, query
    tree = lxml.html.document_fromstring(client.get("/matrix?speaker=urn:a&event=urn:b").content)
    assert tree.xpath("//section[@id='sentences']//p[@class='empty']")
