"""The leak in the demo's data is the generator's, byte for byte, and small enough to travel with the code."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from kg.resources import resource
from tests.leak.generate import SMALL, figures, generate

LEAKS = Path(str(resource("data/leaks")))


def test_it_is_what_the_generator_writes(tmp_path: Path) -> None:
    generate(tmp_path, SMALL, zipped=False)
    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert {file.relative_to(LEAKS) for file in LEAKS.rglob("*") if file.is_file()} == set(made)
    assert all((LEAKS / name).read_bytes() == data for name, data in made.items())
    assert sum(map(len, made.values())) <= 300_000
    assert json.loads((LEAKS / "figures.json").read_text(encoding="ascii")) == asdict(figures(SMALL))


def test_nobody_is_in_it() -> None:
    """Every address ends in .example (RFC 2606), so none can be anybody's."""
    from kg.sources.pseudonyms import ADDRESS

    text = (LEAKS / "campaign.mbox").read_text(encoding="utf-8", errors="replace")
    found = {address.rstrip(".") for address in ADDRESS.findall(text)}
    assert len(found) > 100
    assert not [address for address in found if not address.endswith(".example")]
