"""The page for people at ``/graphql``: our own, plain HTML and JavaScript, nothing loaded from elsewhere."""

from __future__ import annotations

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

ASSETS = {"page.js": "text/javascript", "page.css": "text/css"}


def render(request: Request) -> Response:
    """The page; its own address, as the browser sees it, is where it sends queries."""
    return Response(_read("page.html"), media_type="text/html; charset=utf-8", headers={"vary": "accept"})


async def asset(request: Request) -> Response:
    name = request.url.path.rsplit("/", 1)[-1]
    return Response(_read(name), media_type=f"{ASSETS[name]}; charset=utf-8", headers={"cache-control": "max-age=3600"})


def _read(name: str) -> bytes:
    return (files("api.graphql") / "assets" / name).read_bytes()
