"""The wheel works by itself: outside the clone, with the ontology and the data inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """The command's output; fails with all it said."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KG_GRAPH")}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without a network."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    (built,) = out.glob("claimgraph-*.whl")
    return built


def test_the_wheel_holds_the_ontology_the_data_and_the_licence(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"kg/{file.relative_to(ROOT)}" for room in ("ontology", "data") for file in (ROOT / room).rglob("*")
              if file.is_file() and "__pycache__" not in file.parts}  # fmt: skip
    assert wanted, "no ontology or data in the checkout?"
    assert wanted <= held, f"not in the wheel: {sorted(wanted - held)}"
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert not [name for name in held if name.split("/")[0] not in ("kg", "api") and ".dist-info" not in name]


def test_the_demo_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps",
        "--disable-pip-version-check", wheel, cwd=tmp_path)  # fmt: skip
    # The dependencies are those of this environment.  A path file lends them, without the checkout: path files
    # found in a folder that a path file adds are not read, so the editable install stays out.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    where = run(python, "-c", "import api, kg; print(kg.__file__, api.__file__)", cwd=tmp_path).split()
    assert all(Path(file).is_relative_to(home) for file in where), where
    summary = run(home / "bin" / "kg", "demo", "--no-serve", cwd=tmp_path)
    articles = sum(1 for file in (ROOT / "data" / "articles").iterdir() if file.suffix in (".txt", ".html"))
    told = int(summary.split(" ", 1)[0].replace(",", ""))
    assert told > articles, "the articles, and the mails of the sample leak"
    assert "\nfor example, " in summary
    assert (tmp_path / "graph" / "manifest.json").is_file()
