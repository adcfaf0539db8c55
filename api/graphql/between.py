"""How two actors are linked: a breadth-first search over claims and events, from both ends, bounded in its work.

A claim links its speaker, its addressee, those it speaks about or imputes an act to, and the participants of events it
is about; an event links its participants.  Each step asks one SPARQL for the neighbours of a whole frontier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.graphql import filters as f
from api.graphql.compile import Selected
from api.graphql.facts import Facts
from api.graphql.fields import TYPES, node, type_of
from api.graphql.lookups import Answer, Lookups
from api.graphql.problems import problem
from api.graphql.results import Path, Paths, Step
from kg.store.terms import values
from kg.terms import KG

LINKS = 5_000  # neighbours one step may bring in
FRONTIER = 400  # actors one step may start from
LONGEST, MOST = 6, 20


class Link(NamedTuple):
    source: str
    via: str
    target: str


@dataclass(slots=True)
class Side:
    """One end of the search: who was reached from *start*, and by which links from the step before."""

    start: str
    reached: dict[str, int] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    frontier: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reached[self.start] = 0
        self.frontier = [self.start]


@dataclass(slots=True)
class Search:
    """The search of one request; *exhaustive* turns false where a bound cuts something off."""

    lookups: Lookups
    exhaustive: bool = True

    def chains(self, a: str, b: str, longest: int, most: int) -> list[list[Link]]:
        """The shortest chains from *a* to *b*, at most *most*, none of more than *longest* links; sorted."""
        sides = (Side(a), Side(b))
        for _ in range(longest):
            side = min(sides, key=lambda one: len(one.frontier))
            if not side.frontier:
                return []
            self._advance(side)
            meeting = sides[0].reached.keys() & sides[1].reached.keys()
            if meeting:
                found = self._joined(sides, sorted(meeting), most)
                return [chain for chain in found if len(chain) <= longest]
        return []

    def _advance(self, side: Side) -> None:
        depth = max(side.reached.values()) + 1
        if len(side.frontier) > FRONTIER:
            self.exhaustive = False
        rows = self.lookups.trace.select(self.lookups.reader, _neighbours(side.frontier[:FRONTIER]))
        if len(rows) > LINKS:
            self.exhaustive = False
        for row in rows[:LINKS]:
            link = Link(str(row["a"]), str(row["via"]), str(row["b"]))
            if side.reached.setdefault(link.target, depth) == depth:
                side.links[link.target].append(link)
        side.frontier = sorted(actor for actor, level in side.reached.items() if level == depth)

    def _joined(self, sides: tuple[Side, Side], meeting: Sequence[str], most: int) -> list[list[Link]]:
        left, right = sides
        shortest = min(left.reached[one] + right.reached[one] for one in meeting)
        found: set[tuple[Link, ...]] = set()
        for one in meeting:
            if left.reached[one] + right.reached[one] != shortest:
                continue
            for head in _back(left, one):
                for tail in _back(right, one):
                    back = tuple(Link(link.target, link.via, link.source) for link in reversed(tail))
                    found.add((*head, *back))
                    if len(found) > 10 * most:
                        self.exhaustive = False
                        return [list(chain) for chain in sorted(found)[:most]]
        if len(found) > most:
            self.exhaustive = False
        return [list(chain) for chain in sorted(found)[:most]]


def _back(side: Side, actor: str) -> Iterator[tuple[Link, ...]]:
    """Every chain of links from the side's start to *actor*."""
    if actor == side.start:
        yield ()
        return
    for link in sorted(set(side.links[actor])):
        for head in _back(side, link.source):
            yield (*head, link)


def _neighbours(actors: Sequence[str]) -> str:
    """Written out as four ways, each from its own list of actors: 800 links in 36 ms, where one pattern with the
    predicates as values takes 130."""
    start = values("a", actors)
    part = "|".join(f"<{each}>" for each in (KG.speaker, KG.addressee, KG.attributedTo, KG.about))
    about, takes_part = f"<{KG.about}>", f"<{KG.hasParticipant}>"
    actor = f"FILTER NOT EXISTS {{ ?b a <{KG.Event}> }}"
    return f"""SELECT DISTINCT ?a ?via ?b WHERE {{
  {{ {start} ?via {part} ?a . ?via {part} ?b {actor} }}
  UNION {{ {start} ?via {takes_part} ?a . ?via {takes_part} ?b }}
  UNION {{ {start} ?via {part} ?a . ?via {about} ?event . ?event {takes_part} ?b }}
  UNION {{ {start} ?event {takes_part} ?a . ?via {about} ?event . ?via {part} ?b {actor} }}
  FILTER(?a != ?b)
}} LIMIT {LINKS + 1}"""


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
    search = Search(lookups)
    chains = search.chains(str(ends[0]), str(ends[1]), longest, most)
    iris = dict.fromkeys(iri for chain in chains for link in chain for iri in link)
    return Answer(lambda facts: _paths(chains, search.exhaustive, facts), list(iris))


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
