"""Temporal expressions: one line a case, text with the expression in [brackets], TimeML value, interval."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract.dates import dateline, find_times
from kg.extract.dates.grammar import expand, load
from kg.extract.dates.resolve import KINDS
from kg.model import PRECISIONS, Interval, Time

SATURDAY = Interval.day(date(2017, 5, 6))  # the day of publication of every case


def only(text: str, lang: str, published: Interval | None = SATURDAY) -> Time:
    """The one expression of *text* that overlaps its brackets."""
    begin, plain = text.index("["), text.replace("[", "").replace("]", "")
    end = text.index("]") - 1
    times = [t for t in find_times(plain, lang, published) if t.span.start < end and begin < t.span.end]
    assert [(t.span.exact) for t in times] == [plain[begin:end]]
    assert plain[times[0].span.start : times[0].span.end] == times[0].span.exact
    return times[0]


FRENCH = [
    ("Il a été arrêté [mercredi] à Nantes.", "DATE", "2017-05-03"),
    ("Ils voteront [mercredi] à Nantes.", "DATE", "2017-05-10"),
    ("Il a parlé [samedi].", "DATE", "2017-05-06"),
    ("Il a été arrêté [mardi dernier].", "DATE", "2017-05-02"),
    ("Rendez-vous [samedi prochain].", "DATE", "2017-05-13"),
    ("[Vendredi soir], les documents ont été diffusés.", "TIME", "2017-05-05TEV"),
    ("Il a été interpellé dans [la nuit de jeudi à vendredi].", "TIME", "2017-05-04TNI"),
    ("Il a été interpellé dans [la nuit du 3 au 4 mai].", "TIME", "2017-05-03TNI"),
    ("Le mouvement avait été visé en [mars].", "DATE", "2017-03"),
    ("Le site avait été visé en [septembre].", "DATE", "2016-09"),
    ("Le site sera fermé en [mars].", "DATE", "2018-03"),
    ("Les comptes ont été publiés en [novembre dernier].", "DATE", "2016-11"),
    ("Il a été élu [le 8 novembre].", "DATE", "2016-11-08"),
    ("Il sera jugé [le 8 novembre].", "DATE", "2017-11-08"),
    ("Il a jusqu'au [30 juin] pour répondre.", "DATE", "2017-06-30"),
    ("Il est arrivé [le 1er avril 2016].", "DATE", "2016-04-01"),
    ("La fête est fixée au [samedi 13 mai].", "DATE", "2017-05-13"),
    ("Un stage du [19] au 23 juin.", "DATE", "2017-06-19"),
    ("Le courriel du 12/03/2016 et celui du [2016-03-12].", "DATE", "2016-03-12"),
    ("Le procès a commencé [hier].", "DATE", "2017-05-05"),
    ("Il est mort [hier matin].", "TIME", "2017-05-05TMO"),
    ("Il parlera [demain] à Lyon.", "DATE", "2017-05-07"),
    ("Le conseil se réunira [ce soir].", "TIME", "2017-05-06TEV"),
    ("La France préside [actuellement] le conseil.", "TIME", "PRESENT_REF"),
    ("Rien ne le prouve [aujourd'hui].", "TIME", "PRESENT_REF"),
    ("Il doit rencontrer [aujourd’hui] le ministre.", "DATE", "2017-05-06"),
    ("Il était parti [il y a trois jours].", "DATE", "2017-05-03"),
    ("Il était parti [il y a deux ans].", "DATE", "2015"),
    ("Le 20 avril, il a fui. [Le lendemain], il a été repris.", "DATE", "2017-04-21"),
    ("Le 20 avril, il a fui. [La veille], il avait appelé.", "DATE", "2017-04-19"),
    ("Le 20 avril, il a fui. [Le même jour], elle est partie.", "DATE", "2017-04-20"),
    ("Les ventes ont baissé [la semaine dernière].", "DATE", "2017-W17"),
    ("Les ventes ont baissé [l'an dernier].", "DATE", "2016"),
    ("Les ventes ont baissé [le mois dernier].", "DATE", "2017-04"),
    ("Les ventes ont baissé au [premier trimestre].", "DATE", "2017-Q1"),
    ("Le chômage a baissé au [2e trimestre 2016].", "DATE", "2016-Q2"),
    ("Les touristes viennent en [été].", "DATE", "XXXX-SU"),
    ("Il avait démissionné [l'été dernier].", "DATE", "2016-SU"),
    ("Il se cache depuis [1999].", "DATE", "1999"),
    ("Dans [les années 90], il vivait à Rome.", "DATE", "199"),
    ("Un manuscrit du [XIXe siècle].", "DATE", "18"),
    ("Il a passé [trois semaines] en prison.", "DURATION", "P3W"),
    ("Une peine de [dix ans] de prison.", "DURATION", "P10Y"),
    ("Le site a été coupé durant [quelques minutes].", "DURATION", "PTXM"),
    ("La réunion est à [20 h 30].", "TIME", "2017-05-06T20:30"),
    ("La campagne a pris fin vendredi à [22h00 GMT].", "TIME", "2017-05-05T22:00"),
    ("Il court [chaque jour].", "SET", "P1D"),
    ("Ils paient mille euros par [semestre].", "SET", "P6M"),
    ("La loi a été votée [début octobre].", "DATE", "2016-10"),
    ("[Dimanche] à 15 h 30, messe à Lure.", "DATE", "2017-05-07"),
    ("Il est mort [hier en fin d'après-midi].", "TIME", "2017-05-05TAF"),
    ("Il est mort dans [la soirée de mardi].", "TIME", "2017-05-02TEV"),
    ("Il est mort [la nuit dernière].", "TIME", "2017-05-05TNI"),
    ("Le guichet est fermé [le lundi].", "SET", "XXXX-WXX-1"),
    ("Il vit ici depuis [une dizaine d'années].", "DURATION", "P10Y"),
    ("Le vote aura lieu [le premier dimanche de juin].", "DATE", "2017-06-04"),
    ("Le marché ouvrira à [Noël].", "DATE", "2017-12-25"),
]

ENGLISH = [
    ("He was arrested on [Tuesday] in Leeds.", "DATE", "2017-05-02"),
    ("They will vote on [Tuesday].", "DATE", "2017-05-09"),
    ("Police said [Saturday] that he had fled.", "DATE", "2017-05-06"),
    ("He was seen [last Saturday].", "DATE", "2017-04-29"),
    ("The court will sit [next Monday].", "DATE", "2017-05-08"),
    ("The files were posted [Friday night].", "TIME", "2017-05-05TNI"),
    ("She resigned [yesterday].", "DATE", "2017-05-05"),
    ("She resigned [yesterday evening].", "TIME", "2017-05-05TEV"),
    ("She will resign [tomorrow].", "DATE", "2017-05-07"),
    ("The group struck [last month].", "DATE", "2017-04"),
    ("The group struck [last week].", "DATE", "2017-W17"),
    ("The group struck [last year].", "DATE", "2016"),
    ("The group will meet [next year].", "DATE", "2018"),
    ("[Earlier this month], the company praised the move.", "DATE", "2017-05"),
    ("[Later this year], the trial will open.", "DATE", "2017"),
    ("Since [November 24] they have leaked films.", "DATE", "2016-11-24"),
    ("He spoke of [September 11, 2001].", "DATE", "2001-09-11"),
    ("He spoke on [11 September 2001].", "DATE", "2001-09-11"),
    ("He was born on [the 3rd of March 1980].", "DATE", "1980-03-03"),
    ("The attack of [March 2013] was traced.", "DATE", "2013-03"),
    ("In [March], the servers were hit.", "DATE", "2017-03"),
    ("In [September], the servers were hit.", "DATE", "2016-09"),
    ("The election will be held in [November].", "DATE", "2017-11"),
    ("The trial opened [three weeks ago].", "DATE", "2017-04-15"),
    ("The trial opened [two years ago].", "DATE", "2015"),
    ("The trial opened [about six months ago].", "DATE", "2016-11"),
    ("He fled on April 20. [Three days later], he was caught.", "DATE", "2017-04-23"),
    ("He fled on April 20. [The next day], he was caught.", "DATE", "2017-04-21"),
    ("He fled on April 20. [The day before], he had called.", "DATE", "2017-04-19"),
    ("He fled on April 20. [That evening], she left.", "TIME", "2017-04-20TEV"),
    ("Sales fell in [the third quarter of 2016].", "DATE", "2016-Q3"),
    ("Sales fell in [the first quarter].", "DATE", "2017-Q1"),
    ("He lived there in [the 1990s].", "DATE", "199"),
    ("A map of [the 19th century].", "DATE", "18"),
    ("He was a lawyer in [2009].", "DATE", "2009"),
    ("He spent [three years] in prison.", "DURATION", "P3Y"),
    ("A [two-year] investigation.", "DURATION", "P2Y"),
    ("The outage lasted [several hours].", "DURATION", "PTXH"),
    ("Call before [9:30 a.m.] at the office.", "TIME", "2017-05-06T09:30"),
    ("The site went down at [11 p.m.] on Friday.", "TIME", "2017-05-06T23:00"),
    ("It was posted at [16:45 GMT].", "TIME", "2017-05-06T16:45"),
    ("He runs [every day].", "SET", "P1D"),
    ("He runs [every Monday].", "SET", "XXXX-WXX-1"),
    ("She is [now] the chair.", "TIME", "PRESENT_REF"),
    ("She was [recently] named chair.", "TIME", "PAST_REF"),
    ("Nothing proves it [today].", "TIME", "PRESENT_REF"),
    ("They met [last summer].", "DATE", "2016-SU"),
    ("They met [this morning].", "TIME", "2017-05-06TMO"),
    ("They talked on [Christmas Eve].", "DATE", "2016-12-24"),
    ("A report of [2016-11-02] says so.", "DATE", "2016-11-02"),
    ("They worked over [the past three months].", "DURATION", "P3M"),
]


@pytest.mark.parametrize(("text", "kind", "value"), FRENCH)
def test_french(text: str, kind: str, value: str) -> None:
    time = only(text, "fr")
    assert (time.type, time.value) == (kind, value)


@pytest.mark.parametrize(("text", "kind", "value"), ENGLISH)
def test_english(text: str, kind: str, value: str) -> None:
    time = only(text, "en")
    assert (time.type, time.value) == (kind, value)


INTERVALS = [
    ("fr", "Il vit à Rome depuis [2016].", "2016-01-01", None, "year"),
    ("fr", "Il a jusqu'au [30 juin] pour répondre.", None, "2017-06-30", "day"),
    ("fr", "Les comptes ont été piratés en [mars].", "2017-03-01", "2017-03-31", "month"),
    ("fr", "[Vendredi soir], ils ont fui.", "2017-05-05", "2017-05-05", "hour"),
    ("fr", "Il a parlé aux premières heures [samedi].", "2017-05-06", "2017-05-06", "day"),
    ("fr", "Rien ne le prouve [aujourd'hui].", "2017-05-06", "2017-05-06", "day"),
    ("fr", "Il est détenu depuis [trois jours].", "2017-05-03", None, "range"),
    ("fr", "Le prix a doublé durant [ces trois derniers mois].", "2017-02-06", "2017-05-06", "range"),
    ("fr", "Les ventes ont chuté [la semaine dernière].", "2017-04-24", "2017-04-30", "range"),
    ("fr", "Le 20 avril, il a fui. [Trois jours] plus tard, il a parlé.", "2017-04-23", "2017-04-23", "day"),
    ("en", "Since [November 24] they have leaked films.", "2016-11-24", None, "day"),
    ("en", "It must answer by [June 30].", None, "2017-06-30", "day"),
    ("en", "The group struck [last month].", "2017-04-01", "2017-04-30", "month"),
    ("en", "Sales fell in [the first quarter].", "2017-01-01", "2017-03-31", "range"),
    ("en", "He was jailed in [2009].", "2009-01-01", "2009-12-31", "year"),
]


@pytest.mark.parametrize(("lang", "text", "begin", "end", "precision"), INTERVALS)
def test_interval(lang: str, text: str, begin: str | None, end: str | None, precision: str) -> None:
    found = only(text, lang).interval
    day = date.fromisoformat
    assert found == Interval(day(begin) if begin else None, day(end) if end else None, precision)
    assert precision in PRECISIONS


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Une fillette de 6 ans et Jean Martin, 53 ans, sont partis."),
        ("fr", "Il avait 30 ans et un portable neuf."),
        ("fr", "Le Journal du dimanche et l'article 49 de la loi."),
        ("fr", "Il a été mis en cause, l'été indien, non."),
        ("fr", "Selon Le Soir et Le Monde, les 18-25 ans lisent peu."),
        ("en", "The Daily Herald wrote to three quarters of voters."),
        ("en", "A 30-year-old man and a girl aged 6."),
        ("en", "She may run for a second term in Article 12."),
        ("en", "He made a march on the town and spring water."),
    ],
)
def test_not_a_time(lang: str, text: str) -> None:
    assert [t.span.exact for t in find_times(text, lang, SATURDAY) if t.span.exact != "l'été"] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_kind_of_rule_has_its_meaning(lang: str) -> None:
    assert {kind for kind, _ in load(lang).rules} <= KINDS.keys()


def test_a_rule_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown name {nonsense}"):
        expand("{nonsense}", {}, {}, "fr")


def test_without_a_date_of_publication_nothing_is_invented() -> None:
    times = find_times("Il a parlé mardi et le 8 novembre, puis en mars.", "fr", None)
    assert [(t.value, t.interval) for t in times] == [("XXXX-WXX-2", None), ("XXXX-11-08", None), ("XXXX-03", None)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "fr",
            "Le site est là depuis 2500 ans et depuis trente siècles, les 2500 dernières années, il y a 2500 ans.",
        ),
        (
            "en",
            "It stood over the past 2500 years and fell 2500 years ago; 2900 centuries later, nothing.",
        ),
        ("fr", "Le 31 février 2016, le 0 mai et le 45 juin, à 24 h 59, au XXXXe siècle, le 29 février."),
    ],
)
def test_impossible_days_are_no_intervals(lang: str, text: str) -> None:
    for time in find_times(text, lang, SATURDAY):
        assert time.interval is None or time.interval.begin is None or time.interval.begin.year > 1900


def test_the_parsers_tense_wins_over_the_guess() -> None:
    text = "Il a parlé mardi."
    assert find_times(text, "fr", SATURDAY, tense=lambda offset: "future")[0].value == "2017-05-09"
    assert find_times(text, "fr", SATURDAY, tense=lambda offset: "")[0].value == "2017-05-02"


def test_only_the_body_is_searched() -> None:
    text = "Mardi noir\nIl a parlé mercredi."
    assert [t.span.exact for t in find_times(text, "fr", SATURDAY, body=((11, len(text)),))] == ["mercredi"]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("fr", "Un titre\nLISBONNE, 18 janvier 2019 (vendredi) – Agence", "2019-01-18"),
        ("fr", "PARIS, 6 mai 2017\n\nIl a parlé.", "2017-05-06"),
        (
            "fr",
            "Accueil Envoyer Un titre de page Rédigé par Jean Lefranc le 6 Mai 2017 à 11:51 | Lu 3 fois",
            "2017-05-06",
        ),
        ("fr", "Publié le 12/03/2016 à 10h\n\nIl a parlé.", "2016-03-12"),
        ("en", "A title\nWASHINGTON, December 19, 2014 (Friday) | By A. Writer", "2014-12-19"),
        ("en", "LONDON, 3 May 2015 - A court said.", "2015-05-03"),
        ("en", "A title\nPublished: 2016-11-02\n\nA court said.", "2016-11-02"),
        (
            "fr",
            "Un titre\n\nIl est né le 6 mai 1950 et a grandi à Nantes, où il a travaillé longtemps avant de partir.",
            None,
        ),
        ("en", "A title without any day", None),
    ],
)
def test_dateline(lang: str, text: str, day: str | None) -> None:
    assert dateline(text, lang) == (Interval.day(date.fromisoformat(day)) if day else None)


def test_a_language_without_a_grammar_is_named() -> None:
    with pytest.raises(Exception, match="data/dates/xx.toml"):
        find_times("text", "xx", None)
