"""What is told of events: what most reports say, which reports tell one event, which are part of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from kg import iris, shapes
from kg.model import PRECISIONS
from kg.nquads import boolean, decimal, iri, string, typed
from kg.resolve.across import events
from kg.resolve.across.story import Story
from kg.telling.lines import lines_of
from kg.terms import KG, RDF, SKOS, XSD


class EventLines:
    """The lines of events, by the report that is first of those that tell one."""

    def __init__(self, story: Story, base: str) -> None:
        self._layer, self._base = story.events, base

    def of(self, root: str) -> Iterable[str]:
        """An event that several reports tell: what most say, with the first report's words; and which reports tell
        it."""
        members = self._layer.members(root)
        told = {one: facts for one in members if (facts := self._layer.facts(one)) is not None}
        node = self._event_iri(root)
        for one in told:
            for other, label, _ in self._layer.scores(one):
                if label == events.PART:
                    yield from self._part(one, other)
        if len(told) < 2:
            return
        first = told[root]
        kinds = Counter(facts["kind"] for facts in told.values())
        leaf = min(kinds, key=lambda kind: (-kinds[kind], kind != first["kind"], kind))
        pairs = [(RDF.type, iri(KG.NS + name)) for name in (leaf, *shapes.superclasses(leaf))]
        pairs += [
            (SKOS.prefLabel, string(first["label"])), (KG.trigger, iri(first["trigger"])), (KG.reportedIn,
            iri(first["document"])),
            (KG.alleged, boolean(all(facts["alleged"] for facts in told.values()))),
            (KG.confidence, decimal(max(round(float(facts["confidence"]), 4) for facts in told.values()))),
        ]  # fmt: skip
        pairs += [(KG.evidence, iri(facts["trigger"])) for facts in told.values()]
        pairs += _when(told.values())
        for facts in told.values():
            for role, actors in facts["roles"].items():
                pairs += [(p, iri(a)) for a in actors for p in (KG.hasParticipant, f"{KG.NS}has{role.capitalize()}")]
        yield from lines_of(node, pairs)
        yield from (f"{iri(one)} {iri(KG.sharedEvent)} {iri(node)}" for one in told)
        for later, earlier, _ in events.corrections(told.items()):
            yield f"{iri(later)} {iri(KG.corrects)} {iri(earlier)}"

    def _event_iri(self, node: str) -> str:
        """The node of the event that a report tells: shared by several reports, or the report's own."""
        root = self._layer.root(node)
        return iris.shared_event(self._base, [root]) if len(self._layer.members(root)) > 1 else node

    def _part(self, one: str, two: str) -> Iterable[str]:
        facts, others = self._layer.facts(one), self._layer.facts(two)
        if facts and others and events.inside(facts, others):
            yield f"{iri(one)} {iri(KG.subEventOf)} {iri(two)}"


def _when(reports: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The days that most of the reports state, of equally frequent ones the narrower."""
    stated: Counter[tuple[str, str, str]] = Counter(
        (facts["begin"], facts["end"], facts["precision"]) for facts in reports if facts["stated"]
    )
    if not stated:
        return []
    order = {name: place for place, name in enumerate(PRECISIONS)}
    begin, end, precision = min(stated, key=lambda one: (-stated[one], order.get(one[2], 9), one))
    return [(KG.begin, typed(begin, XSD.date)), (KG.end, typed(end, XSD.date)), (KG.precision, string(precision))]
