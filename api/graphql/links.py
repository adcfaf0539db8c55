"""What links actors to one another: the links of one step, asked of the index and the store.

A claim links its speaker, its addressee, those it speaks about or imputes an act to, and the participants of events it
is about; an event links its participants.  What a newer revision of its document superseded links nobody.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from api.graphql.lookups import Lookups
from kg.index import Filters
from kg.store.terms import Row, values
from kg.terms import KG

PARTIES = ("speaker", "about", "addressee", "attributed")  # the index's fields of a claim that hold actors
MOST = 5_000  # links one step may bring in
_PARTIES = "|".join(f"<{each}>" for each in (KG.speaker, KG.addressee, KG.attributedTo, KG.about))
_ABOUT, _TAKES_PART = f"<{KG.about}>", f"<{KG.hasParticipant}>"
_ACTOR = f"FILTER NOT EXISTS {{ ?b a <{KG.Event}> }}"


class Link(NamedTuple):
    source: str
    via: str
    target: str


@dataclass(slots=True)
class Links:
    """The links that one request can see; *cut* turns true where a bound left some out."""

    lookups: Lookups
    cut: bool = False
    _events: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _replaced: set[str] | None = None

    def weight(self, actors: Sequence[str]) -> int:
        """How many claims and events name one of *actors*: what ``around`` would have to read."""
        return self._count("event", _taking_part(actors)) + self._count("claim", _naming(actors))

    def around(self, actors: Sequence[str]) -> list[Link]:
        """The links from *actors* to all others, at most MOST of them."""
        rows = self._select(_neighbours(actors))
        self.cut = self.cut or len(rows) > MOST
        links = (Link(str(row["a"]), str(row["via"]), str(row["b"])) for row in rows[:MOST])
        replaced = self._superseded()
        return [link for link in links if link.via.rsplit("/", 2)[0] not in replaced]

    def across(self, left: Sequence[str], right: Sequence[str], enough: int) -> list[Link]:
        """The links from one of *left* to one of *right* (which share nobody), the plainest sort first: claims that
        name both, events of both, claims that name one about events of the other; the newest of each sort first.

        Once there are more than *enough*, no further sort is looked for.
        """
        fewer, more = sorted((left, right), key=lambda ends: self._count("event", _taking_part(ends)))
        ways = (
            partial(self._find, "claim", _naming(left, right)),
            partial(self._find, "event", _taking_part(left, right)),
            partial(self._told, left, set(right)),
            partial(self._about_events, fewer, more),
            partial(self._about_events, more, fewer),
        )
        found: dict[str, list[Link]] = {}
        for way in ways:
            vias = [via for via in way(enough + 1) if via not in found]
            found |= self._linking(vias, set(left), set(right))
            if sum(map(len, found.values())) > enough:
                self.cut = True
                break
        return [link for links in found.values() for link in links]

    def newest(self, vias: Sequence[str]) -> list[str]:
        """Those of *vias* that have a row in the index, the newest first."""
        return self.lookups.reader.index.find(("claim", "event"), Filters(iris=vias), first=len(vias)).iris

    # ------------------------------------------------------------------ ways across
    def _count(self, kind: str, filters: Filters) -> int:
        return self.lookups.reader.index.count(kind, filters)

    def _find(self, kind: str, filters: Filters, most: int) -> list[str]:
        begun = time.perf_counter()
        page = self.lookups.reader.index.find(kind, filters, first=most)
        self.lookups.trace.looked_up(f"{kind}s that link", len(page.hits), begun)
        self.cut = self.cut or page.has_next
        return page.iris

    def _told(self, left: Sequence[str], right: set[str], most: int) -> list[str]:
        """Events that several documents tell: one may name the one actor, another the other.  The index has their
        reports only."""
        graph = f"{self.lookups.reader.base}graph/resolution"
        pattern = f"{values('a', left)} ?e {_TAKES_PART} ?a . ?e {_TAKES_PART} ?b"
        rows = self._select(f"SELECT DISTINCT ?e ?b {{ GRAPH <{graph}> {{ {pattern} }} }} LIMIT {MOST + 1}")
        found = sorted({str(row["e"]) for row in rows if row["b"] in right})
        self.cut = self.cut or len(rows) > MOST or len(found) > most
        return found[:most]

    def _about_events(self, ends: Sequence[str], others: Sequence[str], most: int) -> list[str]:
        """Claims that name one of *others*, about events in which one of *ends* takes part."""
        events = self._events_of(ends)
        return self._find("claim", _naming(others, about=events), most) if events else []

    def _events_of(self, actors: Sequence[str]) -> list[str]:
        key = tuple(actors)
        if key not in self._events:
            rows = self._select(
                f"SELECT DISTINCT ?e {{ {values('a', actors)} ?e {_TAKES_PART} ?a }} ORDER BY ?e LIMIT {MOST + 1}"
            )
            self.cut = self.cut or len(rows) > MOST
            self._events[key] = [str(row["e"]) for row in rows[:MOST]]
        return self._events[key]

    def _linking(self, vias: Sequence[str], left: set[str], right: set[str]) -> dict[str, list[Link]]:
        """For each of *vias* the links it makes from *left* to *right*."""
        named, taking = self._members(vias)
        found: dict[str, list[Link]] = {}
        for via in vias:
            pairs = {(a, b) for a in named[via] for b in named[via] | taking[via]}
            pairs |= {(b, a) for a, b in pairs}
            links = sorted(Link(a, via, b) for a, b in pairs if a in left and b in right)
            if links:
                found[via] = links
        return found

    def _members(self, vias: Sequence[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Whom each claim names or event has as participants, and who takes part in the events a claim is about."""
        named: dict[str, set[str]] = defaultdict(set)
        taking: dict[str, set[str]] = defaultdict(set)
        if vias:
            start = values("via", vias)
            rows = self._select(f"""SELECT ?via ?one ?other {{
  {{ {start} ?via {_PARTIES}|{_TAKES_PART} ?one }}
  UNION {{ {start} ?via {_ABOUT} ?event . ?event {_TAKES_PART} ?other }}
}}""")
            for row in rows:
                into, who = (named, row["one"]) if "one" in row else (taking, row["other"])
                into[str(row["via"])].add(str(who))
        return named, taking

    def _superseded(self) -> set[str]:
        """The documents that a newer revision replaced."""
        if self._replaced is None:
            rows = self._select(f"SELECT ?d {{ ?d <{KG.superseded}> true }}")
            self._replaced = {str(row["d"]) for row in rows}
        return self._replaced

    def _select(self, query: str) -> list[Row]:
        return self.lookups.trace.select(self.lookups.reader, query)


def _naming(*several: Sequence[str], about: Sequence[str] = ()) -> Filters:
    """Claims that name one of each of *several*, and are about one of *about*."""
    return Filters(words={"about": about} if about else {}, either=[(PARTIES, actors) for actors in several])


def _taking_part(*several: Sequence[str]) -> Filters:
    """Events in which one of each of *several* takes part."""
    return Filters(either=[(("participant",), actors) for actors in several])


def _neighbours(actors: Sequence[str]) -> str:
    """Written out as four ways, each from its own list of actors: 800 links in 36 ms, where one pattern with the
    predicates as values takes 130."""
    start = values("a", actors)
    return f"""SELECT DISTINCT ?a ?via ?b WHERE {{
  {{ {start} ?via {_PARTIES} ?a . ?via {_PARTIES} ?b {_ACTOR} }}
  UNION {{ {start} ?via {_TAKES_PART} ?a . ?via {_TAKES_PART} ?b }}
  UNION {{ {start} ?via {_PARTIES} ?a . ?via {_ABOUT} ?event . ?event {_TAKES_PART} ?b }}
  UNION {{ {start} ?event {_TAKES_PART} ?a . ?via {_ABOUT} ?event . ?via {_PARTIES} ?b {_ACTOR} }}
  FILTER(?a != ?b)
}} LIMIT {MOST + 1}"""
