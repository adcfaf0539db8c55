"""IRIs: minted from content, readable, different for different things, safe in every syntax."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris, nquads

BASE = iris.BASE
DOC = iris.document(BASE, "0123456789abcdef" * 4)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
OFFSETS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("L’Élysée", "l elysee"),
        ("l'Elysée", "l elysee"),
        ("En Marche !", "en marche"),
        ("En\u00a0Marche\u202f!", "en marche"),
        ("Sœur", "soeur"),
        ("SŒUR", "soeur"),
        ("e\u0301cole", "ecole"),
        ("Al-Qaïda", "al qaida"),
        ("Straße", "strasse"),
        ("Søren Łukasz", "soren lukasz"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("ЙОД", "иод"),
        ("हिन्दी", "हिनदी"),
        ("!!!", "!!!"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert iris.fold(name) == folded


@given(NAMES)
def test_fold_is_idempotent_and_blind_to_case_and_space(name: str) -> None:
    folded = iris.fold(name)
    assert iris.fold(folded) == folded
    assert iris.fold(f"  {name}  ") == folded


@given(NAMES)
def test_slug_is_a_safe_part_of_an_iri(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", iris.slug(name))
    assert len(iris.slug(name)) <= 60


@pytest.mark.parametrize(
    ("minted", "expected"),
    [
        (DOC, f"{BASE}document/0123456789abcdef0123456789abcdef"),
        (iris.span(DOC, 3, 9), f"{DOC}/span/3-9"),
        (iris.mention(DOC, 3, 9), f"{DOC}/mention/3-9"),
        (iris.quantity(DOC, 3, 9), f"{DOC}/quantity/3-9"),
        (iris.time(DOC, 3, 9), f"{DOC}/time/3-9"),
        (iris.claim(DOC, "WikiLeaks", (5, 8), [(10, 20)]), f"{DOC}/claim/87aa0be85f99dba6"),
        (iris.event(DOC, "DataLeak", (5, 8)), f"{DOC}/event/015698cc0af61fee"),
        (iris.known_actor(BASE, "Trend Micro"), f"{BASE}actor/trend-micro"),
        (iris.unknown_actor(BASE, "Person", "Zoé Œdipe"), f"{BASE}actor/zoe-oedipe-693b120b"),
        (iris.unnamed_actor(DOC, "un proche", (1, 9)), f"{DOC}/actor/f0daa8e1"),
        (iris.text(BASE, "abc"), f"{BASE}graph/texts/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (iris.actors_graph(BASE), f"{BASE}graph/actors"),
        (iris.resolution_graph(BASE), f"{BASE}graph/resolution"),
        (iris.decisions_graph(BASE), f"{BASE}graph/decisions"),
        (iris.provenance_graph(BASE), f"{BASE}graph/provenance"),
    ],
)
def test_the_table_of_the_architecture(minted: str, expected: str) -> None:
    """Fixed values (hashes by sha256sum): an IRI that changes breaks every graph and every link to it."""
    assert minted == expected


def test_claims_differ_by_speaker_cue_and_content() -> None:
    variants = [("A", (1, 2), [(3, 9)]), ("B", (1, 2), [(3, 9)]), (None, (1, 2), [(3, 9)]), ("A", (1, 3), [(3, 9)]),
                ("A", (1, 2), [(3, 8)]), ("A", (1, 2), [(3, 9), (11, 12)])]  # fmt: skip
    assert len({iris.claim(DOC, *variant) for variant in variants}) == len(variants)


def test_a_person_and_a_body_of_one_name_are_two() -> None:
    person, body = (iris.unknown_actor(BASE, kind, "Hermès") for kind in ("Person", "Company"))
    assert person != body
    assert iris.unknown_actor(BASE, "Party", "HERMES") == body


def test_names_without_latin_letters_stay_apart() -> None:
    names = ["Яндекс", "Роснефть", "人民日报", "!!!", "???"]
    assert len({iris.unknown_actor(BASE, "Company", name) for name in names}) == len(names)


@given(NAMES, OFFSETS, st.lists(OFFSETS, max_size=3))
def test_every_minted_iri_is_an_iri_and_the_same_again(
    name: str, at: tuple[int, int], spans: list[tuple[int, int]]
) -> None:
    def mint() -> list[str]:
        return [
            iris.claim(DOC, name, at, spans),
            iris.event(DOC, name, at),
            iris.finding(DOC, name, name),
            iris.check(DOC, name, name),
            iris.known_actor(BASE, name),
            iris.unknown_actor(BASE, "Person", name),
            iris.unnamed_actor(DOC, name, at),
            iris.shared_event(BASE, [name, DOC]),
            iris.claim_relation(BASE, name, DOC, name),
            iris.collection(BASE, name),
            iris.run(BASE, name),
            iris.decision(BASE, name),
        ]

    assert mint() == mint()
    assert all(set(each) <= set(string.ascii_lowercase + string.digits + ":/.-") for each in mint())
    assert [nquads.iri(each) for each in mint()]


def test_a_shared_event_does_not_depend_on_order() -> None:
    assert iris.shared_event(BASE, ["b", "a"]) == iris.shared_event(BASE, ["a", "b"])


@pytest.mark.parametrize("digest", ["", "ab", "G" * 64, "A" * 64, "a" * 63])
def test_a_document_needs_a_whole_digest(digest: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256 digest"):
        iris.document(BASE, digest)


@pytest.mark.parametrize("base", ["https://kg.example", "https://kg.example/a/", "urn:kg:"])
def test_a_base_ends_with_a_slash(base: str) -> None:
    assert iris.checked_base(base) == base.rstrip("/") + "/"


@pytest.mark.parametrize(
    "base", ["", "kg", "/kg/", "https://kg.example/a b", "https://kg.example/?q", "https://k/#x", "h>t:x"]
)
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match=r"is not an absolute IRI|has a query"):
        iris.checked_base(base)
