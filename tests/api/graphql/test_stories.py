"""What GraphQL tells across documents: repetition, echo, contradiction, sayings of an event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.graphql.execute import Engine
from api.graphql.schema import schema
from api.settings import Settings
from kg.iris import BASE, unknown_actor
from kg.model import Actor, Event, Extraction, Interval
from kg.session import Session
from tests.api.graphql.conftest import Ask, asking
from tests.api.graphql.story import WIKILEAKS, claim, document, mention, span

FIRST = "Anne Rivoire accuse WikiLeaks d'avoir piraté les serveurs du mouvement dans la nuit."
SECOND = (
    "Devant la presse, Anne Rivoire accuse WikiLeaks d'avoir piraté les serveurs du mouvement dans la nuit de lundi."
)
THIRD = "Jean Perrot accuse aussi WikiLeaks d'avoir piraté les serveurs du mouvement dans la nuit."
DENIAL = "WikiLeaks nie avoir piraté les serveurs du mouvement dans la nuit."
ANNE, JEAN = (unknown_actor(BASE, "Person", name) for name in ("Anne Rivoire", "Jean Perrot"))


def told(text: str, day: int, who: str, publisher: str) -> Extraction:
    accused = who != "WikiLeaks"
    content = text[text.index("avoir") :].rstrip(".")
    actors = [Actor("a1", "Platform", "WikiLeaks", known=WIKILEAKS, mentions=(0,))]
    mentions = [mention(text, "WikiLeaks")]
    if accused:
        actors.append(Actor("a2", "Person", who, mentions=(1,)))
        mentions.append(mention(text, who))
    return Extraction(
        document(text, "fr", date(2031, 5, day), publisher),
        mentions=tuple(mentions),
        actors=tuple(actors),
        events=(
            Event(
                "e1", "CyberAttack", "piratage des serveurs du mouvement", span(text, "piraté"),
                roles=(("agent", "a1"),), interval=Interval.day(date(2031, 5, 5)), alleged=True, confidence=0.8,
            ),
        ),
        claims=(
            claim(
                1, text, "accuse" if accused else "nie", content, "accuses" if accused else "denies",
                speaker="a2" if accused else "a1", imputed="a1" if accused else None, about=("e1",),
            ),
        ),
        model="sample-1",
    )  # fmt: skip


@pytest.fixture(scope="module")
def affair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("affair") / "graph"
    with Session(root, create=True) as session:
        for each in (
            told(FIRST, 6, "Anne Rivoire", "Le Quotidien"), told(SECOND, 8, "Anne Rivoire", "La Dépêche libre"),
            told(THIRD, 7, "Jean Perrot", "Le Soir"), told(DENIAL, 9, "WikiLeaks", "Le Phare"),
        ):  # fmt: skip
            session.put(each)
    return root


@pytest.fixture(scope="module")
def ask(affair: Path) -> Iterator[Ask]:
    with asking(affair, Engine(schema(), Settings(graph=affair))) as ask:
        yield ask


RELATED = """{ claims(speaker: "%s", orderBy: OLDEST) { edges { node {
  independentSources
  repeats { reportedIn { publisher } } echoes { speaker { name } } contradictedBy { stance speaker { name } }
  relations { kind score reason fromClaim { reportedIn { published } } toClaim { reportedIn { published } } } } } } }"""


def test_a_claim_with_what_others_say(ask: Ask) -> None:
    data = ask(RELATED % "Anne Rivoire")
    first, second = (edge["node"] for edge in data["claims"]["edges"])
    assert [one["reportedIn"]["publisher"] for one in first["repeats"]] == ["La Dépêche libre"]
    assert [one["reportedIn"]["publisher"] for one in second["repeats"]] == ["Le Quotidien"]
    assert first["independentSources"] == second["independentSources"] == 2
    assert {one["speaker"]["name"] for one in first["echoes"]} == {"Jean Perrot"}
    assert {(one["stance"], one["speaker"]["name"]) for one in first["contradictedBy"]} == {("denies", "WikiLeaks")}
    for one in first["relations"]:
        assert 0 < one["score"] <= 1 and one["reason"]
        assert one["fromClaim"]["reportedIn"]["published"] >= one["toClaim"]["reportedIn"]["published"]


def test_one_query_a_level_however_many_claims(ask: Ask) -> None:
    one, all_of_them = (ask(RELATED.replace('speaker: "%s"', narrowed)) for narrowed in ("stance: denies", "first: 9"))
    assert (len(one["claims"]["edges"]), len(all_of_them["claims"]["edges"])) == (1, 4)
    assert len(one["explain"]["sparql"]) == len(all_of_them["explain"]["sparql"]) == 4


def test_a_claim_that_nobody_repeats_has_one_source(ask: Ask) -> None:
    ((edge),) = ask(RELATED % "Jean Perrot")["claims"]["edges"]
    assert edge["node"]["independentSources"] == 1 and edge["node"]["repeats"] == []


CONTRADICTIONS = """query($first: Int, $after: String, $speaker: String, $about: String) {
  contradictions(first: $first, after: $after, speaker: $speaker, about: $about) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { id kind score reason fromClaim { text } toClaim { text } } } } }"""


def test_contradictions_come_with_both_sentences_the_surest_first(ask: Ask) -> None:
    found = ask(CONTRADICTIONS)["contradictions"]
    assert found["totalCount"] == len(found["edges"]) == 3
    scores = [edge["node"]["score"] for edge in found["edges"]]
    assert scores == sorted(scores, reverse=True)
    for edge in found["edges"]:
        assert edge["node"]["kind"] == "contradicts"
        assert edge["node"]["fromClaim"]["text"] == DENIAL[DENIAL.index("avoir") : -1]


def test_contradictions_page_by_page(ask: Ask) -> None:
    all_of_them = [edge["node"]["id"] for edge in ask(CONTRADICTIONS)["contradictions"]["edges"]]
    seen: list[str] = []
    after = None
    while True:
        page = ask(CONTRADICTIONS, first=1, after=after)["contradictions"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert seen == all_of_them
    assert ask(CONTRADICTIONS, first=0)["contradictions"] == {
        "totalCount": 3, "edges": [],
        "pageInfo": {"hasNextPage": True, "hasPreviousPage": False, "endCursor": None},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ({"speaker": "jean perrot"}, 1), ({"speaker": "WikiLeaks"}, 3), ({"speaker": "Nobody"}, 0),
        ({"speaker": "Anne Rivoire", "about": "Nobody"}, 0), ({"speaker": ANNE}, 2),
    ],
)  # fmt: skip
def test_contradictions_of_somebody(ask: Ask, narrowed: dict[str, str], count: int) -> None:
    assert ask(CONTRADICTIONS, **narrowed)["contradictions"]["totalCount"] == count


SAYINGS = """query($by: String) { events(kind: CyberAttack) { edges { node {
  sharedEvent { id } sayings(bySpeaker: $by) { speaker { name } claims { stance reportedIn { published } } } } } } }"""


def test_sayings_of_an_event_are_those_of_all_its_reports(ask: Ask) -> None:
    edges = ask(SAYINGS)["events"]["edges"]
    assert len({(edge["node"]["sharedEvent"] or {}).get("id") for edge in edges} - {None}) == 1
    for edge in edges:
        said = {group["speaker"]["name"]: group["claims"] for group in edge["node"]["sayings"]}
        assert {name: len(claims) for name, claims in said.items()} == {
            "Anne Rivoire": 2, "Jean Perrot": 1, "WikiLeaks": 1,
        }  # fmt: skip
        days = [one["reportedIn"]["published"] for one in said["Anne Rivoire"]]
        assert days == sorted(days)


def test_sayings_by_one_speaker(ask: Ask) -> None:
    for edge in ask(SAYINGS, by="wikileaks")["events"]["edges"]:
        ((group),) = edge["node"]["sayings"]
        assert (group["speaker"]["name"], [one["stance"] for one in group["claims"]]) == ("WikiLeaks", ["denies"])
    assert all(edge["node"]["sayings"] == [] for edge in ask(SAYINGS, by="Nobody")["events"]["edges"])
