"""Marking levels (TLP 2.0) as walls: each level in use has its own cumulative store and index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.errors import UsageError
from kg.model import MARKINGS

LOWEST = MARKINGS[0]
HIGHEST = MARKINGS[-1]


def check(level: str) -> str:
    """The level itself; UsageError where it is none of TLP's."""
    if level not in MARKINGS:
        raise UsageError(f"unknown marking {level!r}: one of {', '.join(MARKINGS)}")
    return level


def ordered(levels: Iterable[str]) -> tuple[str, ...]:
    """From open to closed."""
    return tuple(sorted(set(levels), key=MARKINGS.index))


def at_or_above(level: str, levels: Sequence[str]) -> tuple[str, ...]:
    """Those of *levels* that see what is marked *level*."""
    return tuple(one for one in ordered(levels) if MARKINGS.index(one) >= MARKINGS.index(level))


def below(level: str, levels: Sequence[str]) -> tuple[str, ...]:
    """Those of *levels* that must not see what is marked *level*."""
    return tuple(one for one in ordered(levels) if MARKINGS.index(one) < MARKINGS.index(level))


def visible(level: str, levels: Sequence[str]) -> str:
    """The store that shows everything up to *level*: the highest of *levels* that is not above it."""
    return ordered(one for one in levels if MARKINGS.index(one) <= MARKINGS.index(check(level)))[-1]
