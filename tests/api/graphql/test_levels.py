"""One SPARQL a nesting level, whatever the number of objects; the index for each page.  Counted, not believed."""

from __future__ import annotations

import pytest

from api.graphql.facts import Facts
from tests.api.graphql.conftest import Ask

DEEP = """{
  claims(first: %d) { edges { node {
    stance text
    speaker { name kind aliases leaders { name } }
    about { label ... on Event { roles { role actor { name memberOf { name } } } evidence { exact } } }
    evidence { exact start end paragraph document { title marking } }
    cue { exact }
    reportedIn { title partOf { name } }
  } } }
}"""


@pytest.mark.parametrize("first", [1, 3, 20])
def test_one_query_a_level(ask: Ask, first: int) -> None:
    """Claims; then speakers, events, spans and documents; then the actors of roles and the documents of spans."""
    explain = ask(DEEP % first)["explain"]
    assert len(explain["index"]) == 1
    assert len(explain["sparql"]) == 3, [each["query"] for each in explain["sparql"]]


def test_each_level_is_one_query(ask: Ask) -> None:
    inner = "claims(first: 2) { edges { node { speaker { name } } } }"
    explain = ask(f"{{ claims(first: 2) {{ edges {{ node {{ reportedIn {{ title {inner} }} }} }} }} }}")["explain"]
    assert len(explain["sparql"]) == 4  # claims, documents, their claims, the speakers of those
    assert len(explain["index"]) == 1 + 1  # the list; and one page a document, both claims being of one


def test_the_number_of_queries_does_not_grow_with_fields(ask: Ask) -> None:
    one = ask("{ claims { edges { node { speaker { name } } } } }")["explain"]
    many = ask("{ claims { edges { node { speaker { name } addressee { name } cue { exact } about { label } } } } }")[
        "explain"
    ]
    assert len(one["sparql"]) == len(many["sparql"]) == 2


def test_roots_share_their_levels(ask: Ask) -> None:
    query = (
        "{ claims { edges { node { text } } } events { edges { node { label } } } actors { edges { node { name } } } }"
    )
    explain = ask(query)["explain"]
    assert (len(explain["index"]), len(explain["sparql"])) == (3, 1)


def test_aliases_share_their_level(ask: Ask) -> None:
    query = "{ claims { edges { node { a: speaker { name } b: speaker { kind } c: speaker { aliases } } } } }"
    data = ask(query)
    assert len(data["explain"]["sparql"]) == 2
    said = [edge["node"] for edge in data["claims"]["edges"] if edge["node"]["a"]]
    assert said and all(node["b"]["kind"] and isinstance(node["c"]["aliases"], list) for node in said)


def test_pages_below_nodes(ask: Ask) -> None:
    """A page below each of n actors is n look-ups in the index, and still one SPARQL for all their claims; of the
    actors themselves nothing is asked, so nothing is read."""
    data = ask(
        "{ claims(stance: denies) { edges { node { speaker { claims(first: 1) { edges { node { text } } } } } } } }"
    )
    assert len(data["explain"]["sparql"]) == 2
    assert len(data["explain"]["index"]) == 2  # the list, and the one speaker of both claims


def test_two_pages_of_one_node_differ(ask: Ask) -> None:
    text = "{ edges { node { text } } }"
    query = f'{{ actor(name: "WikiLeaks") {{ a: claims(first: 1) {text} b: claims(last: 1) {text} }} }}'
    actor = ask(query)["actor"]
    assert actor["a"] != actor["b"]


def test_fragments_and_directives(ask: Ask) -> None:
    query = """query($with: Boolean!) {
      claims(first: 2) { edges { node { ...a @include(if: $with) ...b speaker @skip(if: true) { name } } } }
    }
    fragment a on Claim { stance reportedIn { title } }
    fragment b on Node { id ... on Claim { text } }"""
    shown = ask(query, **{"with": True})
    assert all({"stance", "reportedIn", "id", "text"} == edge["node"].keys() for edge in shown["claims"]["edges"])
    assert len(shown["explain"]["sparql"]) == 2
    hidden = ask(query, **{"with": False})
    assert all({"id", "text"} == edge["node"].keys() for edge in hidden["claims"]["edges"])
    assert len(hidden["explain"]["sparql"]) == 1


def test_explain_tells_what_was_asked(ask: Ask) -> None:
    explain = ask("{ claims(stance: denies, first: 1) { edges { node { text } } } }")["explain"]
    assert explain["generation"] >= 1 and explain["marking"] == "CLEAR"
    assert "stance=denies" in explain["index"][0]["query"] and explain["index"][0]["rows"] == 1
    assert explain["sparql"][0]["query"].startswith("SELECT") and explain["sparql"][0]["rows"] >= 1


def test_what_was_not_loaded_is_a_bug_not_a_query() -> None:
    with pytest.raises(KeyError, match="was not loaded"):
        Facts().all("https://example.org/a", "https://example.org/p")


def test_a_name_is_looked_up_once_a_generation(ask: Ask) -> None:
    query = '{ claims(speaker: "la porte-parole du  mouvement") { edges { node { text } } } }'
    first, again = ask(query), ask(query)
    assert len(first["explain"]["sparql"]) == 2 and len(again["explain"]["sparql"]) == 1
    assert first["claims"] == again["claims"] and first["claims"]["edges"]
