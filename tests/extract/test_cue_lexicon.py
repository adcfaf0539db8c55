"""The lexicons of cues load, hold what they must hold, and refuse what they do not know."""

from __future__ import annotations

import copy

import pytest

from kg.extract.entries import in_order
from kg.extract.lexicon import Cue, cue_lexicon, cues
from kg.model import STANCES
from tests.extract.lexicons import LANGUAGES, raw


def verb(language: str, lemma: str, *, reflexive: bool = False) -> Cue:
    found = [cue for cue in cues(language).verbs[lemma] if cue.reflexive is reflexive and not cue.particle]
    assert len(found) == 1, lemma
    return found[0]


@pytest.mark.parametrize(("language", "least"), [("fr", 280), ("en", 230)])
def test_the_cue_lexicons_have_their_size(language: str, least: int) -> None:
    lexicon = cues(language)
    assert len(lexicon.entries) >= least
    for part in ("verb", "expr", "noun", "prep"):
        assert sum(cue.part == part for cue in lexicon.entries) >= 20, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stance_frame_and_class_is_used(language: str) -> None:
    lexicon = cues(language)
    assert {cue.stance for cue in lexicon.entries} == set(STANCES)
    assert set().union(*(cue.frames for cue in lexicon.entries)) == set(lexicon.frames)
    assert {cue.group for cue in lexicon.entries} == set(lexicon.groups)
    assert all(lexicon.frames.values()) and all(lexicon.groups.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frames_fit_the_part_of_speech(language: str) -> None:
    outside = {"prep": ("selon", "citing"), "noun": ("noun_",)}
    for cue in cues(language).entries:
        for frame in cue.frames:
            if cue.part in outside:
                assert frame.startswith(outside[cue.part]), (cue.lemma, frame)
            else:
                assert not frame.startswith(("selon", "citing", "noun_")), (cue.lemma, frame)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_weak_cue_takes_a_bare_noun_phrase_only_with_a_listed_head(language: str) -> None:
    for cue in cues(language).entries:
        if cue.weak and "np" in cue.frames:
            assert cue.objects, cue.lemma
        if cue.objects:
            assert cue.weak, cue.lemma


def test_the_guidelines_stances() -> None:
    """GUIDELINES §6, verb by verb."""
    french = {
        "denies": "nier démentir rejeter contester balayer",
        "accuses": "accuser reprocher dénoncer condamner",
        "confirms": "confirmer reconnaître admettre concéder",
        "recommends": "recommander appeler exhorter",
        "warns": "prévenir avertir redouter",
        "promises": "promettre",
        "asserts": "dire annoncer affirmer préciser rappeler",
    }
    english = {
        "denies": "deny reject dispute dismiss",
        "accuses": "accuse blame condemn allege",
        "confirms": "confirm acknowledge admit concede",
        "recommends": "recommend urge",
        "warns": "warn caution",
        "questions": "question wonder",
        "promises": "promise vow pledge",
        "other": "apologize praise regret",
        "asserts": "say tell claim insist",
    }
    for language, table in (("fr", french), ("en", english)):
        for stance, lemmas in table.items():
            for lemma in lemmas.split():
                assert verb(language, lemma).stance == stance, lemma
    assert verb("fr", "interroger", reflexive=True).stance == "questions"
    assert verb("fr", "engager", reflexive=True).stance == "promises"


def test_the_frame_and_the_negation_change_the_stance() -> None:
    assure = verb("fr", "assurer")
    assert assure.stance_in("inf") == "asserts"
    assert assure.stance_in("inf", content_negated=True) == "denies"
    assert assure.stance_in("que", content_negated=True) == "asserts"
    exclude = verb("fr", "exclure")
    assert exclude.stance_in("que") == "denies"
    assert exclude.stance_in("que", cue_negated=True) == "asserts"
    assert verb("en", "tell").stance_in("obj_to_inf") == "recommends"
    assert verb("en", "ask").stance_in("whether") == "questions"


def test_reflexive_and_plain_verbs_are_two_entries() -> None:
    assert verb("fr", "défendre", reflexive=True).stance == "denies"
    assert "pred" in verb("fr", "dire", reflexive=True).frames
    assert "pred" not in verb("fr", "dire").frames


def test_expressions_are_found_by_their_verb_the_longest_first() -> None:
    french = cues("fr").expressions
    lemmas = ["mettre", "le", "parti", "en", "garde", "contre"]
    assert [cue.lemma for cue in french["mettre"] if in_order(cue.words, lemmas)] == ["mettre en garde"]
    alarm = next(cue for cue in french["tirer"] if cue.lemma == "tirer la sonnette d'alarme")
    assert in_order(alarm.words, ["tirer", "un", "fois", "de", "plus", "le", "sonnette", "de", "alarme"])
    assert not in_order(alarm.words, ["tirer", "le", "alarme"])
    for index in (french, cues("en").expressions):
        for entries in index.values():
            assert [len(cue.words) for cue in entries] == sorted((len(cue.words) for cue in entries), reverse=True)


@pytest.mark.parametrize(
    ("language", "forms", "covered"),
    [
        ("fr", ["selon", "le", "maire"], 1),
        ("fr", ["d’", "après", "elle"], 2),
        ("fr", ["de", "l'", "avis", "du", "maire"], 4),
        ("fr", ["à", "en", "croire", "le", "site"], 3),
        ("fr", ["aux", "yeux", "des", "élus"], 3),
        ("fr", ["après", "le", "vote"], 0),
        ("en", ["according", "to", "police"], 2),
        ("en", ["in", "the", "words", "of", "one"], 4),
        ("en", ["in", "her", "view", ","], 3),
        ("en", ["in", "the", "city"], 0),
    ],
)
def test_prepositions_cover_adjacent_forms(language: str, forms: list[str], covered: int) -> None:
    candidates = cues(language).prepositions.get(forms[0].replace("’", "'"), ())
    assert max((cue.adjacent(forms) for cue in candidates), default=0) == covered


@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [
        ("fr", "déplore", "déplorer"),
        ("fr", "rappelle", "rappeler"),
        ("fr", "martèle", "marteler"),
        ("fr", "tonné", "tonner"),
        ("fr", "avançait", "avancer"),
        ("fr", "prévient", "prévenir"),
        ("fr", "craint", "craindre"),
        ("fr", "promis", "promettre"),
        ("fr", "tweete", "tweeter"),
        ("fr", "révélera", "révéler"),
        ("en", "said", "say"),
        ("en", "denied", "deny"),
        ("en", "admitted", "admit"),
        ("en", "agreed", "agree"),
        ("en", "labelled", "label"),
        ("en", "alleging", "allege"),
    ],
)
def test_a_form_leads_to_its_lemma(language: str, form: str, lemma: str) -> None:
    assert lemma in cues(language).lemmas[form]


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_sources_hedges_and_titles_are_there(language: str) -> None:
    lexicon = cues(language)
    assert len(lexicon.support) >= 20
    assert len([r for refusals in lexicon.refusals.values() for r in refusals]) >= 25
    assert {source.kind for sources in lexicon.sources.values() for source in sources} == {
        "person", "group", "body", "document",
    }  # fmt: skip
    assert lexicon.hedges.adverbs and lexicon.hedges.adjectives and lexicon.hedges.conditionals
    assert set(lexicon.titles.values()) == {"civil", "office", "rank"}


def test_source_nouns_know_their_kind_and_gender() -> None:
    french = cues("fr").sources
    assert [(s.kind, s.gender) for s in french["porte-parole"]] == [("person", "")]
    assert [(s.kind, s.gender) for s in french["avocate"]] == [("person", "f")]
    assert [s.kind for s in french["rapport"]] == ["document"]
    assert [s.kind for s in cues("en").sources["spokeswoman"]] == ["person"]


# ------------------------------------------------------------------ refusing what is wrong
@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("stance", "shouts", "unknown stance 'shouts'"),
        ("frames", ["que", "sideways"], "unknown frame 'sideways'"),
        ("frames", [], "no frame"),
        ("pos", "adverb", "unknown part of speech"),
        ("class", "sing", "unknown class 'sing'"),
        ("when", {"sideways": "asserts"}, "unknown frame 'sideways'"),
        ("when", {"que": "shouts"}, "unknown stance 'shouts'"),
        ("reflexive", "maybe", "unknown reflexive"),
        ("colour", "red", "unknown key 'colour'"),
        ("words", ["dire", ""], "empty word"),
    ],
)
def test_a_wrong_cue_is_named(key: str, value: object, message: str) -> None:
    data = copy.deepcopy(raw("cues", "fr"))
    data["cue"] = [{**data["cue"][0], key: value}]
    with pytest.raises(ValueError, match=message) as caught:
        cue_lexicon("fr", data)
    assert "dire" in str(caught.value)


def test_a_weak_cue_without_objects_is_refused() -> None:
    data = raw("cues", "fr")
    data["cue"] = [{**data["cue"][0], "weak": True, "frames": ["np"]}]
    with pytest.raises(ValueError, match="list its objects"):
        cue_lexicon("fr", data)


def test_a_cue_listed_twice_is_refused() -> None:
    data = raw("cues", "fr")
    data["cue"] = [data["cue"][0], data["cue"][0]]
    with pytest.raises(ValueError, match="listed twice"):
        cue_lexicon("fr", data)


def test_a_language_without_lexicon_is_one_clear_error() -> None:
    with pytest.raises(Exception, match="data/cues/xx.toml"):
        cues("xx")
