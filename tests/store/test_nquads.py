"""N-Quads are cut by graph as a full parser would cut them, however they are spelt."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.store.nquads import canonical, graph_iri, join, split

terms = st.sampled_from(
    [
        "<x:o>", "_:b", '"a"', '"a <x:b> ."', '"a"@fr', '"5"^^<x:t>', '"\\"quoted\\" <x:g> . # \\""', '" # "',
        '"a b" <x:other> . # "', '"x"^^<x:t> <x:other> . # <x:y>', "<x:o> <x:other> . #", "<x:o> <x:h> <x:i>",
    ]
)  # fmt: skip
ends = st.sampled_from([" .", " <x:g> .", " <x:g>.", "  <x:g> . ", " <x:g> . # <x:h> .", ' <x:g> . # "', "", " <x:g"])


@given(st.lists(st.tuples(st.sampled_from(["<x:s>", "_:s"]), terms, ends), max_size=4))
def test_the_cut_is_the_parsers(statements: list[tuple[str, str, str]]) -> None:
    data = "".join(f"{subject} <x:p> {term}{end}\n" for subject, term, end in statements).encode()
    try:
        expected = {
            (str(quad.triple), graph_iri(quad.graph_name)) for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)
        }
    except SyntaxError:
        # What is cut in spite of it must be refused when it is loaded.
        with pytest.raises((SyntaxError, UsageError)):
            list(ox.parse(join(split(data).items()), format=ox.RdfFormat.N_QUADS))
        return
    found = {(line.decode()[:-2], graph) for graph, lines in split(data).items() for line in canonical(lines)}
    assert found == expected
