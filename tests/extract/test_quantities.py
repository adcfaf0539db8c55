"""Quantities: one line a case, text with the quantity in [brackets]."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import numerals
from kg.extract.dates import find_times
from kg.extract.quantities import find_quantities
from kg.model import QUANTITY_KINDS, Interval, Quantity

PUBLISHED = Interval.day(date(2017, 5, 6))


def found(text: str, lang: str) -> list[Quantity]:
    return find_quantities(text, lang, find_times(text, lang, PUBLISHED))


FRENCH = [
    ("Au total [9 Go] de documents.", "size", 9, None, "Go"),
    ("Soit [3,4 téraoctets] de données.", "size", 3.4, None, "To"),
    ("Avec [61,5 à 63%] des voix.", "percent", 61.5, 63, None),
    ("Elle obtient [52 %] des voix.", "percent", 52, None, None),
    ("La hausse est de [12 pour cent].", "percent", 12, None, None),
    ("Il demandait [entre 500.000 et un million d’euros].", "money", 500_000, 1_000_000, "EUR"),
    ("Il a perdu [2,5 milliards d’euros].", "money", 2.5e9, None, "EUR"),
    ("Une amende de [1 234 euros].", "money", 1234, None, "EUR"),
    ("Une amende de [20\u00a0000\u00a0€].", "money", 20_000, None, "EUR"),
    ("Un contrat de [83 M€].", "money", 83e6, None, "EUR"),
    ("Une rançon de [3 millions de dollars].", "money", 3e6, None, "USD"),
    ("Un don de [200 francs suisses].", "money", 200, None, "CHF"),
    ("Des attentats qui ont fait [239 morts].", "count", 239, None, None),
    ("Plus de [70 millions de documents].", "count", 70e6, None, None),
    ("Il a volé [trois cent vingt dossiers].", "count", 320, None, None),
    ("Les [quatre-vingt-dix salariés] sont partis.", "count", 90, None, None),
    ("Entre autres, [12 à 15 personnes] ont été vues.", "count", 12, 15, None),
    ("Quelques [10 à 15.000 enfants] sont concernés.", "count", 10_000, 15_000, None),
    ("Il a écrit à [une dizaine de journaux].", "count", 10, None, None),
    ("On parle de [milliers de documents] publiés.", "count", None, None, None),
    ("On parle d'[un demi-million de comptes] touchés.", "count", 5e5, None, None),
    ("À Genève, une amende de [200 francs].", "money", 200, None, "CHF"),
    ("Le groupe emploie [2000 salariés] depuis 1998.", "count", 2000, None, None),
    ("On parle de [trois nouvelles plaintes].", "count", 3, None, None),
]
ENGLISH = [
    ("Just under [100 terabytes] of data.", "size", 100, None, "TB"),
    ("They took [11.5GB] of mail.", "size", 11.5, None, "GB"),
    ("Some [47,000 Social Security numbers] were leaked.", "count", 47_000, None, None),
    ("At least [four lawsuits] were filed.", "count", 4, None, None),
    ("The damage is [$83 million] or so.", "money", 83e6, None, "USD"),
    ("The damage is [€5bn] or so.", "money", 5e9, None, "EUR"),
    ("The damage is [US$1.5 billion] or so.", "money", 1.5e9, None, "USD"),
    ("The damage is [£300,000] or so.", "money", 300_000, None, "GBP"),
    ("The damage is [250 million euros] or so.", "money", 250e6, None, "EUR"),
    ("The damage is [$5-10 million] or so.", "money", 5e6, 10e6, "USD"),
    ("A rise of [4 to 6 percent] was seen.", "percent", 4, 6, None),
    ("A rise of [7.5%] was seen.", "percent", 7.5, None, None),
    ("They read [11.5 million documents] in all.", "count", 11.5e6, None, None),
    ("They found [between 25 and 30 files] there.", "count", 25, 30, None),
    ("They found [twenty-three accounts] there.", "count", 23, None, None),
    ("They found [three hundred and ten accounts] there.", "count", 310, None, None),
    ("They found [a dozen witnesses] there.", "count", 12, None, None),
    ("They lost [a million users] there.", "count", 1e6, None, None),
    ("In 2016 hackers took [2000 files] and left.", "count", 2000, None, None),
    ("They lost [half a million users] there.", "count", 5e5, None, None),
    ("They lost [tens of thousands of users] there.", "count", None, None, None),
]


@pytest.mark.parametrize("case", [("fr", *case) for case in FRENCH] + [("en", *case) for case in ENGLISH])
def test_quantity(case: tuple[str, str, str, float | None, float | None, str | None]) -> None:
    lang, marked, kind, value, top, unit = case
    text = marked.replace("[", "").replace("]", "")
    (quantity,) = found(text, lang)
    assert quantity.span.exact == marked[marked.index("[") + 1 : marked.index("]")]
    assert (quantity.kind, quantity.value, quantity.max, quantity.unit) == (kind, value, top, unit)
    assert quantity.kind in QUANTITY_KINDS


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le 8 novembre 2016, à 22h00, il avait 30 ans."),
        ("fr", "Il a passé trois jours et deux nuits au 4e étage."),
        ("fr", "L'article 49 de la loi, à la page 12 du rapport, au 12 rue Haute."),
        ("fr", "Un homme et deux femmes, dont l'un est neuf."),
        ("fr", "Les deux candidats sont à égalité, 3-1 puis 2 à 1."),
        ("fr", "Il vole sur Airbus 320 vers Nice et par l'A 10 près de Tours."),
        ("fr", "La hausse est de quatre points sur un an."),
        ("en", "On March 3, 2015, at 10 p.m., he was aged 30."),
        ("en", "The 30-year-old spent three days on the 4th floor."),
        ("en", "Article 49 and page 12 of the report, one of two men."),
        ("en", "He said in 2009 that Windows 10 was late."),
        ("en", "Boeing 737 jets, one in five users, 10 Downing Street and three quarters of voters."),
        (
            "fr",
            "Un électeur sur trois, sept Français sur dix, le budget 2002 des villes, les trois quarts, au 49.3.",
        ),
    ],
)
def test_not_a_quantity(lang: str, text: str) -> None:
    assert [quantity.span.exact for quantity in found(text, lang)] == []


def test_a_bare_number_shares_the_percentage_before_it() -> None:
    for lang, text in (
        ("fr", "Elle obtient 45% contre 38 pour son rival."),
        ("en", "She is on 45 percent and he is on 38."),
    ):
        assert [(q.kind, q.value) for q in found(text, lang)] == [("percent", 45), ("percent", 38)]
    assert [q.value for q in found("Elle obtient 45%. Le train part du quai 38.", "fr")] == [45]


FIGURES = st.integers(min_value=2, max_value=999_999_999)


@given(FIGURES)
def test_separators_of_either_language_give_the_same_value(number: int) -> None:
    assert numerals.figures(f"{number:,}", "en") == number
    for separator in (".", " "):
        assert numerals.figures(f"{number:,}".replace(",", separator), "fr") == number


@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_any_text_gives_true_offsets(text: str, lang: str) -> None:
    times = find_times(text, lang, PUBLISHED)
    spans = [time.span for time in times] + [quantity.span for quantity in find_quantities(text, lang, times)]
    assert [text[span.start : span.end] for span in spans] == [span.exact for span in spans]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["mille ", "vingt et ", "1 234 ", "1.234", "le 3, 4, ", "9999", "three hundred and "])
def test_no_text_is_slow_to_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    for lang in ("fr", "en"):
        find_quantities(text, lang, find_times(text, lang, PUBLISHED))


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("fr", "quatre-vingt-dix-neuf", 99),
        ("fr", "soixante et onze", 71),
        ("fr", "deux mille trois cents", 2300),
        ("fr", "un million deux cent mille", 1_200_000),
        ("fr", "vingt et un", 21),
        ("fr", "2,5 milliards", 2.5e9),
        ("en", "two hundred and five thousand", 205_000),
        ("en", "ninety-nine", 99),
        ("en", "1.2 million", 1.2e6),
        ("en", "three dozen", 36),
        ("fr", "plusieurs", None),
    ],
)
def test_number_words(lang: str, text: str, value: float | None) -> None:
    assert numerals.value(text, lang) == value
