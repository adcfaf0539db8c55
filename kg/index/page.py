"""What the index answers with: hits with their cursors, in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.index.highlight import Snippet, snippet
from kg.index.words import Word

SEPARATOR = "~"  # between score and IRI in a cursor of the order by relevance


@dataclass(frozen=True, slots=True)
class Hit:
    """A row found: *cursor* is its place in the order asked for, in every generation; *score* only for relevance.

    *graph* is the document's; *start* the offset of a passage's *body* in the document's stored text.
    """

    iri: str
    cursor: str
    graph: str = ""
    body: str = ""
    start: int = 0
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Hits in order, how many rows match in all, and whether there are more on either side.

    *count* finds the *total*, when it is asked for: that takes longer than the page does.  *words* is how the text was
    understood (for snippets, and to tell a corrected word).
    """

    hits: tuple[Hit, ...]
    count: Callable[[], int]
    has_next: bool
    has_previous: bool
    words: tuple[Word, ...] = ()

    @property
    def total(self) -> int:
        return self.count()

    @property
    def iris(self) -> list[str]:
        return [hit.iri for hit in self.hits]

    def snippet(self, hit: Hit, length: int = 240) -> Snippet:
        """The part of the hit's text where the words stand, with the places to highlight."""
        return snippet(hit.body, self.words, length)


def place_of(hits: Sequence[Hit], cursor: str) -> int:
    """Where the cursor's row stands among *hits*: by its IRI, or, if it is gone, just before the first worse one."""
    score, separator, iri = cursor.partition(SEPARATOR)
    try:
        threshold = float(score)
    except ValueError:
        separator = ""
        threshold = 0.0
    if not separator:
        raise UsageError(f"not a cursor of this order: {cursor!r}")
    for place, hit in enumerate(hits):
        if hit.iri == iri:
            return place
    return sum(round(hit.score or 0.0, 4) >= threshold for hit in hits) - 1
