"""Deeds: the compact tables of ``data/events`` that give many words for one kind of thing done.

    [[deed]]                                     one of spelled_out(data), for each word of each slot:
    name = "derailment"                   ──▶    {"lemma": "sortir rail", "words": ["sortir", "rail|voie"],
    befalls = ["sortir rail|voie", …]             "pos": "verb", "kind": "OtherEvent", "deed": "derailment", …}

The keys that hold words are the slots of the file: each says, once, the part of speech and the arguments of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_PASSED_ON = ("needs", "without", "anaphoric", "refers_to", "also")
_KEYS = ("name", "kind", *_PASSED_ON)
KIND = "OtherEvent"


def spelled_out(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A ``[[trigger]]`` table for each word of each deed in *data*, the content of an event file.

    A deed of an unknown key, without a word or taking up a deed that there is not is a ValueError that names it.
    """
    slots: Mapping[str, Mapping[str, Any]] = data.get("slots", {})
    deeds: list[Mapping[str, Any]] = data.get("deed", [])
    names = {deed["name"] for deed in deeds}
    for deed in deeds:
        _check(deed, slots, names)
        shared = {key: deed[key] for key in _PASSED_ON if key in deed}
        for slot in slots:
            for words in deed.get(slot, ()):
                parts = words.split()
                lemma = " ".join(part.partition("|")[0] for part in parts)
                yield {"lemma": lemma, "words": parts, "kind": deed.get("kind", KIND), "deed": deed["name"],
                       **shared, **slots[slot]}  # fmt: skip


def _check(deed: Mapping[str, Any], slots: Mapping[str, Any], names: set[str]) -> None:
    name = f"deed {deed['name']!r}"
    for key in deed:
        if key not in slots and key not in _KEYS:
            raise ValueError(f"{name}: unknown key {key!r}")
    if not any(deed.get(slot) for slot in slots):
        raise ValueError(f"{name} has no word")
    for other in deed.get("also", ()):
        if other not in names:
            raise ValueError(f"{name}: unknown deed {other!r}")
