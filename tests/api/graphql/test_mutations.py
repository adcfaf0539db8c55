"""Mutations: only with a token that may write, recorded with who, when and why, seen at once by their own caller."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.access import Access
from api.app import create_app
from api.graphql import mutations
from api.graphql.transport import GRAPHQL
from api.settings import Settings
from kg.store import open_reader, open_writer
from kg.terms import KG
from kg.tokens import create

CLAIMS = "{ claims { totalCount edges { node { id text reportedIn { id iri title } } } } }"
ANNOTATE = """mutation($id: ID!, $note: String!) { annotateClaim(id: $id, note: $note) {
  generation claim { text reportedIn { title } } decision { kind concerns decidedBy decidedAt reason } } }"""
RETRACT = """mutation($id: ID!) { retractDocument(id: $id, reason: "asked by its publisher") {
  generation decision { kind concerns decidedBy } } }"""


def serve(graph: Path, access: Access, writable: bool = True) -> TestClient:
    """A client with a token for *access*; without one for nobody in particular."""
    app = create_app(settings=Settings(graph=graph, writable=writable))
    if access == Access():
        return TestClient(app)
    secret = create(graph, access.scope, access.marking, access.name)
    return TestClient(app, headers={"authorization": f"Bearer {secret}"})


@pytest.fixture
def analyst(own_graph: Path) -> Iterator[TestClient]:
    with serve(own_graph, Access("write", "CLEAR", "desk-3")) as client:
        yield client


def send(client: TestClient, query: str, **variables: Any) -> Any:
    body = {"query": query, "variables": variables}
    return client.post("/graphql", json=body, headers={"accept": GRAPHQL})


def decisions(graph: Path, marking: str = "CLEAR") -> list[dict[str, Any]]:
    with open_reader(graph, marking) as reader:
        return reader.select(
            f"SELECT ?kind ?concerns ?by ?at ?reason ?marking WHERE {{ GRAPH <{reader.base}graph/decisions> {{ "
            f"?d a <{KG.Decision}> ; <{KG.decisionKind}> ?kind ; <{KG.concerns}> ?concerns ; <{KG.decidedBy}> ?by ; "
            f"<{KG.decidedAt}> ?at ; <{KG.reason}> ?reason ; <{KG.marking}> ?marking }} }}"
        )  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("access", "writable"),
    [(Access(), True), (Access("read", "RED", "reader"), True), (Access("write", "RED", "w"), False)],
)
def test_who_may_not(own_graph: Path, access: Access, writable: bool) -> None:
    with serve(own_graph, access, writable) as client:
        claim = send(client, CLAIMS).json()["data"]["claims"]["edges"][0]["node"]["id"]
        response = send(client, ANNOTATE, id=claim, note="n")
        assert response.status_code == 403
        assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ALLOWED"
    assert decisions(own_graph, "RED") == []


def test_a_note_on_a_claim(own_graph: Path, analyst: TestClient) -> None:
    before = send(analyst, CLAIMS).json()["data"]["claims"]
    claim = before["edges"][0]["node"]
    begun = datetime.now(UTC).replace(microsecond=0)
    answer = send(analyst, ANNOTATE, id=claim["id"], note="Checked with the source.").json()["data"]["annotateClaim"]
    assert answer["claim"] == {"text": claim["text"], "reportedIn": {"title": claim["reportedIn"]["title"]}}
    decision = answer["decision"]
    assert decision["kind"] == "annotate" and decision["decidedBy"] == "desk-3"
    assert decision["reason"] == "Checked with the source."
    assert begun <= datetime.fromisoformat(decision["decidedAt"]) <= datetime.now(UTC)
    (kept,) = decisions(own_graph)
    assert kept["concerns"] == decision["concerns"] and kept["by"] == "desk-3" and kept["marking"] == "CLEAR"
    assert send(analyst, CLAIMS).json()["data"]["claims"] == before


def test_a_retraction_removes_all_of_a_document_and_is_seen_at_once(own_graph: Path, analyst: TestClient) -> None:
    claims = send(analyst, CLAIMS).json()["data"]["claims"]
    document = claims["edges"][0]["node"]["reportedIn"]
    answer = send(analyst, RETRACT, id=document["id"]).json()["data"]["retractDocument"]
    assert answer["decision"] == {"kind": "retract", "concerns": document["iri"], "decidedBy": "desk-3"}
    assert send(analyst, CLAIMS).json()["data"]["claims"]["totalCount"] == 3
    assert send(analyst, f'{{ document(id: "{document["id"]}") {{ title }} }}').json()["data"]["document"] is None
    with open_reader(own_graph, "RED") as reader:
        assert document["iri"] not in reader.graphs()
    (kept,) = decisions(own_graph)
    assert kept["kind"] == "retract" and kept["reason"] == "asked by its publisher"


def test_a_decision_carries_the_marking_of_what_it_concerns(own_graph: Path) -> None:
    with serve(own_graph, Access("write", "AMBER", "desk-1")) as client:
        (edge,) = send(client, "{ claims(stance: confirms) { edges { node { id } } } }").json()["data"]["claims"][
            "edges"
        ]
        assert (
            send(client, ANNOTATE, id=edge["node"]["id"], note="n").json()["data"]["annotateClaim"]["generation"] == 2
        )
    assert decisions(own_graph, "CLEAR") == []
    assert [each["marking"] for each in decisions(own_graph, "AMBER")] == ["AMBER"]


def test_what_may_not_be_seen_may_not_be_touched(own_graph: Path, analyst: TestClient) -> None:
    with serve(own_graph, Access("read", "AMBER", "r")) as reader:
        query = "{ claims(stance: confirms) { edges { node { id reportedIn { id } } } } }"
        (edge,) = send(reader, query).json()["data"]["claims"]["edges"]
    for query, word in ((ANNOTATE, edge["node"]["id"]), (RETRACT, edge["node"]["reportedIn"]["id"])):
        answer = send(analyst, query, id=word, **({"note": "n"} if query == ANNOTATE else {})).json()
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert decisions(own_graph, "RED") == []


def test_one_that_fails_leaves_the_others(own_graph: Path, analyst: TestClient) -> None:
    claim = send(analyst, CLAIMS).json()["data"]["claims"]["edges"][0]["node"]["id"]
    two = """mutation($id: ID!) {
      a: annotateClaim(id: "urn:none", note: "n") { generation }
      b: annotateClaim(id: $id, note: " ") { generation }
      c: annotateClaim(id: $id, note: "n") { generation }
    }"""
    answer = send(analyst, two, id=claim)
    assert answer.status_code == 200
    assert answer.json()["data"] == {"a": None, "b": None, "c": {"generation": 2}}
    codes = {error["path"][0]: error["extensions"]["code"] for error in answer.json()["errors"]}
    assert codes == {"a": "NOT_FOUND", "b": "USAGE"}


def test_somebody_else_writes(own_graph: Path, analyst: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutations, "WAIT", 0.1)
    claim = send(analyst, CLAIMS).json()["data"]["claims"]["edges"][0]["node"]["id"]
    with open_writer(own_graph):
        answer = send(analyst, ANNOTATE, id=claim, note="n").json()
    assert answer["data"] == {"annotateClaim": None}
    assert answer["errors"][0]["extensions"]["code"] == "GRAPH_BUSY"
