"""What a frame finds on the right of a cue, in tokens."""

from __future__ import annotations

from dataclasses import dataclass

CUT = (".", "!", "?", ";", "…")
"""Marks that no content runs across."""


@dataclass(slots=True)
class Content:
    """Tokens ``low``..``high`` of the content, the frame's name, and the parties it governs (head tokens)."""

    low: int
    high: int
    frame: str
    addressee: int | None = None
    target: int | None = None
