"""Checks are told in the visitor's language: every phrase that they may say is known."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

import kg.check_claims
from api.pages.checked import measured, told
from api.pages.words import Words
from kg.check_claims.figures import COUNTS, SIZES
from kg.check_claims.words import LANGUAGES, words

FRENCH, ENGLISH = Words("fr"), Words("en")
BOTH = {"collection", "dates", "images", "message", "messages", "signature", "torrents"}  # words of both languages
SPACE = "\N{NARROW NO-BREAK SPACE}"


def said() -> Iterator[str]:
    """What the module may say: its texts of two words and more, without docstrings, and the names of figures."""
    tree = ast.parse(inspect.getsource(kg.check_claims))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(text, str) and re.search(r"[a-z] [a-z]", text):
            yield text.strip("; ")
    yield from (label for label, _ in (*SIZES, *COUNTS.values()))


@pytest.mark.parametrize("text", sorted(set(said())))
def test_every_phrase_is_known_in_french(text: str) -> None:
    english = set(re.findall(r"\w+", text)) - BOTH
    assert not english & set(re.findall(r"\w+", told(text, FRENCH)))


def test_every_measure_is_named_in_french() -> None:
    for language in LANGUAGES:
        for measure in {*words(language).nouns.values(), "size", "dates"}:
            assert measured(measure, FRENCH) and "+" not in measured(measure, FRENCH)
    assert measured("files+messages", FRENCH) == "fichiers + messages"
    assert measured("files+messages", ENGLISH) == "files + messages"


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("at least 4,950", f"au moins 4{SPACE}950", "at least 4,950"),
        (
            "the messages' dates: 2009-03-20 to 2017-04-24",
            "dates des messages : du 20 mars 2009 au 24 avril 2017",
            "the messages' dates: 20 March 2009 to 24 April 2017",
        ),
        ("240 e-mail messages + 88 attachments", "240 courriels + 88 pièces jointes", None),
        ("until 2017-04-24", "jusqu'au 24 avril 2017", "until 24 April 2017"),
        (None, "", ""),
    ],
)
def test_figures_and_days_are_written_as_people_write_them(text: str | None, french: str, english: str | None) -> None:
    assert told(text, FRENCH) == french
    assert told(text, ENGLISH) == (text if english is None else english)
