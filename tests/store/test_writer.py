"""Writing: graphs are replaced whole, texts are shared, and what is not committed never was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg import iris
from kg.errors import GraphBroken, GraphBusy, GraphNewer, GraphNotFound, QueryError, UsageError
from kg.store import SCHEMA, Writer, open_reader, open_writer
from kg.store.generations import numbers
from kg.terms import KG, RDF, SKOS
from tests.bench.generate import BASE, Made, World

RESOLUTION = BASE + "graph/resolution"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "graph"


def fill(root: Path, *documents: Made, level: str = "CLEAR") -> None:
    with open_writer(root, create=True) as writer:
        for one in documents:
            put(writer, one, level)


def put(writer: Writer, one: Made, level: str = "CLEAR") -> None:
    writer.put(one.quads, [one.iri], level)
    writer.add(one.actors, level)


def everything(root: Path, level: str = "RED") -> bytes:
    with open_reader(root, level) as reader:
        return b"".join(f"<{graph}>".encode() + b"".join(triples) for graph, triples in reader.graph_iter())


def test_what_is_put_is_read_quad_by_quad(root: Path) -> None:
    one = World().document(1)
    fill(root, one)
    with open_reader(root) as reader:
        written = sorted(set((one.quads + one.actors).splitlines()))
        read = [line[:-1] + f"<{graph}> .".encode() for graph, lines in reader.graph_iter() for line in lines]
        assert sorted(read) == written
        assert len(reader) == len(written)


def test_writing_the_same_again_makes_no_generation(root: Path) -> None:
    documents = [World().document(number) for number in range(3)]
    fill(root, *documents)
    before = everything(root)
    fill(root, *documents)
    assert numbers(root) == [1]
    assert everything(root) == before


def test_a_spelling_the_store_would_not_use_is_no_change(root: Path) -> None:
    graph = BASE + "document/a"
    with open_writer(root, create=True) as writer:
        writer.put(f'<x:s> <x:p> "\\u00e9"@FR <{graph}> .\n'.encode(), [graph])
    with open_writer(root) as writer:
        writer.put(f'<x:s> <x:p>   "é"@fr  <{graph}> . # spelt otherwise\n'.encode(), [graph])
    assert numbers(root) == [1]


def test_a_replaced_graph_keeps_nothing_of_the_old(root: Path) -> None:
    old, new = World(1).document(1), World(2).document(1)
    moved = new.quads.replace(new.iri.encode(), old.iri.encode())
    fill(root, old)
    with open_writer(root) as writer:
        writer.put(moved, [old.iri])
    with open_reader(root) as reader:
        assert len(reader) == len(set(moved.splitlines())) + len(old.actors.splitlines())
        assert reader.index.count("claim") == 10
        assert reader.index.count("passage", text=str(old.extraction.claims[0].text.split()[0])) == 0


def test_a_removed_document_leaves_no_quad_row_or_text(root: Path) -> None:
    kept, gone = World(1).document(1), World(1).document(2)
    fill(root, kept)
    before, rows = everything(root), open_reader(root).index.rows
    with open_writer(root) as writer:
        writer.put(gone.quads, [gone.iri])
    with open_writer(root) as writer:
        writer.remove([gone.iri])
    assert everything(root) == before
    with open_reader(root) as reader:
        assert reader.index.rows == rows
        assert not reader.has_graph(gone.iri)


def test_a_text_that_two_documents_share_goes_with_the_last(root: Path) -> None:
    one = World().document(1)
    other = one.iri[:-1] + "x"
    copy = one.quads.replace(one.iri.encode(), other.encode())
    text = iris.text(BASE, one.extraction.document.text)
    fill(root, one)
    with open_writer(root) as writer:
        writer.put(copy, [other])
    with open_writer(root) as writer:
        writer.remove([one.iri])
        assert writer.triples(text), "the other document still has it"
    with open_writer(root) as writer:
        writer.remove([other])
        assert writer.level_of(text) is None


def test_an_exception_undoes_everything(root: Path) -> None:
    first, second = World(1).document(1), World(1).document(2)
    fill(root, first)
    before = everything(root)
    with pytest.raises(ZeroDivisionError), open_writer(root) as writer:
        writer.put(second.quads, [second.iri])
        writer.remove([first.iri])
        writer.select("SELECT ?s { ?s ?p ?o } LIMIT 1")  # makes the queue reach the store
        raise ZeroDivisionError
    assert everything(root) == before
    with open_writer(root) as writer:
        assert writer.level_of(first.iri) == "CLEAR"
        assert writer.level_of(second.iri) is None
        assert writer.commit() == 1


def test_rename_changes_nodes_but_not_words(root: Path) -> None:
    graph, old, new = BASE + "document/a", BASE + "actor/old", BASE + "actor/new"
    quads = f'<{old}> <x:p> "<{old}>" <{graph}> .\n<x:s> <x:p> <{old}> <{graph}> .\n'
    with open_writer(root, create=True) as writer:
        writer.put(quads.encode(), [graph])
    with open_writer(root) as writer:
        writer.rename(old, new, [graph])
        assert writer.triples(graph) == [
            f'<{new}> <x:p> "<{old}>" .'.encode(),
            f"<x:s> <x:p> <{new}> .".encode(),
        ]
        with pytest.raises(QueryError):
            writer.rename(old, "not an IRI", [graph])


def test_quads_of_a_graph_that_was_not_named_are_refused(root: Path) -> None:
    with open_writer(root, create=True) as writer, pytest.raises(UsageError, match="not named: x:g"):
        writer.put(b"<x:s> <x:p> <x:o> <x:g> .\n", [BASE + "document/a"])


def test_an_update_reaches_the_index(root: Path) -> None:
    fill(root, one := World().document(1))
    claim = open_reader(root).index.find("claim", first=1).iris[0]
    with open_writer(root) as writer:
        writer.update(f"WITH <{one.iri}> DELETE {{ <{claim}> ?p ?o }} WHERE {{ <{claim}> ?p ?o }}")
    with open_reader(root) as reader:
        assert reader.index.count("claim") == 9
    with open_writer(root) as writer:
        writer.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s a ?t ; ?p ?o } }")
    with open_reader(root) as reader:
        assert reader.index.rows == 0


def test_a_wrong_update_changes_nothing(root: Path) -> None:
    fill(root, World().document(1))
    with open_writer(root) as writer, pytest.raises(QueryError, match="SPARQL"):
        writer.update("INSERT DATUM { <x:s> <x:p> <x:o> }")
    with open_reader(root) as reader:
        assert reader.index.count("claim") == 10


def test_the_default_graph_is_a_graph_like_others(root: Path) -> None:
    with open_writer(root, create=True) as writer:
        writer.put(b'<x:s> <x:p> "1" .\n', [""])
    with open_writer(root) as writer:
        writer.put(b'<x:s> <x:p> "2" .\n', [""])
    with open_reader(root) as reader:
        assert reader.triples("") == [b'<x:s> <x:p> "2" .']
        assert [row["o"] for row in reader.select("SELECT ?o { <x:s> <x:p> ?o }")] == ["2"]
    with open_writer(root) as writer:
        writer.remove([""])
    assert everything(root) == b""


def test_an_empty_graph_stands(root: Path) -> None:
    with open_writer(root, create=True) as writer:
        writer.put(b"", ["x:g"])
    with open_reader(root) as reader:
        assert reader.graphs() == ["x:g"]


def test_only_one_writes_and_the_other_is_told_whom_it_waits_for(root: Path) -> None:
    said: list[str] = []
    with open_writer(root, create=True), pytest.raises(GraphBusy, match="is writing"):
        open_writer(root, timeout=0.12, waiting=said.append)
    assert len(said) == 1 and "waiting for process" in said[0]
    open_writer(root, timeout=0).close()


def test_opening_what_is_no_graph_or_a_newer_one(root: Path, tmp_path: Path) -> None:
    for opener in (open_reader, open_writer):
        with pytest.raises(GraphNotFound):
            opener(tmp_path / "nowhere")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="holds other files"):
        open_writer(tmp_path / "other", create=True)
    with open_writer(root, create=True, schema="0.10.0"):
        pass
    for opener in (open_reader, open_writer):
        with pytest.raises(GraphNewer, match=f"schema 0.10.0, this claimgraph knows {SCHEMA}"):
            opener(root)
    (root / "manifest.json").write_text("{")
    with pytest.raises(GraphBroken, match="cannot be read"):
        open_reader(root)


def test_the_base_is_fixed(root: Path) -> None:
    with open_writer(root, create=True, base="https://press.example/kg/"):
        pass
    with pytest.raises(UsageError, match="its base is https://press.example/kg/"):
        open_writer(root, create=True, base=BASE)
    assert open_reader(root).base == "https://press.example/kg/"


def test_the_schema_version_is_the_ontologys() -> None:
    from kg.shapes import schema_version

    assert schema_version() == SCHEMA


def test_a_shared_graph_changes_by_its_differences_and_so_does_the_index(root: Path) -> None:
    def said(*names: str) -> bytes:
        lines = (
            f"<{BASE}actor/{name}> <{RDF.type}> <{KG.Actor}> <{RESOLUTION}> .\n"
            f'<{BASE}actor/{name}> <{SKOS.prefLabel}> "{name}" <{RESOLUTION}> .\n'
            for name in names
        )
        return "".join(lines).encode()

    with open_writer(root, create=True) as writer:
        writer.put(said("anna", "bert"), [RESOLUTION], exact=True)
    with open_writer(root) as writer:
        writer.put(said("bert", "cora"), [RESOLUTION], exact=True)
    with open_reader(root) as reader:
        assert [hit.body for hit in reader.index.find("actor", order="name", descending=False, first=9).hits] == [
            "bert",
            "cora",
        ]
        assert len(reader) == 4


@pytest.mark.parametrize("umask", [0o022, 0o027])
def test_every_file_follows_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        one = World(1).document(0)
        with open_writer(tmp_path / "graph", create=True) as writer:
            writer.put(one.quads, [one.iri])
    finally:
        os.umask(before)
    files = [file for file in (tmp_path / "graph").rglob("*") if file.is_file()]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o666 & ~umask}
