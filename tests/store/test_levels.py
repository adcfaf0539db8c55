"""Markings are walls: whatever is written, moved or removed, a level holds its documents and no other."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import MARKINGS
from kg.store import Reader, ReaderPool, open_reader, open_writer
from tests.bench.generate import BASE, Made, World, remarked
from tests.conftest import CAMPAIGN

DOCUMENTS = 4
moves = st.lists(
    st.tuples(
        st.integers(0, DOCUMENTS - 1),
        st.one_of(st.sampled_from(MARKINGS), st.none()),  # None: the document is removed
        st.booleans(),  # whether to commit and let go before the next move
    ),
    min_size=1,
    max_size=7,
)


@cache
def made(number: int, marking: str) -> Made:
    """Documents 0 and 1 have one text: World(9) draws the same for both."""
    return remarked(World(9 + number // 2).document(number), marking)


def visible(shown: dict[int, str], level: str) -> list[Made]:
    return [made(n, marking) for n, marking in shown.items() if MARKINGS.index(marking) <= MARKINGS.index(level)]


def quads(reader: Reader) -> list[bytes]:
    return sorted(line[:-1] + f"<{graph}> .".encode() for graph, lines in reader.graph_iter() for line in lines)


@settings(max_examples=8 * CAMPAIGN)
@given(moves)
def test_a_level_holds_its_documents_and_no_other(moves: list[tuple[int, str | None, bool]]) -> None:
    shown: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "graph"
        writer = open_writer(root, create=True)
        for number, marking, commit in moves:
            if marking is None:
                writer.remove([made(number, "CLEAR").iri])
                shown.pop(number, None)
            else:
                one = made(number, marking)
                writer.put(one.quads, [one.iri], marking)
                shown[number] = marking
            if commit:
                writer.commit()
                writer.close()
                writer = open_writer(root)
        writer.commit()
        writer.close()
        for level in MARKINGS:
            with open_reader(root, level) as reader:
                expected = visible(shown, level)
                assert quads(reader) == sorted({line for one in expected for line in one.quads.splitlines()})
                assert sorted(reader.index.find("document", first=99).iris) == sorted(one.iri for one in expected)
                assert reader.index.count("claim") == sum(len(one.extraction.claims) for one in expected)
                seen = {marking for marking, _ in reader.index.facets("passage", ["marking"])["marking"]}
                assert seen == {one.extraction.document.marking for one in expected}


def test_words_of_a_secret_document_correct_nobodys_typing_below(tmp_path: Path) -> None:
    secret, open_one = made(0, "AMBER"), made(2, "CLEAR")
    with open_writer(tmp_path / "graph", create=True) as writer:
        writer.put(secret.quads, [secret.iri], "AMBER")
        writer.put(open_one.quads, [open_one.iri])
    word = secret.extraction.claims[0].text.split()[0]
    mistyped = word[:2] + "ww" + word[4:]
    with open_reader(tmp_path / "graph", "CLEAR") as reader:
        page = reader.index.find("passage", text=mistyped, first=5)
        assert page.total == 0
        assert [one.how for one in page.words] == ["word"]


def test_what_is_added_or_updated_above_stays_above(tmp_path: Path) -> None:
    graph = BASE + "graph/resolution"
    with open_writer(tmp_path / "graph", create=True) as writer:
        writer.add(f'<x:s> <x:p> "open" <{graph}> .\n'.encode())
        writer.add(f'<x:s> <x:p> "secret" <{graph}> .\n'.encode(), "AMBER")
        writer.update(f'INSERT DATA {{ GRAPH <{graph}> {{ <x:s> <x:p> "inserted" }} }}', "AMBER")
        writer.put(f'<x:s> <x:p> "own" <{graph}> .\n'.encode(), [graph], "GREEN", exact=True)
    pool = ReaderPool(tmp_path / "graph")
    seen = {
        level: sorted(row["o"] for row in pool.current(level).select("SELECT ?o { ?s ?p ?o }")) for level in MARKINGS
    }
    above = ["inserted", "open", "secret"]
    assert seen == {"CLEAR": ["open"], "GREEN": ["own"], "AMBER": above, "RED": above}


def test_what_is_put_below_and_added_above_in_one_transaction_stays_above(tmp_path: Path) -> None:
    """The levels are handed the same triples: adding to one of them must not add to the others."""
    with open_writer(tmp_path / "graph", create=True) as writer:
        writer.add(b'<a:x> <a:p> "1" <a:other> .\n', "AMBER")
        writer.put(b'<a:s> <a:p> "open" <a:g> .\n', ["a:g"], "CLEAR")
        writer.add(b'<a:s> <a:p> "secret" <a:g> .\n', "AMBER")
    with open_reader(tmp_path / "graph", "CLEAR") as reader:
        assert reader.triples("a:g") == [b'<a:s> <a:p> "open" .']
    with open_reader(tmp_path / "graph", "AMBER") as reader:
        assert reader.triples("a:g") == [b'<a:s> <a:p> "open" .', b'<a:s> <a:p> "secret" .']
