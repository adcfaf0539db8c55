"""A server over the demo graph for all browser tests, and a fresh page for each; skipped where no chromium is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import browsing, chromium, demo_graph, serving

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright


# Without a browser there is one line to read, from test_chromium, and not one for each test.
FILES = sorted(path.name for path in Path(__file__).parent.glob("test_*.py"))
collect_ignore = [] if chromium() else [name for name in FILES if name != "test_chromium.py"]


def complaint(message: ConsoleMessage) -> bool:
    """Whether the console complains of the page; it is not to blame for pixels read slowly without a graphics card."""
    return message.type in ("error", "warning") and "GPU stall due to ReadPixels" not in message.text


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_graph(tmp_path_factory.mktemp("demo") / "graph")


@pytest.fixture(scope="session")
def address(graph: Path) -> Iterator[str]:
    with serving(graph) as address:
        yield address


@pytest.fixture(scope="session")
def writable(graph: Path) -> Iterator[str]:
    """A server of the same graph that may be written, so that it has the page of what is to be decided."""
    with serving(graph, writable=True) as address:
        yield address


@pytest.fixture(scope="session")
def playwright(address: str) -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def context(playwright: Playwright) -> Iterator[BrowserContext]:
    with browsing(playwright, locale="en-GB") as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The first page, opened in English; what it asks of other hosts, and what its console says, fails the test."""
    page = context.new_page()
    foreign: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    page.on("console", lambda message: said.append(message.text) if complaint(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + "/")
    yield page
    page.close()
    assert not foreign, f"asked of a third party: {foreign}"
    assert not said, f"the console says: {said}"
