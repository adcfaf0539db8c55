"""Accessibility, as axe-core sees it: no serious or critical finding on any kind of page, enlivened by its script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.chromium import enlivened

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).resolve().parents[2] / "api" / "pages" / "web" / "node_modules" / "axe-core" / "axe.min.js"
WIKILEAKS = quote("https://claimgraph.example/actor/wikileaks")
PATHS = (
    "/", "/?stance=denies", "/?show=events", "/?show=documents", "/?show=actors", "/?show=passages&q=WikiLeaks",
    "/matrix", "/contradictions", "/repeats", "/checks", "/between", "/between?a=WikiLeaks&b=Emmanuel+Macron",
    "/actor/wikileaks", f"/network?node={WIKILEAKS}", "/network", "/query", "/graphql",
)  # fmt: skip
# Links of the pages of one search that lead to the other kinds of pages.
LINKED = (
    ("/?stance=denies", "article .source a"), ("/?stance=denies", "article a.through"),
    ("/?show=events", "main a[href*='/event/']"), ("/?show=documents", "main a[href*='/collection/']"),
)  # fmt: skip
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a",
    "wcag21aa", "wcag22aa", "best-practice"] });
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    [one.id, ...one.nodes.slice(0, 4).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`)].join("\\n  "));
}"""


def findings(page: Page) -> list[str]:
    """What axe-core finds serious or critical; given as text, so that the policy against foreign scripts holds."""
    for island in page.locator("[data-island]").all():
        if island.is_visible():
            enlivened(island)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RUN))


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core comes with the packages that the web bundle is built with")
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("fr", "dark")])
def test_nothing_serious_is_found(page: Page, address: str, language: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    paths = list(PATHS)
    for path, selector in LINKED:
        page.goto(address + path)
        if page.locator(selector).count():
            paths.append(str(page.locator(selector).first.get_attribute("href")))
    assert len(paths) > len(PATHS) + 2
    wrong = {}
    for path in paths:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
        if found := findings(page):
            wrong[path] = found
    assert not wrong, "\n".join(f"{path}\n {one}" for path, found in wrong.items() for one in found)


# Pages that say what went wrong, and what a query names in vain; browsers write their status into the console.
ERRORS = (
    "/nowhere", "/?month=x", "/?since=x", "/contradictions?after=x", "/actor/nobody", "/query?query=SELECT+*",
    "/query?query=SELECT+*+%7B+%3Fa+rdfs%3Alabel+%3Fb+%7D",
)  # fmt: skip


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core comes with the packages that the web bundle is built with")
@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("fr", "light")])
def test_nothing_serious_is_found_where_something_is_wrong_or_open(
    context: BrowserContext, address: str, writable: str, language: str, scheme: str
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    wrong = {}
    for path in [writable + "/review", *(address + path for path in ERRORS)]:
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        for summary in page.locator("main details:not([open]) > summary").all()[:5]:
            summary.click()
        if found := findings(page):
            wrong[path] = found
    page.close()
    assert not wrong, "\n".join(f"{path}\n {one}" for path, found in wrong.items() for one in found)


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core comes with the packages that the web bundle is built with")
def test_nothing_serious_is_found_once_things_are_opened(page: Page, address: str) -> None:
    """The tables and sentences of the network, the cells of the matrix, the queries of a page; on a narrow screen."""
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{address}/network?node={WIKILEAKS}")
    island = enlivened(page.locator("[data-island=network]"))
    for summary in page.locator("summary").all():
        summary.click()
    island.locator("details").nth(1).get_by_role("button").first.click()
    island.locator(".net-panel .sentences > *").first.wait_for()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.goto(f"{address}/matrix")
    enlivened(page.locator("[data-island=matrix]"))
    page.locator("a.cell").first.click()
    page.locator("tr.opened article").first.wait_for()
    assert findings(page) == []
    page.set_viewport_size({"width": 1200, "height": 900})
