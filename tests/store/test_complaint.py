"""A wrong query is answered with one clear line, whatever the parser's list of tokens."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.answer import evaluate

PREFIXES = {"kg": "https://a.example/#", "rdf": "https://b.example/#"}


def said(query: str) -> str:
    with pytest.raises(QueryError) as caught:
        evaluate(ox.Store(), query, prefixes=PREFIXES)
    return str(caught.value).removeprefix("SPARQL: ")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s foo:bar ?o }", 'unknown prefix "foo"; known: kg, rdf'),
        ("PREFIX x: <x:> SELECT * { ?s x:y 'a:b' ; # c:d\n <e:f> dc:title }", 'unknown prefix "dc"; known: kg, rdf, x'),
        ("SELECT * { ?s :bar 1 . _:b kg:y 2 }", 'unknown prefix ""; known: kg, rdf'),
        ("SELECT * {\n  ?s kg:x }", 'line 2, column 11: not understood: "}" after "SELECT * { ?s kg:x"'),
        ("SELECT * { ?s ?p ?o", 'line 1, column 20: not understood at its end, after "SELECT * { ?s ?p ?o"'),
        (
            "SELECT (1 AS ?n ?b) {}",
            'line 1, column 17: ")" was expected; not understood: "?b) {}" after "SELECT (1 AS ?n"',
        ),
        ("", "line 1, column 1: there is nothing"),
    ],
)
def test_what_is_wrong_is_said(query: str, words: str) -> None:
    assert said(query) == words


def test_the_parser_s_own_words_are_kept() -> None:
    assert "The SELECT contains a variable that is unbound" in said("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }")


TOKENS = st.sampled_from(
    ["SELECT", "*", "{", "}", "?s", "kg:x", "no:y", "'é'", "<a>", "<b:c>", ".", ";", "\n", "(", ")", "1", "#"]
)


@given(st.lists(TOKENS, max_size=12).map(" ".join))
@example("\x00")
@example("SELECT * { ?s ?p '" + "x" * 5_000)
def test_it_is_always_one_short_line(text: str) -> None:
    try:
        evaluate(ox.Store(), text, prefixes=PREFIXES)
    except QueryError as error:
        words = str(error)
        assert len(words) < 250 and "\n" not in words and "'..='" not in words
