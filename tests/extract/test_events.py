"""Events in small texts: what opens one, what does not, what belongs together, when it was and who took part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from kg.extract.draft import Drafter
from kg.extract.events.words import factuality
from kg.extract.lexicon import events
from kg.extract.nlp import Parser
from kg.model import Document, Draft, Interval
from kg.text import lay_out

WEDNESDAY = Interval.day(date(2021, 3, 10))


@cache
def _parser(language: str) -> tuple[Parser, Drafter]:
    return Parser(language), Drafter(language)


def _draft(text: str, language: str) -> Draft:
    parser, drafter = _parser(language)
    document = replace(Document("0" * 64, text, language=language), published=WEDNESDAY)
    return drafter.draft(next(parser.pipe([(document, lay_out(document))])))


def _told(text: str, language: str) -> list[tuple[str, str]]:
    """Kind and trigger of each event that the guidelines count exhaustively."""
    events = _draft(text, language).events
    return [(e.kind, e.trigger.exact) for e in events if e.kind not in ("OtherEvent", "Warning", "Statement")]


CASES = [
    # ---- triggers and their context
    ("fr", "Le site de la mairie a été piraté lundi.", [("CyberAttack", "piraté")]),
    ("fr", "Une attaque informatique a paralysé les serveurs du lycée.", [("CyberAttack", "attaque informatique")]),
    ("fr", "Une attaque au couteau a fait deux blessés dans le village.", [("Attack", "attaque au couteau")]),
    ("fr", "La fuite de milliers de documents a surpris la banque.", [("DataLeak", "fuite")]),
    ("fr", "Le suspect a pris la fuite en voiture.", []),
    ("fr", "Un homme de 30 ans a été interpellé mardi à Nantes.", [("Arrest", "interpellé")]),
    ("fr", "La production a été arrêtée par un homme.", []),
    ("fr", "Le quotidien a publié mardi une enquête sur les hôpitaux.", [("Publication", "publié")]),
    ("fr", "Le ministère a publié mardi un communiqué.", []),
    ("fr", "Un sondage donne la candidate en tête.", [("Poll", "sondage")]),
    ("en", "Hackers broke into the database of the county on Monday.", [("CyberAttack", "broke")]),
    ("en", "Two people were killed in a shooting at a mall.", [("Attack", "killed")]),
    ("en", "The police seized two laptops.", []),
    ("en", "The studio postponed the release of its movie.", []),
    ("en", "The weekly published a report on prisons on Monday.", [("Publication", "published")]),
    ("en", "The run-off will take place on Sunday.", [("Election", "run-off")]),
    ("en", "She described new hacking tools.", []),
    # ---- some, not none
    ("fr", "Quelque 30 militants ont été interpellés samedi.", [("Arrest", "interpellés")]),
    ("fr", "La police a annoncé quelque 300 arrestations.", [("Arrest", "arrestations")]),
    ("en", "No people were arrested.", []),
    # ---- neither negated, nor feared, planned or general
    ("fr", "Aucune intrusion n’a été constatée sur les serveurs.", []),
    ("fr", "Le maire redoute une cyberattaque.", []),
    ("fr", "L’agence aide les communes en cas de cyberattaque.", []),
    ("fr", "Le groupe menace de publier des documents volés.", []),
    ("fr", "Les cyberattaques se multiplient.", []),
    ("fr", "Le club n’a jamais été piraté.", []),
    ("en", "No files were stolen from the server.", []),
    ("en", "The mayor fears a cyberattack.", []),
    ("en", "They threatened to leak the files.", []),
    ("en", "Publishing stolen documents would be an offence.", []),
    # ---- one event however often it is told of
    (
        "fr",
        "Un piratage a visé la mairie. Ce piratage a duré une heure. L’attaque a surpris.",
        [("CyberAttack", "piratage")],
    ),
    (
        "fr",
        "Le second tour aura lieu dimanche. Le scrutin sera serré. Le vote est libre.",
        [("Election", "second tour")],
    ),
    ("en", "The hack hit the town. Officials said the breach of the server was serious.", [("CyberAttack", "hack")]),
    # ---- and two where something sets them apart
    (
        "fr",
        "Au premier tour, le maire était en tête. Le second tour est prévu dimanche.",
        [("Election", "premier tour"), ("Election", "second tour")],
    ),
    (
        "fr",
        "Le piratage du club a été révélé mardi. En 2018, la fédération avait été piratée.",
        [("CyberAttack", "piratage"), ("CyberAttack", "piratée")],
    ),
    (
        "fr",
        "Des pirates sont entrés dans le réseau ; une cyberattaque a suivi. Les données volées ont fuité.",
        [("CyberAttack", "cyberattaque"), ("DataLeak", "données volées")],
    ),
    (
        "en",
        "Two men were arrested in Lyon on Monday. The editor Jane Doe was arrested in Rome on Tuesday.",
        [("Arrest", "arrested"), ("Arrest", "arrested")],
    ),
    (
        "en",
        "Hackers attacked the club’s network on Monday. Another attack hit the servers of Oldtown in 2019.",
        [("CyberAttack", "attacked"), ("CyberAttack", "attack")],
    ),
    (
        "fr",
        "La mairie a été frappée mardi par une seconde cyberattaque. Le piratage de janvier avait visé ses serveurs.",
        [("CyberAttack", "cyberattaque"), ("CyberAttack", "piratage")],
    ),
    (
        "fr",
        "Des pirates ont défiguré le site du club. En avril 2020, un groupe avait pénétré sa messagerie. "
        "Ce nouvel incident inquiète.",
        [("CyberAttack", "défiguré"), ("CyberAttack", "pénétré")],
    ),
    (
        "en",
        "Voters rejected the plan on Sunday, three months after a first ballot that was close.",
        [("Election", "rejected the plan"), ("Election", "ballot")],
    ),
    # ---- words that mean one thing or another
    ("en", "The clinic’s network was hacked. Patients waited after the break-in.", [("CyberAttack", "hacked")]),
    ("en", "Offside, the group behind the intrusion, said nothing.", [("CyberAttack", "intrusion")]),
    ("fr", "La brigade a neutralisé le serveur.", []),
    ("en", "She won by 112 votes in the election.", [("Election", "election")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_events(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert _told(text, language) == expected


DATES = [
    ("fr", "Le site a été piraté en janvier 2019.", (date(2019, 1, 1), date(2019, 1, 31))),
    ("fr", "Le maire a annoncé mardi le piratage du site.", None),  # the time of the report
    ("fr", "Trois jours avant le scrutin, le 3 mars, il a plu.", None),
    ("en", "The server was breached in 2019.", (date(2019, 1, 1), date(2019, 12, 31))),
    ("en", "A clerk was charged on Monday over the hack of the server.", None),
    # what was done within an inquiry into it does not date it, nor what followed it
    ("fr", "Un homme a été entendu le 15 février dans l’enquête sur le piratage du port.", None),
    ("fr", "L’auteur du piratage de la mairie a parlé mardi.", None),
    ("fr", "La série de cyberattaques contre le port a débuté en mars 2019.", (date(2019, 3, 1), date(2019, 3, 31))),
    (
        "en",
        "A review made after the second intrusion, on 2 March, blamed a clerk of the network.",
        (date(2021, 3, 2), date(2021, 3, 2)),
    ),
    # who won dates the vote, and the narrower of two times is the event's
    ("fr", "Jeanne Rolland a battu dimanche son rival à l’élection municipale.", (date(2021, 3, 7), date(2021, 3, 7))),
    (
        "en",
        "Hackers broke into the school’s network this year. The attack on 2 March froze its computers.",
        (date(2021, 3, 2), date(2021, 3, 2)),
    ),
    ("en", "She recalled the 2014 attack on the servers of the studio.", (date(2014, 1, 1), date(2014, 12, 31))),
    (
        "fr",
        "Le port a fermé deux semaines après que son serveur a été piraté.",
        (date(2021, 2, 20), date(2021, 2, 28)),
    ),
    ("en", "A stall was opened four days after voters backed a reform.", (date(2021, 3, 5), date(2021, 3, 7))),
]


@pytest.mark.parametrize(("language", "text", "expected"), DATES)
def test_dates(language: str, text: str, expected: tuple[date, date] | None) -> None:
    found = [e for e in _draft(text, language).events if e.kind in ("CyberAttack", "Election")]
    assert len(found) == 1
    interval = found[0].interval
    assert (interval and (interval.begin, interval.end)) == expected


ROLES = [
    ("fr", "Paul Durand a été arrêté par la police.", {("agent", "la police"), ("target", "Paul Durand")}),
    ("fr", "Les courriels du club ont été volés par un ancien salarié.", {("agent", "un ancien salarié")}),
    (
        "fr",
        "La justice accuse Paul Durand d’avoir piraté le ministère.",
        {("agent", "Paul Durand"), ("target", "le ministère")},
    ),
    ("en", "Mary Smith was arrested by the police.", {("agent", "the police"), ("target", "Mary Smith")}),
    ("en", "A former employee hacked the company.", {("agent", "A former employee"), ("target", "the company")}),
]


@pytest.mark.parametrize(("language", "text", "expected"), ROLES)
def test_roles(language: str, text: str, expected: set[tuple[str, str]]) -> None:
    draft = _draft(text, language)
    event = next(e for e in draft.events if e.kind in ("Arrest", "CyberAttack", "DataLeak"))
    assert {(role, draft.mentions[index].span.exact) for role, index in event.roles} == expected


def test_owner_of_the_leaked_is_not_its_agent() -> None:
    draft = _draft("Les courriels du club Avenir ont fuité en 2019.", "fr")
    event = next(e for e in draft.events if e.kind == "DataLeak")
    assert "agent" not in {role for role, _ in event.roles}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le parquet accuse un employé d’avoir piraté les serveurs."),
        ("fr", "Le serveur aurait été piraté par un employé."),
        ("en", "Prosecutors accused a clerk of hacking the server."),
        ("en", "The server may have been hacked."),
    ],
)
def test_alleged(language: str, text: str) -> None:
    assert [e.alleged for e in _draft(text, language).events if e.kind == "CyberAttack"] == [True]


def test_trigger_label_and_mentions_are_of_the_text() -> None:
    text = "Le piratage du club de Valmont a été révélé mardi. Ce piratage inquiète."
    event = next(e for e in _draft(text, "fr").events if e.kind == "CyberAttack")
    assert event.label == "piratage du club de Valmont"
    assert [text[m.start : m.end] for m in (event.trigger, *event.mentions)] == ["piratage", "piratage"]
    assert 0 < event.confidence <= 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_small_words_fit_the_lexicon(language: str) -> None:
    """Every argument of the event lexicon that a preposition leads to has its prepositions."""
    syntactic = {"subj", "obj", "poss", "compound"}
    assert set(factuality(language).prepositions) == set(events(language).arguments) - syntactic
