"""Measures resolution across documents on the development set: ``python -m tests.across.measure``.

B³ (Bagga and Baldwin, 1998) for actors and events: what the gold names and the extraction does not find counts as a
cluster
of its own, so that a miss costs recall.  Pairwise F1 for copies.  Contradictions: precision and recall of pairs of
claims.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.abstracts import abstract_of
from kg.extractions import extractions
from kg.iris import BASE, fold
from kg.model import Extraction
from kg.rdf import actor_quads, document_quads
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.claims import CONTRADICTS
from kg.resolve.across.meaning import Meaning, asked_for
from kg.resolve.across.memory import Memory
from kg.resolve.across.story import Story
from kg.sources import Reading, read
from tests.across.affairs import Text, texts

BARS = {"actors": 0.90, "events": 0.80, "copies": 0.95, "contradictions": 0.80}


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def abstracts(chosen: list[Text]) -> dict[str, Abstract]:
    """The abstract of each text, by its name."""
    return {name: abstract for name, (abstract, _) in read_in(chosen).items()}


def read_in(chosen: list[Text]) -> dict[str, tuple[Abstract, tuple[str, ...]]]:
    """The abstract and the quads of each text, by its name: read, extracted and resolved as a build does it."""
    with tempfile.TemporaryDirectory() as folder:
        for one in chosen:
            Path(folder, one.name).write_text(one.text, encoding="utf-8")
        reading = Reading(published_by_name={one.name: one.published for one in chosen}, root=Path(folder))
        found = {}
        for one in extractions(read(folder, reading)):
            if not isinstance(one, Extraction):
                raise ValueError(f"{one.path}: {one.reason}")
            quads, said = document_quads(one, BASE), actor_quads(one, BASE)
            found[Path(one.document.path or "").name] = abstract_of(one, BASE, quads, said), tuple(quads)
        return found


def told(found: Mapping[str, Abstract]) -> Story:
    """The story of all abstracts at once."""
    by_digest = {one.digest: one for one in found.values()}
    story = Story(Memory(None), by_digest.__getitem__, similar=Meaning(None) if asked_for() else None)
    story.settle((), [(digest, "1", one) for digest, one in sorted(by_digest.items())])
    return story


# ------------------------------------------------------------------ measures
def b_cubed(gold: Mapping[str, str], system: Mapping[str, str]) -> Score:
    """B³ of two clusterings of the same items, each from item to cluster."""
    precision = recall = 0.0
    for item in gold:
        mine = {other for other in gold if system[other] == system[item]}
        true = {other for other in gold if gold[other] == gold[item]}
        precision += len(mine & true) / len(mine)
        recall += len(mine & true) / len(true)
    return Score(precision / len(gold), recall / len(gold))


def pairwise(gold: set[frozenset[str]], system: set[frozenset[str]]) -> Score:
    right = len(gold & system)
    return Score(right / len(system) if system else 1.0, right / len(gold) if gold else 1.0)


def actors(chosen: list[Text], found: Mapping[str, Abstract], story: Story) -> tuple[dict[str, str], dict[str, str]]:
    """Gold and system cluster of each name of each text."""
    gold, system = {}, {}
    for one in chosen:
        abstract = found[one.name]
        assigned = story.assigned(abstract.digest)
        for name, entity in one.gold.actors.items():
            item = f"{one.name} {name}"
            gold[item] = entity
            bearer = next((a.iri for a in abstract.actors if fold(name) in {fold(n) for n in a.names}), None)
            system[item] = assigned.get(bearer, bearer) if bearer else f"missed {item}"
    return gold, system


def events(chosen: list[Text], found: Mapping[str, Abstract], story: Story) -> tuple[dict[str, str], dict[str, str]]:
    """Gold and system cluster of each event of each text, found by the word of its trigger."""
    gold, system = {}, {}
    for one in chosen:
        for word, event in one.gold.events.items():
            item = f"{one.name} {word}"
            gold[item] = event
            iri = next((e.iri for e in found[one.name].events if fold(word) in fold(e.label).split()), None)
            system[item] = story.events.root(iri) if iri else f"missed {item}"
    return gold, system


def copies(chosen: list[Text], found: Mapping[str, Abstract], story: Story) -> Score:
    def pairs(of: Mapping[str, str]) -> set[frozenset[str]]:
        return {frozenset((a, b)) for a in of for b in of if a < b and of[a] == of[b]}

    family = {one.name: story.families.root(found[one.name].iri) for one in chosen}
    return pairwise(pairs({one.name: one.gold.family for one in chosen}), pairs(family))


def contradictions(chosen: list[Text], found: Mapping[str, Abstract], story: Story) -> tuple[Score, list[str]]:
    """Pairs of texts in which somebody accuses and the accused denies; and what was found beside them."""
    sides: dict[str, dict[str, set[str]]] = {}
    for one in chosen:
        for _, _, stance, about in one.gold.stances:
            sides.setdefault(about, {}).setdefault(stance, set()).add(one.name)
    gold = {
        frozenset((a, b)) for side in sides.values() for a in side.get("accuses", ()) for b in side.get("denies", ())
    }
    home = {claim.iri: name for name, abstract in found.items() for claim in abstract.claims}
    system, extra = set(), []
    for a, b, reason in related(story, CONTRADICTS):
        pair = frozenset((home[a], home[b]))
        system.add(pair)
        if pair not in gold:
            facts = [story.claims.facts(node) or {} for node in (a, b)]
            extra.append(f"{sorted(pair)} {reason}: {[(f['speaker'], f['stance'], f['text']) for f in facts]}")
    return pairwise(gold, system), extra


def related(story: Story, label: str) -> list[tuple[str, str, str]]:
    """``(claim, claim, reason)`` of each pair of claims that *label* relates."""
    sql = "SELECT n.text, m.text, reason FROM score JOIN name n ON n.id = a JOIN name m ON m.id = b WHERE label = ?"
    return [(one, two, reason) for one, two, reason in story.memory.rows(sql, label)]


def reached(name: str, score: Score) -> float:
    """The part of *score* that the bar of that *name* is about."""
    return score.precision if name == "contradictions" else score.f1


def verdict(name: str, score: Score) -> str:
    """The bar and whether *score* reaches it; nothing where there is no bar."""
    bar = BARS.get(name)
    return "" if bar is None else f"  bar {bar:.2f} {'ok' if reached(name, score) >= bar else 'MISSED'}"


def main() -> int:
    """The figures of the templates, which decide the exit code, then of each folder of texts written by hand."""
    from tests.across.written import gold as written  # it measures with this module
    from tests.across.written import report

    parser = argparse.ArgumentParser(description="Figures of resolution across documents.")
    parser.add_argument("-v", "--verbose", action="store_true", help="each cluster and pair that differs from the gold")
    parser.add_argument("--folder", type=Path, action="append", default=[], help="more texts written by hand")
    asked = parser.parse_args()
    low = _templates(verbose=asked.verbose)
    for folder in (*written.SETS, *asked.folder):
        report.show(folder, verbose=asked.verbose)
    return low


def _templates(*, verbose: bool) -> int:
    chosen = list(texts())
    began = time.monotonic()
    found = abstracts(chosen)
    extracted = time.monotonic()
    story = told(found)
    resolved = time.monotonic()
    scores = {}
    for name, measure in (("actors", actors), ("events", events)):
        gold, system = measure(chosen, found, story)
        scores[name] = b_cubed(gold, system)
        if verbose:
            show(gold, system)
    scores["copies"] = copies(chosen, found, story)
    scores["contradictions"], extra = contradictions(chosen, found, story)
    if verbose:
        print("\n".join(extra))
    print(f"{len(chosen)} texts; extracted in {extracted - began:.1f} s, resolved in {resolved - extracted:.2f} s")
    low = 0
    for name, score in scores.items():
        low += reached(name, score) < BARS[name]
        print(f"{name:15} {score}{verdict(name, score)}")
    return min(low, 1)


def show(gold: Mapping[str, str], system: Mapping[str, str]) -> None:
    """The clusters that differ from the gold."""
    for entity in sorted(set(gold.values())):
        items = [item for item in gold if gold[item] == entity]
        clusters = {system[item] for item in items}
        strangers = [item for item in system if system[item] in clusters and gold[item] != entity]
        if len(clusters) > 1 or strangers:
            print(entity, {item: system[item][-40:] for item in items}, "with", strangers)


if __name__ == "__main__":
    raise SystemExit(main())
