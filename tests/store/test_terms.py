"""Terms go into the store and a query and come back the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import IRI, Literal, sparql, values
from kg.store.oxigraph import bind, select
from kg.store.terms import XSD, to_ox
from kg.terms import RDF

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(Literal, texts, st.just(RDF.langString), st.sampled_from(["fr", "en-gb"])),
    st.builds(Literal, st.integers().map(str), st.just(XSD + "integer")),
)  # fmt: skip


@given(literals)
def test_a_literal_survives_the_store_and_the_query(literal: Literal) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), to_ox(literal), ox.NamedNode("x:g")))
    for row in select(store, "SELECT ?o { ?s ?p ?o }", {}, {}) + select(
        store, f"SELECT ?o {{ {values('o', [literal])} <x:s> <x:p> ?o }}", {}, {}
    ):
        found = row["o"]
        assert isinstance(found, Literal)
        assert (str(found), found.datatype, found.language) == (str(literal), literal.datatype, literal.language)
    assert select(store, "SELECT ?p { ?s ?p ?o }", {"o": literal}, {}) == [{"p": "x:p"}]


@given(texts)
def test_no_text_breaks_out_of_an_iri(text: str) -> None:
    try:
        written = sparql(IRI(text))
    except QueryError:
        return
    assert written == f"<{text}>" and not set(text) & set('<>"{}|^`\\ \n')


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (Literal("12", XSD + "integer"), 12),
        (Literal("1.50", XSD + "decimal"), Decimal("1.50")),
        (Literal("1e3", XSD + "double"), 1000.0),
        (Literal("1", XSD + "boolean"), True),
        (Literal("2017-05-05", XSD + "date"), date(2017, 5, 5)),
        (Literal("2017-05-05T20:00:00+00:00", XSD + "dateTime"), datetime.fromisoformat("2017-05-05T20:00:00+00:00")),
        (Literal("the fifth of May", XSD + "date"), "the fifth of May"),
        (Literal("mot", language="fr"), "mot"),
    ],
)
def test_values_in_pythons_own_types(literal: Literal, value: object) -> None:
    assert literal.python() == value
    assert type(literal.python()) is type(value)


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("SELECT ?o { ?s ?p ?o }", "SELECT ?o { <x:a> ?p ?o }"),
        ("{ $s ?subject 's ?s' }", "{ <x:a> ?subject 's ?s' }"),
        ('{ ?x <x:?s> """?s " ?s""" } # ?s', '{ ?x <x:?s> """?s " ?s""" } # ?s'),
    ],
)
def test_bindings_replace_the_variable_and_nothing_else(query: str, bound: str) -> None:
    assert bind(query, {"s": IRI("x:a")}) == bound
