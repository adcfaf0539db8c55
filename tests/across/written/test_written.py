"""The loader of texts written by hand refuses what is wrong in them; and the figures of dev do not fall."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.across.written import gold, scores

FLOORS = {
    "dev": {"actors": 0.93, "events": 0.80, "named events": 0.85, "copies": 1.0},
    "second": {"actors": 0.93, "events": 0.75, "named events": 0.80, "copies": 1.0},
    "third": {"actors": 0.86, "events": 0.68, "named events": 0.66, "copies": 1.0},
}
"""F1 on each set, somewhat below what was measured."""


@pytest.fixture(scope="module")
def dev() -> gold.Written:
    return gold.load(gold.DEV)


def test_the_set_is_what_it_should_be(dev: gold.Written) -> None:
    assert len(dev.texts) >= 30 and {text.language for text in dev.texts} == {"fr", "en"}
    assert len({text.gold.family for text in dev.texts}) < len(dev.texts), "copies"
    assert len({item.cluster for item in dev.events}) > 7, "near events"
    names: dict[str, set[str]] = {}
    for item in dev.actors:
        names.setdefault(item.key.partition(".txt ")[2], set()).add(item.cluster)
    assert any(len(bearers) > 1 for bearers in names.values()), "homonyms"
    assert len(dev.disputes) >= 7


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("lacombe-1.txt", "lacombe-1.json"):
        shutil.copy(gold.DEV / name, tmp_path)
    (tmp_path / "relations.json").write_text('{"disputes": [], "relations": []}', encoding="utf-8")
    return tmp_path


def test_a_folder_is_loaded(folder: Path) -> None:
    loaded = gold.load(folder)
    assert [text.name for text in loaded.texts] == ["lacombe-1.txt"]
    item = next(item for item in loaded.actors if item.cluster == "fromagerie")
    place = item.stretches[0]
    assert loaded.texts[0].text[place.start : place.end] == "Fromagerie Lacombe"


def test_an_offset_that_lies_elsewhere_is_refused(folder: Path) -> None:
    path = folder / "lacombe-1.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["actors"][0]["mentions"][0]["start"] += 1
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(ValueError, match="Fromagerie Lacombe"):
        gold.load(folder)


@pytest.mark.parametrize(
    ("between", "message"),
    [
        ({"disputes": [{"sides": [["lacombe:well"], ["lacombe:sick"]]}], "relations": []}, "lacombe:sick"),
        ({"disputes": [], "relations": [{"kind": "copies", "from": "a", "to": "b"}]}, "copies"),
    ],
)
def test_a_relation_of_nothing_is_refused(folder: Path, between: dict[str, object], message: str) -> None:
    (folder / "relations.json").write_text(json.dumps(between), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        gold.load(folder)


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no text"):
        gold.load(tmp_path)


@pytest.mark.parametrize("folder_of_texts", gold.SETS, ids=lambda folder: folder.name)
def test_figures(folder_of_texts: Path) -> None:
    told = scores.tell(gold.load(folder_of_texts))
    found, floors = scores.scores(told), FLOORS[folder_of_texts.name]
    low = {name: str(score) for name, score in found.items() if score.f1 < floors.get(name, 0.0)}
    assert not low
    wrong = scores.contradictions(told)[1]
    assert found["contradictions"].precision >= 0.7, wrong
    missed = Counter(key.startswith("missed ") for key in scores.actors(told)[1].values())
    assert missed[False] > 8 * missed[True]


@pytest.mark.parametrize("folder_of_texts", gold.SETS, ids=lambda folder: folder.name)
def test_every_text_of_every_set_says_that_it_is_a_sample(folder_of_texts: Path) -> None:
    for text in gold.load(folder_of_texts).texts:
        assert "exemple" in text.text.splitlines()[-1] or "Sample" in text.text.splitlines()[-1], text.name
