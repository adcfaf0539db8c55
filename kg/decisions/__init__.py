"""What analysts decide: the noun, what holds by it, how it is carried out, and the file it is shared by."""

from kg.decisions.carrying_out import Done, decide
from kg.decisions.decision import (
    ANNOTATE,
    CREDIBILITY,
    GRADES,
    IDENTITY,
    KINDS,
    MERGE,
    NOT_SAME,
    RELIABILITY,
    RETRACT,
    SPLIT,
    UNDO,
    Decision,
    decision_quads,
)
from kg.decisions.holding import Decisions, Split, load, recorded, split_of

__all__ = [
    "ANNOTATE", "CREDIBILITY", "Decision", "Decisions", "Done", "GRADES", "IDENTITY", "KINDS", "MERGE", "NOT_SAME",
    "RELIABILITY", "RETRACT", "SPLIT", "Split", "UNDO", "decide", "decision_quads", "load", "recorded", "split_of",
]  # fmt: skip
