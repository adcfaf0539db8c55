"""What a frame finds, before mentions are made of its parties; and how spans of tokens become spans of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.tree import Tree

_EDGE = " \t\n\u00a0\u202f,;:–—"
_GLYPHS = '«»“”„‟"'


@dataclass(slots=True)
class Found:
    """A claim in tokens: *cue* (first, last), *content* as character offsets, parties as head tokens.

    *rule* is the frame that fired; *score* how far it is to be trusted before calibration (0..1).
    """

    cue: tuple[int, int]
    lemma: str
    content: list[tuple[int, int]]
    stance: str
    rule: str
    speaker: int | None = None
    addressee: int | None = None
    imputed: int | None = None
    quotes: list[int] = field(default_factory=list)
    negated: bool = False
    hedged: bool = False
    nested: bool = False
    score: float = 0.8


def tidy(tree: Tree, start: int, end: int) -> tuple[int, int] | None:
    """The offsets without the space and punctuation at their edges, and with quotation marks kept in pairs."""
    text = tree.parsed.text
    for _ in range(3):
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and (text[end - 1] in _EDGE or (text[end - 1] == "." and text[end - 3 : end] != "...")):
            end -= 1
    for quote in tree.parsed.layout.quotes:
        if quote.outer[0] >= end:
            break
        if quote.inner[0] >= start and quote.inner[1] <= end:
            if quote.outer[0] < start and not (quote.inner[0] == start and quote.inner[1] >= end - 1):
                start = quote.outer[0]
            if quote.outer[1] > end and not (quote.inner[0] == start and quote.inner[1] >= end - 1):
                end = quote.outer[1]
        elif quote.outer[0] < start and start < quote.inner[1] < end:
            start = quote.outer[0]
        elif start <= quote.outer[0] < end < quote.outer[1]:
            end = quote.outer[1]
    while (
        start < end and text[start] in _GLYPHS and text[start:end].count(text[start]) == 1 and not _paired(tree, start)
    ):
        start += 1
    return (start, end) if end > start else None


def _paired(tree: Tree, at: int) -> bool:
    return any(q.outer[0] <= at < q.outer[1] for q in tree.parsed.layout.quotes)


def chars(tree: Tree, low: int, high: int) -> tuple[int, int] | None:
    """The stored text from token *low* to *high*, tidied."""
    if low > high:
        return None
    return tidy(tree, tree.parsed.start[low], tree.parsed.end[high])


def inner(tree: Tree, placeholder: int) -> tuple[int, int]:
    """The inside of the quotation that *placeholder* stands for."""
    return tree.parsed.layout.quotes[tree.parsed.quote[placeholder]].inner


def joined(spans: list[tuple[int, int] | None]) -> list[tuple[int, int]]:
    """The spans that are there, in text order."""
    return sorted({span for span in spans if span is not None})
