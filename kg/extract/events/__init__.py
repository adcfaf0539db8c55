"""Events: one for each thing that happened, or is said to have happened, however often the document tells of it.

    triggers ──▶ verdict (real, alleged, unreal, negated), time, roles ──▶ tellings ──▶ clusters ──▶ events

Triggers are the lexicon's (``data/events``), borne out by the words of their sentence; what is negated, feared,
planned or general is no event; tellings of one kind are of one event unless something sets them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.extract.events.clusters import Cluster, Clusters
from kg.extract.events.factual import Judge
from kg.extract.events.label import label
from kg.extract.events.roles import Cast
from kg.extract.events.telling import Telling, ballot, determiner, names, other, plural
from kg.extract.events.timing import Timing
from kg.extract.events.triggers import Finder, Found
from kg.extract.events.words import factuality
from kg.extract.lexicon import events
from kg.extract.tree import Tree
from kg.model import Interval, Time

__all__ = ["FoundEvent", "find_events"]


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event in tokens: *trigger* and *mentions* are ``(first, last)``, *roles* ``(role, head token)``."""

    kind: str
    label: str
    trigger: tuple[int, int]
    mentions: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, int], ...]
    interval: Interval | None
    alleged: bool
    confidence: float


def find_events(
    tree: Tree, times: Sequence[Time], reports: Collection[int], actors: Collection[int]
) -> list[FoundEvent]:
    """The events of one document, in the order of their triggers.

    *times* are the document's temporal expressions, *reports* the tokens of reporting cues, *actors* the tokens of
    names known to be those of actors.
    """
    lexicon = events(tree.grammar.language)
    published = tree.parsed.document.published
    reader = _Reader(tree, times, reports)
    clusters = Clusters(tree, published.end if published else None)
    for found in Finder(tree, lexicon, actors).find():
        if not reader.lights(found, clusters):
            clusters.place(reader.telling(found))
    made = [_event(tree, cluster) for cluster in clusters.clusters]
    return sorted(made, key=lambda event: tree.parsed.start[event.trigger[0]])


class _Reader:
    """Reads what the sentence says of a trigger."""

    def __init__(self, tree: Tree, times: Sequence[Time], reports: Collection[int]) -> None:
        self.tree, self.words = tree, factuality(tree.grammar.language)
        self.judge, self.timing, self.cast = (
            Judge(tree, self.words),
            Timing(tree, times, reports),
            Cast(tree, self.words),
        )

    def telling(self, found: Found) -> Telling:
        tree, entry = self.tree, found.entry
        verbal = entry.part == "verb"
        interval = self.timing.of(found.token)
        roles = self.cast.roles(found.token, entry)
        told = Telling(
            found, entry.kind, self.judge.verdict(found.token, entry.kind, verbal), interval, roles,
            determiner(tree, found.token, verbal), plural(tree, found.token), other(tree, found.token, self.words),
            tree.parsed.sentence[found.token], names(tree, entry.kind, roles),
        )  # fmt: skip
        if entry.kind == "Election":
            told.ballot = ballot(tree, found, self.words, interval)
        return told

    def lights(self, found: Found, clusters: Clusters) -> bool:
        """A light verb whose subject is an event (``le piratage qui a visé X``) adds its object to that event."""
        if not found.entry.light:
            return False
        for role, head in self.cast.roles(found.token, found.entry):
            cluster = clusters.by_token.get(head)
            if role == "agent" and cluster is not None:
                told = cluster.tellings[-1]
                told.roles += [pair for pair in self.cast.roles(found.token, found.entry) if pair[0] != "agent"]
                told.names = names(self.tree, told.kind, told.roles)
                cluster.names |= told.names
                return True
        return False


def _event(tree: Tree, cluster: Cluster) -> FoundEvent:
    main = next((t for t in cluster.tellings if not t.anaphoric and t.determiner != "amod"), cluster.tellings[0])
    roles: list[tuple[str, int]] = []
    for told in (main, *cluster.tellings):
        roles += [pair for pair in told.roles if pair not in roles]
    tokens = [
        (t.found.first, t.found.last) if not t.verbal else (t.token, t.token) for t in cluster.tellings if t is not main
    ]
    trigger = (main.token, main.token) if main.verbal else (main.found.first, main.found.last)
    alleged = all(t.verdict == "alleged" for t in cluster.tellings)
    return FoundEvent(
        cluster.kind, label(tree, main), trigger, tuple(tokens), tuple(roles), cluster.interval, alleged, _confidence(cluster),
    )  # fmt: skip


def _confidence(cluster: Cluster) -> float:
    """How sure: an unambiguous word, several tellings, a date and participants each speak for the event."""
    sure = any(not t.found.entry.needs and not t.anaphoric for t in cluster.tellings)
    more = (
        0.1 * (len(cluster.tellings) > 1)
        + 0.05 * (cluster.interval is not None)
        + 0.05 * any(t.roles for t in cluster.tellings)
    )
    return round((0.7 if sure else 0.55) + more, 2)
