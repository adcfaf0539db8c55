"""The review queue: pairs of actors that may be one, the most valuable to decide about first.

A pair is worth as much as the mentions of its less mentioned actor: so many would come to stand under another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.decisions.holding import Pair, Select, load
from kg.nquads import iri
from kg.terms import KG, SKOS

MOST = 20_000
"""Open pairs that are read; a graph with more is reviewed that many at a time."""


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two actors, in order, that may be one: *score* from 0 to 1 and *reasons* as resolution gave them, *value* in
    mentions."""

    one: str
    two: str
    score: float | None
    reasons: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """What helps to tell an actor from another: *name*, *kind*, other *names*, and some *sayings* about or by it."""

    name: str
    names: tuple[str, ...]
    mentions: int
    sayings: tuple[str, ...]


def queue(select: Select, base: str, first: int) -> list[OpenPair]:
    """The *first* most valuable pairs that nobody decided about."""
    decisions = load(select, base)
    decided = decisions.merges | decisions.different
    rows = select(f"SELECT DISTINCT ?a ?b WHERE {{ ?a {iri(KG.maybeSameAs)} ?b }} LIMIT {MOST}")
    pairs = {_pair(row) for row in rows} - decided
    if not pairs:
        return []
    mentions = _mentions(select)
    reasons = _reasons(select)
    found = [
        OpenPair(one, two, *reasons.get((one, two), (None, ())), value=min(mentions.get(one, 0), mentions.get(two, 0)))
        for one, two in pairs
    ]
    both = {pair: sum(mentions.get(actor, 0) for actor in pair) for pair in pairs}
    found.sort(key=lambda p: (-p.value, -both[p.one, p.two], -(p.score or 0), p.one, p.two))
    return found[:first]


def _pair(row: Mapping[str, object]) -> Pair:
    one, two = sorted((str(row["a"]), str(row["b"])))
    return one, two


def _mentions(select: Select) -> dict[str, int]:
    rows = select(
        f"SELECT ?actor (COUNT(?m) AS ?n) WHERE {{ {{ SELECT DISTINCT ?actor WHERE {{ "
        f"{{ ?actor {iri(KG.maybeSameAs)} ?b }} UNION {{ ?b {iri(KG.maybeSameAs)} ?actor }} }} LIMIT {2 * MOST} }} "
        f"?m {iri(KG.refersTo)} ?actor }} GROUP BY ?actor"
    )
    return {str(row["actor"]): int(str(row["n"])) for row in rows}


def _reasons(select: Select) -> dict[Pair, tuple[float | None, tuple[str, ...]]]:
    """The best score and every reason of each pair, where resolution noted them."""
    rows = select(
        f"SELECT ?a ?b ?score ?reason WHERE {{ ?pair a {iri(KG.PossibleIdentity)} ; {iri(KG.concerns)} ?a, ?b ; "
        f"{iri(KG.score)} ?score ; {iri(KG.reason)} ?reason FILTER(STR(?a) < STR(?b)) }}"
    )
    found: dict[Pair, tuple[float | None, tuple[str, ...]]] = {}
    for row in rows:
        pair = _pair(row)
        score, reasons = found.get(pair, (None, ()))
        found[pair] = (max(score or 0.0, float(str(row["score"]))), tuple(sorted({*reasons, str(row["reason"])})))
    return found


def portraits(select: Select, actors: Iterable[str], sayings: int = 2) -> dict[str, Portrait]:
    """A portrait of each of *actors*, with so many of the things said by it or about it."""
    return {actor: _portrait(select, actor, sayings) for actor in actors}


def _portrait(select: Select, actor: str, sayings: int) -> Portrait:
    node = iri(actor)
    names = select(f"SELECT ?p ?name {{ {node} ?p ?name VALUES ?p {{ <{SKOS.prefLabel}> <{SKOS.altLabel}> }} }}")
    said = [(str(row["p"]) != SKOS.prefLabel, str(row["name"])) for row in names]
    (count,) = [int(str(row["n"])) for row in select(f"SELECT (COUNT(?m) AS ?n) {{ ?m <{KG.refersTo}> {node} }}")]
    rows = select(
        f"SELECT DISTINCT ?text ?title WHERE {{ ?claim <{KG.speaker}>|<{KG.about}>|<{KG.attributedTo}> {node} ; "
        f"{iri(KG.text)} ?text ; {iri(KG.reportedIn)} ?document OPTIONAL {{ ?document {iri(KG.title)} ?title }} }} "
        f"ORDER BY DESC(STRLEN(?text)) ?text LIMIT {sayings}"
    )
    shown = tuple(f"{row['text']} [{row['title']}]" if row.get("title") else str(row["text"]) for row in rows)
    ordered = [name for _, name in sorted(said)]
    return Portrait(ordered[0] if ordered else actor, tuple(dict.fromkeys(ordered[1:])), count, shown)
