"""How two actors are linked: a breadth-first search over claims and events, from both ends, bounded in its work.

The end with fewer links takes the next step.  Where that would still bring in very many, the links that join the two
ends are looked for first; where there are some, the step is never taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from api.graphql import filters as f
from api.graphql.compile import Selected
from api.graphql.facts import Facts
from api.graphql.fields import TYPES, node, type_of
from api.graphql.links import Link, Links
from api.graphql.lookups import Answer, Lookups
from api.graphql.problems import problem
from api.graphql.results import Path, Paths, Step

HEAVY = 250  # claims and events to be read for a step (25 ms), from which joining links are looked for first
FRONTIER = 400  # actors one step may start from
LONGEST, MOST = 6, 20


class Linking(Protocol):
    """What the search asks; `api.graphql.links.Links` answers from the graph."""

    def weight(self, actors: Sequence[str]) -> int: ...
    def around(self, actors: Sequence[str]) -> list[Link]: ...
    def across(self, left: Sequence[str], right: Sequence[str], enough: int) -> list[Link]: ...
    def newest(self, vias: Sequence[str]) -> list[str]: ...


@dataclass(slots=True)
class Side:
    """One end of the search: who was reached from *start*, in how many steps, and by which links of the last one."""

    start: str
    reached: dict[str, int] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    frontier: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reached[self.start] = 0
        self.frontier = [self.start]

    def advance(self, links: Sequence[Link]) -> None:
        """Goes on to those whom *links* reach and nobody reached before."""
        depth = max(self.reached.values()) + 1
        for link in links:
            if self.reached.setdefault(link.target, depth) == depth:
                self.links[link.target].append(link)
        self.frontier = sorted(actor for actor, level in self.reached.items() if level == depth)

    def chains(self, actor: str) -> Iterator[tuple[Link, ...]]:
        """Every chain of links from the start to *actor*."""
        if actor == self.start:
            yield ()
            return
        for link in sorted(set(self.links[actor])):
            for head in self.chains(link.source):
                yield (*head, link)


@dataclass(slots=True)
class Search:
    """The search of one request; *exhaustive* turns false where chains are left out."""

    linking: Linking
    exhaustive: bool = True

    def chains(self, a: str, b: str, longest: int, most: int) -> list[list[Link]]:
        """The shortest chains from *a* to *b*, at most *most*, none of more than *longest* links; the newest first."""
        sides = (Side(a), Side(b))
        for _ in range(longest):
            weights = [self.linking.weight(self._bounded(side)) for side in sides]
            if min(weights) > HEAVY:
                met = self.linking.across(self._bounded(sides[0]), self._bounded(sides[1]), 2 * most)
                if met:
                    return self._chosen(_over(sides, met), most)
            side = sides[weights.index(min(weights))]
            side.advance(self.linking.around(self._bounded(side)))
            if not side.frontier:
                return []
            meeting = sides[0].reached.keys() & sides[1].reached.keys()
            if meeting:
                return self._chosen(_through(sides, sorted(meeting)), most)
        return []

    def _bounded(self, side: Side) -> list[str]:
        if len(side.frontier) > FRONTIER:
            self.exhaustive = False
        return side.frontier[:FRONTIER]

    def _chosen(self, chains: Iterator[tuple[Link, ...]], most: int) -> list[list[Link]]:
        """The newest of *chains*, of which so many are looked at."""
        found = list(islice(chains, 10 * most + 1))
        self.exhaustive = self.exhaustive and len(found) <= most
        newest = self.linking.newest(list(dict.fromkeys(link.via for chain in found for link in chain)))
        rank = {via: place for place, via in enumerate(newest)}
        last = len(rank)
        found.sort(key=lambda chain: ([rank.get(link.via, last) for link in chain], chain))
        return [list(chain) for chain in found[:most]]


def _through(sides: tuple[Side, Side], meeting: Sequence[str]) -> Iterator[tuple[Link, ...]]:
    """The chains through the actors that both sides reached."""
    for one in meeting:
        for head in sides[0].chains(one):
            for tail in sides[1].chains(one):
                yield (*head, *_turned(tail))


def _over(sides: tuple[Side, Side], met: Sequence[Link]) -> Iterator[tuple[Link, ...]]:
    """The chains over the links from one side to the other."""
    for link in met:
        for head in sides[0].chains(link.source):
            for tail in sides[1].chains(link.target):
                yield (*head, link, *_turned(tail))


def _turned(chain: tuple[Link, ...]) -> Iterator[Link]:
    return (Link(link.target, link.via, link.source) for link in reversed(chain))


def between(lookups: Lookups, selected: Selected) -> Answer:
    """The shortest paths between two actors, each named by name, id or IRI."""
    arguments = selected.arguments
    longest, most = arguments["maxLength"], arguments["first"]
    if not 1 <= longest <= LONGEST:
        raise problem("BAD_ARGUMENT", f"maxLength: from 1 to {LONGEST}")
    if not 1 <= most <= MOST:
        raise problem("PAGE_TOO_LARGE", f"first: from 1 to {MOST} paths")
    ends = [f.one("Actor", {"name": arguments[name]}, lookups) for name in ("a", "b")]
    if ends[0] is not None and ends[0] == ends[1]:
        raise problem("BAD_ARGUMENT", "a and b are the same actor")
    if None in ends:
        return Answer(lambda facts: Paths(paths=[], exhaustive=True))
    links = Links(lookups)
    search = Search(links)
    chains = search.chains(str(ends[0]), str(ends[1]), longest, most)
    iris = dict.fromkeys(iri for chain in chains for link in chain for iri in link)
    return Answer(lambda facts: _paths(chains, search.exhaustive and not links.cut, facts), list(iris))


def _paths(chains: Sequence[Sequence[Link]], exhaustive: bool, facts: Facts) -> Paths:
    return Paths(
        paths=[Path(steps=[_step(link, facts) for link in chain], length=len(chain)) for chain in chains],
        exhaustive=exhaustive,
    )


def _step(link: Link, facts: Facts) -> Step:
    source: Any = node(facts, "Actor", link.source)
    target: Any = node(facts, "Actor", link.target)
    via: Any = TYPES[type_of(facts, link.via)](link.via, facts)
    return Step(source=source, via=via, target=target)
