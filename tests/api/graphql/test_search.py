"""Search, facets and timelines."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.graphql.results import BucketSize
from api.graphql.searching import step_of
from tests.api.graphql.conftest import Ask
from tests.api.graphql.story import FRENCH

SEARCH = """query($text: String!, $kinds: [FoundKind!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { kind score snippet start highlights { start end } node { id __typename ... on Document { text } } }
  }
}"""


def test_all_kinds_are_found(ask: Ask) -> None:
    found = ask(SEARCH, text="wikileaks")["search"]
    kinds = {edge["kind"]: edge["node"]["__typename"] for edge in found["edges"]}
    assert kinds["actor"] == "Actor" and kinds["passage"] == "Document"
    assert found["totalCount"] == len(found["edges"])


def test_snippets_are_marked_where_the_words_stand(ask: Ask) -> None:
    (edge,) = ask(SEARCH, text="Piratage", kinds=["passage"])["search"]["edges"]
    words = [edge["snippet"][mark["start"] : mark["end"]] for mark in edge["highlights"]]
    assert words == ["piratage"]
    assert edge["node"]["text"] == FRENCH
    assert FRENCH[edge["start"] :].startswith(edge["snippet"][:20])


def test_accents_typing_errors_and_stems_are_forgiven(ask: Ask) -> None:
    for text in ("denoncons", "dénoncons", "dénonçonz", "vols"):
        found = ask(SEARCH, text=text, kinds=["claim"])["search"]
        assert found["totalCount"] == 1, text


def test_results_are_paged(ask: Ask) -> None:
    whole = ask(SEARCH, text="wikileaks")["search"]["edges"]
    seen: list[str] = []
    after = None
    while True:
        page = ask(SEARCH, text="wikileaks", first=1, after=after)["search"]
        seen += [edge["node"]["id"] + edge["snippet"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [edge["node"]["id"] + edge["snippet"] for edge in whole]


def test_one_level_for_all_hits(ask: Ask) -> None:
    explain = ask(SEARCH, text="wikileaks")["explain"]
    assert (len(explain["index"]), len(explain["sparql"])) == (1, 1)


def test_facets_count_what_the_filters_take(ask: Ask) -> None:
    query = """{ facets(of: claim, by: [stance, speaker, language], language: "fr") {
      by values { value count node { label __typename } } } }"""
    stance, speaker, language = ask(query)["facets"]
    assert [(v["value"], v["count"]) for v in stance["values"]] == [("accuses", 1), ("asserts", 1), ("denies", 1)]
    named = [(v["node"]["label"], v["count"]) for v in speaker["values"]]
    assert named == [("Anne Rivoire", 2), ("WikiLeaks", 1)]
    assert language == {"by": "language", "values": [{"value": "fr", "count": 3, "node": None}]}


def test_kinds_are_the_fine_ones(ask: Ask) -> None:
    (kinds,) = ask("{ facets(of: event, by: [kind]) { values { value count } } }")["facets"]
    assert kinds["values"] == [{"value": "CyberAttack", "count": 1}]


def test_a_timeline_counts_every_claim_once(ask: Ask) -> None:
    for size in BucketSize:
        steps = ask(f"{{ timeline(bucket: {size.value}) {{ begin end count }} }}")["timeline"]
        assert sum(step["count"] for step in steps) == 6
        assert all(step["begin"] <= step["end"] for step in steps)
    assert ask('{ timeline(speaker: "Nobody Known") { count } }')["timeline"] == []
    (denials,) = ask("{ timeline(bucket: YEAR, stance: denies) { begin count } }")["timeline"]
    assert denials == {"begin": "2031-01-01", "count": 2}


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(BucketSize))
def test_steps_tile_time(day: date, size: BucketSize) -> None:
    begin, end = step_of(day, size)
    assert begin <= day <= end
    assert step_of(begin, size) == step_of(end, size) == (begin, end)
    assert step_of(end + timedelta(days=1), size)[0] == end + timedelta(days=1)
