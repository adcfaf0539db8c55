"""Events: one for each thing that happened, or is said to have happened, however often the document tells of it.

    triggers ──▶ verdict (real, alleged, unreal, negated), time, roles ──▶ tellings ──▶ clusters ──▶ events

Triggers are the lexicon's (``data/events``), borne out by the words of their sentence; what is negated, feared,
planned or general is no event; tellings of one kind are of one event unless something sets them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.extract.events.clusters import Cluster, Clusters
from kg.extract.events.label import label
from kg.extract.events.reader import Reader
from kg.extract.events.spans import narrowest
from kg.extract.events.telling import Telling
from kg.extract.events.triggers import Finder, Found
from kg.extract.lexicon import events
from kg.extract.tree import Tree
from kg.model import Interval, Time

__all__ = ["FoundEvent", "find_events"]

_CLOSE = 2  # tokens from a verb to the last word of its expression: walked out, jumped the rails, a fait grève


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
    finder = Finder(tree, lexicon, actors)
    found = finder.find()
    kinds = {k: hit.entry.kind for hit in found for k in hit.covered}
    heads = {k: hit.token for hit in found for k in hit.covered}
    reader = Reader(tree, lexicon, times, reports, kinds, heads)
    published = tree.parsed.document.published
    clusters = Clusters(tree, published.end if published else None)
    for hit in found:
        if reader.lights(hit, clusters):
            continue
        told = reader.telling(hit)
        if told is None or _points_to_deed(hit, told, reader, clusters):
            continue
        if told.anaphoric:
            _take_up(told, reader, finder, clusters)
        else:
            clusters.place(told)
    made = [_event(tree, cluster) for cluster in clusters.clusters]
    return sorted(made, key=lambda event: tree.parsed.start[event.trigger[0]])


def _points_to_deed(hit: Found, told: Telling, reader: Reader, clusters: Clusters) -> bool:
    """Takes up a deed told before by a word that would open another kind of event: ``the strike`` after a walkout."""
    back = next((entry for entry in hit.readings if entry.anaphoric and entry.deed), None)
    if back is None or told.anaphoric or clusters.tells(told):
        return False
    again = reader.telling(Found(hit.token, hit.covered, (back,)))
    return again is not None and again.points_back and clusters.take_up(again, back.kinds)


def _take_up(told: Telling, reader: Reader, finder: Finder, clusters: Clusters) -> None:
    """``l'attaque``, ``the breach``: an event told before, else one that the document as a whole bears out.

    A leak is what a break-in led to, not the break-in: it is taken up last.
    """
    kinds = told.found.entry.kinds
    first = kinds if kinds[0] == "DataLeak" else tuple(kind for kind in kinds if kind != "DataLeak")
    if told.points_back and clusters.take_up(told, first):
        return
    if not told.points_back and told.interval is None and not (told.names or told.other):
        return
    opening = finder.opening(told.found, {cluster.kind for cluster in clusters.clusters}.intersection(first))
    again = reader.telling(opening) if opening is not None else None
    if again is not None and (clusters.place(again) or not told.points_back):
        return
    if told.points_back:
        clusters.take_up(told, kinds)


def _event(tree: Tree, cluster: Cluster) -> FoundEvent:
    main = max(cluster.tellings, key=_weight)
    roles = list(dict.fromkeys(pair for told in (main, *cluster.tellings) for pair in told.roles))
    mentions = tuple(_words(told) for told in cluster.tellings if told is not main)
    dated = narrowest([told.interval for told in (main, *cluster.tellings) if told.interval is not None])
    alleged = all(t.verdict == "alleged" for t in cluster.tellings)
    return FoundEvent(
        cluster.kind, label(tree, main), _words(main), mentions, tuple(roles), dated, alleged,
        _confidence(cluster),
    )  # fmt: skip


def _words(told: Telling) -> tuple[int, int]:
    """The words that tell of the event: of an expression with a verb all where they stand close together."""
    if not told.verbal:
        return told.found.first, told.found.last
    close = told.found.entry.deed and told.token < told.found.last <= told.token + _CLOSE
    return told.token, told.found.last if close else told.token


def _weight(told: Telling) -> tuple[bool, bool, bool, bool]:
    """Which telling stands for the event: the first that describes it, as a fact, in words that mean nothing else."""
    pointing = told.anaphoric or told.headline or told.determiner in ("amod", "dem") or told.found.entry.part == "name"
    named = told.kind == "Election" and not told.verbal
    return not pointing, told.verdict == "real" or not told.verbal, not told.found.entry.needs, named


def _confidence(cluster: Cluster) -> float:
    """How sure: an unambiguous word, several tellings, a date and participants each speak for the event."""
    sure = any(not t.found.entry.needs and not t.anaphoric for t in cluster.tellings)
    dated, peopled = cluster.interval is not None, any(t.roles for t in cluster.tellings)
    return round((0.7 if sure else 0.55) + 0.1 * (len(cluster.tellings) > 1) + 0.05 * dated + 0.05 * peopled, 2)
