"""What a claim's confidence means: how often claims found this way are right in content and speaker.

A logistic regression over two facts, the frame that fired and how its speaker was found, fitted on the development gold
(``make train`` writes ``data/calibration.toml``; ``make eval`` prints the reliability table).
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache

from kg.model import Mention
from kg.resources import read

UNSEEN = "other"
"""The row of frames that the gold shows too seldom."""


@dataclass(frozen=True)
class Calibration:
    """Log-odds: a *bias*, and what each frame and each way to a speaker add to it."""

    bias: float
    frames: dict[str, float]
    speakers: dict[str, float]

    def confidence(self, frame: str, way: str) -> float:
        """The probability that a claim of *frame* whose speaker was found by *way* is right."""
        odds = self.bias + self.frames.get(frame, self.frames.get(UNSEEN, 0.0)) + self.speakers.get(way, 0.0)
        return round(1.0 / (1.0 + math.exp(-odds)), 2)


@cache
def calibration() -> Calibration:
    """The calibration that comes with claimgraph."""
    raw = tomllib.loads(read("data/calibration.toml"))
    return Calibration(float(raw["bias"]), dict(raw["frames"]), dict(raw["speakers"]))


def way_to_speaker(mention: Mention | None, named: bool) -> str:
    """How the speaker was found: ``none``, ``name``, or ``description`` or ``pronoun`` of a named or nameless actor."""
    if mention is None:
        return "none"
    if mention.kind == "proper":
        return "name"
    kind = "pronoun" if mention.kind == "pronoun" else "description"
    return kind if named else f"nameless {kind}"
