"""The lexicons of events load, hold what they must hold, and refuse what they do not know."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.deeds import spelled_out
from kg.extract.entries import in_order
from kg.extract.lexicon import event_lexicon, events
from kg.model import EVENT_KINDS, ROLES
from tests.extract.lexicons import LANGUAGES, raw

MAIN_KINDS = ("CyberAttack", "Phishing", "DataLeak", "Publication", "Attack", "Arrest", "Election", "Poll")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_has_triggers(language: str) -> None:
    opening = [trigger for trigger in events(language).entries if not trigger.anaphoric]
    assert {trigger.kind for trigger in opening} == set(EVENT_KINDS)
    for kind in MAIN_KINDS:
        assert sum(trigger.kind == kind for trigger in opening) >= 25, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles_and_contexts_are_used(language: str) -> None:
    lexicon = events(language)
    used = {argument for trigger in lexicon.entries for argument, _ in trigger.roles}
    assert used == set(lexicon.arguments)
    assert {role for trigger in lexicon.entries for _, role in trigger.roles} == set(ROLES) - {"reporter"}
    data = raw("events", language)
    named = {
        name
        for entry in (*data["trigger"], *data["deed"])
        for key in ("needs", "without")
        for name in entry.get(key, ())
    }
    assert named == set(lexicon.contexts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_takes_up_an_event_says_so(language: str) -> None:
    for trigger in events(language).entries:
        assert trigger.anaphoric or len(trigger.kinds) == 1, trigger.lemma


@pytest.mark.parametrize(
    ("language", "index", "lemma", "sentence", "kind"),
    [
        ("fr", "nouns", "attaque", "attaque contre le serveur", "CyberAttack"),
        ("fr", "nouns", "attaque", "attaque faire trois mort", "Attack"),
        ("fr", "verbs", "publier", "publier le rapport", "Publication"),
        ("fr", "verbs", "publier", "publier le courriel dérober", "DataLeak"),
        ("fr", "verbs", "arrêter", "arrêter un suspect", "Arrest"),
        ("fr", "nouns", "fuite", "fuite de document", "DataLeak"),
        ("en", "nouns", "attack", "attack on the network", "CyberAttack"),
        ("en", "nouns", "attack", "attack kill ten people", "Attack"),
        ("en", "verbs", "publish", "publish the report", "Publication"),
        ("en", "verbs", "publish", "publish the steal email", "DataLeak"),
    ],
)
def test_the_sentence_decides_between_readings(language: str, index: str, lemma: str, sentence: str, kind: str) -> None:
    lemmas = sentence.split()
    found = [
        trigger
        for trigger in getattr(events(language), index)[lemma]
        if trigger.fits(lemmas) and in_order(trigger.words, lemmas) and not trigger.anaphoric
    ]
    assert found and found[0].kind == kind


def test_a_trigger_is_not_its_own_context() -> None:
    (explosion,) = (e for e in events("fr").nouns["explosion"] if e.kind == "Attack")
    assert not explosion.fits(["un", "explosion", "de", "joie"])
    assert explosion.fits(["un", "explosion", "et", "dix", "mort"])


@pytest.mark.parametrize(("language", "words"), [("fr", ["bureau", "vote"]), ("en", ["election", "law"])])
def test_some_words_together_tell_of_no_event(language: str, words: list[str]) -> None:
    assert any(in_order(excluded, words) for excluded in events(language).excluded[words[0]])


def test_light_verbs_are_marked() -> None:
    assert [trigger.light for trigger in events("fr").verbs["viser"]] == [True]
    assert not any(trigger.light for trigger in events("fr").verbs["pirater"])


# ------------------------------------------------------------------ refusing what is wrong
@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("kind", "Party", "unknown kind 'Party'"),
        ("pos", "prep", "unknown part of speech"),
        ("hero", ["subj"], "unknown key 'hero'"),
        ("agent", ["above"], "unknown argument 'above'"),
        ("needs", ["weather"], "unknown context 'weather'"),
        ("refers_to", ["Attack"], "not anaphoric"),
    ],
)
def test_a_wrong_trigger_is_named(key: str, value: object, message: str) -> None:
    data = raw("events", "fr")
    data["trigger"] = [{**data["trigger"][0], key: value}]
    with pytest.raises(ValueError, match=message) as caught:
        event_lexicon("fr", data)
    assert "piratage" in str(caught.value)


def test_a_trigger_listed_twice_is_refused() -> None:
    data = raw("events", "fr")
    data["trigger"] = [data["trigger"][0], data["trigger"][0]]
    with pytest.raises(ValueError, match="listed twice"):
        event_lexicon("fr", data)


def test_a_deed_gives_each_of_its_words_the_arguments_of_its_slot() -> None:
    data = {
        "slots": {"befalls": {"pos": "verb", "target": ["subj"]}, "named": {"pos": "noun"}},
        "deed": [
            {"name": "derailment", "befalls": ["derail", "jump track|tracks"]},
            {"name": "accident", "named": ["accident"], "also": ["derailment"], "needs": ["rail"]},
        ],
    }
    derail, jump, accident = spelled_out(data)
    assert (derail["pos"], derail["target"], derail["kind"]) == ("verb", ["subj"], "OtherEvent")
    assert (jump["words"], jump["deed"]) == (["jump", "track|tracks"], "derailment")
    assert (accident["also"], accident["needs"]) == (["derailment"], ["rail"])


@pytest.mark.parametrize(
    ("deed", "error"),
    [
        ({"name": "fall", "tumbles": ["fall"]}, "unknown key 'tumbles'"),
        ({"name": "fall", "needs": ["height"]}, "has no word"),
        ({"name": "fall", "named": ["fall"], "also": ["crash"]}, "unknown deed 'crash'"),
    ],
)
def test_a_wrong_deed_is_refused(deed: dict[str, Any], error: str) -> None:
    with pytest.raises(ValueError, match=error):
        list(spelled_out({"slots": {"named": {"pos": "noun"}}, "deed": [deed]}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_kinds_of_happenings_have_nouns_and_verbs(language: str) -> None:
    deeds: dict[str, set[str]] = {}
    for entry in events(language).entries:
        if entry.deed and not entry.anaphoric:
            deeds.setdefault(entry.deed, set()).add(entry.part)
    assert len(deeds) >= 50
    assert sum(parts == {"noun", "verb"} for parts in deeds.values()) >= 45
