"""Decisions carried out in a graph: they win over what resolution finds, through every build, until they are undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import iris
from kg.decisions import Decision, decide, load
from kg.decisions.file import export_decisions, import_decisions
from kg.errors import UsageError
from kg.session import Session
from kg.store import Reader, open_reader
from kg.terms import KG, SKOS
from tests.test_session import BASE, KNOWN, article

TEXTS = {
    "a.txt": ("Marie Duval", "Marie Duval dit que la fuite est grave"),
    "b.txt": ("Marie Duval", "Marie Duval dit que la fuite est sans suite"),
    "c.txt": ("Jean Perrot", "Jean Perrot dit que la fuite vient de lui"),
}
MARIE, JEAN = (iris.unknown_actor(BASE, "Person", name) for name in ("Marie Duval", "Jean Perrot"))
DOCUMENTS = {path: iris.document(BASE, article(text, path, who).document.digest) for path, (who, text) in TEXTS.items()}


def build(root: Path, *, marking: str = "CLEAR", only: str = "") -> None:
    """Writes the documents as a build does, and as a rebuild does when they are there."""
    with Session(root, create=True) as session:
        for path, (speaker, text) in TEXTS.items():
            if not only or path == only:
                session.put(article(text, path, speaker, marking if path == "c.txt" else "CLEAR"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build(tmp_path / "graph")
    return tmp_path / "graph"


@pytest.fixture
def reader(root: Path) -> Iterator[Reader]:
    with open_reader(root, "RED") as opened:
        yield opened


def speakers(root: Path, marking: str = "RED") -> dict[str, set[str]]:
    """The speakers of each document, by path."""
    with open_reader(root, marking) as reader:
        found = reader.select(f"SELECT ?p ?s {{ ?c <{KG.speaker}> ?s ; <{KG.reportedIn}>/<{KG.path}> ?p }}")
    return {path: {str(row["s"]) for row in found if row["p"] == path} for path in TEXTS}


def names(root: Path, actor: str) -> set[str]:
    with open_reader(root, "RED") as reader:
        rows = reader.select(f"SELECT ?n {{ <{actor}> <{SKOS.prefLabel}>|<{SKOS.altLabel}> ?n }}")
    return {str(row["n"]) for row in rows}


def quads(root: Path) -> list[str]:
    """All but decisions and runs."""
    with open_reader(root, "RED") as reader:
        left_out = {iris.decisions_graph(BASE), iris.provenance_graph(BASE)}
        return sorted(
            f"{triple.decode()} {graph}"
            for graph in reader.graphs()
            if graph not in left_out
            for triple in reader.triples(graph)
        )


def take(root: Path, kind: str, *concerns: str, grade: str | None = None, documents: tuple[str, ...] = ()) -> str:
    done = decide(root, Decision.now(kind, concerns, "eva", f"{kind} for the test", grade, documents))
    return done.decision.iri(BASE)


ALONE = {"a.txt": {MARIE}, "b.txt": {MARIE}, "c.txt": {JEAN}}


def test_a_wrong_merge_is_undone_and_stays_undone_after_a_rebuild(root: Path) -> None:
    before = quads(root)
    merged = take(root, "merge", MARIE, JEAN)
    (left,) = {actor for found in speakers(root).values() for actor in found}
    assert left in (MARIE, JEAN)
    assert {"Marie Duval", "Jean Perrot"} <= names(root, left)
    after = quads(root)
    build(root)
    assert quads(root) == after
    take(root, "undo", merged)
    assert speakers(root) == ALONE
    assert quads(root) == before
    build(root)
    assert quads(root) == before


def test_a_merge_holds_for_documents_that_come_later(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    for path in ("a.txt", "c.txt"):
        build(root, only=path)
    take(root, "merge", MARIE, JEAN)
    build(root)
    assert len({actor for found in speakers(root).values() for actor in found}) == 1


def test_a_known_actor_lends_its_node_to_a_merge(root: Path) -> None:
    take(root, "merge", JEAN, KNOWN)
    assert speakers(root)["c.txt"] == {KNOWN}
    assert "Jean Perrot" in names(root, KNOWN)


def test_a_split_gives_a_document_an_actor_of_its_own(root: Path) -> None:
    before = quads(root)
    split = take(root, "split", MARIE, documents=(DOCUMENTS["b.txt"],))
    other = iris.split_actor(MARIE, [DOCUMENTS["b.txt"]])
    assert speakers(root) == ALONE | {"b.txt": {other}}
    assert "Marie Duval" in names(root, other)
    after = quads(root)
    build(root)
    assert quads(root) == after
    take(root, "undo", split)
    assert quads(root) == before


def test_what_was_found_to_be_two_is_merged_no_more(root: Path) -> None:
    take(root, "merge", MARIE, JEAN)
    take(root, "notSame", *sorted({MARIE, JEAN}))
    assert speakers(root) == ALONE


def test_a_retracted_document_is_kept_out_until_that_is_undone(root: Path) -> None:
    retracted = take(root, "retract", DOCUMENTS["c.txt"])
    assert speakers(root) == ALONE | {"c.txt": set()}
    with Session(root) as session:
        assert session.retracted == {DOCUMENTS["c.txt"]}
    take(root, "undo", retracted)
    with Session(root) as session:
        assert session.retracted == frozenset()
    build(root)
    assert speakers(root) == ALONE


def test_grades_stand_in_the_graph_while_they_hold(root: Path, reader: Reader) -> None:
    (claim,) = (str(r["c"]) for r in reader.select(f"SELECT ?c {{ ?c <{KG.speaker}> <{JEAN}> }}"))
    query = f"SELECT ?r ?c {{ <{JEAN}> <{KG.reliability}> ?r . <{claim}> <{KG.credibility}> ?c }}"

    def graded() -> list[tuple[object, object]]:
        with open_reader(root, "RED") as opened:
            return [(str(row["r"]), row["c"].python()) for row in opened.select(query)]  # type: ignore[union-attr]

    take(root, "reliability", JEAN, grade="C")
    first = take(root, "credibility", claim, grade="4")
    second = take(root, "credibility", claim, grade="2")
    assert graded() == [("C", 2)]
    build(root)
    take(root, "undo", second)
    assert graded() == [("C", 4)]
    take(root, "undo", first)
    assert graded() == []


def test_a_grade_follows_its_actor_into_a_merge(root: Path) -> None:
    take(root, "reliability", JEAN, grade="B")
    take(root, "reliability", MARIE, grade="B")
    take(root, "merge", MARIE, JEAN)
    with open_reader(root, "RED") as opened:
        rows = opened.select(f"SELECT ?a ?r {{ ?a <{KG.reliability}> ?r }}")
    assert [(str(row["a"]), str(row["r"])) for row in rows] == [(min(MARIE, JEAN), "B")]


def test_what_is_not_there_cannot_be_decided_about(root: Path) -> None:
    with pytest.raises(UsageError, match="is not in the graph"):
        take(root, "merge", MARIE, BASE + "actor/nobody")
    with pytest.raises(UsageError, match="no decision of this graph"):
        take(root, "undo", MARIE)
    done = take(root, "merge", MARIE, JEAN)
    take(root, "undo", done)
    with pytest.raises(UsageError, match="taken back already"):
        take(root, "undo", done)


def test_a_decision_is_as_secret_as_what_it_concerns(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    build(root, marking="AMBER")
    take(root, "merge", MARIE, JEAN)
    take(root, "annotate", MARIE)
    for marking, kinds in (("CLEAR", ["annotate"]), ("AMBER", ["annotate", "merge"])):
        with open_reader(root, marking) as opened:
            assert sorted(one.kind for one in load(opened.select, BASE).history) == kinds
    assert speakers(root, "CLEAR")["a.txt"] == {MARIE}


def test_a_file_from_elsewhere_lowers_no_marking(root: Path, tmp_path: Path) -> None:
    merged = take(root, "merge", MARIE, JEAN)
    take(root, "undo", merged)
    file, other = tmp_path / "decisions.jsonl", tmp_path / "other"
    with open_reader(root, "RED") as opened:
        file.write_text(export_decisions(opened.select, BASE), encoding="utf-8")
    assert file.read_text(encoding="utf-8").count('"marking": "CLEAR"') == 2
    build(other, marking="AMBER")
    assert import_decisions(other, file).new == 2
    with open_reader(other, "CLEAR") as opened:
        assert load(opened.select, BASE).history == ()
    with open_reader(other, "AMBER") as opened:
        assert len(load(opened.select, BASE).undone) == 1


def test_a_team_shares_its_decisions_by_a_file(root: Path, tmp_path: Path) -> None:
    merged = take(root, "merge", MARIE, JEAN)
    take(root, "retract", DOCUMENTS["b.txt"])
    back = take(root, "undo", merged)
    take(root, "split", MARIE, documents=(DOCUMENTS["a.txt"],))
    file, other = tmp_path / "decisions.jsonl", tmp_path / "other"
    with open_reader(root, "RED") as opened:
        file.write_text(export_decisions(opened.select, BASE), encoding="utf-8")
    build(other)
    done = import_decisions(other, file)
    assert (done.new, done.known) == (4, 0)
    assert quads(other) == quads(root)
    again = import_decisions(other, file)
    assert (again.new, again.known, again.generation) == (0, 4, done.generation)
    with open_reader(other, "RED") as opened:
        assert export_decisions(opened.select, BASE) == file.read_text(encoding="utf-8")
        assert merged in load(opened.select, BASE).undone and back
