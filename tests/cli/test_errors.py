"""What goes wrong is told in one line with the right exit code, and leaves nothing behind."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from kg.commands.tables import printable
from tests.cli.conftest import Run

WRONG = {
    "a base that is no IRI": (2, ("build", "{articles}", "--into", "{new}", "--base", "nonsense")),
    "a folder without files": (2, ("build", "{empty}", "--into", "{new}")),
    "only folders without files": (2, ("extract", "{empty}", "--out", "{new}")),
    "a graph where a file stands": (1, ("build", "{articles}", "--into", "{file}")),
    "output where a file stands": (1, ("extract", "{articles}", "--out", "{file}")),
    "a day that is none": (2, ("build", "{articles}", "--into", "{new}", "--published", "2017-13-45")),
    "a language without a pack": (2, ("build", "{articles}", "--into", "{new}", "--language", "de")),
    "nothing to read": (2, ("build", "--into", "{new}")),
    "a file that is not there": (2, ("build", "{new}.txt", "--into", "{new}")),
    "no graph": (1, ("query", "ASK {{}}", "--graph", "{new}")),
    "an unknown format": (2, ("query", "ASK {{}}", "--graph", "{graph}", "--format", "foo")),
    "an unknown suffix": (2, ("export", "{new}.foo", "--graph", "{graph}")),
    "a folder that is not there": (2, ("export", "{new}/out.ttl", "--graph", "{graph}")),
    "SPARQL that is none": (1, ("query", "SELEC *", "--graph", "{graph}")),
    "an update": (1, ("query", "CLEAR ALL", "--graph", "{graph}")),
    "a query that is not UTF-8": (2, ("query", "ASK {{}} # \udcff", "--graph", "{graph}")),
    "an unknown command": (2, ("nonsense",)),
    "an unknown option": (2, ("stats", "--nonsense")),
}


@pytest.mark.parametrize(("code", "words"), WRONG.values(), ids=WRONG)
def test_one_line_the_right_code_and_nothing_left(
    run: Run, code: int, words: tuple[str, ...], graph: Path, articles: Path, tmp_path: Path
) -> None:
    places = {"articles": articles, "graph": graph, "new": tmp_path / "new"}
    places |= {"empty": tmp_path / "empty", "file": tmp_path / "file"}
    places["empty"].mkdir()
    places["file"].write_text("mine")
    done = run(*(word.format(**places) for word in words))
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1
    assert sorted(os.listdir(tmp_path)) == ["empty", "file"]
    assert places["file"].read_text() == "mine"


def test_graphql_that_is_wrong_says_so_on_both_streams(run: Run, graph: Path) -> None:
    done = run("gql", "{ claims { nonsense } }", "--graph", graph)
    assert done.code == 1
    assert '"errors"' in done.out
    assert done.err == "kg: Cannot query field 'nonsense' on type 'ClaimConnection'.\n"


def test_kg_alone_shows_its_commands(run: Run) -> None:
    done = run()
    assert done.code == 2
    assert "Usage: kg" in done.err


def test_a_name_cannot_break_a_line_or_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "two\nlines\x1b[31m.txt").touch()
    done = run("build", tmp_path, "--into", tmp_path / "graph")
    assert done.code == 3
    assert "two\\nlines\\x1b[31m.txt: the file is empty [EMPTY]" in done.err.splitlines()[0]
    assert "quarantined 1;" in done.err, "the graph beside it is not read"
    assert printable("«\u00a0L'État\u202f»") == "«\u00a0L'État\u202f»"


def test_data_is_utf8_in_every_locale(run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="latin-1"))
        assert run("search", "Boréal", "--kind", "actor", "--graph", graph).code == 0
        sys.stdout.flush()
    assert "Boréal" in written.getvalue().decode("utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_quarantined(run: Run, tmp_path: Path) -> None:
    (tmp_path / "closed.txt").touch(mode=0)
    done = run("build", tmp_path, "--into", tmp_path / "graph")
    assert done.code == 3
    assert "closed.txt: Permission denied [UNREADABLE]" in done.err
