"""Scores resolution across documents on texts written by hand: mentions, triggers and claims are matched by offsets.

B³ for actors and events as in :mod:`tests.across.measure`: an item of the gold that the extraction does not find is
a cluster of its own, so that a miss costs recall; what is found beside the gold is left out.  Copies: F1 of pairs of
texts.  Contradictions: precision of pairs of claims, recall of pairs of texts (copies of one text count once).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.iris import BASE
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.claims import CONTRADICTS
from kg.resolve.across.story import Story
from kg.terms import KG
from tests.across import measure
from tests.across.written.gold import Item, Stretch, Written

SAME_WORDS = 0.5
"""Share of characters from which a mention or content found is that of the gold, as the extraction's scorer has it."""
QUADS = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A set as the machine sees it: the *found* abstract and *quads* of each text, and their *story*."""

    gold: Written
    found: Mapping[str, Abstract]
    quads: Mapping[str, QUADS]
    story: Story


def tell(gold: Written) -> Told:
    """Reads, extracts and resolves the set, all texts at once."""
    read = measure.read_in(list(gold.texts))
    found = {name: abstract for name, (abstract, _) in read.items()}
    return Told(gold, found, {name: quads for name, (_, quads) in read.items()}, measure.told(found))


def scores(told: Told) -> dict[str, measure.Score]:
    """Every figure by its name; ``named events`` are those of a kind of their own, not Other."""
    gold, system = events(told)
    kept = {item.key for item in told.gold.events if item.kind != "Other"}
    pairs, _ = contradictions(told)
    return {
        "actors": measure.b_cubed(*actors(told)),
        "events": measure.b_cubed(gold, system),
        "named events": measure.b_cubed({k: gold[k] for k in kept}, {k: system[k] for k in kept}),
        "copies": measure.copies(list(told.gold.texts), told.found, told.story),
        "contradictions": pairs,
    }


# ------------------------------------------------------------------ clusters
def actors(told: Told) -> tuple[dict[str, str], dict[str, str]]:
    """Gold and system cluster of each name of each text."""
    gold, system = {}, {}
    for item in told.gold.actors:
        name = item.stretches[0].name
        holders = _holders(told.quads[name], name)
        hits = [best for place in item.stretches if (best := _nearest(place, [*holders])) is not None]
        bearer = holders[hits[0]] if hits else None
        gold[item.key] = item.cluster
        assigned = told.story.assigned(told.found[name].digest)
        system[item.key] = assigned.get(bearer, bearer) if bearer else f"missed {item.key}"
    return gold, system


def events(told: Told) -> tuple[dict[str, str], dict[str, str]]:
    """Gold and system cluster of each event of each text, found by any place where it is mentioned."""
    gold, system = {}, {}
    for item in told.gold.events:
        name = item.stretches[0].name
        iri = _event_at(item, _spans(told.quads[name], name, KG.trigger, KG.evidence), told.found[name])
        gold[item.key] = item.cluster
        system[item.key] = told.story.events.root(iri) if iri else f"missed {item.key}"
    return gold, system


def _event_at(item: Item, spans: Mapping[str, list[Stretch]], abstract: Abstract) -> str | None:
    """The event that has a trigger or a mention on the item's; of several, one of its kind before others."""
    fits = [
        event for event in abstract.events
        if any(place.overlap(span) > 0 for place in item.stretches for span in spans.get(event.iri, ()))
    ]  # fmt: skip
    fits.sort(key=lambda event: (event.kind != item.kind, event.iri))
    return fits[0].iri if fits else None


# ------------------------------------------------------------------ claims
def contradictions(told: Told) -> tuple[measure.Score, list[str]]:
    """Precision of pairs of claims and recall of pairs of texts; and each pair that is no contradiction in the gold."""
    right, extra = 0, []
    asked = {_texts(told, pair) for dispute in told.gold.disputes for pair in dispute}
    hit: set[frozenset[str]] = set()
    rows = [(a, b, reason) for a, b, reason in measure.related(told.story, CONTRADICTS)]
    for a, b, reason in rows:
        pairs = [p for d in told.gold.disputes for p in d if _is(told, p, a, b)]
        right += bool(pairs)
        hit |= {_texts(told, pair) for pair in pairs}
        if not pairs:
            facts = [told.story.claims.facts(node) or {} for node in (a, b)]
            extra.append(f"{reason}: {[(f['speaker'], f['stance'], f['text']) for f in facts]}")
    return measure.Score(right / len(rows) if rows else 1.0, len(hit) / len(asked) if asked else 1.0), extra


def silences(told: Told) -> list[str]:
    """Each claim of a dispute that the extraction does not find: no pair with it can be found either."""
    disputed = {id for dispute in told.gold.disputes for pair in dispute for id in pair}
    return [
        f"not found as a claim: {id} in {told.gold.claims[id].name}"
        for id in sorted(disputed)
        if not any(
            _says(told, claim.iri, told.gold.claims[id]) for claim in told.found[told.gold.claims[id].name].claims
        )
    ]


def relations(told: Told) -> dict[str, tuple[int, int]]:
    """Of each kind of relation how many of the gold's were found, in either direction, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for kind, one, other in told.gold.relations:
        rows = measure.related(told.story, kind)
        hits, of = found.get(kind, (0, 0))
        found[kind] = (hits + any(_is(told, (one, other), a, b) for a, b, _ in rows), of + 1)
    return found


def _is(told: Told, pair: tuple[str, str], a: str, b: str) -> bool:
    """Whether the claims *a* and *b* found are the two of *pair*, in either order."""
    one, other = (told.gold.claims[id] for id in pair)
    return (_says(told, a, one) and _says(told, b, other)) or (_says(told, a, other) and _says(told, b, one))


def _says(told: Told, claim: str, place: Stretch) -> bool:
    """Whether the content of *claim* is what stands at *place*; one may be part of the other."""
    spans = _spans(told.quads[place.name], place.name, KG.evidence).get(claim, ())
    return any(
        span.overlap(place) >= SAME_WORDS
        or place.start <= span.start < span.end <= place.end
        or span.start <= place.start < place.end <= span.end
        for span in spans
    )


def _texts(told: Told, pair: tuple[str, str]) -> frozenset[str]:
    """The texts of a pair of claims, each by the family of copies it belongs to."""
    family = {text.name: text.gold.family for text in told.gold.texts}
    return frozenset(family[told.gold.claims[id].name] for id in pair)


# ------------------------------------------------------------------ what the graph says where
def _holders(quads: QUADS, name: str) -> dict[Stretch, str]:
    """Mention -> the actor it refers to, as the document says it."""
    found = {}
    for line in quads:
        subject, predicate, value, *_ = line.split(" ", 3)
        if predicate == f"<{KG.refersTo}>":
            found[_place(subject, name)] = value[1:-1]
    return found


def _spans(quads: QUADS, name: str, *properties: str) -> dict[str, list[Stretch]]:
    """Node -> the spans that one of *properties* gives it."""
    found: dict[str, list[Stretch]] = {}
    for line in quads:
        subject, predicate, value, *_ = line.split(" ", 3)
        if predicate[1:-1] in properties and value.startswith(f"<{BASE}document/"):
            found.setdefault(subject[1:-1], []).append(_place(value, name))
    return found


def _place(node: str, name: str) -> Stretch:
    """The stretch that the IRI of a span or mention tells, ``…/START-END``."""
    start, end = node.strip("<>").rpartition("/")[2].split("-")
    return Stretch(name, int(start), int(end))


def _nearest(place: Stretch, others: list[Stretch]) -> Stretch | None:
    """The one that shares most with *place*, if it is the same words."""
    best = max(others, key=lambda other: (other.overlap(place), -other.start), default=None)
    return best if best is not None and best.overlap(place) >= SAME_WORDS else None
