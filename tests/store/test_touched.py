"""Which graphs an update can change: named ones exactly, anything else means any graph."""

from __future__ import annotations

import pytest

from kg.store.touched import touched_graphs

G = "http://a.example/g"


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        ("INSERT DATA { <x:s> <x:p> 1 }", set()),
        (f"INSERT DATA {{ GRAPH <{G}> {{ <x:s> <x:p> 'GRAPH ?g' }} }} # GRAPH ?g", {G}),
        (f"PREFIX e: <http://a.example/> WITH e:g DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{G}2> {{ }} }}", {G, G + "2"}),
        (f"CLEAR SILENT GRAPH <{G}> ; DROP DEFAULT", {G}),
        (f"MOVE GRAPH <{G}> TO GRAPH <{G}2>", {G, G + "2"}),
        (f"COPY DEFAULT TO <{G}>", {G}),
        (f"ADD SILENT <{G}> TO DEFAULT", {G}),
        (f"CREATE GRAPH <{G}>", {G}),
    ],
)  # fmt: skip
def test_named_graphs_are_read_off(update: str, graphs: set[str]) -> None:
    assert touched_graphs(update, {}) == {"", *graphs}


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "CLEAR ALL",
        "drop silent named",
        "INSERT DATA { GRAPH <relative> { <x:s> <x:p> 1 } }",
        "INSERT DATA { GRAPH unknown:g { <x:s> <x:p> 1 } }",
        "INSERT DATA { GR\\u0041PH <http://a.example/g> { <x:s> <x:p> 1 } }",
    ],
)
def test_what_cannot_be_read_off_means_any_graph(update: str) -> None:
    assert touched_graphs(update, {}) is None
