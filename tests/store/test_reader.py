"""Reading while somebody writes: every answer is of one generation, and old generations go when nobody reads them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kg.errors import GraphBroken, QueryError
from kg.index import Filters
from kg.store import IRI, Literal, ReaderPool, open_reader, open_writer
from kg.store.generations import current_name, numbers
from kg.terms import KG, RDF
from tests.bench.generate import BASE, World

XSD = "http://www.w3.org/2001/XMLSchema#"


def version(number: int) -> tuple[bytes, list[str]]:
    """Three graphs that say the same number, so that a mixture of generations shows."""
    graphs = [f"{BASE}document/{name}" for name in "abc"]
    lines = [
        f"<{graph}/claim/1> <{RDF.type}> <{KG.Claim}> <{graph}> .\n"
        f'<{graph}/claim/1> <{KG.form}> "v{number}" <{graph}> .\n'
        for graph in graphs
    ]
    return "".join(lines).encode(), graphs


def test_fifty_commits_beside_busy_readers(tmp_path: Path, campaign: int) -> None:
    root = tmp_path / "graph"
    with open_writer(root, create=True) as writer:
        writer.put(*version(0))
    pool = ReaderPool(root)
    done, wrong, answers = threading.Event(), [], [0, 0]

    def read(place: int) -> None:
        while not done.is_set():
            reader = pool.current("RED")
            said = {str(row["o"]) for row in reader.select(f"SELECT ?o {{ ?s <{KG.form}> ?o }}")}
            found = reader.index.facets("claim", ["form"])["form"]
            if len(said) != 1 or found != [(next(iter(said)), 3)]:
                wrong.append((reader.number, said, found))
            answers[place] += 1

    threads = [threading.Thread(target=read, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, 50 * campaign + 1):
            with open_writer(root) as writer:
                writer.put(*version(number))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not wrong
    assert min(answers) > 50
    assert pool.current("RED").select(f"SELECT ?o {{ ?s <{KG.form}> ?o }} LIMIT 1")[0]["o"] == f"v{50 * campaign}"


def test_a_generation_stays_while_it_is_read_and_goes_afterwards(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    with open_writer(root, create=True) as writer:
        writer.put(*version(1))
    old = open_reader(root)
    for number in (2, 3):
        with open_writer(root) as writer:
            writer.put(*version(number))
    assert numbers(root) == [1, 3]
    assert {row["o"] for row in old.select(f"SELECT ?o {{ ?s <{KG.form}> ?o }}")} == {"v1"}
    old.close()
    with open_writer(root):
        pass
    assert numbers(root) == [3]


def test_the_pool_follows_the_switch_and_holds_no_old_generation(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    with open_writer(root, create=True) as writer:
        writer.put(*version(1))
    pool = ReaderPool(root)
    assert pool.current("CLEAR") is pool.current("CLEAR")
    assert pool.current("RED").number == 1
    with open_writer(root) as writer:
        writer.put(*version(2))
    assert pool.current("CLEAR").number == 2
    with open_writer(root) as writer:
        writer.put(*version(3))
    assert numbers(root) == [2, 3], "the reader of level RED no longer holds generation 1"


def test_select_gives_terms_and_takes_bindings(tmp_path: Path) -> None:
    one = World().document(1)
    with open_writer(tmp_path / "graph", create=True) as writer:
        writer.put(one.quads, [one.iri])
    with open_reader(tmp_path / "graph") as reader:
        assert reader.ask("ASK { ?d a ?class }", d=one.iri, **{"class": KG.Document})
        (row,) = reader.select(f"SELECT ?day ?type {{ ?d <{KG.published}> ?day ; a ?type }} LIMIT 1", d=IRI(one.iri))
        assert isinstance(row["type"], IRI)
        assert isinstance(row["day"], Literal)
        assert row["day"].python() == one.extraction.document.published.begin  # type: ignore[union-attr]
        title = Literal(str(one.extraction.document.title))
        assert reader.select(f"SELECT ?d {{ ?d <{KG.title}> ?title }}", title=title) == [{"d": one.iri}]
        with pytest.raises(QueryError, match="not an IRI"):
            reader.select("SELECT ?o { ?s ?p ?o }", s="x> ?p ?o . <y")
        with pytest.raises(QueryError):
            reader.select("SELECT nothing")
        with pytest.raises(QueryError, match="SELECT query"):
            reader.select("ASK { ?s ?p ?o }")


def test_a_graph_without_its_current_generation_is_broken(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    with open_writer(root, create=True):
        pass
    (root / current_name(root)).rename(root / "elsewhere")
    with pytest.raises(GraphBroken, match="does not exist"):
        open_reader(root)


def test_an_index_of_another_version_is_said_and_made_again(tmp_path: Path) -> None:
    root, one = tmp_path / "graph", World().document(1)
    with open_writer(root, create=True) as writer:
        writer.put(one.quads, [one.iri])
    for made in (root / current_name(root), root / "live"):
        mark = made / "CLEAR" / "index" / "claimgraph-format"
        mark.unlink()
        mark.write_text("0")
    with pytest.raises(GraphBroken, match="kg reindex"):
        open_reader(root)
    other = World(2).document(1)
    with open_writer(root) as writer:
        writer.put(other.quads, [other.iri])
    assert open_reader(root).index.count("claim") == 20


def test_filters_reach_what_is_superseded_only_when_asked(tmp_path: Path) -> None:
    one = World().document(1)
    old = f'<{one.iri}> <{KG.superseded}> "true"^^<{XSD}boolean> <{one.iri}> .\n'.encode()
    with open_writer(tmp_path / "graph", create=True) as writer:
        writer.put(one.quads, [one.iri])
        writer.commit()
        writer.add(old)
    with open_reader(tmp_path / "graph") as reader:
        assert reader.index.count("claim") == 0
        assert reader.index.count("claim", Filters(superseded=True)) == 10
