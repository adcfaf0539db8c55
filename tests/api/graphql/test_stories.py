"""What GraphQL tells across documents: repetition, echo, contradiction, sayings of an event; what analysts decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.access import Access
from api.graphql.execute import Engine, GraphQLRequest, Refused
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import Settings
from kg.iris import BASE, unknown_actor
from kg.model import Actor, Event, Extraction, Interval
from kg.session import Session
from tests.api.graphql.conftest import Ask
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
    engine, pool = Engine(schema(), Settings(graph=affair)), Pool(affair)

    def call(query: str, marking: str = "CLEAR", **variables: Any) -> dict[str, Any]:
        prepared = engine.prepare(GraphQLRequest(query, variables, extensions={"explain": True}))
        result = engine.run(prepared, lambda: pool.current(marking), Access(marking=marking))
        assert not result.errors, result.errors
        assert result.data is not None and result.extensions is not None
        return {**result.data, "explain": result.extensions["explain"]}

    yield call
    pool.close()


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


# ------------------------------------------------------------------ decisions
class Desk:
    """An analyst with a token that may write."""

    def __init__(self, root: Path) -> None:
        self.engine = Engine(schema(), Settings(graph=root, writable=True))
        self.pool = Pool(root)

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        prepared = self.engine.prepare(GraphQLRequest(query, variables))
        access = Access("write", "RED", "desk-3")
        result = self.engine.run(prepared, lambda: self.pool.current("RED"), access)
        assert not result.errors, result.errors
        assert result.data is not None
        return result.data


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "graph"
    first, second = "Basile Tournel dit que la fuite est grave.", "B. Tournel dit que la fuite est sans suite."
    with Session(root, create=True) as session:
        for day, (text, who) in enumerate(((first, "Basile Tournel"), (second, "B. Tournel")), 5):
            said = Extraction(
                document(text, "fr", date(2031, 5, day), f"Journal {day}"),
                mentions=(mention(text, who),),
                actors=(Actor("a1", "Person", who, mentions=(0,)),),
                claims=(claim(1, text, "dit", text[text.index("la fuite") : -1], "asserts", speaker="a1"),),
                model="sample-1",
            )
            session.put(replace(said))
    opened = Desk(root)
    yield opened
    opened.pool.close()


def ids(desk: Desk) -> dict[str, str]:
    return {
        e["node"]["name"]: e["node"]["id"]
        for e in desk('{ actors(text: "tournel") { edges { node { id name } } } }')["actors"]["edges"]
    }


MERGE = """mutation($ids: [ID!]!) { mergeActors(ids: $ids, reason: "one spelling each") {
  actors { name aliases claims { totalCount } } decision { iri kind allConcerns decidedBy undone marking } } }"""
UNDO = """mutation($iri: String!) { undoDecision(iri: $iri, reason: "two after all") {
  decision { kind concerns } undone { kind undone } generation } }"""


def test_a_merge_is_seen_at_once_and_undone(desk: Desk) -> None:
    before = ids(desk)
    assert len(before) == 2
    merged = desk(MERGE, ids=list(before.values()))["mergeActors"]
    ((actor),) = merged["actors"]
    assert {actor["name"], *actor["aliases"]} >= before.keys() and actor["claims"]["totalCount"] == 2
    decision = merged["decision"]
    assert (decision["kind"], decision["decidedBy"], decision["undone"]) == ("merge", "desk-3", False)
    assert len(decision["allConcerns"]) == 2 and decision["marking"] == "CLEAR"
    undone = desk(UNDO, iri=decision["iri"])["undoDecision"]
    assert undone["decision"] == {"kind": "undo", "concerns": decision["iri"]}
    assert undone["undone"] == {"kind": "merge", "undone": True}
    assert ids(desk) == before
    query = "query($of: ID) { decisions(concerns: $of) { kind undone reason } }"
    assert [(one["kind"], one["undone"]) for one in desk(query)["decisions"]] == [("undo", False), ("merge", True)]
    about = desk(query, of=next(iter(before.values())))["decisions"]
    assert about == [{"kind": "merge", "undone": True, "reason": "one spelling each"}]
    assert desk("{ decisions(first: 0) { kind } }")["decisions"] == []


def test_grades(desk: Desk) -> None:
    actor = next(iter(ids(desk).values()))
    data = desk(
        'mutation($id: ID!) { setReliability(id: $id, reliability: B, reason: "r") { actors { id reliability } } }',
        id=actor,
    )
    assert data["setReliability"]["actors"] == [{"id": actor, "reliability": "B"}]
    claim = desk("{ claims(first: 1) { edges { node { id } } } }")["claims"]["edges"][0]["node"]["id"]
    query = """mutation($id: ID!, $c: Int!) {
      setCredibility(id: $id, credibility: $c, reason: "r") { claim { credibility } } }"""
    assert desk(query, id=claim, c=2)["setCredibility"]["claim"]["credibility"] == 2
    with pytest.raises(AssertionError, match="1 2 3 4 5 6"):
        desk(query, id=claim, c=7)


def test_a_split_and_what_is_not_the_same(desk: Desk) -> None:
    actors = ids(desk)
    mutation = 'mutation($ids: [ID!]!) { notSame(ids: $ids, reason: "two men") { actors { id } decision { kind } } }'
    found = desk(mutation, ids=list(actors.values()))["notSame"]
    assert {one["id"] for one in found["actors"]} == set(actors.values()) and found["decision"]["kind"] == "notSame"
    merged = desk(MERGE, ids=list(actors.values()))["mergeActors"]
    assert len(merged["actors"]) == 1
    ((one),) = set(ids(desk).values())
    document = desk("{ documents(first: 1) { edges { node { id } } } }")["documents"]["edges"][0]["node"]["id"]
    split = desk(
        """mutation($id: ID!, $d: ID!) { splitActor(id: $id, documents: [$d], reason: "a namesake") {
          actors { id claims { totalCount } } decision { inDocuments } } }""",
        id=one, d=document,
    )["splitActor"]  # fmt: skip
    assert [actor["claims"]["totalCount"] for actor in split["actors"]] == [1, 1]
    assert len(split["decision"]["inDocuments"]) == 1


def test_the_review_queue_empties_as_one_decides(desk: Desk) -> None:
    query = "{ reviewQueue(first: 5) { one { id } two { id } score reasons value } }"
    ((pair),) = desk(query)["reviewQueue"]
    assert pair["value"] == 1 and 0 < pair["score"] < 1 and pair["reasons"]
    desk('mutation($ids: [ID!]!) { notSame(ids: $ids, reason: "two") { generation } }',
         ids=[pair["one"]["id"], pair["two"]["id"]])  # fmt: skip
    assert desk(query)["reviewQueue"] == []


def test_each_answer_of_an_operation_is_of_its_own_generation(desk: Desk) -> None:
    data = desk(
        """mutation($id: ID!) {
          a: setReliability(id: $id, reliability: A, reason: "first") { generation actors { reliability } }
          b: setReliability(id: $id, reliability: E, reason: "second") { generation actors { reliability } }
        }""",
        id=next(iter(ids(desk).values())),
    )
    assert [data[key]["actors"] for key in "ab"] == [[{"reliability": "A"}], [{"reliability": "E"}]]
    assert data["b"]["generation"] == data["a"]["generation"] + 1


def test_a_queue_longer_than_a_page_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="first: from 0 to 200"):
        desk("{ reviewQueue(first: 201) { value } }")
