"""The clients people use: SPARQLWrapper, rdflib's SPARQLStore and SPARQLUpdateStore."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from tests.api.graphql.story import WIKILEAKS
from tests.api.sparql.serving import Served

LABEL = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")


def wrapper(served: Served, query: str, form: str, token: str | None = None) -> Any:
    client = SPARQLWrapper(f"{served.url}/sparql")
    if token:
        client.addCustomHttpHeader("Authorization", f"Bearer {token}")
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


def test_sparqlwrapper_reads_and_writes(served: Served) -> None:
    found = wrapper(served, f"SELECT ?name {{ <{WIKILEAKS}> skos:prefLabel ?name }}", JSON).queryAndConvert()
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == ["WikiLeaks"]
    described = wrapper(
        served, f"CONSTRUCT {{ <{WIKILEAKS}> a ?k }} {{ <{WIKILEAKS}> a ?k }}", TURTLE
    ).queryAndConvert()
    assert len(Graph().parse(data=described, format="turtle")) > 1
    change = wrapper(served, "INSERT DATA { GRAPH <a:wrapped> { <a:s> <a:p> 'à' } }", JSON, served.admin)
    change.setMethod(POST)
    change.query()
    asked = wrapper(served, "ASK { GRAPH <a:wrapped> { <a:s> <a:p> 'à' } }", JSON)
    asked.setMethod(POST)
    assert asked.queryAndConvert()["boolean"] is True


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_reads(served: Served, form: str) -> None:
    store = SPARQLStore(f"{served.url}/sparql", returnFormat=form)
    graph = Graph(store)
    (row,) = graph.query(f"SELECT ?name {{ <{WIKILEAKS}> <{LABEL}> ?name }}")
    assert str(row[0]) == "WikiLeaks"  # type: ignore[index]


def test_rdflib_writes(served: Served) -> None:
    headers = {"Authorization": f"Bearer {served.admin}"}
    store = SPARQLUpdateStore(f"{served.url}/sparql", f"{served.url}/sparql", autocommit=False, headers=headers)
    graph = Graph(store, URIRef("https://a.example/mine"))
    triple = (URIRef("https://a.example/s"), LABEL, Literal("né", lang="fr"))
    graph.add(triple)
    store.commit()
    assert triple in graph and len(graph) == 1
    graph.remove(triple)
    store.commit()
    assert triple not in graph
