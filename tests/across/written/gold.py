"""Loads a folder of texts written by hand, each beside its gold: the format stands in README.md of this folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from tests.across.affairs import Gold, Text

DEV = Path(__file__).parent / "dev"
SETS = (DEV, DEV.with_name("second"), DEV.with_name("third"))
"""Each by another hand; all of them are looked at, and rules are mended by them."""
RELATIONS = ("repeats", "echoes", "withdraws")


@dataclass(frozen=True)
class Stretch:
    """Where the text *name* says something: half-open code-point offsets."""

    name: str
    start: int
    end: int

    def overlap(self, other: Stretch) -> float:
        """Shared characters by all characters of both (Jaccard); 0 in different texts."""
        if self.name != other.name:
            return 0.0
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(0, shared) / (self.end - self.start + other.end - other.start - max(0, shared))


@dataclass(frozen=True)
class Item:
    """One thing to be clustered: its *stretches* in one text, any of which may be found, and its gold *cluster*."""

    key: str
    cluster: str
    kind: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Written:
    """A set: *texts*, *actors* (an item for each name of each text), *events* (one for each event of each text).

    *claims* by id; *disputes* are the pairs of claims that contradict each other, *relations* ``(kind, from, to)``.
    """

    texts: tuple[Text, ...]
    actors: tuple[Item, ...]
    events: tuple[Item, ...]
    claims: dict[str, Stretch]
    disputes: tuple[frozenset[tuple[str, str]], ...]
    relations: tuple[tuple[str, str, str], ...]


def load(folder: Path, names: tuple[str, ...] = ()) -> Written:
    """The set in *folder*, or of it the texts whose names begin with one of *names*.

    Raises ValueError where an offset does not give its text, a relation names no claim, or there is no text at all.
    """
    texts: list[Text] = []
    actors: list[Item] = []
    events: list[Item] = []
    claims: dict[str, Stretch] = {}
    for path in sorted(folder.glob("*.txt")):
        if names and not path.stem.startswith(names):
            continue
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        of = _Reader(path.name, text)
        named = [item for actor in gold["actors"] for item in of.names(actor)]
        actors += named
        events += [of.event(event) for event in gold["events"]]
        claims |= {claim["id"]: of.stretch(claim) for claim in gold["claims"]}
        known = Gold({text[i.stretches[0].start : i.stretches[0].end]: i.cluster for i in named}, {}, gold["family"])
        texts.append(Text(path.name, gold["lang"], date.fromisoformat(gold["published"]), text, known))
    if not texts:
        raise ValueError(f"{folder}: no text with its gold")
    between = json.loads((folder / "relations.json").read_text(encoding="utf-8"))
    disputes = [frozenset(product(*side["sides"])) for side in between["disputes"]]
    relations = [(one["kind"], one["from"], one["to"]) for one in between["relations"]]
    _known({*claims}, disputes, relations, partial=bool(names))
    return Written(
        tuple(texts), tuple(actors), tuple(events), claims,
        tuple(kept for one in disputes if (kept := frozenset(p for p in one if {*p} <= {*claims}))),
        tuple(one for one in relations if {*one[1:]} <= {*claims}),
    )  # fmt: skip


def _known(
    claims: set[str],
    disputes: list[frozenset[tuple[str, str]]],
    relations: list[tuple[str, str, str]],
    *,
    partial: bool,
) -> None:
    """Raises ValueError for a relation of a kind that there is not or, in a whole set, of claims there are not."""
    if unheard := {kind for kind, _, _ in relations} - {*RELATIONS}:
        raise ValueError(f"no such relations: {sorted(unheard)}")
    named = {claim for dispute in disputes for pair in dispute for claim in pair}
    named |= {claim for _, *ends in relations for claim in ends}
    if not partial and named - claims:
        raise ValueError(f"no such claims: {sorted(named - claims)}")


@dataclass(frozen=True)
class _Reader:
    """Reads the gold of one text."""

    name: str
    text: str

    def stretch(self, span: dict[str, Any]) -> Stretch:
        if self.text[span["start"] : span["end"]] != span["text"]:
            raise ValueError(f"{self.name}: {span['start']}:{span['end']} is not {span['text']!r}")
        return Stretch(self.name, span["start"], span["end"])

    def names(self, actor: dict[str, Any]) -> list[Item]:
        """An item for each wording of the actor's name in this text, wherever it stands."""
        found: dict[str, list[Stretch]] = {}
        for mention in actor["mentions"]:
            found.setdefault(mention["text"], []).append(self.stretch(mention))
        return [
            Item(f"{self.name} {words}", actor["id"], actor["type"], tuple(places)) for words, places in found.items()
        ]

    def event(self, event: dict[str, Any]) -> Item:
        places = tuple(self.stretch(mention) for mention in event["mentions"])
        return Item(f"{self.name} {event['id']}", event["id"], event["type"], places)
