"""Names of intruder groups in the public MISP galaxy: which names are one group, and which are ambiguous.

The lists are those of pymispgalaxies, read on first use.  A name that several groups bear tells of none of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.iris import fold
from kg.resolve.known import KnownActors

_GALAXY = "data/misp-galaxy/clusters/threat-actor.json"


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """Folded name without spaces -> the groups (by their main name) that bear it, sorted."""
    raw = json.loads(files("pymispgalaxies").joinpath(_GALAXY).read_text(encoding="utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for value in raw["values"]:
        for name in (value["value"], *value.get("meta", {}).get("synonyms", ())):
            found[_key(name)].add(value["value"])
    return {name: tuple(sorted(bearers)) for name, bearers in found.items()}


@cache
def known_groups() -> Mapping[str, tuple[str, ...]]:
    """A group's main name -> the known actors that bear one of its unambiguous names."""
    found: dict[str, set[str]] = defaultdict(set)
    for actor in KnownActors.load().by_iri.values():
        if actor.kind == "Group":
            for _, name in actor.names:
                if len(bearers := groups().get(_key(name), ())) == 1:
                    found[bearers[0]].add(actor.iri)
    return {group: tuple(sorted(iris)) for group, iris in found.items()}


def group_of(name: str) -> str | None:
    """The one group that bears *name*; None where there is none, or where the name is ambiguous or no more than a word.

    >>> group_of("Pawn Storm") == group_of("Fancy Bear") != None, group_of("Paris")
    (True, None)
    """
    bearers = groups().get(_key(name), ())
    return bearers[0] if len(bearers) == 1 else None


def candidates(name: str) -> tuple[str, ...]:
    """The known actors that an ambiguous *name* may mean, sorted."""
    bearers = groups().get(_key(name), ())
    if len(bearers) < 2:
        return ()
    return tuple(sorted({iri for group in bearers for iri in known_groups().get(group, ())}))


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
