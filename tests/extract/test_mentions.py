"""Mentions and what they mean, through the parser, on invented dispatches (tests/golden/actors)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract import LANGUAGES, Extractor
from kg.model import Actor, Document, Extraction
from kg.resolve.document import resolve
from kg.resolve.known import KnownActors
from kg.text import lay_out

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "actors"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
CASES = [(name, *means) for name, table in EXPECTED.items() for means in table["means"]]


def _documents(texts: dict[str, str]) -> Iterator[tuple[Document, object]]:
    for name, text in sorted(texts.items()):
        document = Document("0" * 64, text, language=name[:2])
        yield document, lay_out(document)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    known = KnownActors.load()
    return Extractor({language: known.names(language) for language in LANGUAGES})


@pytest.fixture(scope="module")
def resolved(extractor: Extractor) -> dict[str, Extraction]:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    drafts = extractor.extract(_documents(texts))  # type: ignore[arg-type]
    return {name: resolve(draft, KnownActors.load()) for name, draft in zip(sorted(texts), drafts, strict=True)}


def _names_of(found: Extraction, words: str, nth: int) -> list[str]:
    mentions = [i for i, m in enumerate(found.mentions) if m.span.exact == words]
    assert len(mentions) >= nth, f"{words!r} is no mention, or not {nth} times"
    return [a.name for a in found.actors if mentions[nth - 1] in a.mentions]


@pytest.mark.parametrize(("text", "words", "nth", "name"), CASES, ids=[f"{c[0]}: {c[1]} {c[2]}" for c in CASES])
def test_means(resolved: dict[str, Extraction], text: str, words: str, nth: int, name: str) -> None:
    assert _names_of(resolved[text], words, nth) == [name]


def test_no_mention_lies_in_two_actors_and_every_span_is_true(resolved: dict[str, Extraction]) -> None:
    for found in resolved.values():
        listed = [m for actor in found.actors for m in actor.mentions]
        assert len(listed) == len(set(listed))
        assert all(m.span.exact == found.document.text[m.span.start : m.span.end] for m in found.mentions)


def _actor(found: Extraction, name: str) -> Actor:
    return next(a for a in found.actors if a.name == name)


def test_a_group_speaks_and_has_its_named_members(resolved: dict[str, Extraction]) -> None:
    found = resolved["fr_digue"]
    group = _actor(found, "Plusieurs riverains")
    assert group.kind == "Group"
    assert [_actor(found, name).member_of for name in ("Anne Roche", "Marc Vial")] == [group.id, group.id]
    assert [c.cue.exact for c in found.claims if c.speaker == group.id] == ["exigent"]


def test_a_first_name_with_an_age_is_a_person_and_a_post_begins_anew(resolved: dict[str, Extraction]) -> None:
    found = resolved["fr_tempete"]
    assert _actor(found, "Josette").kind == "Person"
    assert _actor(found, "Lumélia").kind == "Organization"
    assert _names_of(found, "Il", 1) == []


def test_several_of_a_role_are_a_group(resolved: dict[str, Extraction]) -> None:
    assert _actor(resolved["en_clinic"], "Prosecutors").kind == "Group"


SHORT = {
    "fr: a hyphenated name": ("Maud Keller-Thiry, directrice adjointe, a démenti.", ["Maud Keller-Thiry"], []),
    "fr: a title is no part of the name": ("L'économiste Paul Mazeau a démenti la rumeur.", ["Paul Mazeau"], []),
    "fr: small words are no names": ("Un projet de loi a été voté, il lui a plu.", [], ["Un", "il"]),
    "fr: a body called by its noun": ("Le syndicat Vigie-Sud a démenti.", ["Vigie-Sud"], []),
    "fr: an inhabitant is a person": ("« Non », a dit le Belge.", [], ["Belge"]),
    "en: letters behind a name are no part of it": (
        '"No," said her counsel, Jude Farrow KC. He sat down.',
        ["Jude Farrow"],
        ["Farrow KC", "KC"],
    ),
    "en: what he was is no part of the name": (
        "Its patron, the former Olympian Dan Marlow, said no.",
        ["Dan Marlow"],
        ["Olympian Dan Marlow"],
    ),
    "en: a clock time is nobody": ('9.15pm: "We won," says Ann Tully.', ["Ann Tully"], ["9.15pm"]),
    "en: a rank is no part of the name": ("World No 9 Tamara Odell said she was fine.", ["Tamara Odell"], []),
    "en: a possessor without its mark": ("Ms Acheson’s lawyer denied it.", ["Ms Acheson"], ["Ms Acheson’s"]),
}


@pytest.mark.parametrize("case", SHORT, ids=list(SHORT))
def test_names(extractor: Extractor, case: str) -> None:
    text, names, never = SHORT[case]
    draft = next(iter(extractor.extract(_documents({case[:2]: text}))))  # type: ignore[arg-type]
    proper = [m.span.exact for m in draft.mentions if m.kind == "proper"]
    assert [name for name in names if name not in proper] == []
    assert [name for name in never if name in proper] == []
