"""Splits paragraphs into sentences: never inside a quotation, after an abbreviation, or inside a name.

Rules instead of the parser's guess, because the parser is to be told where sentences end: it then parses each whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Quote

# A full stop after one of these does not end a sentence (French and English; lower case, without the stop).
_ABBREVIATIONS = frozenset(
    [
        "m",
        "mm",
        "mme",
        "mlle",
        "mgr",
        "dr",
        "pr",
        "prof",
        "me",
        "st",
        "ste",
        "av",
        "bd",
        "art",
        "al",
        "cf",
        "p",
        "pp",
        "no",
        "n",
        "fig",
        "vol",
        "éd",
        "ed",
        "ndlr",
        "env",
        "min",
        "max",
        "tél",
        "tel",
        "réf",
        "mr",
        "mrs",
        "ms",
        "jr",
        "sr",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "rev",
        "sen",
        "rep",
        "gov",
        "pres",
        "adm",
        "hon",
        "messrs",
        "inc",
        "ltd",
        "corp",
        "co",
        "bros",
        "vs",
        "etc",
        "dept",
        "univ",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "janv",
        "févr",
        "avr",
        "juil",
        "déc",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "u.n",
        "e.g",
        "i.e",
        "approx",
        "est",
    ]
)
# Names that end in a mark of exclamation or question; what follows decides as after any other word.
_END = re.compile(r"(?:\.{1,3}|…|[!?]+(?:\s?[!?])*)(?=[\s»”\"’'“)\]\u00a0\u202f]|$)")
_CLOSERS = "»”\"’'“)]"
_GAP = " \t\n\u00a0\u202f"
_WORD_BEFORE = re.compile(r"[\w.&'’-]+$", re.UNICODE)
_STARTS = re.compile(r"[\wÀ-ÿ«“\"„‘'(\[–—#@•-]")


def split_sentences(
    text: str, paragraphs: Sequence[tuple[int, int]], quotes: Sequence[Quote]
) -> tuple[tuple[int, int], ...]:
    """Half-open offsets of every sentence, in text order; each lies in one paragraph, none begins or ends in space."""
    outer = sorted((q.outer for q in quotes if q.depth == 0), key=lambda o: o[0])
    starts = [o[0] for o in outer]
    out: list[tuple[int, int]] = []
    for begin, end in paragraphs:
        at = begin
        for match in _END.finditer(text, begin, end):
            cut = _boundary(text, match, at, end, outer, starts)
            if cut is not None and cut > at:
                out.append((at, cut))
                at = _skip(text, cut, end)
        if at < end:
            out.append((at, end))
    return tuple(out)


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _GAP:
        at += 1
    return at


def _boundary(
    text: str, match: re.Match[str], begin: int, end: int, outer: list[tuple[int, int]], starts: list[int]
) -> int | None:
    """Where the sentence ends, if it ends at *match*."""
    index = bisect_right(starts, match.start()) - 1
    inside = index >= 0 and outer[index][0] <= match.start() < outer[index][1]
    cut = match.end()
    if inside:
        close = outer[index][1]
        if text[match.end() : close].strip(_GAP + _CLOSERS):
            return None  # in the middle of a quotation
        cut = close
    else:
        while cut < end and text[cut] in _CLOSERS:
            cut += 1
    following = _skip(text, cut, end)
    if following >= end:
        return cut
    if following == cut:  # no gap: 22.00, example.org
        return None
    letter = text[following]
    if not _STARTS.match(letter) or letter.islower():
        return None
    mark = match.group()
    if mark == "." and _abbreviated(text, match.start(), begin, letter):
        return None
    if mark in ("!", "?") and not inside and _names_go_on(text, match, following, end):
        return None
    return cut


def _abbreviated(text: str, stop: int, begin: int, following: str) -> bool:
    word = _WORD_BEFORE.search(text, max(begin, stop - 24), stop)
    if word is None:
        return False
    bare = word.group().rstrip(".").lower().lstrip("'’")
    bare = re.split(r"['’]", bare)[-1]
    if bare in _ABBREVIATIONS:
        return bare not in ("etc", "no", "co", "inc", "ltd", "corp") or not following.isupper()
    # initials: J. Edgar, J.-P. Martin, U.S. Senate
    return bool(re.fullmatch(r"(?:[a-zà-ÿ]\.?-?)+", bare)) and ("." in bare or len(bare) == 1) and bare not in "yà"


def _names_go_on(text: str, match: re.Match[str], following: int, end: int) -> bool:
    """`En Marche! Il …` ends a sentence, `En Marche! Emmanuel Macron` hardly ever occurs: only a lower-case word,
    a comma or a bracket shows that the name goes on, and those were ruled out before."""
    return text[following] in "(,;:"
