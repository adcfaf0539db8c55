"""The bars of the development set, and the affair of the seed text told with our own articles."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from tests.across import measure
from tests.across.affairs import AFFAIRS, texts


def test_the_set_is_what_it_should_be() -> None:
    chosen = list(texts())
    assert len(chosen) >= 60 and len(AFFAIRS) >= 12
    assert {one.language for one in chosen} == {"fr", "en"}
    assert len({one.gold.family for one in chosen}) < len(chosen), "copies"
    assert any(affair.again for affair in AFFAIRS), "near events"
    bearers = [affair.spoken[0] for affair in AFFAIRS] + [affair.expert[0] for affair in AFFAIRS]
    assert len(set(bearers)) < len(bearers), "homonyms"


def test_every_bar_is_reached() -> None:
    chosen = list(texts())
    found = measure.abstracts(chosen)
    story = measure.told(found)
    assert measure.b_cubed(*measure.actors(chosen, found, story)).f1 >= measure.BARS["actors"]
    assert measure.b_cubed(*measure.events(chosen, found, story)).f1 >= measure.BARS["events"]
    assert measure.copies(chosen, found, story).f1 >= measure.BARS["copies"]
    score, extra = measure.contradictions(chosen, found, story)
    assert score.precision >= measure.BARS["contradictions"], extra
    assert score.recall >= 0.5


@pytest.fixture(scope="module")
def affair(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> kg.Graph:
    """The seed text with our articles on the affair, in both languages."""
    articles = Path(__file__).parents[2] / "data" / "articles"
    chosen = [shared / "seed" / "macronleaks.txt", *sorted(articles.glob("2017-05-0*macronleaks*"))]
    folder = tmp_path_factory.mktemp("affair")
    kg.build(chosen, into=folder / "graph")
    return kg.open(folder / "graph")


def ask(graph: kg.Graph, sparql: str) -> list[tuple[str, ...]]:
    rows = graph.query(sparql)
    assert isinstance(rows, list)
    return sorted(tuple(str(value) for value in row.values()) for row in rows)


def test_the_leak_is_one_event(affair: kg.Graph) -> None:
    rows = ask(affair, """SELECT ?s (COUNT(DISTINCT ?d) AS ?n) WHERE {
      ?e a kg:DataLeak ; kg:sharedEvent ?s ; kg:reportedIn ?d } GROUP BY ?s""")  # fmt: skip
    assert [number for _, number in rows] == ["4"]


@pytest.mark.parametrize("name", ["WikiLeaks", "CNCCEP"])
def test_the_parties_are_one_actor_each(affair: kg.Graph, name: str) -> None:
    rows = ask(affair, f"""SELECT DISTINCT ?a WHERE {{ ?m kg:refersTo ?a ; kg:span/kg:exact ?words
      FILTER(CONTAINS(LCASE(?words), "{name.lower()}")) FILTER(?words = "{name}") }}""")  # fmt: skip
    assert len(rows) == 1


def test_the_denial_and_the_accusation_contradict_each_other(affair: kg.Graph) -> None:
    rows = ask(affair, """SELECT ?stance ?other ?reason WHERE {
      ?r a kg:ClaimRelation ; kg:relationKind "contradicts" ; kg:fromClaim ?f ; kg:toClaim ?t ; kg:reason ?reason .
      ?f kg:stance ?stance ; kg:evidence/kg:exact ?words . ?t kg:stance ?other ; kg:evidence/kg:exact ?said .
      ?f kg:speaker|kg:attributedTo ?a . ?t kg:speaker|kg:attributedTo ?a .
      ?a skos:prefLabel "WikiLeaks" }""")  # fmt: skip
    assert {frozenset((one.rpartition("#")[2], two.rpartition("#")[2])) for one, two, _ in rows} == {
        frozenset(("accuses", "denies"))
    }
