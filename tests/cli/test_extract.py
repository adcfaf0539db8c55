"""``kg extract``: stand-off JSON whose offsets hold in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.model import ACTOR_KINDS, EVENT_KINDS
from kg.shapes import guideline_name
from tests.cli.conftest import Run


def spans(value: Any) -> list[dict[str, Any]]:
    """Every object with start, end and text in *value*, however deep."""
    if isinstance(value, list):
        return [span for one in value for span in spans(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() else []
    return own + [span for one in value.values() for span in spans(one)]


def test_each_file_gets_its_annotations(run: Run, articles: Path, tmp_path: Path) -> None:
    done = run("extract", articles, "--out", tmp_path / "out")
    assert (done.code, done.out) == (0, "")
    for name in ("fr", "en"):
        found = json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))
        text = (articles / f"{name}.txt").read_bytes().decode("utf-8")
        assert (found["lang"], "text" in found) == (name, False)
        located = spans(found)
        assert len(located) > 5
        assert all(text[span["start"] : span["end"]] == span["text"] for span in located)
        assert {actor["type"] for actor in found["actors"]} <= {guideline_name(kind) for kind in ACTOR_KINDS}
        assert {event["type"] for event in found["events"]} <= {guideline_name(kind) for kind in EVENT_KINDS}
        ids = {actor["id"] for actor in found["actors"]} | {None}
        assert {claim["speaker"] for claim in found["claims"]} <= ids
        assert {"cue", "content", "form", "stance", "about", "uttered", "attributed_to"} <= found["claims"][0].keys()
    assert found["published"] == "2021-03-13"
    assert {time["type"] for time in found["times"] if time["text"] == "Saturday"} == {"DATE"}


def test_who_spoke_is_found_in_articles_that_no_rule_was_written_for(run: Run, articles: Path, tmp_path: Path) -> None:
    run("extract", articles, "--out", tmp_path)
    said = set()
    for name in ("fr", "en"):
        found = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        names = {actor["id"]: actor["name"] for actor in found["actors"]}
        said |= {(names.get(claim["speaker"]), claim["content"][0]["text"]) for claim in found["claims"]}
    assert ("Claire Montaigu", "Nous avons déposé plainte dès jeudi") in said
    assert ("Claire Montaigu", "We will pay nothing") in {(who, what.rstrip(",")) for who, what in said}
    assert any(who and "Phare" in who and "40 %" in what for who, what in said)


def test_the_day_of_publication_can_be_given(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "dates.csv").write_text("name,date\nfr.txt,2019-05-06\n")
    done = run(
        "extract", articles, "--out", tmp_path, "--published", "2020-01-02", "--published-from", tmp_path / "dates.csv"
    )
    assert done.code == 0
    dates = {name: json.loads((tmp_path / f"{name}.json").read_text())["published"] for name in ("fr", "en")}
    assert dates == {"fr": "2019-05-06", "en": "2020-01-02"}


def test_two_equal_stems_are_a_usage_error(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("Un autre texte.")
    done = run("extract", articles / "fr.txt", tmp_path / "fr.txt", "--out", tmp_path / "out")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_a_skipped_input_is_counted(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("extract", articles / "en.txt", tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert done.code == 3
    assert "empty.txt: the file is empty [EMPTY]" in done.err
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["en.json"]
