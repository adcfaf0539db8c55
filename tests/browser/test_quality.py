"""Of pages in a real browser: nothing wider than a narrow screen, the keyboard reaches everything, colours contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

PATHS = (
    "/", "/?stance=denies", "/?show=events", "/matrix", "/checks", "/between", "/actor/wikileaks", "/query", "/graphql",
    "/network?node=https://claimgraph.example/actor/wikileaks",
)  # fmt: skip
# The contrast of each text with the ground it stands on (WCAG 2.2, 1.4.3), the lowest first.
CONTRAST = """() => {
  const seen = new Map(), canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => { const [r, g, b] = c.map(linear); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (node) => { if (!node) return [255, 255, 255];
    const own = rgba(getComputedStyle(node).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(node.parentElement)); };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !node.getClientRects().length) continue;
    if (node.closest("svg, .visually-hidden, .skip")) continue;
    const below = ground(node), colour = over(rgba(getComputedStyle(node).color), below);
    const [high, low] = [light(colour), light(below)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const sign = node.closest("[aria-hidden], .ref") ? 3 : 4.5;
    const words = node.textContent.trim().slice(0, 30);
    if (ratio < sign) seen.set(node.className || node.tagName, `${words}: ${ratio.toFixed(2)}`);
  }
  return [...seen];
}"""


def test_nothing_is_wider_than_a_narrow_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    for path in PATHS:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path
    page.set_viewport_size({"width": 1200, "height": 900})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    links = page.locator("article .source a, article a.through")
    more = [str(links.nth(place).get_attribute("href")) for place in (0, 1)]
    for path in (*PATHS, *more):
        page.goto(address + path)
        assert page.evaluate(CONTRAST) == [], path


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**/#content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("fuite")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*q=fuite*")
    assert "q=fuite" in page.url and page.locator("article.claim").count() > 0


def test_without_javascript(playwright: Playwright, address: str) -> None:
    with browsing(playwright, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "/?lang=fr")
        page.get_by_role("link", name="Qui nie ?").click()
        assert page.locator("article.s-denies").count() > 5
        page.locator("details.query summary").click()
        assert page.locator("details.query pre").first.is_visible()
        assert "stance: $stance" in page.locator("details.query pre").first.inner_text()
