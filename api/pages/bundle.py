"""The files that pages are drawn with: the style sheet and icon, and the web bundle built from ``web/``.

The names of the bundle's files hold a hash of their content, so browsers may keep them for ever.  A server reads the
bundle once and serves what it read, whatever is built meanwhile.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.errors import ApiError

STATIC = {"pages.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the bundle, as it is and compressed with gzip (None: not worth it)."""

    body: bytes
    packed: bytes | None
    media: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """*entry* is the script that every page loads ("" where nothing was built), *styles* its style sheets."""

    entry: str
    styles: tuple[str, ...]
    files: Mapping[str, File]


@cache
def bundle() -> Bundle:
    """What was built with this installation.  Pages work without it, so a checkout that never built it is told once."""
    folder = files("api.pages") / "static" / "bundle"
    if not (folder / "bundle.json").is_file():
        logging.getLogger(__name__).warning("the web bundle was not built (make install does): pages stay without it")
        return Bundle("", (), {})
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    held = {}
    for name in manifest["files"]:
        packed = folder / f"{name}.gz"
        media = TYPES.get(name[name.rfind(".") :], "application/octet-stream")
        held[name] = File((folder / name).read_bytes(), packed.read_bytes() if packed.is_file() else None, media)
    return Bundle(manifest["entry"], tuple(manifest["styles"]), held)


def routes() -> list[BaseRoute]:
    return [
        Route("/static/bundle/{name}", _bundled, methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
    ]


async def _bundled(request: Request) -> Response:
    name = request.path_params["name"]
    file = bundle().files.get(name)
    if file is None:
        raise ApiError(404, f"no file {name[:100]}")
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(file.packed, media_type=file.media, headers=headers)
    return Response(file.body, media_type=file.media, headers=headers)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise ApiError(404, f"no file {name[:100]}")
    body = (files("api.pages") / "static" / name).read_bytes()
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "max-age=3600"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=STATIC[name], headers=headers)
