"""Set-up: what the Makefile does on a machine that lacks something, and what the lock holds."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("missing", "words"),
    [("ensurepip", "python3-venv is missing"), ("version_info", "needs Python 3.11 or newer")],
)
def test_what_the_machine_lacks_is_said_in_one_line(missing: str, words: str, tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$*" in *{missing}*) exit 1;; esac\nexit 0\n')
    python.chmod(0o755)
    done = subprocess.run(["make", "install", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0
    assert len(said) == 1 and words in said[0]
    assert not (tmp_path / ".venv").exists()


def test_every_locked_package_is_pinned_and_hashed_and_no_host_is_named() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9#]|\Z)", text, re.DOTALL | re.MULTILINE)
    assert len(entries) > 100
    assert all(re.match(r"[\w.\[\],-]+==[^ ]+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text and "--index" not in text


def test_what_the_project_asks_for_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", one)[0].lower().replace("_", "-") for one in asked}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    assert names <= locked, f"run make lock: {sorted(names - locked)}"
