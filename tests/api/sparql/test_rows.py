"""Counting rows in what the store writes is exact, whatever the values and wherever the pieces are cut."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sparql.rows import COUNTERS
from kg.store import Literal, open_reader, open_writer, sparql
from kg.store.answer import evaluate

VALUES = st.one_of(
    st.none(),
    st.text(st.sampled_from('"\\{}[],:\r\n\t<result>ab é'), max_size=12).map(Literal),
    st.integers(0, 9),
    st.just("https://a.example/"),
)
ROWS = st.lists(st.tuples(VALUES, VALUES), max_size=12)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("empty") / "graph"
    with open_writer(root, create=True):
        pass
    return root


@given(ROWS, st.lists(st.integers(1, 40), min_size=1), st.sampled_from(sorted(COUNTERS)))
def test_rows_are_counted(nothing: Path, rows: list[tuple[object, object]], cuts: list[int], media: str) -> None:
    lines = " ".join(f"({_term(one)} {_term(two)})" for one, two in rows)
    with open_reader(nothing) as reader:
        written = io.BytesIO()
        evaluate(reader.raw(), f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {lines} }} }}").write(written, media)
    text, counter = written.getvalue(), COUNTERS[media]()
    while text:
        for cut in cuts:
            counter.feed(text[:cut])
            text = text[cut:]
    assert counter.rows == len(rows)


def _term(value: object) -> str:
    return "UNDEF" if value is None else sparql(value)
