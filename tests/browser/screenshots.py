"""Takes the screenshots of docs/img: ``python -m tests.browser.screenshots [GRAPH]`` (default: a new demo graph)."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from tests.browser.chromium import browsing, demo_graph, serving

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "img"
LARGEST = 150_000  # bytes of one picture
# name -> path, width, height, dark mode, language
PICTURES: dict[str, tuple[str, int, int, bool, str]] = {
    "search": ("/", 1200, 900, False, "en-GB"),
    "actor": ("/actor/wikileaks", 1200, 900, False, "en-GB"),
    "document": ("@document", 1200, 900, False, "fr-FR"),
    "claim": ("@claim", 1200, 900, False, "fr-FR"),
    "matrix": ("/matrix", 1200, 900, True, "en-GB"),
    "checks": ("/checks", 1200, 900, False, "fr-FR"),
    "network": ("/between?a=WikiLeaks&b=Guillaume Poupard", 1200, 900, False, "en-GB"),
    "timeline": ("/?show=events&since=2017-02-01&until=2017-05-31", 1200, 900, False, "en-GB"),
    "phone": ("/?stance=denies", 400, 800, False, "fr-FR"),
}


def take(graph: Path, into: Path, pictures: dict[str, tuple[str, int, int, bool, str]] = PICTURES) -> None:
    into.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    with serving(graph) as address, sync_playwright() as playwright:
        for name, (path, width, height, dark, locale) in pictures.items():
            with browsing(
                playwright, width, height, locale=locale, color_scheme="dark" if dark else "light"
            ) as context:
                page = context.new_page()
                page.goto(address + _path(page, address, path), wait_until="networkidle")
                page.screenshot(path=into / f"{name}.png")
            shrink(into / f"{name}.png")


def _path(page: Any, address: str, path: str) -> str:
    """``@document`` and ``@claim`` (and ``@event``) are the ones that a search for the leak finds first."""
    if not path.startswith("@"):
        return path
    page.goto(f"{address}/?speaker=https://claimgraph.example/actor/wikileaks&stance=denies&language=fr")
    if path == "@event":
        page.goto(f"{address}/?show=events&kind=DataLeak")
        return str(page.locator("table tbody a").first.get_attribute("href"))
    link = page.locator(".claim .source a" if path == "@document" else ".claim .through").first
    return str(link.get_attribute("href"))


def shrink(picture: Path) -> None:
    """As it is where it is small enough, else to a palette of colours, fewer until it is."""
    with Image.open(picture) as opened:
        full = opened.convert("RGB")
    full.save(picture, optimize=True)
    if picture.stat().st_size <= LARGEST:
        return
    for colours in (256, 128, 64, 32):
        full.quantize(colours).save(picture, optimize=True)
        if picture.stat().st_size <= LARGEST:
            return
    raise SystemExit(f"{picture} is {picture.stat().st_size:,} bytes, more than {LARGEST:,}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]), IMAGES)
    else:
        with TemporaryDirectory() as folder:
            take(demo_graph(Path(folder) / "graph"), IMAGES)
