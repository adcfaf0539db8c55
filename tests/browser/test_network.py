"""The network in a real browser: clicks and keys open it further and show sentences; files hold what is drawn."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from PIL import Image

from tests.browser.chromium import enlivened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

WIKILEAKS = "https://claimgraph.example/actor/wikileaks"
PATH = f"/network?node={quote(WIKILEAKS)}"
SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://www.gexf.net/1.2draft}"
MANY = 10_000


@pytest.fixture
def island(page: Page, address: str) -> Locator:
    page.goto(address + PATH)
    return enlivened(page.locator("[data-island=network]"))


def drawn(island: Locator) -> tuple[int, int]:
    """How many nodes and links the picture says that it has."""
    nodes, links = re.findall(r"\d+", str(island.locator(".net-stage").get_attribute("aria-label")))
    return int(nodes), int(links)


def saved(island: Locator, name: str) -> bytes:
    with island.page.expect_download() as download:
        island.get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename == f"network.{name.lower()}"
    return download.value.path().read_bytes()


def places(island: Locator) -> dict[str, tuple[float, float]]:
    """Where each node stands in the stage, by its name: read from the SVG that the picture saves."""
    root = ET.fromstring(saved(island, "SVG"))
    found = {}
    for group in root.iter(f"{SVG}g"):
        if (text := group.find(f"{SVG}text")) is None or group.find(f"{SVG}line") is not None:
            continue
        if (circle := group.find(f"{SVG}circle")) is not None:
            found[str(text.text)] = (float(circle.get("cx", "")), float(circle.get("cy", "")))
        elif (shape := group.find(f"{SVG}polygon")) is not None:
            corners = [tuple(map(float, one.split(","))) for one in shape.get("points", "").split()]
            xs, ys = [one[0] for one in corners], [one[1] for one in corners]
            found[str(text.text)] = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return found


def click(island: Locator, x: float, y: float) -> None:
    island.locator(".net-stage").click(position={"x": x, "y": y})


def test_a_click_on_a_node_opens_what_stands_around_it(island: Locator) -> None:
    before, at = drawn(island), places(island)
    assert len(at) == before[0] and "WikiLeaks" in at
    (name,) = [name for name in at if "Fuite" in name]  # the event that most is said about
    click(island, *at[name])
    island.locator(".net-status", has_text="Opened: ").wait_for()
    after = drawn(island)
    assert after[0] > before[0] and after[1] > before[1]
    assert set(at) < set(places(island))
    click(island, *places(island)[name])  # and closes it again
    island.page.wait_for_timeout(300)
    assert drawn(island) == before


def test_a_click_on_a_link_shows_its_sentences(island: Locator) -> None:
    at = places(island)
    (name,) = [name for name in at if "Fuite" in name]
    (x, y), (to_x, to_y) = at["WikiLeaks"], at[name]
    click(island, x + (to_x - x) * 0.35, y + (to_y - y) * 0.35)
    panel = island.locator(".net-panel")
    panel.locator("article.claim").first.wait_for()
    heading = panel.locator("h3").inner_text()
    assert "WikiLeaks" in heading and "denies" in heading
    assert panel.locator("article.claim").count() == panel.locator("article.s-denies").count() == 2
    assert panel.locator("mark.claim").first.inner_text()
    panel.get_by_role("button", name="Close the sentences").click()
    assert panel.is_hidden()


def test_the_keyboard_does_it_all(island: Locator) -> None:
    page, before = island.page, drawn(island)
    nodes, links = island.locator("details").nth(0), island.locator("details").nth(1)
    for table in (nodes, links):
        table.locator("summary").focus()
        page.keyboard.press("Enter")
        table.locator("tbody tr").first.wait_for()
    assert (nodes.locator("tbody tr").count(), links.locator("tbody tr").count()) == before
    opener = nodes.get_by_role("button", name=re.compile("^Open: Fuite"))
    opener.focus()
    page.keyboard.press("Enter")
    island.locator(".net-status", has_text="Opened: ").wait_for()
    assert drawn(island)[0] > before[0]
    assert (nodes.locator("tbody tr").count(), links.locator("tbody tr").count()) == drawn(island)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Close: Fuite")
    page.keyboard.press("Enter")
    nodes.get_by_role("button", name=re.compile("^Open: Fuite")).wait_for()
    assert drawn(island) == before
    links.get_by_role("button", name=re.compile("^The sentences: WikiLeaks, denies, Fuite")).focus()
    page.keyboard.press("Enter")
    island.locator(".net-panel article.claim").first.wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H3", "who reads the page aloud hears the sentences next"


def test_files_hold_what_is_drawn(island: Locator) -> None:
    nodes, links = drawn(island)
    with Image.open(BytesIO(saved(island, "PNG"))) as picture:
        assert picture.width >= 600 and len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20, "something is on it"
    root = ET.fromstring(saved(island, "SVG"))
    assert len(list(root.iter(f"{SVG}line"))) == links
    graph = ET.fromstring(saved(island, "GEXF"))
    assert (len(list(graph.iter(f"{GEXF}node"))), len(list(graph.iter(f"{GEXF}edge")))) == (nodes, links)
    assert "WikiLeaks" in {node.get("label") for node in graph.iter(f"{GEXF}node")}


def crowd() -> dict[str, Any]:
    """One node with forty around it, all with long names."""
    around = [
        {"iri": f"urn:{n}", "name": f"An Association of the Harbour {n}", "kind": "Group", "group": "body", "href": "/"}
        for n in range(41)
    ]
    edges = [
        {"source": "urn:0", "target": f"urn:{n}", "kind": "asserts", "count": n % 5 + 1, "href": "/"}
        for n in range(1, 41)
    ]
    return {"nodes": around, "edges": edges}


def test_names_cover_neither_each_other_nor_nodes(page: Page, address: str) -> None:
    page.route(
        "**/network?**format=json**",
        lambda route: route.fulfill(body=json.dumps(crowd()), content_type="application/json"),
    )
    page.goto(address + PATH)
    picture = saved(enlivened(page.locator("[data-island=network]")), "SVG")
    root = ET.fromstring(picture)
    figures = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}line") is None]
    assert len(figures) == 41
    drawn = json.dumps(picture.decode())
    boxes = page.evaluate(f"""() => {{
      document.querySelector("main").innerHTML = {drawn};
      const boxes = (selector) => [...document.querySelectorAll(`main svg ${{selector}}`)].map((one) => one.getBBox());
      const names = boxes('text[class=""]').map((one) => [one.x, one.y, one.x + one.width, one.y + one.height]);
      const nodes = boxes("g:not(:has(line)) > polygon");
      return [names, nodes.map((one) => [one.x, one.y, one.x + one.width, one.y + one.height])];
    }}""")

    def meet(one: list[float], two: list[float]) -> bool:
        return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]

    names, nodes = boxes
    assert len(names) > 15, "most find room"
    assert not [one for place, one in enumerate(names) for two in names[place + 1 :] if meet(one, two)]
    assert not [one for one in names for two in nodes if meet(one, two)]


def test_filters_hold_for_every_hop(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/network?" in request.url else None)
    page.goto(address + PATH)
    page.get_by_label("Stance").select_option("denies")
    page.get_by_role("button", name="Apply").click()
    island = enlivened(page.locator("[data-island=network]"))
    island.locator("summary").first.click()
    asked.clear()
    island.get_by_role("button", name=re.compile("^Open: ")).first.click()
    island.locator(".net-status", has_text=re.compile("Opened|Nothing")).wait_for()
    assert [parse_qs(urlsplit(url).query)["stance"] for url in asked] == [["denies"]]


def test_the_same_network_is_drawn_the_same_way(island: Locator) -> None:
    first = places(island)
    island.page.reload()
    assert places(enlivened(island.page.locator("[data-island=network]"))) == first


def test_on_the_pages_of_actors_and_links_too(page: Page, address: str) -> None:
    for path in ("/actor/wikileaks", "/between?a=WikiLeaks&b=Emmanuel+Macron"):
        page.goto(address + path)
        assert drawn(enlivened(page.locator("[data-island=network]")))[0] > 2, path


def synthetic() -> dict[str, Any]:
    """Ten thousand nodes and twenty thousand links, laid out."""
    groups = ("person", "body", "event", "other")
    nodes = [
        {"iri": f"urn:{n}", "name": f"Node {n}", "kind": "Person", "group": groups[n % 4], "href": "/",
         "x": n % 100 * 10, "y": n // 100 * 10 + n % 7}
        for n in range(MANY)
    ]  # fmt: skip
    edges = [
        {"source": f"urn:{n % MANY}", "target": f"urn:{(n * 7919 + 13) % MANY}", "kind": kind, "count": 1 + n % 5,
         "href": "/"}
        for n, kind in ((n, "denies" if n % 3 else "asserts") for n in range(2 * MANY))
    ]  # fmt: skip
    return {"nodes": nodes, "edges": edges}


def test_ten_thousand_nodes_are_drawn_at_once(page: Page, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """How long it took is printed; what is asserted is that all of it is there."""
    body = json.dumps(synthetic())

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    page.route("**/network?**format=json**", answer)
    page.goto(address + PATH)
    island = enlivened(page.locator("[data-island=network]"))
    assert drawn(island)[0] == MANY
    page.wait_for_timeout(200)
    (measured,) = page.evaluate("performance.getEntriesByName('network').map((e) => [e.duration, e.detail])")
    assert measured[1]["nodes"] == MANY and measured[1]["links"] == drawn(island)[1] > MANY
    with Image.open(BytesIO(saved(island, "PNG"))) as picture:
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 100
    island.locator("summary").first.click()
    island.locator("tbody tr").nth(299).wait_for()
    assert island.locator("tbody tr").count() == 300 and "more" in island.locator("details .hint").inner_text()
    with capsys.disabled():
        print(f"\nnetwork of {MANY:,} nodes and {measured[1]['links']:,} links: drawn in {measured[0]:.0f} ms")
