"""What the SPARQL endpoint asks of the store: datasets, media types, RDF in and out."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UsageError
from kg.store.answer import RDF_TYPES, evaluate, graphs_of, parse_rdf, print_rdf
from kg.store.oxigraph import select

QUADS = b"<x:1> <x:p> <x:o> .\n<x:2> <x:p> <x:o> <x:g> .\n<x:3> <x:p> <x:o> <x:h> .\n"


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(QUADS, format=ox.RdfFormat.N_QUADS)
    return store


def subjects(store: ox.Store, query: str, **dataset: list[str]) -> set[str]:
    file = io.BytesIO()
    evaluate(store, query, **dataset).write(file, "application/sparql-results+json")  # type: ignore[arg-type]
    return {row["s"]["value"] for row in json.loads(file.getvalue())["results"]["bindings"]}


@pytest.mark.parametrize(
    ("query", "dataset", "expected"),
    [
        ("SELECT ?s { ?s ?p ?o }", {}, {"x:1", "x:2", "x:3"}),
        ("SELECT ?s FROM <x:g> { ?s ?p ?o }", {}, {"x:2"}),
        ("PREFIX x: <x:> SELECT ?s FROM x:g FROM x:h { ?s ?p ?o }", {}, {"x:2", "x:3"}),
        ("SELECT ?s FROM NAMED <x:g> { GRAPH ?g { ?s ?p ?o } }", {}, {"x:2"}),
        ("SELECT ?s FROM NAMED <x:g> { ?s ?p ?o }", {}, set()),
        ("SELECT ?s { ?s ?p ?o FILTER(?o != 'FROM <x:g>') }", {}, {"x:1", "x:2", "x:3"}),
        ("SELECT ?s { ?s ?p ?o }", {"default_graphs": ["x:g"]}, {"x:2"}),
        ("SELECT ?s FROM <x:h> { ?s ?p ?o }", {"default_graphs": ["x:g"]}, {"x:2"}),
        ("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", {"named_graphs": ["x:h"]}, {"x:3"}),
        ("SELECT ?s { ?s ?p ?o }", {"named_graphs": ["x:h"]}, set()),
    ],
)
def test_the_dataset_is_the_protocols_then_the_querys_then_the_union(
    store: ox.Store, query: str, dataset: dict[str, list[str]], expected: set[str]
) -> None:
    assert subjects(store, query, **dataset) == expected
    if not dataset:
        assert {row["s"] for row in select(store, query, {}, {})} == expected, "trusted queries follow the same rule"


def test_kinds_of_answers_and_their_media_types(store: ox.Store) -> None:
    assert evaluate(store, "ASK {}").kind == "boolean"
    graph = evaluate(store, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert graph.kind == "graph" and "text/turtle" in graph.media_types
    with pytest.raises(UsageError, match="cannot be written as text/csv"):
        graph.write(io.BytesIO(), "text/csv")
    with pytest.raises(QueryError):
        evaluate(store, "SELECT")


@pytest.mark.parametrize("media_type", sorted(RDF_TYPES))
def test_rdf_goes_out_and_in_again(media_type: str) -> None:
    triples = [b'<http://a.example/s> <http://a.example/p> "\xc3\xa9"@fr .']
    quads = parse_rdf(print_rdf(triples, media_type), media_type, graph="x:g")
    assert quads == triples[0][:-1] + b"<x:g> .\n"
    assert graphs_of(quads) == ["x:g"]


def test_rdf_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="not text/turtle"):
        parse_rdf(b"<x:s> <x:p>", "text/turtle")
    with pytest.raises(UsageError, match="unknown media type"):
        parse_rdf(b"", "text/plain")
