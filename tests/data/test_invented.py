"""The invented dispatches name nobody real, say what they are, and show what the demo's other articles cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.commands.serving import COLLECTION, LEAK
from kg.resources import resource
from kg.sources import Reading
from tests.data.test_articles import actors_in, known_names

DATA = Path(str(resource("data")))
TEXTS = sorted((DATA / "invented").iterdir())
LAST = {"fr": "Texte d'exemple – demo text (affaire inventée)", "en": "Sample text – demo text (invented affair)"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented dispatches beside the made-up leak."""
    folder = tmp_path_factory.mktemp("invented") / "graph"
    kg.build([DATA / "invented"], into=folder)
    kg.build([DATA / "leaks" / LEAK], into=folder, reading=Reading(collection=COLLECTION))
    return folder


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_says_what_it_is(path: Path) -> None:
    language = path.name.split("-")[3]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == LAST[language] and COLLECTION in path.read_text(encoding="utf-8")
    assert re.search(r"\binvent", lines[3])
    assert "claimgraph demo" not in lines[1]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_nobody_real_is_named(path: Path) -> None:
    assert not actors_in(path.read_text(encoding="utf-8"), known_names())


def test_metadata_contradict_some_of_it_and_agree_with_some(graph: Path) -> None:
    with kg.open(graph) as g:
        rows = g.query("SELECT ?measure ?verdict { ?check kg:measure ?measure ; kg:checkVerdict ?verdict }")
        assert isinstance(rows, kg.Found)
        found = {(str(row["measure"]), str(row["verdict"])) for row in rows}
    assert found >= {("messages", "agrees"), ("messages", "disagrees"), ("dates", "agrees"), ("dates", "disagrees")}


def test_outlets_carry_claims_after_each_other_and_some_contradict(graph: Path) -> None:
    with kg.open(graph) as g:
        rows = g.query(
            "SELECT DISTINCT ?kind ?first ?later { ?relation kg:relationKind ?kind ; "
            "kg:toClaim/kg:reportedIn/kg:publisher ?first ; kg:fromClaim/kg:reportedIn/kg:publisher ?later }"
        )
        assert isinstance(rows, kg.Found)
        found = {tuple(record.values()) for record in rows.records()}
    assert ("repeats", "Agence d'essai", "Le Courrier d'essai") in found
    assert any(kind == "contradicts" for kind, _, _ in found)
