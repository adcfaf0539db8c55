"""What links actors, from the index and the store, against plain Python over the same made-up statements."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import pytest

from api.graphql import between, links
from api.graphql.between import Search
from api.graphql.execute import lookups
from api.graphql.links import Link, Links
from api.settings import GraphQLLimits
from kg.iris import BASE, resolution_graph
from kg.store import Reader, open_reader, open_writer
from kg.terms import KG, RDF
from tests.api.graphql.test_between import distance, walks

ACTORS = [f"{BASE}actor/a{number}" for number in range(14)]
PARTIES = (KG.speaker, KG.about, KG.addressee, KG.attributedTo)


@dataclass
class World:
    """Claims with whom and which events they name, events with their participants; *graphs* of lines of N-Quads."""

    names: dict[str, set[str]] = field(default_factory=dict)
    about: dict[str, set[str]] = field(default_factory=dict)
    takes_part: dict[str, set[str]] = field(default_factory=dict)
    graphs: dict[str, list[str]] = field(default_factory=dict)

    def say(self, graph: str, s: str, p: str, o: str) -> None:
        term = o if o.startswith('"') else f"<{o}>"
        self.graphs.setdefault(graph, []).append(f"<{s}> <{p}> {term} <{graph}> .\n")

    def expected(self) -> set[Link]:
        """Every link, both ways."""
        pairs = {(a, via, b) for via, those in self.takes_part.items() for a, b in product(those, those)}
        for via, named in self.names.items():
            told = {actor for event in self.about[via] for actor in self.takes_part[event]}
            pairs |= {(a, via, b) for a, b in product(named, named | told)}
            pairs |= {(b, via, a) for a, b in product(named, told)}
        return {Link(*one) for one in pairs if one[0] != one[2]}


def made(seed: int) -> World:
    """Six documents, the last superseded (what it says must not be found), and an event that two of them tell."""
    chance, world = random.Random(seed), World()
    for number in range(6):
        document = f"{BASE}document/{seed:016x}{number:016x}"
        kept = number < 5
        world.say(document, document, RDF.type, KG.Document)
        world.say(document, document, KG.published, f'"2031-05-0{number + 1}"^^<http://www.w3.org/2001/XMLSchema#date>')
        if not kept:
            world.say(document, document, KG.superseded, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
        events = [f"{document}/event/{place:016x}" for place in range(2)]
        for event in events:
            those = set(chance.sample(ACTORS, chance.choice((1, 2, 3))))
            world.say(document, event, RDF.type, KG.Event)
            world.say(document, event, KG.reportedIn, document)
            for actor in those:
                world.say(document, event, KG.hasParticipant, actor)
            if kept:
                world.takes_part[event] = those
        for place in range(2):
            claim = f"{document}/claim/{place:016x}"
            named, told = set(chance.sample(ACTORS, chance.choice((1, 1, 2)))), set(chance.sample(events, place))
            world.say(document, claim, RDF.type, KG.Claim)
            world.say(document, claim, KG.reportedIn, document)
            for one in named:
                world.say(document, claim, chance.choice(PARTIES), one)
            for event in told:
                world.say(document, claim, KG.about, event)
            if kept:
                world.names[claim], world.about[claim] = named, told
    shared, reports = f"{BASE}event/{seed:016x}", sorted(world.takes_part)[:3:2]
    world.takes_part[shared] = set().union(*(world.takes_part[report] for report in reports))
    graph = resolution_graph(BASE)
    world.say(graph, shared, RDF.type, KG.Event)
    world.say(graph, shared, KG.reportedIn, reports[0].rsplit("/", 2)[0])
    for actor in world.takes_part[shared]:
        world.say(graph, shared, KG.hasParticipant, actor)
    return world


@pytest.fixture(scope="module", params=range(4))
def world_and_reader(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Reader]]:
    world, root = made(request.param), tmp_path_factory.mktemp("links") / "graph"
    with open_writer(root, create=True, base=BASE) as writer:
        writer.put("".join(line for lines in world.graphs.values() for line in lines).encode(), list(world.graphs))
    with open_reader(root) as reader:
        yield world, reader


def linking(reader: Reader) -> Links:
    return Links(lookups(reader, GraphQLLimits()))


def test_around_and_across_find_every_link_and_no_other(world_and_reader: tuple[World, Reader]) -> None:
    world, reader = world_and_reader
    expected = world.expected()
    asked = linking(reader)
    for actor in ACTORS:
        assert set(asked.around([actor])) == {link for link in expected if link.source == actor}
    for cut in range(1, len(ACTORS)):
        left, right = ACTORS[:cut], ACTORS[cut:]
        found = asked.across(left, right, 10_000)
        assert set(found) == {link for link in expected if link.source in left and link.target in right}
        assert len(set(found)) == len(found)
    assert not asked.cut


def test_paths_are_those_of_a_plain_search(
    world_and_reader: tuple[World, Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, reader = world_and_reader
    edges = {(link.source, link.target): link.via for link in world.expected()}
    for heavy, b in product((-1, 5, 10_000), ACTORS[1:]):
        monkeypatch.setattr(between, "HEAVY", heavy)
        chains = Search(linking(reader)).chains(ACTORS[0], b, 6, 1_000)
        shortest = distance(edges, ACTORS[0], b)
        assert {len(chain) for chain in chains} == ({shortest} if shortest is not None else set())
        assert all(set(chain) <= world.expected() for chain in chains)
        assert walks(edges, ACTORS[0], b, shortest) <= {tuple(one.via for one in chain) for chain in chains}


def test_the_newest_come_first(world_and_reader: tuple[World, Reader]) -> None:
    world, reader = world_and_reader
    vias = sorted(world.names)
    ordered = linking(reader).newest(vias)
    days = [via.rsplit("/", 2)[0] for via in ordered]
    assert sorted(ordered) == vias and days == sorted(days, reverse=True)
    assert linking(reader).newest([]) == []


def test_a_bound_that_cuts_is_told(world_and_reader: tuple[World, Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    _, reader = world_and_reader
    asked = linking(reader)
    assert len(asked.across(ACTORS[:7], ACTORS[7:], 1)) > 1 and asked.cut
    monkeypatch.setattr(links, "MOST", 1)
    asked = linking(reader)
    asked.around(ACTORS)
    assert asked.cut
