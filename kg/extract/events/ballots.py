"""What tells one vote from another: its round, what is voted on, where and when."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.events.triggers import Found
from kg.extract.events.words import Factuality
from kg.extract.tree import Tree
from kg.model import Interval


@dataclass(frozen=True, slots=True)
class Ballot:
    """What tells one vote from another; "" or None where the text does not say."""

    round: int | None = None
    office: str = ""
    country: str = ""
    year: int | None = None


def ballot(tree: Tree, found: Found, words: Factuality, interval: Interval | None) -> Ballot:
    """The round, office, country and year that the noun phrase of *found* names."""
    low, high = tree.noun_phrase(found.token)
    low, high = min(low, found.first), max(high, found.last)
    number, office, country, year = None, "", "", None
    for k in range(low, min(high, low + 14) + 1):
        word, lemma = tree.low[k], tree.lemma[k]
        if number is None and k <= found.token:
            number = words.rounds.get(word, words.rounds.get(lemma))
        office = office or words.ballots.get(word, words.ballots.get(lemma, ""))
        country = country or words.demonyms.get(lemma, words.demonyms.get(word, ""))
        if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"):
            year = int(word)
    if (
        high + 2 <= tree.last[found.token]
        and tree.low[high + 1] in ("de", "en", "of", "in")
        and tree.low[high + 2].isdigit()
    ):
        year = year or (int(tree.low[high + 2]) if len(tree.low[high + 2]) == 4 else None)
    if year is None and interval is not None and interval.begin is not None and interval.end is not None:
        year = interval.begin.year if interval.begin.year == interval.end.year else None
    return Ballot(number, "" if office == "europe" and country not in ("", "europe") else office, country, year)


def alike(a: Ballot, b: Ballot) -> int:
    """How much two namings of a ballot have in common; the round says most."""
    return (
        2 * (a.round is not None and a.round == b.round)
        + (a.office != "" and a.office == b.office)
        + (a.country != "" and a.country == b.country)
        + (a.year is not None and a.year == b.year)
    )


def differ(a: Ballot, b: Ballot) -> bool:
    """Whether something that both say sets them apart."""
    return (
        (a.round is not None and b.round is not None and a.round != b.round)
        or (a.office != "" and b.office != "" and a.office != b.office)
        or (a.country != "" and b.country != "" and a.country != b.country)
        or (a.year is not None and b.year is not None and a.year != b.year)
    )
