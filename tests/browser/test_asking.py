"""Editors, matrix and pictures in time, in a real browser: what they add, by keyboard and pointer, to plain pages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.chromium import browsing, enlivened

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page, Playwright

CLAIMS = "SELECT ?claim ?text { ?claim a kg:Claim ; kg:text ?text } ORDER BY ?claim LIMIT 3"


def typed(page: Page, text: str, box: int = 0) -> Locator:
    """The editor, emptied and written in anew; brackets close themselves, so the ones typed over are not doubled."""
    editor = page.locator(".cm-content").nth(box)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    return editor


def proposals(page: Page) -> list[str]:
    page.wait_for_selector(".cm-tooltip-autocomplete")
    return [str(one) for one in page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()]


# ------------------------------------------------------------------ SPARQL
@pytest.fixture
def asking(page: Page, address: str) -> Page:
    page.goto(address + "/query")
    enlivened(page.locator("[data-island=sparql]"))
    return page


def test_the_editor_runs_a_query_and_shows_a_table(asking: Page) -> None:
    typed(asking, CLAIMS)
    asking.keyboard.press("Escape")
    asking.keyboard.press("Control+Enter")
    rows = asking.locator("#answer tbody tr")
    rows.nth(2).wait_for()
    assert rows.count() == 3 and asking.locator("#answer thead th").all_inner_texts() == ["claim", "text"]
    assert parse_qs(urlsplit(asking.url).query)["query"] == [CLAIMS]
    asking.reload()  # the address holds the query
    assert asking.locator("#answer tbody tr").count() == 3
    asking.locator("#answer tbody a").first.click()
    assert asking.locator("h1.claimed").is_visible()


def test_the_editor_proposes_words_of_the_vocabulary(asking: Page) -> None:
    typed(asking, "SELECT ?x { ?x a kg:Cl")
    assert proposals(asking)[0] == "kg:Claim"
    assert "speech act" in asking.locator(".cm-completionInfo").inner_text()
    asking.wait_for_timeout(200)  # a list that has only just opened takes no Enter: it may be meant for the line
    asking.keyboard.press("Enter")
    asking.keyboard.type(" ; kg:denie")
    assert "kg:denies" in proposals(asking)
    asking.keyboard.press("Escape")
    assert "kg:Claim ; kg:denie" in asking.locator(".cm-content").inner_text()


def test_an_error_is_said_and_the_query_stays(context: BrowserContext, address: str) -> None:
    page = context.new_page()  # browsers write the status 400 into the console
    page.goto(address + "/query")
    enlivened(page.locator("[data-island=sparql]"))
    typed(page, "ASK { ?x a }")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Run").click()
    failure = page.locator("#answer .failure")
    failure.wait_for()
    assert "SPARQL" in failure.inner_text() and "ASK { ?x a }" in page.locator(".cm-content").inner_text()
    page.close()


def test_examples_are_run_and_the_way_back_leads_back(asking: Page) -> None:
    asking.get_by_role("link", name="Who accuses whom").click()
    asking.locator("#answer tbody tr").first.wait_for()
    assert "kg:accuses" in asking.locator(".cm-content").inner_text()
    asking.get_by_role("link", name="Yes or no").click()
    asking.locator("#answer .yes").wait_for()
    asking.go_back()
    asking.locator("#answer tbody tr").first.wait_for()
    assert "kg:accuses" in asking.locator(".cm-content").inner_text()


def test_asking_without_javascript(playwright: Playwright, address: str) -> None:
    with browsing(playwright, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "/query?lang=fr")
        page.locator("textarea[name=query]").fill(CLAIMS)
        page.get_by_role("button", name="Exécuter").click()
        assert page.locator("#answer tbody tr").count() == 3 and page.locator("html").get_attribute("lang") == "fr"
        with page.expect_download() as download:
            page.locator("#answer").get_by_role("link", name="CSV").click()
        assert download.value.path().read_text().startswith("claim,text")


# ------------------------------------------------------------------ GraphQL
def test_the_graphql_page_proposes_answers_and_explains(page: Page, address: str) -> None:
    page.goto(address + "/graphql")
    enlivened(page.locator("[data-island=graphql]"))
    typed(page, "query($n: Int) { clai")
    assert {"claim", "claims"} <= set(proposals(page))
    page.keyboard.press("Escape")
    typed(page, "query($n: Int) { claims(first: $n) { edges { node { text } } } }")
    page.keyboard.press("Escape")
    typed(page, '{"n": 2', box=1)
    page.keyboard.press("Control+Enter")
    page.locator("#answer", has_text="edges").wait_for()
    answer: Any = json.loads(page.locator("#answer").inner_text())
    assert len(answer["data"]["claims"]["edges"]) == 2
    page.locator("#find").fill("ClaimConnection")
    page.locator("#type-ClaimConnection summary").click()
    assert "totalCount" in page.locator("#type-ClaimConnection").inner_text()


def test_a_query_of_a_page_opens_in_the_editor(page: Page) -> None:
    page.locator("details.query summary").click()
    page.get_by_role("link", name="Open it in the editor").first.click()
    enlivened(page.locator("[data-island=graphql]"))
    assert "facets" in page.locator(".cm-content").first.inner_text()
    page.get_by_role("button", name="Run").click()
    page.locator("#answer", has_text="totalCount").wait_for()
    assert "errors" not in json.loads(page.locator("#answer").inner_text())


# ------------------------------------------------------------------ matrix
def test_a_cell_opens_its_sentences_in_three_clicks(page: Page) -> None:
    page.get_by_role("link", name="Who says what").click()
    matrix = enlivened(page.locator("[data-island=matrix]"))
    cell = matrix.get_by_role("link", name=re.compile("^WikiLeaks denies")).first
    cell.click()
    opened = matrix.locator("tr.opened article")
    opened.first.wait_for()
    assert all("s-denies" in str(one.get_attribute("class")) for one in opened.all())
    assert opened.first.locator("mark.claim").is_visible() and cell.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert opened.count() == 0 and page.evaluate("document.activeElement.classList.contains('cell')")


def test_the_arrows_go_from_cell_to_cell(page: Page, address: str) -> None:
    page.goto(address + "/matrix")
    matrix = enlivened(page.locator("[data-island=matrix]"))
    matrix.locator("a.cell").first.focus()
    row = "document.activeElement.closest('tr').rowIndex"
    before = page.evaluate(row)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(row) > before
    page.keyboard.press("Enter")
    matrix.locator("tr.opened article").first.wait_for()


def test_a_cell_leads_to_its_sentences_without_javascript(playwright: Playwright, address: str) -> None:
    with browsing(playwright, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "/matrix")
        page.locator("a.cell.s-denies").first.click()
        assert page.locator("#sentences article.s-denies").count() >= 1


# ------------------------------------------------------------------ time
def test_the_spread_of_a_claim_says_who_was_first(page: Page) -> None:
    page.get_by_role("link", name="Which outlet carried a claim first?").click()
    page.locator("article.claim a.through").first.click()
    picture = enlivened(page.locator(".picture.spread"))
    first = picture.locator("a.r-first")
    assert first.count() == 1 and "published first" in str(first.text_content())
    rows = page.locator("table.carriers tbody tr")
    assert rows.count() == picture.locator("svg a").count() > 1
    assert "published first" in rows.first.inner_text()
    first.focus()
    told = picture.locator(".detail").inner_text()
    assert rows.first.locator("th").inner_text() in told and "published first" in told
    page.keyboard.press("ArrowDown")
    assert picture.locator(".detail").inner_text() != told


def test_an_event_shows_its_day_against_the_days_of_its_reports(page: Page, address: str) -> None:
    page.goto(address + "/?show=events&kind=DataLeak&since=2017-05-01&until=2017-05-31")
    page.locator("table tbody a").first.click()
    picture = enlivened(page.locator("[data-island=timeline]").first)
    picture.locator("svg a").first.hover()
    assert picture.locator(".detail").inner_text() and picture.locator(".guide").count() >= 1
    page.locator("details.twin summary").first.click()
    assert page.locator("details.twin table").first.locator("tbody tr").count() == picture.locator("svg a").count()
