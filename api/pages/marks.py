"""Text with its evidence marked: stretches of a text, each with what stands on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_BREAK = re.compile(r"[.!?…][\"»”’']?\s+(?=[\"«“‘']?\s?[^\W\d_a-zà-ÿ])")


@dataclass(frozen=True, slots=True)
class Mark:
    """``[start, end)`` of a text; *kind* is ``claim``, ``cue`` or ``event``, *stance* and *number* are a claim's."""

    start: int
    end: int
    kind: str
    stance: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text under the same marks throughout; *begins* are those of the marks that begin with it."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def classes(self) -> str:
        """CSS classes: each kind of mark, and the stance of the innermost claim or else of the cue."""
        said = [mark for mark in self.marks if mark.kind == "claim"]
        said = said or [mark for mark in self.marks if mark.kind == "cue"]
        inner = min(said, key=lambda mark: mark.end - mark.start, default=None)
        names = dict.fromkeys(mark.kind for mark in self.marks)
        return " ".join([*names, *([f"s-{inner.stance}"] if inner else [])])


def stretches(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> list[Stretch]:
    """``text[start:end]`` cut wherever a mark begins or ends.

    >>> [(one.text, len(one.marks)) for one in stretches("abcde", [Mark(1, 3, "claim"), Mark(2, 4, "cue")])]
    [('a', 0), ('b', 1), ('c', 2), ('d', 1), ('e', 0)]
    """
    end = len(text) if end is None else end
    marks = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(max(start, one.start) for one in marks), *(min(end, one.end) for one in marks)})
    found = []
    for low, high in zip(cuts, cuts[1:], strict=False):
        over = tuple(mark for mark in marks if mark.start <= low and mark.end >= high)
        found.append(Stretch(text[low:high], low, over, tuple(mark for mark in over if max(start, mark.start) == low)))
    return found


def marks_of(claim: Mapping[str, Any], number: int = 0) -> list[Mark]:
    """The marks of a claim's evidence and cue."""
    said = [Mark(one["start"], one["end"], "claim", claim["stance"], number) for one in claim["evidence"]]
    return [*said, Mark(claim["cue"]["start"], claim["cue"]["end"], "cue", claim["stance"], number)]


def sentence(claim: Mapping[str, Any]) -> list[Stretch]:
    """The sentence or sentences a claim and its cue stand in, marked; found in the paragraph of its first evidence."""
    first = claim["evidence"][0]
    paragraph = first["paragraph"]
    if paragraph is None:
        return [Stretch(one["exact"], one["start"]) for one in claim["evidence"]]
    spans = [claim["cue"], *claim["evidence"]]
    shift = _shift(paragraph, first, spans)
    marks = [mark for mark in marks_of(claim) if shift <= mark.start and mark.end <= shift + len(paragraph)]
    moved = [Mark(one.start - shift, one.end - shift, one.kind, one.stance) for one in marks]
    low, high = min(one.start for one in moved), max(one.end for one in moved)
    before = [one.end() for one in _BREAK.finditer(paragraph, 0, low + 1) if one.end() <= low]
    after = [one.start() + 1 for one in _BREAK.finditer(paragraph, max(0, high - 2)) if one.start() + 1 >= high]
    return stretches(paragraph, moved, before[-1] if before else 0, after[0] if after else len(paragraph))


def _shift(paragraph: str, first: Mapping[str, Any], spans: Sequence[Mapping[str, Any]]) -> int:
    """Where *paragraph* begins in its text: of the places that *first* fits, the one that most of *spans* fit."""
    places = [one.start() for one in re.finditer(re.escape(first["exact"]), paragraph)]

    def fitting(place: int) -> int:
        shift = first["start"] - place
        return sum(
            span["start"] >= shift and paragraph[span["start"] - shift : span["end"] - shift] == span["exact"]
            for span in spans
        )

    return int(first["start"]) - max(places, key=fitting, default=0)


def around(text: str, low: int, high: int) -> tuple[int, int]:
    """The lines of *text* that hold ``[low, high)``."""
    end = text.find("\n", max(low, high - 1))
    return text.rfind("\n", 0, low) + 1, len(text) if end < 0 else end
