"""How the web bundle is served: under names that never change their content, small at first, without it no harm."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

import api.pages.bundle as room
from api.pages.bundle import FOR_EVER, bundle

BUILT = Path(room.__file__).parent / "static" / "bundle"


def test_every_file_is_served_for_ever_and_as_what_it_is(client: TestClient) -> None:
    names = json.loads((BUILT / "bundle.json").read_text(encoding="utf-8"))["files"]
    assert any(name.startswith("main-") for name in names)
    for name in names:
        assert re.fullmatch(r"[\w.-]+-[\w-]{8}\.(js|css)", name), f"{name} has no hash in it"
        plain = client.get(f"/static/bundle/{name}", headers={"accept-encoding": "identity"})
        assert plain.status_code == 200 and plain.content == (BUILT / name).read_bytes()
        assert plain.headers["cache-control"] == FOR_EVER and plain.headers["vary"] == "accept-encoding"
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        assert plain.headers["content-type"] == f"{kind}; charset=utf-8"
        assert "content-encoding" not in plain.headers
        packed = client.get(f"/static/bundle/{name}", headers={"accept-encoding": "gzip, br"})
        assert packed.headers["content-encoding"] == "gzip" and packed.content == plain.content
        assert gzip.decompress((BUILT / f"{name}.gz").read_bytes()) == plain.content
        assert client.get(f"/static/bundle/{name}.gz").status_code == 404


def test_nothing_else_is_served(client: TestClient) -> None:
    for name in ("bundle.json", "main-00000000.js", "..%2Fpages.css", "..%2F..%2Fwords.py"):
        assert client.get(f"/static/bundle/{name}").status_code == 404, name


def test_the_first_page_is_light_with_its_script(client: TestClient) -> None:
    """Under 150 kB transferred in all, uncompressed: what is large is fetched by no page before it is needed."""
    page = client.get("/")
    tree = lxml.html.document_fromstring(page.content)
    loaded = [*tree.xpath("//link[@rel='stylesheet']/@href"), *tree.xpath("//script/@src")]
    assert any("/bundle/main-" in one for one in loaded)
    texts = {one: client.get(one).text for one in loaded}
    followed = {
        f"/static/bundle/{name}" for text in texts.values() for name in re.findall(r'from\s*"\./([^"]+)"', text)
    }
    sizes = [len(page.content), *(len(text.encode()) for text in texts.values())]
    sizes += [len(client.get(one).content) for one in followed]
    assert sum(sizes) < 150_000, dict(zip(["/", *loaded, *followed], sizes, strict=True))


def test_no_part_brings_what_the_policy_forbids() -> None:
    for name, file in bundle().files.items():
        text = file.body.decode()
        assert not re.search(r"\beval\(|new Function\(|createObjectURL\([^)]*\)\s*,\s*\{\s*type:\s*.module", text), name


def test_pages_work_where_nothing_was_built(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "static").mkdir()
    bundle.cache_clear()
    monkeypatch.setattr(room, "files", lambda package: tmp_path)
    try:
        page = client.get("/")
        assert page.status_code == 200 and not lxml.html.document_fromstring(page.content).xpath("//script")
        assert client.get("/matrix").status_code == 200
        assert [record.message for record in caplog.records if "bundle" in record.message] == [
            "the web bundle was not built (make install does): pages stay without it"
        ]
    finally:
        bundle.cache_clear()
