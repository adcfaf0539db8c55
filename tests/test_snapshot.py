"""Snapshots: the same bytes for the same graph, and nothing lost on the way out and in."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from kg import iris
from kg.errors import UnreadableInput, UsageError
from kg.snapshot import FORMATS, WRITERS, Source, content_hash, diff, dump, load, restore, save
from kg.store import open_reader, open_writer
from tests.bench.generate import BASE, Made, World, remarked

CLOCK = f'<x:run> <x:at> "2020-01-01" <{iris.provenance_graph(BASE)}> .\n'.encode()


@pytest.fixture(scope="module")
def made() -> list[Made]:
    world = World(4)
    one, two, three = (world.document(number) for number in range(3))
    return [one, two, remarked(three, "AMBER")]


@pytest.fixture(scope="module")
def root(made: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("snapshot") / "graph", made)


def write(root: Path, made: list[Made]) -> Path:
    with open_writer(root, create=True) as writer:
        for one in made:
            marking = one.extraction.document.marking
            writer.put(one.quads, [one.iri], marking)
            writer.add(one.actors, marking)
        writer.add(CLOCK)
    return root


def lines(source: Source, **options: bool) -> set[str]:
    return set(dump(source, ".nq", **options).decode().splitlines())


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_same_graph_gives_the_same_bytes_in_another_process_and_order(
    root: Path, made: list[Made], tmp_path: Path, suffix: str
) -> None:
    other = write(tmp_path / "graph", made[::-1])
    save(open_reader(root), tmp_path / f"one{suffix}")
    script = "import sys; from kg import snapshot, store; snapshot.save(store.open_reader(sys.argv[1]), sys.argv[2])"
    subprocess.run([sys.executable, "-c", script, str(other), str(tmp_path / f"two{suffix}")], check=True)
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("suffix", sorted(set(FORMATS) - {".ttl"}))
def test_what_goes_out_comes_in_again(root: Path, tmp_path: Path, suffix: str) -> None:
    reader = open_reader(root)
    save(reader, tmp_path / f"all{suffix}", with_provenance=True)
    snapshot = load(tmp_path / f"all{suffix}")
    assert not diff(reader, snapshot, with_provenance=True)
    assert content_hash(snapshot) == content_hash(reader)


def test_turtle_and_csv_hold_every_triple(root: Path, tmp_path: Path) -> None:
    reader = open_reader(root)
    save(reader, tmp_path / "all.ttl")
    triples = {line.rsplit(" <", 1)[0] for line in lines(reader)}
    again = load(tmp_path / "all.ttl", graph="x:g")
    assert {line.rsplit(" <", 1)[0] for line in lines(again)} == triples
    rows = list(csv.reader(io.StringIO(dump(reader, ".csv").decode(), newline="")))
    assert rows[0] == ["graph", "subject", "predicate", "object", "datatype", "language"]
    assert len(rows) == 1 + len(lines(reader))
    text = reader.select("SELECT ?o { ?s kg:content ?o } LIMIT 1".replace("kg:content", f"<{BASE}ns#content>"))[0]["o"]
    assert any(row[3] == text for row in rows), "line ends inside a value survive"


def test_turtle_has_our_prefixes_and_no_others(root: Path) -> None:
    head = [line for line in dump(open_reader(root), ".ttl").decode().splitlines() if line.startswith("@prefix")]
    assert head == sorted(head) and len(head) == 11
    assert head[0] == f"@prefix kg: <{BASE}ns#> ."


def test_clock_times_stay_inside_unless_asked_for(root: Path) -> None:
    reader = open_reader(root)
    assert lines(reader, with_provenance=True) - lines(reader) == {CLOCK.decode().strip()}
    assert content_hash(reader) == hashlib.sha256(dump(reader, ".nq")).hexdigest()
    assert content_hash(reader) != content_hash(reader, with_provenance=True)


def test_a_restored_graph_has_the_same_walls(root: Path, tmp_path: Path) -> None:
    save(open_reader(root, "RED"), tmp_path / "all.nq", with_provenance=True)
    with open_writer(tmp_path / "graph", create=True) as writer:
        restore(load(tmp_path / "all.nq"), writer)
    with open_reader(root, "RED") as old, open_reader(tmp_path / "graph", "RED") as new:
        assert not diff(old, new, with_provenance=True)
    with open_reader(root, "CLEAR") as old, open_reader(tmp_path / "graph", "CLEAR") as new:
        assert not diff(old, new).added, "nothing secret came down"
        assert old.index.count("claim") == new.index.count("claim") == 20


def test_diff_tells_what_came_and_what_went(root: Path, made: list[Made], tmp_path: Path) -> None:
    other = write(tmp_path / "graph", [made[0], World(8).document(9)])
    old, new = open_reader(root), open_reader(other)
    found = diff(old, new)
    assert set(found.added) == lines(new) - lines(old)
    assert set(found.removed) == lines(old) - lines(new)
    assert not diff(old, old)


def test_wrong_files_and_formats_are_said(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot write '\.doc': one of \.csv"):
        save(open_reader(root), tmp_path / "x.doc")
    with pytest.raises(UsageError, match="cannot read"):
        load(tmp_path / "x.csv")
    with pytest.raises(UsageError):
        load(tmp_path / "absent.nq")
    (tmp_path / "bad.nq").write_text("<x:s> <x:p>")
    with pytest.raises(UnreadableInput):
        load(tmp_path / "bad.nq")
