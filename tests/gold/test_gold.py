"""Both parts of the gold are valid: offsets, ids, kinds, no duplicates, and it is what its sources say."""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import date
from itertools import chain, pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent
SOURCES = {"dev": HERE / "markup", "test": HERE / "markup" / "test"}
NAMES = sorted(f"{part}/{p.stem}" for part in SOURCES for p in (HERE / part).glob("*.json"))
KEYS = ["lang", "published", "ignore_spans", "actors", "events", "claims", "quantities", "relations"]
ACTORS = {"Person", "Organization", "Group", "GPE", "Place", "Document", "Other"}
EVENTS = {
    "CyberAttack", "Phishing", "DataLeak", "Publication", "Attack", "Arrest", "Election", "Poll", "Warning",
    "Statement", "Other",
}  # fmt: skip
STANCES = {"asserts", "denies", "accuses", "confirms", "warns", "recommends", "questions", "promises", "other"}
ROLES = {"agent", "target", "place", "instrument", "reporter"}
DAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Json = dict[str, Any]


def load(name: str) -> tuple[str, Json]:
    with (HERE / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    gold: Json = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return text, gold


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_build", HERE / "markup" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spans(value: Any) -> list[Json]:
    """Every object with offsets, at any depth."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= value.keys() else []
        return own + list(chain.from_iterable(spans(v) for v in value.values()))
    return list(chain.from_iterable(spans(v) for v in value)) if isinstance(value, list) else []


@pytest.mark.parametrize(("part", "french", "english"), [("dev", 11, 5), ("test", 6, 3)])
def test_the_part_is_complete(part: str, french: int, english: int) -> None:
    names = [n for n in NAMES if n.startswith(f"{part}/")]
    assert [load(n)[1]["lang"] for n in names].count("fr") >= french
    assert [load(n)[1]["lang"] for n in names].count("en") >= english
    assert {f"{part}/{p.stem}" for p in (HERE / part).glob("*.txt")} == set(names)
    assert {f"{part}/{p.stem}" for p in SOURCES[part].glob("*.gold")} == set(names)


@pytest.mark.parametrize("name", NAMES)
def test_files_are_what_the_source_says(name: str) -> None:
    part, _, stem = name.partition("/")
    built = builder().build((SOURCES[part] / f"{stem}.gold").read_text(encoding="utf-8"))
    assert built == load(name)


@pytest.mark.parametrize("name", NAMES)
def test_spans_are_slices_and_not_padded(name: str) -> None:
    text, gold = load(name)
    assert list(gold) == KEYS
    for span in spans(gold):
        assert text[span["start"] : span["end"]] == span["text"]
        assert span["text"] and span["text"] == span["text"].strip()
    for start, end in gold["ignore_spans"]:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("name", NAMES)
def test_length_and_dateline(name: str) -> None:
    text, gold = load(name)
    head, body = text.split("\n\n", 1)
    assert 240 <= len(body.split()) <= 480
    assert head.count("\n") == 1, "one headline, one dateline"
    day = date.fromisoformat(gold["published"])
    assert DAYS[gold["lang"]][day.weekday()] in head.lower()
    assert str(day.year) in head and str(day.day) in head
    assert re.search(r"exemple|échantillon|sample", head, re.I), "the text says that it is a sample"


@pytest.mark.parametrize("name", NAMES)
def test_actors(name: str) -> None:
    _, gold = load(name)
    names = [a["name"] for a in gold["actors"]]
    assert len(set(names)) == len(names)
    ids = [a["id"] for a in gold["actors"]]
    assert len(set(ids)) == len(ids)
    places = [(m["start"], m["end"]) for a in gold["actors"] for m in a["mentions"]]
    assert len(set(places)) == len(places), "one mention, one actor"
    speakers = {c["speaker"] for c in gold["claims"] if c.get("optional")}
    for actor in gold["actors"]:
        assert actor["type"] in ACTORS
        assert actor["mentions"] or (actor.get("optional") and actor["id"] in speakers), actor["name"]
        assert [m["start"] for m in actor["mentions"]] == sorted(m["start"] for m in actor["mentions"])


@pytest.mark.parametrize("name", NAMES)
def test_claims(name: str) -> None:
    text, gold = load(name)
    actors = {a["id"] for a in gold["actors"]}
    known = actors | {e["id"] for e in gold["events"]}
    seen = [(c["speaker"], c["stance"], tuple(s["start"] for s in c["content"])) for c in gold["claims"]]
    assert len(set(seen)) == len(seen)
    assert len({c["id"] for c in gold["claims"]}) == len(gold["claims"])
    for claim in gold["claims"]:
        assert {claim["speaker"], *claim.get("speaker_alt", [])} <= actors
        assert claim["speaker"] not in claim.get("speaker_alt", [])
        assert set(claim["about"]) <= known
        assert claim["attributed_to"] in actors | {None}
        assert claim["form"] in {"direct", "indirect", "mixed"}
        assert {claim["stance"], *claim.get("stance_alt", [])} <= STANCES
        assert claim["stance"] not in claim.get("stance_alt", [])
        assert claim["uttered"] is None or DATE.fullmatch(claim["uttered"])
        assert claim["cue"]["text"]
        assert all(a["end"] <= b["start"] for a, b in pairwise(claim["content"]))
        assert claim["content"][0]["start"] > text.index("\n\n"), "headlines only repeat the body"


@pytest.mark.parametrize("name", NAMES)
def test_events(name: str) -> None:
    _, gold = load(name)
    actors = {a["id"] for a in gold["actors"]}
    assert len({e["id"] for e in gold["events"]}) == len(gold["events"])
    triggers = [(s["start"], s["end"]) for e in gold["events"] for s in [e["trigger"], *e["mentions"]]]
    assert len(set(triggers)) == len(triggers), "one event, one place"
    for event in gold["events"]:
        assert {event["type"], *event.get("type_alt", [])} <= EVENTS
        assert event["label"]
        assert event["date"] is None or DATE.fullmatch(event["date"])
        for part in event["participants"]:
            assert part["role"] in ROLES and part["actor"] in actors


@pytest.mark.parametrize("name", NAMES)
def test_quantities_and_relations(name: str) -> None:
    _, gold = load(name)
    actors = {a["id"] for a in gold["actors"]}
    for quantity in gold["quantities"]:
        assert quantity["kind"] in {"size", "percent", "money", "count"}
        assert (quantity["unit"] is not None) == (quantity["kind"] in {"size", "money"})
        assert quantity["value"] is not None or quantity.get("optional")
        assert quantity["max"] is None or quantity["max"] > quantity["value"]
    for relation in gold["relations"]:
        assert {relation["subject"], relation["object"]} <= actors
        assert relation["predicate"] in {"leads", "memberOf", "affiliatedWith", "founded", "supports", "owns"}
