"""Live tickers: posts that open with a clock time, each told anew.  No pronoun looks back across such a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_CLOCK = re.compile(
    r"\s*\d{1,2}(?:\s?[hH](?:\s?\d{2})?|[.:]\d{2})\s?(?:[ap]\.?m\.?|GMT|BST|CE?ST|CET)?\s?[.:–—|-]", re.IGNORECASE
)
_FEW = 2


class Ticker:
    """The offsets at which a ticker's posts start; none for a text of another kind."""

    def __init__(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> None:
        lines = {text.rfind("\n", 0, start) + 1 for start, _ in paragraphs}  # the clock may be no part of the paragraph
        starts = sorted(line for line in lines if _CLOCK.match(text, line))
        self.starts = starts if len(starts) >= _FEW else []

    def __bool__(self) -> bool:
        return bool(self.starts)

    def apart(self, before: int, offset: int) -> bool:
        """Whether a post begins between the offsets *before* and *offset*."""
        return bisect_right(self.starts, before) != bisect_right(self.starts, offset)
