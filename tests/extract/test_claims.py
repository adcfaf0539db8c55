"""Claim frames, one sentence each: who speaks, by which cue, with which stance, what exactly (claims_*.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.extract.claims import find_claims
from kg.extract.grammar import grammar
from kg.extract.nlp import Parser
from kg.extract.tree import Tree
from kg.model import Document
from kg.text import lay_out

HERE = Path(__file__).parent
CASES = [
    pytest.param(lang, case, id=f"{lang}-{case['text'][:48]}")
    for lang in ("fr", "en")
    for case in tomllib.loads((HERE / f"claims_{lang}.toml").read_text("utf-8"))["case"]
]


def tree_of(text: str, lang: str) -> Tree:
    document = Document("0" * 64, text, language=lang)
    parsed = next(Parser(lang).pipe([(document, lay_out(document))]))
    return Tree(parsed, grammar(lang))


def found_in(text: str, lang: str) -> list[dict[str, Any]]:
    tree = tree_of(text, lang)
    claims, _ = find_claims(tree)
    return [
        {
            "speaker": "" if claim.speaker is None else tree.word[claim.speaker],
            "cue": tree.parsed.span(*claim.cue).exact,
            "stance": claim.stance,
            "content": [text[start:end] for start, end in claim.content],
        }
        for claim in claims
    ]


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_each_frame_finds_exactly_its_claims(lang: str, case: dict[str, Any]) -> None:
    assert found_in(case["text"], lang) == case["claims"]


def test_what_is_refused_says_why() -> None:
    _, rejected = find_claims(tree_of("The bank declined to comment on the allegations.", "en"))
    assert rejected and all(r.reason for r in rejected)


def test_offsets_hold_with_typographic_marks_and_apostrophes() -> None:
    text = "L’élue n’a rien cédé. «\u00a0Je n’ai pas menti\u00a0», a-t-elle déclaré à l’audience."
    (claim,) = found_in(text, "fr")
    assert claim["content"] == ["Je n’ai pas menti"]
    assert claim["cue"] == "a-t-elle déclaré"
