"""Who and what stands around an actor or event: what was said by whom about what, who takes part with whom.

Around an actor the index counts, so a hop costs the same around everybody; the claims about one event are counted by
one SPARQL.  Reports of one event count as that event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.errors import ApiError
from api.pages.crossing import counted
from api.pages.page import Visit
from api.pages.words import STANCES
from kg.model import ACTOR_KINDS
from kg.store import sparql

COUNTED = 100  # values of each facet that are looked at where one group is chosen of them, speakers of one event
LOOKED_AT = 60  # at once, of all whom it met
MOST = 40  # nodes around one that are shown: those most often met
TOGETHER = "together"  # the link of two actors that take part in the same events
EVENT = "Event"  # the kind of a node that is no actor
ALLEGED = "alleged_"  # before the role in an event of which nobody says on their own account that it happened so
CONCERNED = "concerned"  # of two whom one claim concerns, without that one says it of the other
# What a node is drawn as.  Each group has its own form and colour.
GROUPS = ("person", "body", "event", "other")
_GROUP = {
    "Person": "person", "Event": "event", "Place": "other", "Artefact": "other", "GeopoliticalEntity": "other",
    "Unidentified": "other",
}  # fmt: skip
GROUP_OF: Mapping[str, str] = {kind: _GROUP.get(kind, "body") for kind in (*ACTOR_KINDS, "Event")}

NODE = """query($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Actor { iri name kind }
    ... on Event { ...Told sharedEvent { ...Told } }
  }
}
fragment Told on Event { iri label alleged roles { role actor { iri name kind } } }"""
ACTORS = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { iri name kind } } }"
ENDS = """query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Actor { iri name kind } ... on Event { iri label sharedEvent { iri } } }
}"""
VALUES = "{ values { value count } }"


class Node(NamedTuple):
    """An actor or event; *kind* is the actor's, or Event."""

    iri: str
    name: str
    kind: str

    @property
    def group(self) -> str:
        return GROUP_OF.get(self.kind, "other")


class Link(NamedTuple):
    """*source* does what *kind* says to *target*: a stance, or the role it has in an event (perhaps after ALLEGED).

    TOGETHER and CONCERNED are kinds without a direction.
    """

    source: str
    kind: str
    target: str


@dataclass(slots=True)
class Surroundings:
    """*root* and what stands around it: *nodes* by IRI, *links* with how often they were met."""

    root: Node
    nodes: dict[str, Node] = field(default_factory=dict)
    links: Counter[Link] = field(default_factory=Counter)

    def add(self, other: Node, link: Link, count: int) -> None:
        self.nodes.setdefault(other.iri, other)
        self.links[link] += count

    def most_met(self, most: int, group: str | None) -> list[Node]:
        """The nodes of one *group* (None: any), the most often met first, at most *most*."""
        met: Counter[str] = Counter()
        for link, count in self.links.items():
            met[link.target if link.source == self.root.iri else link.source] += count
        around = [node for node in self.nodes.values() if group in (None, node.group)]
        return sorted(around, key=lambda node: (-met[node.iri], node.name, node.iri))[:most]


def around(visit: Visit, iri: str, given: Mapping[str, str]) -> Surroundings:
    """One hop from the actor or event *iri*; *given* may hold ``stance``, ``since``, ``until``.  ApiError 404."""
    (found,) = visit.asking.graphql(NODE, ids=[iri])["nodes"]
    if not found or found["__typename"] not in ("Actor", "Event"):
        raise ApiError(404, f"no actor or event {iri[:200]}")
    if found["__typename"] == "Event":
        return _around_event(visit, found["sharedEvent"] or found, given)
    made = Surroundings(Node(found["iri"], found["name"], found["kind"]))
    met = [
        (name, value["value"], value["count"])
        for name, facet in _facets(visit, made.root.iri, given)
        for value in facet["values"]
        if value["value"] != made.root.iri
    ]
    ends = _ends(visit, met, given.get("kind"))
    for name, iri, count in met:
        if other := ends.get(iri):
            made.add(other, _link(name, made.root.iri, other.iri), count)
    return made


def _ends(visit: Visit, met: Iterable[tuple[str, str, int]], group: str | None) -> dict[str, Node]:
    """The nodes of those most often *met*, by IRI, until there are more of the *group* (None: any) than are shown.

    A report of an event stands for the event that it reports.
    """
    counted: Counter[str] = Counter()
    for _, iri, count in met:
        counted[iri] += count
    ordered = sorted(counted, key=lambda iri: (-counted[iri], iri))
    found: dict[str, Node] = {}
    for begin in range(0, len(ordered), LOOKED_AT):
        for one in visit.asking.graphql(ENDS, ids=ordered[begin : begin + LOOKED_AT])["nodes"]:
            if one and "kind" in one:
                found[one["iri"]] = Node(one["iri"], one["name"], one["kind"])
            elif one:  # the label of one report, until those shown are named
                found[one["iri"]] = Node((one["sharedEvent"] or one)["iri"], one["label"], EVENT)
        if len({node.iri for node in found.values() if group in (None, node.group)}) > MOST:
            break
    return found


def _facets(visit: Visit, iri: str, given: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What the index counts around an actor, in one request: a facet for each stance in each direction, and events.

    Names are ``says_STANCE``, ``told_STANCE`` and TOGETHER.
    """
    dates = {name: given[name] for name in ("since", "until") if name in given}
    declared = "".join(f", ${name}: Date" for name in dates)
    common = "".join(f", {name}: ${name}" for name in dates) + f", limit: {COUNTED if 'kind' in given else MOST + 1}"
    parts = []
    for one in [given["stance"]] if "stance" in given else STANCES:
        parts.append(f"says_{one}: facets(of: claim, by: [about], speaker: $iri, stance: {one}{common}) {VALUES}")
        parts.append(f"told_{one}: facets(of: claim, by: [speaker], about: $iri, stance: {one}{common}) {VALUES}")
    if "stance" not in given:
        parts.append(f"{TOGETHER}: facets(of: event, by: [participant], participant: $iri{common}) {VALUES}")
    query = f"query($iri: String!{declared}) {{\n  " + "\n  ".join(parts) + "\n}"
    for name, (facet,) in visit.asking.graphql(query, iri=iri, **dates).items():
        yield name, facet


def _link(name: str, root: str, other: str) -> Link:
    way, _, stance = name.partition("_")
    if way == TOGETHER:
        return Link(root, TOGETHER, other)
    return Link(root, stance, other) if way == "says" else Link(other, stance, root)


def _around_event(visit: Visit, event: Mapping[str, Any], given: Mapping[str, str]) -> Surroundings:
    """Who says what about an event or any report of it, and (where no stance is asked for) who takes part as what."""
    made = Surroundings(Node(event["iri"], event["label"], EVENT))
    only = f"FILTER(?stance = kg:{given['stance']})" if "stance" in given else ""
    dates = {name: given[name] for name in ("since", "until") if name in given}
    rows = visit.asking.select(
        f"SELECT ?speaker ?stance (COUNT(DISTINCT ?claim) AS ?n) {{\n"
        f"  VALUES ?event {{ {sparql(event['iri'])} }} ?event (^kg:sharedEvent)? ?report .\n"
        f"  ?claim kg:about ?report ; kg:speaker ?speaker . {counted(dates)} {only}\n"
        f"}} GROUP BY ?speaker ?stance ORDER BY DESC(?n) ?speaker ?stance LIMIT {COUNTED}"
    )
    ids = list(dict.fromkeys(str(row["speaker"]) for row in rows))
    named = {one["iri"]: one for one in visit.asking.graphql(ACTORS, ids=ids)["nodes"] if one} if ids else {}
    for row in rows:
        if (speaker := named.get(str(row["speaker"]))) is not None:
            link = Link(speaker["iri"], str(row["stance"]).rpartition("#")[2], made.root.iri)
            made.add(Node(speaker["iri"], speaker["name"], speaker["kind"]), link, int(str(row["n"])))
    for role in event["roles"] if "stance" not in given else ():
        actor = role["actor"]
        link = Link(actor["iri"], f"{ALLEGED if event['alleged'] else ''}{role['role']}", made.root.iri)
        made.add(Node(actor["iri"], actor["name"], actor["kind"]), link, 1)
    return made
