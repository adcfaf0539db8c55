"""The passages of a stored text: what a search in texts finds and shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = 1_500  # characters from which a block of text is cut at its line ends


def passages(text: str) -> Iterator[tuple[int, int]]:
    """The blocks of *text* between blank lines, long ones cut at line ends, as offsets without outer white space."""
    for block in re.finditer(r"\S(?:.|\n(?![^\S\n]*\n))*", text):
        if block.end() - block.start() <= _LONG:
            yield block.start(), block.start() + len(block[0].rstrip())
        else:
            for line in re.finditer(r"\S[^\n]*", block[0]):
                yield block.start() + line.start(), block.start() + line.start() + len(line[0].rstrip())
