"""N-Quads syntax: whatever the value, two independent parsers read it back; what is no RDF is refused."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg import nquads
from kg.terms import XSD

HARD = ['"', "\\", "\\n", "a\nb\r\nc\td", "😀", "\u2028\u2029\x85", "\x00\x01\x7f\x9f", "\ufffe\uffff", "«\u00a0»", ""]


def line(term: str) -> str:
    return nquads.quad("https://x.example/s", "https://x.example/p", term, "https://x.example/g")


def by_oxigraph(term: str) -> ox.Literal:
    (quad,) = ox.parse(line(term).encode(), ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def stored(term: str) -> str:
    """The term as a store gives it back, which keeps values rather than spellings."""
    store = ox.Store()
    store.load(line(term).encode(), ox.RdfFormat.N_QUADS)
    (quad,) = store
    return str(quad.object)


@pytest.mark.parametrize("text", HARD)
def test_hard_strings_come_back(text: str) -> None:
    term = nquads.string(text)
    assert by_oxigraph(term).value == text
    graph = rdflib.Graph().parse(data=line(term).replace(" <https://x.example/g> .", " ."), format="nt")
    assert [str(value) for value in graph.objects()] == [text]


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_and_stays_on_one_line(text: str) -> None:
    term = nquads.string(text)
    assert by_oxigraph(term).value == text
    assert len(line(term).splitlines()) == 1


@pytest.mark.parametrize("text", ["\ud83d", "a\udc80b", "\udfff"])
def test_lone_surrogates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"lone surrogate U\+D[0-9A-F]{3} at \d"):
        nquads.string(text)


@pytest.mark.parametrize(
    "iri", ["", "a/b", "http://a b", "http://a>", 'http://a"', "http://a\n", "http://a\\", "http://\ud800"]
)
def test_bad_iris_are_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="is not an absolute IRI"):
        nquads.iri(iri)


def test_iris_may_hold_any_letter() -> None:
    assert nquads.iri("https://x.example/é/人") == "<https://x.example/é/人>"


@pytest.mark.parametrize("tag", ["", "fr_FR", "french-", "42x y"])
def test_bad_language_tags_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="is not a language tag"):
        nquads.lang_string("x", tag)


def test_language_tags_are_lower_case() -> None:
    assert nquads.lang_string("x", "fr-FR") == '"x"@fr-fr'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (1.0, "1"),
        (9, "9"),
        (1e-7, "0.0000001"),
        (1.5e10, "15000000000"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_decimals_have_no_exponent(value: float, text: str) -> None:
    assert nquads.decimal(value) == f'"{text}"^^<{XSD.decimal}>'


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_decimal_is_infinite(value: float) -> None:
    with pytest.raises(ValueError, match="is not a decimal number"):
        nquads.decimal(value)


@given(
    st.one_of(
        st.integers(-(10**17), 10**17).map(nquads.integer),
        st.booleans().map(nquads.boolean),
        st.floats(0, 1).filter(lambda x: x == 0 or x > 1e-4).map(lambda x: nquads.decimal(round(x, 6))),
        st.dates(date(1000, 1, 1)).map(nquads.day),
        st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1)).map(nquads.moment),
        st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)).map(nquads.moment),
    )
)
def test_a_store_gives_typed_values_back_as_written(term: str) -> None:
    assert stored(term) == term


def test_moments_keep_their_offset() -> None:
    moment = datetime(2017, 5, 5, 20, 35, 0, 120000, timezone(timedelta(hours=2)))
    assert nquads.moment(moment) == f'"2017-05-05T20:35:00.12+02:00"^^<{XSD.dateTime}>'
    assert stored(nquads.moment(moment)) == nquads.moment(moment)
