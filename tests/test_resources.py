"""What travels with the code is found in a checkout and in an installed package alike."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from kg import resources
from kg.errors import GraphBroken

ROOT = Path(__file__).resolve().parents[1]


def test_the_checkout_s_folders_are_found() -> None:
    assert resources.resource("ontology/kg.ttl").is_file()
    assert resources.resource("data").is_dir()
    assert "owl:versionInfo" in resources.read("ontology/kg.ttl")


def test_an_installed_package_s_own_folders_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "kg.ttl").write_text("# é\n", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    assert resources.read("ontology/kg.ttl") == "# é\n"


@pytest.mark.parametrize("path", ["kg/errors.py", "../ontology/kg.ttl", "ontology/../pyproject.toml", "/etc", ""])
def test_only_the_two_rooms_are_resources(path: str) -> None:
    with pytest.raises(ValueError, match="does not lie in ontology or data"):
        resources.resource(path)


def test_what_is_missing_is_said_in_one_line() -> None:
    with pytest.raises(GraphBroken, match=r"lacks data/nothing\.ttl"):
        resources.resource("data/nothing.ttl")


def test_the_version_is_the_project_s(monkeypatch: pytest.MonkeyPatch) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    def not_installed(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(resources, "version", not_installed)
    assert resources.software_version() == project
