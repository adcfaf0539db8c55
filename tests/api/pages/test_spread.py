"""Who carried a claim: families of copies, the first publication, other sources, as table, data and picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.pages.spread import Carrier, spread
from api.pages.words import Words
from api.pool import pool_of
from kg.iris import BASE
from tests.api.pages import carried
from tests.api.pages.conftest import BROWSER

EXPECTED = [
    (1, "first", "Quay Gazette"), (1, "copy", "Copy Courier"), (1, "copy", "Northern Mirror"),
    (2, "source", "Island Post"), (3, "echo", "Radio Lagoon"),
]  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return carried.write(tmp_path_factory.mktemp("carried") / "graph")


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(graph), headers=BROWSER) as client:
        yield client


def claim_of(graph: Path, outlet: str) -> str:
    query = f"SELECT ?c {{ ?c a kg:Claim ; kg:reportedIn/kg:publisher '{outlet}' }}"
    (row,) = pool_of(graph).current().select(query)
    return "/" + str(row["c"]).removeprefix(BASE)


@pytest.mark.parametrize("outlet", ["Island Post", "Quay Gazette"])
def test_the_first_publication_stands_first_from_whichever_claim_one_comes(
    graph: Path, client: TestClient, outlet: str
) -> None:
    found = client.get(claim_of(graph, outlet) + "?format=json").json()
    expected = EXPECTED if outlet == "Island Post" else [EXPECTED[0], *EXPECTED[1:]]
    shown = [(one["family"], one["role"], one["outlet"]) for one in found["spread"]]
    assert sorted(shown[1:3], key=lambda one: one[2]) == expected[1:3]  # of the same day: in the order of their IRIs
    assert [shown[0], *shown[3:]] == [expected[0], *expected[3:]]
    assert found["independent"] == 2


def test_a_copy_leads_to_what_it_copies(graph: Path, client: TestClient) -> None:
    found = client.get(claim_of(graph, "Northern Mirror") + "?format=json").json()["spread"]
    assert [(one["role"], one["outlet"]) for one in found[:1]] == [("first", "Quay Gazette")]
    assert {one["outlet"]: one["role"] for one in found}["Northern Mirror"] == "copy"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_picture_and_table_say_the_same(graph: Path, client: TestClient, language: str) -> None:
    words = Words(language)
    page = client.get(claim_of(graph, "Island Post"), params={"lang": language})
    tree = lxml.html.document_fromstring(page.content)
    rows = tree.xpath("//table[@class='carriers']/tbody/tr")
    drawn = tree.xpath("//div[contains(@class, 'spread')]//a")
    assert len(rows) == len(drawn) == len(EXPECTED)
    for row, link in zip(rows, drawn, strict=True):
        title = link.xpath("string(*[local-name()='title'])")
        assert row.xpath("string(.//th)") in title and row.xpath("string(./td[1])") in title
        assert words(f"spread_{row.get('class')}") in title and link.get("class") == f"r-{row.get('class')}"
        assert link.get("href") == row.xpath(".//a/@href")[0]
    assert words("spread_first") in rows[0].text_content()


def carrier(family: int, role: str, day: str | None, precision: str = "day") -> Carrier:
    return Carrier(family, role, f"urn:{family}{role}{day}", "a title", "an outlet", day, precision, None)


def test_copies_hang_on_the_first_of_their_family_and_days_are_in_order() -> None:
    made = spread(
        [carrier(1, "first", "2031-06-03"), carrier(1, "copy", "2031-06-05"), carrier(2, "source", "2031-06-09"),
         carrier(2, "copy", None)], Words("en"),
    )  # fmt: skip
    assert made is not None
    first, copy, source, undated = made.points
    assert copy.above == (first.x, first.y) and first.above is None and source.above is None
    assert first.x is not None and copy.x is not None and source.x is not None and first.x < copy.x < source.x
    assert (copy.after, source.after, first.after) == ("2 days after", "6 days after", "the same day")
    assert undated.x is None and undated.above is None and undated.said == "no date"
    assert all(one.x is None or one.x + one.width < made.width for one in made.points)


def test_an_uncertain_day_is_drawn_as_long_as_it_is_uncertain() -> None:
    made = spread([carrier(1, "first", "2031-06-03"), carrier(2, "source", "2031-07-01", "month")], Words("fr"))
    assert made is not None and made.points[1].width > 0 and made.points[1].after == ""
    assert made.points[1].said == "juillet 2031"
    assert spread([carrier(1, "first", "2031-06-03"), carrier(2, "source", None)], Words("fr")) is None
