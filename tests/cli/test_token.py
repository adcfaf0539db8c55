"""``kg token``: a token is printed once, alone, and its hash is all that stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run


def test_create_list_revoke(run: Run, graph: Path, tmp_path: Path) -> None:
    shutil.copytree(graph, tmp_path / "graph", symlinks=True)
    at = ("--graph", tmp_path / "graph")
    made = run("token", "create", "--scope", "write", "--marking", "AMBER", "--name", "desk", *at)
    secret = made.out.strip()
    assert (made.code, made.out) == (0, f"{secret}\n")
    kept = (tmp_path / "graph" / "tokens.json").read_text(encoding="utf-8")
    assert secret not in kept
    assert [(one["name"], one["scope"], one["marking"]) for one in json.loads(kept)] == [("desk", "write", "AMBER")]
    assert "desk  write  AMBER" in run("token", "list", *at).out
    assert run("token", "create", "--scope", "write", "--name", "desk", *at).code == 2
    assert run("token", "create", "--scope", "everything", *at).code == 2
    assert run("token", "revoke", "desk", *at).code == 0
    assert run("token", "revoke", "desk", *at).code == 2


def test_without_a_graph_no_token_is_made(run: Run, tmp_path: Path) -> None:
    done = run("token", "create", "--scope", "read", "--graph", tmp_path / "graph")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []
