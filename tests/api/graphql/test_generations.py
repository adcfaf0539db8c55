"""Reading while others write: no error, and every answer is of one generation."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from api.access import Access
from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import Settings
from kg.session import Session
from tests.api.graphql.story import english

QUERY = """{
  claims(first: 200) { totalCount edges { node { reportedIn { claims { totalCount } } } } }
  facets(by: [language]) { values { count } }
  documents(first: 200) { totalCount edges { node { claims { totalCount } } } }
  timeline { count }
}"""


def put(graph: Path, number: int) -> None:
    found = english()
    text = found.document.text + f" {number}"
    document = replace(found.document, text=text, digest=sha256(text.encode()).hexdigest(), path=f"{number}.txt")
    with Session(graph) as session:
        session.put(replace(found, document=document))


def test_every_answer_is_of_one_generation(own_graph: Path, campaign: int) -> None:
    engine, pool, done = Engine(schema(), Settings(graph=own_graph)), Pool(own_graph), threading.Event()
    switches, seen = 4 * min(campaign, 12), set()
    prepared = engine.prepare(GraphQLRequest(QUERY, extensions={"explain": True}))

    def read() -> int:
        answers = 0
        while not done.is_set():
            result = engine.run(prepared, pool.current, Access())
            assert not result.errors and result.data is not None and result.extensions is not None
            data, generation = result.data, result.extensions["explain"]["generation"]
            documents = data["documents"]["totalCount"]
            assert documents == 2 + generation - 1  # one document a generation; the first has two that are CLEAR
            claims = 3 * documents
            assert data["claims"]["totalCount"] == claims == len(data["claims"]["edges"])
            assert sum(value["count"] for value in data["facets"][0]["values"]) == claims
            assert sum(step["count"] for step in data["timeline"]) == claims
            assert all(edge["node"]["claims"]["totalCount"] == 3 for edge in data["documents"]["edges"])
            assert all(edge["node"]["reportedIn"]["claims"]["totalCount"] == 3 for edge in data["claims"]["edges"])
            seen.add(generation)
            answers += 1
        return answers

    with ThreadPoolExecutor(2) as readers:
        reading = [readers.submit(read) for _ in range(2)]
        try:
            for number in range(switches):
                put(own_graph, number)
        finally:
            done.set()
        assert all(each.result() > 0 for each in reading)
    assert len(seen) > switches // 2
    assert pool.current().number == 1 + switches
