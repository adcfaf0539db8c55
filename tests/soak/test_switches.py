"""Reading from a server while another process publishes: no error, and every answer is of one generation.

`make soak` sends 10,000 requests across 50 switches, `make test` a few hundred across some.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg import shapes
from kg.store import open_writer
from tests.bench.generate import CLAIMS, Made, World, made

SEED, CLIENTS, DOCUMENTS = 11, 4, 6
GRAPHQL = """{
  claims(first: 200) { totalCount edges { node { reportedIn { title claims { totalCount } } } } }
  documents { totalCount edges { node { title } } }
  facets(by: [language]) { values { count } }
  search(text: "generation", kinds: [document]) { totalCount edges { node { ... on Document { title } } } }
}"""
SPARQL = "SELECT ?title (COUNT(?claim) AS ?n) { ?claim a kg:Claim ; kg:reportedIn/kg:title ?title } GROUP BY ?title"


def documents_of(generation: int) -> int:
    """How many documents stand in a generation; all of them are named after it."""
    return 2 + generation % (DOCUMENTS - 1)


class Graph:
    """The one who publishes: each generation renames all documents, and has more or fewer of them."""

    def __init__(self, root: Path) -> None:
        self.root, world = root, World(SEED)
        self.documents = [world.document(number) for number in range(DOCUMENTS)]

    def publish(self, generation: int) -> None:
        with open_writer(self.root, create=True, schema=shapes.schema_version(), prefixes=shapes.prefixes()) as writer:
            shown = [self._named(one, generation) for one in self.documents[: documents_of(generation)]]
            for one in shown:
                writer.put(one.quads, [one.iri])
                writer.add(one.actors)
            writer.remove(one.iri for one in self.documents[len(shown) :])

    def _named(self, one: Made, generation: int) -> Made:
        document = replace(one.extraction.document, title=f"generation {generation}")
        return made(replace(one.extraction, document=document))


class Client:
    """Asks in a random order, and checks that each answer is of one generation, no older than the last one."""

    def __init__(self, url: str, number: int, first: Made) -> None:
        self.chance, self.last, self.first = random.Random(SEED * 100 + number), 0, first
        self.http = httpx.Client(base_url=url, timeout=60)

    def ask(self) -> int:
        """One request; the generation that answered."""
        generation = self.chance.choice((self.graphql, self.graphql, self.sparql, self.turtle))()
        assert generation >= self.last, f"generation {generation} after {self.last}"
        self.last = generation
        return generation

    def graphql(self) -> int:
        answer: dict[str, Any] = self._ok(self.http.post("/graphql", json={"query": GRAPHQL})).json()
        assert "errors" not in answer, answer
        data = answer["data"]
        reported = [edge["node"]["reportedIn"] for edge in data["claims"]["edges"]]
        titles = [edge["node"]["title"] for name in ("documents", "search") for edge in data[name]["edges"]]
        generation = only([*titles, *(one["title"] for one in reported)])
        documents = documents_of(generation)
        assert data["claims"]["totalCount"] == len(reported) == CLAIMS * documents
        assert {one["claims"]["totalCount"] for one in reported} == {CLAIMS}
        assert data["documents"]["totalCount"] == data["search"]["totalCount"] == documents == len(titles) // 2
        assert sum(value["count"] for value in data["facets"][0]["values"]) == CLAIMS * documents
        return generation

    def sparql(self) -> int:
        answer = self._ok(self.http.post("/sparql", data={"query": SPARQL})).json()
        (row,) = answer["results"]["bindings"]
        generation = only([row["title"]["value"]])
        assert int(row["n"]["value"]) == CLAIMS * documents_of(generation)
        return generation

    def turtle(self) -> int:
        path = "/" + self.first.iri.split("/", 3)[3]
        answer = self._ok(self.http.get(path, headers={"accept": "text/turtle"}))
        return only(re.findall(r'"(generation \d+)"', answer.text))

    def _ok(self, response: httpx.Response) -> httpx.Response:
        assert response.status_code == 200, response.text[:500]
        return response


def only(titles: list[str]) -> int:
    """The generation that all *titles* name."""
    (title,) = set(titles)
    return int(title.removeprefix("generation "))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Graph, str]]:
    graph = Graph(tmp_path / "graph")
    graph.publish(0)
    server = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--graph", graph.root, "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    try:
        url = next(word for word in server.stderr.readline().split() if word.startswith("http")).rstrip("/")
        threading.Thread(target=server.stderr.read, daemon=True).start()  # the log, out of the way
        yield graph, url
    finally:
        server.terminate()
        server.wait()
        server.stderr.close()


@pytest.mark.timeout(3600)
def test_every_answer_is_of_one_generation(served: tuple[Graph, str], campaign: int) -> None:
    graph, url = served
    switches, between = (50, 200) if campaign > 1 else (5, 30)
    asked, stop = threading.Semaphore(0), threading.Event()

    def read(number: int) -> list[int]:
        client, seen = Client(url, number, graph.documents[0]), []
        with client.http:
            while not stop.is_set():
                seen.append(client.ask())
                asked.release()
        return seen

    def wait_for(requests: int) -> None:
        while requests and not any(one.done() for one in reading):
            requests -= asked.acquire(timeout=1)

    with ThreadPoolExecutor(CLIENTS) as threads:
        reading = [threads.submit(read, number) for number in range(CLIENTS)]
        try:
            for generation in range(1, switches + 1):
                wait_for(between)
                graph.publish(generation)
            wait_for(between)
        finally:
            stop.set()
        seen = [generation for one in reading for generation in one.result()]
    print(f"\n{len(seen):,} requests across {switches} switches, {len(set(seen))} generations seen")
    assert len(seen) >= switches * between
    assert max(seen) == switches and len(set(seen)) > switches // 2
