"""Pairs quotation marks, paragraph by paragraph, ignoring which way a glyph points.

Typesetters, content systems and copy-paste turn marks round: “ closes, ” opens, " does both.  What tells an opening
from a closing mark is its surroundings: an opening one has a gap before it and a word after it, a closing one the
reverse.  The glyph's own direction decides only where the surroundings do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Quote

_OPENING = "«“„‟‹‘‚"
_CLOSING = "»”›’"
_MARK = re.compile("[«»“”„‟\"‹›]|''|``|[‘’‚']")
_DOUBLE = set('«»“”„‟"‹›') | {"''", "``"}
_SPACES = " \t\n\u00a0\u202f\u2009"
_BEFORE_OPENING = _SPACES + "([{—–-/'’«“„\"‘…:;,"
_AFTER_CLOSING = _SPACES + ")]}.,;:!?…—–-/»”\"’'“‘"
_LONGEST_SINGLE = 400  # characters: a longer stretch between single marks is two apostrophes


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    opens: bool
    closes: bool

    @property
    def double(self) -> bool:
        return self.glyph in _DOUBLE


def pair_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """All quotations of *paragraphs*, in text order, outer before inner.

    A quotation that runs over several paragraphs gives one Quote a paragraph, all but the last not ``closed``.
    A mark without a partner is no quotation.
    """
    found: list[Quote] = []
    carried = False  # a quotation of the paragraph before is still open
    for number, (start, end) in enumerate(paragraphs):
        marks = list(_marks(text, start, end))
        continues = _continues(text, paragraphs, number)
        quotes, carried = _pair(text, start, end, marks, carried, continues)
        found += quotes
    return tuple(sorted(found, key=lambda q: (q.outer[0], -q.outer[1])))


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        glyph, at, after = match.group(), match.start(), match.end()
        before = text[at - 1] if at > start else "\n"
        following = text[after] if after < end else "\n"
        inner = text[after : min(end, after + 2)].lstrip("\u00a0\u202f ")[:1]
        if glyph in _DOUBLE:
            opens = before in _BEFORE_OPENING and bool(inner) and inner not in ".,;:!?)»"
            closes = following in _AFTER_CLOSING
            spaced = glyph in '«»"' and before in _SPACES
            if before in _SPACES and not spaced:
                closes = False
            if following in _SPACES and glyph not in '«»"':
                opens = False
            if glyph == "«" and opens:
                closes = False
            elif glyph == "»" and closes:
                opens = False
            elif spaced and following in _SPACES:
                opens = closes = True  # " mot ": only alternation can tell
            yield _Mark(at, after, glyph, opens, closes)
        else:  # single marks are mostly apostrophes: ask for more
            opens = glyph != "’" and before in _SPACES + '([«“"' and following.isalnum()
            closes = glyph in "’'" and not following.isalnum() and before not in _SPACES
            if opens or closes:
                yield _Mark(at, after, glyph, opens, closes)


def _continues(text: str, paragraphs: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether a quotation left open in paragraph *number* may go on in the next one."""
    if number + 1 >= len(paragraphs):
        return False
    start, end = paragraphs[number + 1]
    marks = [m for m in _marks(text, start, end) if m.double]
    if not marks:
        return False
    first = marks[0]
    return first.start == start or (first.closes and not first.opens)


def _pair(
    text: str, start: int, end: int, marks: list[_Mark], carried: bool, continues: bool
) -> tuple[list[Quote], bool]:
    quotes: list[Quote] = []
    stack: list[_Mark] = []
    if carried and not (marks and marks[0].start == start and marks[0].double):
        stack.append(_Mark(start, start, "«", True, False))
    for mark in marks:
        if _closes_top(stack, mark):
            opening = _pop_for(stack, mark)
            if opening is not None:
                _add(quotes, text, opening.start, mark.end, opening.end, mark.start, len(stack), True)
        elif mark.opens and (mark.double or not stack or stack[-1].double):
            stack.append(mark)
    open_doubles = [m for m in stack if m.double]
    if open_doubles and continues:
        first = open_doubles[0]
        _add(quotes, text, first.start, end, first.end, end, 0, False)
        return [q for q in quotes if q.outer[0] >= start], True
    return quotes, False


def _closes_top(stack: list[_Mark], mark: _Mark) -> bool:
    if not stack or not mark.closes:
        return False
    if not mark.double:
        return stack[-1].glyph in "‘'‚" and mark.start - stack[-1].end <= _LONGEST_SINGLE
    if not any(m.double for m in stack):
        return False
    if not mark.opens:
        return True
    top = next(m for m in reversed(stack) if m.double)
    return mark.glyph in _CLOSING or mark.glyph == top.glyph or (mark.glyph not in _OPENING)


def _pop_for(stack: list[_Mark], mark: _Mark) -> _Mark | None:
    """The mark that *mark* closes; single marks left open inside a double pair were apostrophes."""
    while stack:
        opening = stack.pop()
        if opening.double == mark.double:
            return opening
    return None


def _add(
    quotes: list[Quote], text: str, outer: int, outer_end: int, inner: int, inner_end: int, depth: int, closed: bool
) -> None:
    while inner < inner_end and text[inner] in _SPACES:
        inner += 1
    while inner_end > inner and text[inner_end - 1] in _SPACES:
        inner_end -= 1
    if inner < inner_end:
        quotes.append(Quote((outer, outer_end), (inner, inner_end), depth, closed))
