"""What is read off an update's text, and what is written into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sparql.syntax import clears_everything, operations, refuse_outside, silent, tokens, with_dataset
from kg.errors import NotAllowed, QueryError

G, H = "https://a.example/g", "https://a.example/h"


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("update", "rewritten"),
    [
        (
            "INSERT { ?s ?p 'WHERE' } WHERE { ?s ?p ?o }",
            f"INSERT {{ ?s ?p 'WHERE' }} USING <{G}> USING NAMED <{H}> WHERE {{ ?s ?p ?o }}",
        ),
        (
            "PREFIX x: <http://x.example/#> DELETE WHERE { ?s x:where ?o } ; INSERT DATA { <a:s> <a:p> 1 }",
            f"PREFIX x: <http://x.example/#> DELETE {{ ?s x:where ?o }} USING <{G}> USING NAMED <{H}> "
            "WHERE { ?s x:where ?o } ; INSERT DATA { <a:s> <a:p> 1 }",
        ),
        ("CLEAR ALL", "CLEAR ALL"),
    ],
)
def test_the_protocols_dataset_becomes_using_clauses(update: str, rewritten: str) -> None:
    assert words(with_dataset(update, [G], [H])) == rewritten


@pytest.mark.parametrize(
    "update", ["WITH <a:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", "INSERT { ?s ?p 1 } USING <a:g> WHERE { ?s ?p 2 }"]
)
def test_a_dataset_in_both_places_is_an_error(update: str) -> None:
    with pytest.raises(QueryError):
        with_dataset(update, [G], [])
    assert with_dataset(update, [], []) == update


def test_only_an_absolute_iri_is_written_into_an_update() -> None:
    for iri in ("g", "https://a.example/> WHERE {}", "https://a.example/ g"):
        with pytest.raises(QueryError):
            with_dataset("DELETE WHERE { ?s ?p ?o }", [iri], [])


def test_whole_graph_operations_become_silent() -> None:
    update = (
        "CREATE GRAPH <a:g> ; DROP SILENT GRAPH <a:h> ; "
        "INSERT DATA { <a:DROP> <a:p> 'CLEAR ALL' } ; move <a:g> to <a:i>"
    )
    assert words(silent(update)) == (
        "CREATE SILENT GRAPH <a:g> ; DROP SILENT GRAPH <a:h> ; "
        "INSERT DATA { <a:DROP> <a:p> 'CLEAR ALL' } ; move SILENT <a:g> to <a:i>"
    )


def test_clearing_everything_is_seen() -> None:
    assert clears_everything("BASE <a:b> drop silent all")
    assert clears_everything("INSERT DATA { } ; CLEAR NAMED")
    assert not clears_everything("CLEAR GRAPH <a:ALL> ; INSERT DATA { <a:s> <a:p> 'CLEAR ALL' } # ; CLEAR ALL")
    assert len(operations("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 ; <a:q> 2 } } ; CLEAR DEFAULT ;")) == 2


PIECES = st.sampled_from(
    [
        "SER",
        "VICE",
        "service",
        "ſervice",
        " ",
        "\n",
        "#x\n",
        "# SERVICE\n",
        "'SERVICE'",
        "<a:SERVICE>",
        ":",
        "?",
        "S",
        "e",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_the_quick_look_for_a_keyword_overlooks_none(text: str) -> None:
    bare = "".join(one.text if one.kind in ("word", "other", "mark") else " " for one in tokens(text)).upper()
    if "SERVICE" in bare:
        with pytest.raises(NotAllowed):
            refuse_outside(text, "SERVICE")
    else:
        refuse_outside(text, "SERVICE")
