"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import api
import kg

MODULES = sorted(
    found.name
    for package in (kg, api)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not found.name.endswith("__main__")
)
ESSAI = "Claire Montaigu a déclaré que « la plainte est déposée ».\n"
BOREAL = (
    "Une fuite chez Boréal\nLYON, 12 mars 2021 (vendredi) – Agence d'essai\n\n"
    "« Nous avons déposé plainte », a déclaré Claire Montaigu.\n"
)


def run(name: str, **names: object) -> int:
    """Runs the examples of one module; the number of them, after failing with what was wrong."""
    module = importlib.import_module(name)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for test in doctest.DocTestFinder().find(module, name, globs={**vars(module), **names}):
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)
    return runner.tries


@pytest.mark.parametrize("name", [name for name in MODULES if name != "kg.graph"])
def test_the_examples_of(name: str) -> None:
    run(name)


def test_the_examples_of_the_front_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("essai.txt").write_text(ESSAI, encoding="utf-8")
    assert run("kg") >= 3
    Path("essai.txt").write_text(BOREAL, encoding="utf-8")
    kg.build(["essai.txt"], into="other")
    with kg.open("other") as opened:
        assert run("kg.graph", g=opened) >= 6
