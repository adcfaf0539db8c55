"""Lists: filters, orders, pages forwards and backwards, and the errors of what cannot be asked."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from api.access import Access
from api.graphql.execute import Engine, GraphQLRequest, Refused
from api.graphql.facts import Page
from api.graphql.ids import from_id, iri_in, to_id
from api.graphql.paging import Paging, from_cursor, to_cursor
from api.graphql.relations import cut
from api.pool import Pool
from api.settings import Settings
from tests.api.graphql.conftest import Ask
from tests.api.graphql.story import ENGLISH, FRENCH

TEXTS = "{ claims(%s) { totalCount edges { node { text } } } }"


def texts(data: dict[str, Any]) -> set[str]:
    return {edge["node"]["text"] for edge in data["claims"]["edges"]}


DENIALS = {"it did not take part in the hacking", "toute participation au piratage"}
ANNE = {"Nous dénonçons ce vol", "avoir piraté ses serveurs", "the servers were emptied in two nights"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('speaker: "WikiLeaks"', DENIALS),
        ('speaker: "wikileaks"', DENIALS),
        ('speaker: "ANNE RIVOIRE"', ANNE),
        ('speaker: "la porte-parole du mouvement"', ANNE),
        ('speaker: "https://claimgraph.example/actor/wikileaks"', DENIALS),
        ('speaker: "Nobody Known"', set()),
        ("stance: denies", DENIALS),
        ('stance: denies, language: "fr"', {"toute participation au piratage"}),
        ('outlet: "The Courier", stance: denies', {"it did not take part in the hacking"}),
        ('outlet: "The"', set()),
        ("since: \"2031-05-07\", stance: denies", {"it did not take part in the hacking"}),
        ("until: \"2031-05-06\", stance: denies", {"toute participation au piratage"}),
        ('text: "serveurs"', {"avoir piraté ses serveurs"}),
        ('text: "PIRATE"', {"avoir piraté ses serveurs"}),
        ('about: "un groupe de hackers"', {"avoir piraté ses serveurs"}),
    ],
)  # fmt: skip
def test_filters(ask: Ask, arguments: str, expected: set[str]) -> None:
    data = ask(TEXTS % arguments)
    assert texts(data) == expected
    assert data["claims"]["totalCount"] == len(expected)


def test_about_an_event_by_its_id(ask: Ask) -> None:
    (edge,) = ask("{ events { edges { node { id label claims { totalCount edges { node { stance } } } } } } }")[
        "events"
    ]["edges"]
    event = edge["node"]
    assert event["claims"]["totalCount"] == 3
    assert ask(TEXTS % f'about: "{event["id"]}"')["claims"]["totalCount"] == 3


def test_evidence_is_the_text(ask: Ask) -> None:
    """``exact`` is the slice of the stored text; ``text`` the content spans joined; the paragraph holds them."""
    query = (
        "{ claims { edges { node { text evidence { exact start end paragraph document { text } } cue { exact } } } } }"
    )
    claims = [edge["node"] for edge in ask(query)["claims"]["edges"]]
    assert len(claims) == 6
    for claim in claims:
        assert claim["text"] == " ".join(span["exact"] for span in claim["evidence"])
        for span in claim["evidence"]:
            assert span["document"]["text"] in (FRENCH, ENGLISH)
            assert span["document"]["text"][span["start"] : span["end"]] == span["exact"]
            assert span["exact"] in span["paragraph"] and "\n" not in span["paragraph"]
            assert claim["cue"]["exact"] in span["paragraph"]


def test_a_claim_without_a_speaker_stays_without(ask: Ask) -> None:
    (claim,) = (
        e["node"]
        for e in ask('{ claims(text: "incomplete") { edges { node { speaker { name } } } } }')["claims"]["edges"]
    )
    assert claim["speaker"] is None


ORDERED = """query($after: String, $before: String, $first: Int, $last: Int) {
  claims(orderBy: %s, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
  }
}"""


@pytest.mark.parametrize("order", ["NEWEST", "OLDEST", "CONFIDENCE", "TEXT"])
@pytest.mark.parametrize("size", [1, 2, 4, 6, 7])
def test_walking_forwards_and_backwards(ask: Ask, order: str, size: int) -> None:
    whole = [edge["node"]["id"] for edge in ask(ORDERED % order, first=200)["claims"]["edges"]]
    assert len(whole) == len(set(whole)) == 6
    forwards: list[str] = []
    page: dict[str, Any] = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        page = ask(ORDERED % order, first=size, after=page["pageInfo"]["endCursor"])["claims"]
        assert page["pageInfo"]["hasPreviousPage"] == bool(forwards)
        forwards += [edge["node"]["id"] for edge in page["edges"]]
    assert forwards == whole
    backwards: list[str] = []
    page = {"pageInfo": {"hasPreviousPage": True, "startCursor": None}}
    while page["pageInfo"]["hasPreviousPage"]:
        page = ask(ORDERED % order, last=size, before=page["pageInfo"]["startCursor"])["claims"]
        assert page["pageInfo"]["hasNextPage"] == bool(backwards)
        backwards = [edge["node"]["id"] for edge in page["edges"]] + backwards
    assert backwards == whole


def test_a_page_of_none(ask: Ask) -> None:
    claims = ask(ORDERED % "NEWEST", first=0)["claims"]
    assert claims["edges"] == [] and claims["totalCount"] == 6
    assert claims["pageInfo"]["startCursor"] is None and claims["pageInfo"]["hasNextPage"] is True


def test_the_default_page_holds_twenty(engine: Engine) -> None:
    assert (engine.limits.page, engine.limits.page_cap) == (20, 200)


CURSOR = to_cursor("Claim:date:True", "12")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("first: -1", "BAD_PAGE_SIZE"),
        ("last: -5", "BAD_PAGE_SIZE"),
        ("first: 201", "PAGE_TOO_LARGE"),
        ("last: 100000", "PAGE_TOO_LARGE"),
        ("first: 1, last: 1", "BAD_PAGE_SIZE"),
        ('after: ""', "BAD_CURSOR"),
        ('before: ""', "BAD_CURSOR"),
        ('after: "garbage"', "BAD_CURSOR"),
        ('after: "-1"', "BAD_CURSOR"),
        (f'after: "{CURSOR}", orderBy: OLDEST', "BAD_CURSOR"),
        (f'after: "{to_cursor("Claim:date:True", "x")}"', "BAD_CURSOR"),
        (f'after: "{CURSOR}="', "BAD_CURSOR"),
        ('speaker: ""', "BAD_ARGUMENT"),
        ('text: " "', "BAD_ARGUMENT"),
        (f'text: "{"mot " * 100}"', "TEXT_TOO_LONG"),
        (f'speaker: "{"x" * 301}"', "TEXT_TOO_LONG"),
        ('since: "2031-02-01", until: "2031-01-01"', "BAD_DATES"),
        ('since: "yesterday"', "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_what_cannot_be_asked(ask: Ask, graph: Any, engine: Engine, arguments: str, code: str) -> None:
    pool = Pool(graph)
    with pytest.raises(Refused) as refused:
        prepared = engine.prepare(GraphQLRequest(TEXTS % arguments))
        engine.run(prepared, pool.current, Access())
    assert [(error.extensions or {})["code"] for error in refused.value.errors] == [code]


def test_nodes_by_id(ask: Ask) -> None:
    edges = "edges { node { id iri } }"
    data = ask(f"{{ claims(first: 2) {{ {edges} }} actors {{ {edges} }} documents {{ {edges} }} }}")
    nodes = [edge["node"] for name in ("claims", "actors", "documents") for edge in data[name]["edges"]]
    ids = [node["id"] for node in nodes]
    again = ask("query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", ids=[*ids, to_id("Claim", "urn:none")])[
        "nodes"
    ]
    assert [node and node["id"] for node in again] == [*ids, None]
    for kind, word in (("claim", nodes[0]["id"]), ("claim", nodes[0]["iri"])):
        assert ask(f'{{ {kind}(id: "{word}") {{ id }} node(id: "{word}") {{ id }} }}')["node"]["id"] == nodes[0]["id"]
    assert ask(f'{{ actor(id: "{nodes[0]["id"]}") {{ id }} }}')["actor"] is None


@given(st.sampled_from(["Claim", "Actor", "Event", "Document"]), st.text(min_size=1, max_size=40))
def test_ids_round_trip_or_are_refused(kind: str, tail: str) -> None:
    iri = "https://claimgraph.example/" + tail
    word = to_id(kind, iri)
    if iri_in(word) == iri:
        assert from_id(word) == (kind, iri)
    else:
        assert any(c <= " " or c in '<>"{}|^`\\' for c in tail)
        with pytest.raises(GraphQLError):
            from_id(word)


@given(
    st.text(min_size=1, max_size=30).filter(lambda key: "\ud800" not in key),
    st.sampled_from(["Claim:date:True", "search"]),
)
def test_cursors_round_trip(key: str, scope: str) -> None:
    assert from_cursor(to_cursor(scope, key), scope, "after") == key


@given(st.sets(st.integers(0, 99), max_size=12), st.integers(0, 5), st.booleans(), st.data())
def test_pages_of_relations_are_slices(numbers: set[int], size: int, backward: bool, data: st.DataObject) -> None:
    iris = [f"urn:{number:02}" for number in sorted(numbers)]
    after = data.draw(st.none() | st.sampled_from([f"urn:{n:02}" for n in range(100)]))
    page: Page = cut([(iri, iri) for iri in iris], Paging(size, after=after, backward=backward), "Mention:iri")
    rest = [iri for iri in iris if after is None or iri > after]
    expected = (rest[-size:] if size else []) if backward else rest[:size]
    assert [hit.iri for hit in page.hits] == expected
    assert page.total == len(iris)
    if expected:
        assert page.has_next == (iris[-1] != expected[-1])
        assert page.has_previous == (iris[0] != expected[0])


def test_markings_are_walls(ask: Ask) -> None:
    """What is marked AMBER is not there for CLEAR: not in lists, counts, names, nodes, search, facets, timeline."""
    hidden = ask("{ claims(stance: confirms) { edges { node { id iri reportedIn { id iri } } } } }", marking="AMBER")
    (edge,) = hidden["claims"]["edges"]
    claim, document = edge["node"], edge["node"]["reportedIn"]
    seen = ask(
        """query($claim: ID!, $document: ID!, $iri: ID!) {
          claims(stance: confirms) { totalCount edges { node { id } } }
          claim(id: $claim) { id } a: node(id: $document) { id } b: node(id: $iri) { id }
          search(text: "passwords") { totalCount }
          facets(by: [stance, outlet]) { values { value } }
          timeline(bucket: DAY) { begin }
          actor(name: "Anne Rivoire") { claims { totalCount } mentions { totalCount } }
        }""",
        claim=claim["id"], document=document["id"], iri=document["iri"],
    )  # fmt: skip
    assert seen["claims"] == {"totalCount": 0, "edges": []}
    assert (seen["claim"], seen["a"], seen["b"]) == (None, None, None)
    assert seen["search"]["totalCount"] == 0
    values = {value["value"] for facet in seen["facets"] for value in facet["values"]}
    assert values.isdisjoint({"confirms", "Inquiry file"}) and "denies" in values
    assert "2031-05-12" not in {step["begin"] for step in seen["timeline"]}
    assert (seen["actor"]["claims"]["totalCount"], seen["actor"]["mentions"]["totalCount"]) == (3, 2)
    above = ask('{ actor(name: "Anne Rivoire") { claims { totalCount } mentions { totalCount } } }', marking="AMBER")
    assert (above["actor"]["claims"]["totalCount"], above["actor"]["mentions"]["totalCount"]) == (4, 3)


def test_settings_have_the_documented_limits() -> None:
    assert Settings().graphql.page_cap == 200
