"""Sizes, percentages, sums of money and counts in French and English texts.

A number in figures or words, or a range of two, is a quantity by what stands beside it: a sign or unit of
percent, size or money, else a noun that it counts.  Dates, ages, durations, ordinals, ``un``/``deux`` and numbers
that are names (``article 49``) are none.  Units and words are data (``data/quantities/LANG.toml``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract import numerals
from kg.extract.folding import fold
from kg.extract.units import Units, load
from kg.model import Quantity, Span, Time

__all__ = ["find_quantities"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
_LEFT = 24  # characters before a number in which a word may say that it is a name


@dataclass(slots=True)
class Number:
    """A number or range in the text: *value* to *max*, at ``[start, end)``; *prefix* is a currency sign before it."""

    start: int
    end: int
    text: str
    value: float
    max: float | None = None
    prefix: str = ""


def find_quantities(text: str, lang: str, times: Sequence[Time]) -> list[Quantity]:
    """The quantities of *text* in text order; numbers inside *times* are none."""
    units, folded = load(lang), fold(text)
    starts = [time.span.start for time in times]
    found: list[Quantity] = []

    def in_time(start: int, end: int) -> bool:
        i = bisect_right(starts, end - 1) - 1
        return i >= 0 and times[i].span.end > start

    for number in _numbers(folded, units, in_time):
        quantity = _quantity(number, text, folded, units)
        if quantity is None and found and _shares(number, found[-1], folded, units):
            quantity = Quantity(Span.of(text, number.start, number.end), "percent", number.value, number.max)
        if quantity is not None:
            found.append(quantity)
    found += [q for q in _vague(text, folded, units) if not any(_overlap(q.span, other.span) for other in found)]
    return sorted(found, key=lambda quantity: quantity.span.start)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _numbers(folded: str, units: Units, in_time: Callable[[int, int], bool]) -> Iterator[Number]:
    at = 0
    while match := units.number.search(folded, at):
        at = match.end()
        value = numerals.value(match["number"], units.lang)
        if value is None or in_time(match.start(), match.end()):
            continue
        value *= _scale(match["scale"], units)
        number = Number(match.start(), match.end(), match["number"], value, prefix=(match["prefix"] or "").strip())
        opened = units.opening.search(folded, max(0, number.start - 10), number.start)
        second = units.second.match(folded, number.end)
        if second and _widen(number, second, units, opened is not None) and opened:
            number.start = opened.start()
        at = number.end
        yield number


def _scale(text: str | None, units: Units) -> float:
    return float(units.scales[text.strip()]) if text else 1.0


def _widen(number: Number, second: re.Match[str], units: Units, opened: bool) -> bool:
    """Makes *number* a range when the second number is larger; « 2 à 3 millions » scales both."""
    if second["joint"] in ("et", "and") and not opened:
        return False
    top = numerals.value(second["number"], units.lang)
    if top is None:
        return False
    top *= _scale(second["scale"], units)
    bare = re.match(r"[\d.,\s]+", second["number"])
    mantissa = numerals.figures(bare[0].strip(" .,\n"), units.lang) if bare and bare[0].strip(" .,\n") else top
    factor = top / mantissa if mantissa else 1.0
    if factor == 1.0 and top >= 1000 and top % 1000 == 0 and number.value < 100:  # « 10 à 15.000 »
        mantissa, factor = top / 1000, 1000.0
    value = number.value * factor if number.value < mantissa and factor >= 1000 else number.value
    if top <= value:
        return False
    number.value, number.max, number.end = value, top, second.end()
    return True


def _quantity(number: Number, text: str, folded: str, units: Units) -> Quantity | None:
    def make(end: int, kind: str, unit: str | None = None, scale: float = 1.0) -> Quantity:
        top = None if number.max is None else number.max * scale
        return Quantity(Span.of(text, number.start, end), kind, number.value * scale, top, unit)

    if number.prefix:
        return make(number.end, "money", units.prefixes[number.prefix])
    if match := units.percent.match(folded, number.end):
        return make(match.end(), "percent")
    if match := units.money.match(folded, number.end):
        alone = number.text in units.excluded and not match["scale"]
        unit = units.currencies[" ".join(match["unit"].split())]
        if unit in units.local and units.local[unit][1].search(folded):  # « francs » of a text about Switzerland
            unit = units.local[unit][0]
        return None if alone else make(match.end(), "money", unit, _scale(match["scale"], units))
    if match := units.size.match(folded, number.end):
        return make(match.end(), "size", units.sizes[match["unit"]])
    end = _noun(number, text, folded, units)
    if end is None or units.fraction.match(folded, end):  # « sept Français sur dix »
        return None
    return make(end, "count")


def _shares(number: Number, last: Quantity, folded: str, units: Units) -> bool:
    """Whether a bare number shares the unit of the percentage before it in its sentence: « 45% contre 38 »."""
    between = folded[last.span.end : number.start]
    if last.kind != "percent" or number.value > 100 or not number.text[0].isdigit() or _SENTENCE_END.search(between):
        return False
    return bool(units.shared.search(between)) and units.alone.match(folded, number.end) is not None


def _noun(number: Number, text: str, folded: str, units: Units) -> int | None:
    """Where the noun phrase that *number* counts ends; None when it counts nothing."""
    if number.text in units.excluded or _is_name(number, text, folded, units):
        return None
    at = number.end
    if match := units.linker.match(folded, at):
        if number.text[-1].isdigit():
            return None  # « 12 de … »: not a count of what follows
        at = match.end() - 1
    while units.adjective and (match := units.adjective.match(folded, at)):
        at = match.end()
    if not folded[at : at + 1].isspace() and folded[at - 1 : at] != "'":
        if number.text.endswith(("de ", "d'")):
            at -= 1
        else:
            return None
    return _head(at + (1 if folded[at : at + 1].isspace() else 0), text, folded, units)


def _head(at: int, text: str, folded: str, units: Units) -> int | None:
    """The end of the counted noun that begins at *at*: one word in French, up to the first plural in English."""
    first = _WORD.match(folded, at)
    if first is None or first.group() in units.not_nouns or len(first.group()) < 2:
        return None
    if units.lang == "fr":
        return first.end()
    word: re.Match[str] | None = first
    for _ in range(4):
        if word and word.group() in units.addresses:
            return None
        if word is None or word.group() in units.not_nouns:
            break
        if word.group().endswith("s") and not word.group().endswith(("ss", "us")):
            return word.end()
        word = _WORD.match(folded, word.end() + 1) if folded[word.end() : word.end() + 1] == " " else None
    return first.end()


def _is_name(number: Number, text: str, folded: str, units: Units) -> bool:
    """Whether the number names a thing (« article 49 », « Airbus 320 »)."""
    left = folded[max(0, number.start - _LEFT) : number.start]
    if units.before.search(left):
        return True
    word = re.search(r"([^\W\d_][\w-]*)\s$", text[max(0, number.start - _LEFT) : number.start])
    if word is None or not word[1][0].isupper() or not number.text[0].isdigit():
        return False
    if len(word[1]) == 1:  # the road A 10
        return word[1] not in "AÀ" or text[: number.start - len(word[0])][-1:] not in "\n "
    lower = word[1].lower()
    return lower not in units.not_nouns and lower not in units.openers


def _vague(text: str, folded: str, units: Units) -> Iterator[Quantity]:
    """« des dizaines de milliers d'emails », "thousands of documents": counts without a value."""
    for match in units.vague.finditer(folded):
        end = _head(match.end(), text, folded, units)
        if end is not None:
            unit = units.money.match(folded, match.end() - 1)
            kind, code = ("money", units.currencies[" ".join(unit["unit"].split())]) if unit else ("count", None)
            yield Quantity(Span.of(text, match.start(), end), kind, None, None, code)
