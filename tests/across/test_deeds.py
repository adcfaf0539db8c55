"""The rows of deeds let reports in two languages meet: no word leads to two rows, and both languages stand in most."""

from __future__ import annotations

import tomllib

import pytest

from kg.iris import fold
from kg.resolve.across.words import _STEM, deeds
from kg.resources import read


def test_no_beginning_of_a_word_stands_in_two_rows() -> None:
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(tomllib.loads(read("data/across/words.toml"))["deeds"]):
        for word in row.split():
            rows.setdefault(fold(word)[:_STEM], set()).add(number)
    assert {stem: found for stem, found in rows.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("convoi sorti des rails", "train jumped the rails"),
        ("fait grève", "walked out"),
        ("athlète contrôlé positif", "runner tested positive"),
        ("pollution de la rivière", "oil spill"),
        ("licenciement collectif", "laid off 300 workers"),
        ("ambassadeur évincé", "envoy ousted"),
        ("campagne de désinformation", "influence operation"),
        ("siège fouillé", "headquarters searched"),
    ],
)
def test_a_deed_is_one_in_both_languages(french: str, english: str) -> None:
    assert deeds(french) & deeds(english)


@pytest.mark.parametrize(("one", "two"), [("grève", "manifestation"), ("amende", "procès"), ("layoffs", "resignation")])
def test_two_deeds_are_not_one(one: str, two: str) -> None:
    assert deeds(one) and deeds(two) and not deeds(one) & deeds(two)
