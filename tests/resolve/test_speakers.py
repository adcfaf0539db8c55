"""Who says what in whole texts, through parser and resolution (speakers_*.toml): interviews, letters, role nouns."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.extractions import extractions
from kg.model import Document, Extraction

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en")


def _cases(language: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((HERE / f"speakers_{language}.toml").read_text("utf-8"))["case"]
    return cases


@cache
def _found(language: str) -> list[list[dict[str, str]]]:
    """The claims of each case, all texts of a language extracted together."""
    documents = [
        Document(f"{number:064x}", case["text"], language=language, publisher=case.get("publisher"))
        for number, case in enumerate(_cases(language))
    ]
    return [_claims(found) for found in extractions(documents)]


def _claims(found: object) -> list[dict[str, str]]:
    assert isinstance(found, Extraction)
    names = {actor.id: actor.name for actor in found.actors}
    return [
        {
            "speaker": names[claim.speaker] if claim.speaker else "",
            "stance": claim.stance,
            "content": " … ".join(span.exact for span in claim.content),
        }
        for claim in found.claims
    ]


CASES = [
    pytest.param(language, number, id=f"{language}-{case['text'].strip()[:48]}")
    for language in LANGUAGES
    for number, case in enumerate(_cases(language))
]


@pytest.mark.parametrize(("language", "number"), CASES)
def test_who_says_what(language: str, number: int) -> None:
    assert _found(language)[number] == _cases(language)[number]["claims"]
