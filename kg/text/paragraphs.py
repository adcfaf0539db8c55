"""Tells the article's body from page furniture: menus, headline, dateline, subheads, credits.

A line is prose when it reads as a sentence.  What precedes it (menu, headline, by-line, dateline) and short
unpunctuated lines between paragraphs are furniture; so are the lines that pages add after the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_DATE = (
    rf"(?:(?:1er|\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)"
)
_CLOCK = r"(?:\s*(?:à|at|,|-|–)?\s*\d{1,2}\s?[h:.]\s?\d{2}(?::\d\d)?(?:\s?(?:GMT|UTC|CET|CEST|a\.?m\.?|p\.?m\.?))?)?"
# A by-line with a date inside a longer line: all up to it is furniture.
_BYLINE = re.compile(
    r"(?:rédigé|publié|écrit|mis en ligne|mis à jour|posté|published|posted|updated|by|par)\b"
    rf"[^.!?«“]{{0,80}}?{_DATE}{_CLOCK}"
    r"(?:\s*\|\s*(?:lu|vu|read|viewed|partagé|shared)\s+[\d\s.,]+(?:fois|times|vues|views|partages|shares))?\s*",
    re.IGNORECASE,
)
# PARIS (AFP) – …   LONDON, May 3 (Reuters) — …   Lyon, le 3 mai. – …   WASHINGTON — …
_DATELINE_PREFIX = re.compile(
    r"(?:[A-ZÀ-Ý][A-ZÀ-Ý'’.\- ]{2,30}|[A-ZÀ-Ý][\wÀ-ÿ'’-]+(?:[ -][A-ZÀ-Ý][\wÀ-ÿ'’-]+){0,3})"
    r"(?:\s*[,/(]\s*[^—–\n.]{0,50}?)?(?:\s*\([^)\n]{2,40}\))?\.?\s*[—–-]{1,2}\s+(?=[A-ZÀ-Ý«“\"(])"
)
_TICKER = re.compile(
    r"(?:[•●▪■*-]\s*)?(?:\[\s*)?\d{1,2}\s?(?:h|:|H)\s?\d{2}(?:\s?(?:GMT|UTC|CET|a\.?m\.?|p\.?m\.?))?(?:\s*\])?"
    r"\s*(?:[-–—:.|•]\s*|\s+(?=[A-ZÀ-Ý«“]))"
)
_TAIL = re.compile(
    r"(?:lire aussi|à lire aussi|voir aussi|read also|read more|see also|photo|©|copyright|tous droits|all rights"
    r"|contact presse|press contact|avec afp|with afp|partager|abonnez|subscribe|mots-clés|tags?|keywords)\b\s*:?",
    re.IGNORECASE,
)
# Words that open a credit and may open a sentence as well: Sources close to the family said …, Share prices fell.
_CREDIT = re.compile(r"(?:sources?|related|crédits?|credits?|images?|share)\b(?!.*\w{2}[.!?]$)", re.IGNORECASE)
_DEMO = re.compile(r"demo text|texte d.exemple|texte d.exercice|sample text|synthetic", re.IGNORECASE)
_DATED = re.compile(_DATE, re.IGNORECASE)
# A sentence's end, also before the credit of an agency in brackets.
_PROSE_END = re.compile(
    r"[.!?…:;][\s»”\"’'“)\]\u00a0\u202f]*$|[»”\"][\s]*$|[.!?…][\s»”\"\u00a0\u202f]*\([^()\n]{2,40}\)$"
)
_FEWEST_WORDS = 4
_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_BLANK = re.compile(r"\n\s*\n")


def body(
    text: str, known: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Paragraphs and furniture of *text*, each as half-open offsets; *known* furniture is never prose."""
    paragraphs: list[tuple[int, int]] = []
    furniture: list[tuple[int, int]] = list(known)
    blocks = list(_blocks(text))
    prose = [_is_prose(text[a:b]) for a, b in blocks]
    first = next((i for i, ok in enumerate(prose) if ok), None)
    for number, (start, end) in enumerate(blocks):
        if any(a <= start and end <= b for a, b in known):
            continue
        if not prose[number] or (number == 0 and first == 0 and _headline(text, blocks)):
            furniture.append((start, end))
            continue
        at = _prefix(text, start, end, lead=not paragraphs)
        if at > start:
            furniture.append((start, at))
        if at < end:
            paragraphs.append((at, end))
    return tuple(paragraphs), tuple(sorted(set(furniture)))


def _blocks(text: str) -> list[tuple[int, int]]:
    """Lines, trimmed; hard-wrapped lines are joined up to the next blank line."""
    out: list[tuple[int, int]] = []
    at = 0
    for chunk in [*(m.start() for m in _BLANK.finditer(text)), len(text)]:
        lines = [_trim(text, m.start(), m.end()) for m in _LINE.finditer(text, at, chunk)]
        lines = [line for line in lines if line[0] < line[1]]
        if _wrapped(text, lines):
            out.append((lines[0][0], lines[-1][1]))
        else:
            out += lines
        at = chunk
    return out


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return start, end


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether *lines* are one paragraph broken by hand at 45 to 110 columns."""
    if len(lines) < 2:
        return False
    inner = lines[:-1]
    if not all(45 <= b - a <= 110 for a, b in inner):
        return False
    open_ended = sum(1 for a, b in inner if not _PROSE_END.search(text[a:b]))
    return open_ended * 2 > len(inner)


def _is_prose(line: str) -> bool:
    words = line.split()
    if len(words) < _FEWEST_WORDS:
        # a short answer or exclamation in an interview is prose; a quoted or bare catchword is a subhead
        return len(words) >= 1 and bool(re.search(r"[.!?…][»”\"]?$", line)) and line[0] not in "'‘“\"«"
    if _DEMO.search(line) and len(words) < 30:
        return False
    if len(words) < 25 and (
        _TAIL.match(line) or _CREDIT.match(line) or (_DATED.search(line) and not re.search(r"[.!?]$", line))
    ):
        return False
    if _PROSE_END.search(line):
        return True
    return len(words) >= 30


def _headline(text: str, blocks: list[tuple[int, int]]) -> bool:
    """A first line that only happens to end in a mark: a dateline follows it."""
    if len(blocks) < 3:
        return False
    (start, end), (after, after_end) = blocks[0], blocks[1]
    second = text[after:after_end]
    return end - start < 220 and len(second.split()) < 25 and bool(_DATED.search(second)) and not _is_prose(second)


def _prefix(text: str, start: int, end: int, lead: bool) -> int:
    """Where prose begins in a paragraph that furniture precedes on the same line."""
    at = start
    ticker = _TICKER.match(text, at, end)
    if ticker:
        at = ticker.end()
    if lead:
        byline = _BYLINE.search(text, at, min(end, at + 600))
        if byline and end - byline.end() > 60:
            at = byline.end()
        dateline = _DATELINE_PREFIX.match(text, at, min(end, at + 120))
        if dateline:
            at = dateline.end()
    return at
