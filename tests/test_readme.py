"""The README says what is true: its tables equal their sources, its questions have answers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import kg
from kg import shapes
from kg.cli import COMMANDS, decisions, token
from tests.browser.screenshots import PICTURES
from tests.cli.conftest import Run, run

__all__ = ["run"]  # a fixture

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, place: int = 0) -> str:
    """A code block of *language*, the first one unless told."""
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return found[place]


def rows(header: str) -> list[str]:
    """The lines of the table whose first line is *header*."""
    table = README.split(f"{header}\n", 1)[1].split("\n\n", 1)[0]
    return table.splitlines()[1:]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of two of the sample articles."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("2017-05-06-fr-macronleaks.txt", "2017-05-06-en-macronleaks.txt"):
        shutil.copy(ROOT / "data" / "articles" / name, folder)
    kg.build([folder], into=folder / "graph")
    return folder / "graph"


def test_the_vocabulary_is_the_ontology() -> None:
    assert rows("| class | is a | what it is |") == [
        f"| `{name}` | {', '.join(f'`{above}`' for above in known.superclasses)} | {known.definition['en']} |"
        for name, known in shapes.classes().items()
    ]
    assert rows("| stance | what the speaker does |") == [
        f"| `{name}` | {stance.definition['en']} |" for name, stance in shapes.stances().items()
    ]


def test_every_command_is_in_the_table() -> None:
    said = {command.__name__: (command.__doc__ or "").splitlines()[0] for command in COMMANDS}
    said |= {"token": str(token.info.help), "decisions": str(decisions.info.help)}
    assert sorted(rows("| command | what it does |")) == sorted(
        f"| `kg {name}` | {words} |" for name, words in said.items()
    )


def test_the_first_question_in_graphql_answers_with_wikileaks_claims_and_their_sentences(run: Run, graph: Path) -> None:
    done = run("gql", block("graphql"), "--graph", graph)
    assert done.code == 0
    nodes = [edge["node"] for edge in json.loads(done.out)["data"]["claims"]["edges"]]
    assert "denies" in {node["stance"] for node in nodes}
    evidence = [span for node in nodes for span in node["evidence"]]
    assert evidence
    assert all(span["exact"] in span["paragraph"] for span in evidence)


def test_the_first_question_in_sparql_gives_the_same_claims(run: Run, graph: Path) -> None:
    found = json.loads(run("query", block("sparql"), "--graph", graph, "--format", "json").out)["results"]["bindings"]
    graphql = json.loads(run("gql", block("graphql"), "--graph", graph).out)["data"]["claims"]["edges"]
    evidence = {span["exact"] for edge in graphql for span in edge["node"]["evidence"]}
    assert {row["text"]["value"] for row in found} == evidence


def test_the_question_in_python_runs(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(graph.parent)
    exec(compile(block("python").replace('"data/articles"', '"2017-05-06-en-macronleaks.txt"'), "README", "exec"), {})
    assert "source of the leak" in capsys.readouterr().out


def test_the_notebook_gives_a_table(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas is missing: pip install 'claimgraph[notebook]'")
    monkeypatch.chdir(graph.parent)
    names: dict[str, Any] = {"kg": kg}
    exec(compile(block("python", 1), "README", "exec"), names)
    assert "WikiLeaks" in set(names["table"]["speaker"]) and set(names["table"]["stance"]) == {"denies"}


def test_mounted_it_answers_and_every_page_the_readme_names_is_there(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(graph.parent)
    names: dict[str, Any] = {}
    exec(compile(block("python", 2), "README", "exec"), names)
    paths = {path for path in re.findall(r"`(/[^` ]*)`", README) if path not in ("/kg", "/review", "/sparql")}
    assert len(paths) > 8
    with TestClient(names["site"], headers={"accept": "text/html"}) as client:
        answers = {path: client.get("/kg" + path).status_code for path in paths}
    assert set(answers.values()) == {200}, answers


def test_the_pictures_are_there_and_no_other() -> None:
    named = set(re.findall(r"\(docs/img/([\w-]+\.png)\)", README))
    assert named == {picture.name for picture in (ROOT / "docs" / "img").iterdir()}
    assert named == {f"{name}.png" for name in PICTURES}


def test_the_pages_of_docs_are_all_named() -> None:
    assert {page.name for page in (ROOT / "docs").glob("*.md")} <= set(re.findall(r"\b[a-z]+\.md\b", README))


def test_the_make_targets_it_names_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    contributing = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake ([a-z-]+)", README + contributing)) <= targets
