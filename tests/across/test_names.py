"""Names: spellings of one name found, names of different persons kept apart, names of groups as the galaxy has them."""

from __future__ import annotations

import pytest

from kg.resolve.across import actors, names, threat_actors
from kg.resolve.across.abstract import ActorFacts
from kg.resolve.across.actors import known_as
from kg.resolve.across.claims import comparer


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Eugène Kaspersky", "Evgueni Kaspersky"),
        ("Eugene Kaspersky", "Yevgeny Kaspersky"),
        ("Mikhaïl Tcherkov", "Mikhail Cherkov"),
        ("Sergueï Bounine", "Sergey Bunin"),
        ("Viktor Zoubkov", "Victor Zubkov"),
        ("Youssef Haddar", "Yusuf Haddar"),
    ],
)
def test_spellings_of_one_name_share_a_key_and_fit(one: str, two: str) -> None:
    assert names.keys(one, True) & names.keys(two, True)
    assert names.persons(one, two) >= 0.75


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Anne Morel", "Paul Morel"),
        ("Jean Dupré", "Marie Dupré"),
        ("Alexandre Petit", "Alexander Petit"),
        ("Jean Martin", "John Martin"),
        ("Guillaume Roy", "William Roy"),
        ("Claire Morel", "Claire Maurel"),
        ("Daniel Lagarde", "Danielle Lagarde"),
    ],
)
def test_names_of_different_persons_do_not_fit_by_themselves(one: str, two: str) -> None:
    assert names.persons(one, two) < 0.75


def test_an_acronym_and_its_long_form_are_compared_and_need_support() -> None:
    long = "Autorité nationale des réseaux"
    assert names.keys("ANR", False) & names.keys(long, False)
    assert 0.5 <= names.bodies("ANR", long) < 0.75


def test_bodies_with_and_without_their_legal_form_are_one() -> None:
    assert names.bodies("Groupe Corvalis", "Corvalis SA") >= 0.9
    assert names.bodies("Corvalis 2", "Corvalis 3") == 0.0
    assert names.bodies("Commission des ports", "Commission des marchés") < 0.5


def test_groups_by_any_of_their_names_and_ambiguous_names_by_none() -> None:
    assert known_as(["Pawn Storm"], "Group").endswith("/apt28")
    assert known_as(["Fighting Ursa"], "Group").endswith("/apt28"), "a name that only the galaxy has"
    ambiguous = [name for name, bearers in threat_actors.groups().items() if len(bearers) > 1]
    assert ambiguous, "the galaxy has names that several groups bear"
    assert all(threat_actors.group_of(name) is None for name in ambiguous)


def test_a_meaning_supports_and_never_makes_a_relation() -> None:
    facts = {
        "sign": 1, "stance": "asserts", "cue": "dire", "imputed": "", "events": [], "actors": [], "day": "2020-01-01",
        "speaker": "x:a", "stems": ["abcdef", "ghijkl", "mnopqr"], "text": "un", "language": "fr", "document": "d:1",
        "family": "d:1", "near": [], "side": ["x:a"], "own": False,
    }  # fmt: skip
    other = {**facts, "stems": ["st", "uv", "wx"], "text": "two", "language": "en", "document": "d:2", "family": "d:2"}
    alike = comparer(lambda one, two: 0.99)
    found = alike(facts, other)
    assert found is not None and found.label == "repeats", "the same speaker suggests it"
    assert alike(facts, {**other, "speaker": "x:b", "side": ["x:b"]}) is None, "nothing but the meaning does"
    assert comparer(None)(facts, other) is None


def test_a_name_like_a_known_one_is_no_known_actor() -> None:
    assert known_as(["Emmanuelle Macron"], "Person") == ""
    assert known_as(["Paris"], "Group") == ""


def profile(kind: str, name: str, *near: str, gender: str = "", roles: tuple[str, ...] = ()) -> dict[str, object]:
    """What is compared of an actor of that name among *near*."""
    actor = ActorFacts(f"x:{kind}/{name}", kind, (name,), gender=gender, roles=roles)
    return actors.facts_of(actor, [name], [actors.company("Person", other) for other in near])


ABOUT = ("Jean Brisset", "Luc Ferrand", "Anne Morvan")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Person", "Odile Sarrasin"), ("Person", "Mme Sarrasin")),
        (("Person", "Odile Sarrasin"), ("Organization", "O. Sarrasin")),
        (("Person", "Odile Sarrasin"), ("Person", "Dr. Sarrasin")),
        (("Person", "Ludwig van der Straten"), ("Person", "Ludwig Straten")),
        (("Person", "Ivo Brant"), ("Organization", "Ivo Brant")),
        (("Group", "Nuit Rouge"), ("Person", "Nuit Rouge")),
        (("Organization", "hôpital de Valmoret"), ("Organization", "Valmoret General Hospital")),
        (("GeopoliticalEntity", "Veldavie"), ("GeopoliticalEntity", "Veldavia")),
    ],
)
def test_what_the_press_calls_one_actor_in_one_company(one: tuple[str, str], two: tuple[str, str]) -> None:
    mine, theirs = profile(*one, *ABOUT), profile(*two, *ABOUT)
    assert actors.keys_of(mine) & actors.keys_of(theirs), "they are compared at all"
    found = actors.compare(mine, theirs)
    assert found is not None and found.label == "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Person", "Odile Sarrasin"), ("Person", "Mme Sarrasin")),
        (("Person", "Ivo Brant"), ("Organization", "Ivo Brant")),
        (("Organization", "hôpital de Valmoret"), ("Organization", "Valmoret General Hospital")),
    ],
)
def test_without_company_the_same_names_stay_open(one: tuple[str, str], two: tuple[str, str]) -> None:
    found = actors.compare(profile(*one, "Paul Astier"), profile(*two, "Rose Quentin"))
    assert found is None or found.label != "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Person", "Odile Sarrasin"), ("Person", "Irène Sarrasin")),
        (("Person", "Ivo Brant"), ("Company", "Brant Chimie")),
        (("Organization", "hôpital de Valmoret"), ("Organization", "hôpital de Cardouan")),
        (("Organization", "université de Valmoret"), ("Organization", "Valmoret hospital")),
        (("GeopoliticalEntity", "Valmoret"), ("Company", "Valmoret")),
    ],
)
def test_what_is_two_in_one_company_stays_two(one: tuple[str, str], two: tuple[str, str]) -> None:
    found = actors.compare(profile(*one, *ABOUT), profile(*two, *ABOUT))
    assert found is None or found.label != "same"


def test_a_calling_tells_two_bearers_of_a_name_apart_and_a_state_does_not() -> None:
    def score(one: str, two: str) -> float:
        found = actors.compare(
            profile("Person", "Paul Vernier", *ABOUT, roles=(one,)), profile("Person", "Paul Vernier", roles=(two,))
        )
        assert found is not None
        return found.score

    assert score("lawyer", "athlete") < score("lawyer", "accused")


@pytest.mark.parametrize(
    ("one", "two", "least", "most"),
    [
        ("Ligue nationale de course sur route", "National Road Racing League", 0.7, 0.75),
        ("Association des pêcheurs du Nord", "Northern Fishermen's Association", 0.7, 0.75),
        ("Syndicat des médecins", "Doctors' Union", 0.7, 0.75),
        ("Association des pêcheurs du Nord", "Association des pêcheurs du Sud", 0.0, 0.5),
        ("Fédération des infirmiers", "Fédération des médecins", 0.0, 0.0),
        ("Réseau Méridien", "Meridian network", 0.8, 1.0),
    ],
)
def test_a_translated_name_is_no_proof_alone(one: str, two: str, least: float, most: float) -> None:
    assert least <= names.bodies(one, two) <= most
    assert least == 0.0 or names.keys(one, False) & names.keys(two, False)
