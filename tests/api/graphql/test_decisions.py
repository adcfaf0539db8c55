"""What analysts decide through GraphQL: merges, splits, what is not the same, grades, the review queue."""

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
from kg.model import Actor, Extraction
from kg.session import Session
from tests.api.graphql.story import claim, document, mention


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
