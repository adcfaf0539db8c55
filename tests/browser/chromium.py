"""Debian's chromium driven by Playwright, and a server over the demo graph in a thread of this process."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import uvicorn

from api.app import create_app
from api.settings import Settings
from kg.commands.serving import demo

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Playwright

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
ENLIVENED = "[data-island][data-state=ready]"
REQUIRED = "KG_REQUIRE_CHROMIUM"  # set where a missing chromium is a failure: in CI


def chromium() -> str | None:
    """Where chromium is, None where it is not installed."""
    return shutil.which("chromium")


def demo_graph(into: Path) -> Path:
    """The graph of ``kg demo``."""
    demo(serving=False, graph=into)
    return into


@contextmanager
def serving(graph: Path, writable: bool = False) -> Iterator[str]:
    """The address of a server over *graph*, ended with the block."""
    application = create_app(settings=Settings(graph=graph, writable=writable))
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started:
            if time.monotonic() > until:
                raise TimeoutError("the server did not start in 30 s")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def browsing(
    playwright: Playwright, width: int = 1200, height: int = 900, **options: object
) -> Iterator[BrowserContext]:
    """A fresh chromium with a profile of its own, which is thrown away."""
    executable = chromium()
    assert executable is not None, "chromium is not installed"
    with TemporaryDirectory(prefix="kg-chromium-") as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=list(FLAGS), viewport={"width": width, "height": height},
            **{"locale": "en-GB", **options},  # type: ignore[arg-type]
        )  # fmt: skip
        try:
            yield context
        finally:
            context.close()


def enlivened(island: Locator) -> Locator:
    """An island of the page, once its script has made more of it."""
    island.scroll_into_view_if_needed()
    island.page.wait_for_selector(f"{ENLIVENED}, [data-island][data-state=failed]", state="attached")
    state = island.get_attribute("data-state")
    assert state == "ready", f"the island {island.get_attribute('data-island')} is {state}"
    return island


def required() -> bool:
    return bool(os.environ.get(REQUIRED))
