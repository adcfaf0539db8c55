"""No table holds one article's words: multi-word strings that one gold article contains are phrases of the language.

Whatever is found in one gold article and nowhere else in the texts at hand must stand in ``common_phrases.txt``: a
reader has looked at it and would expect it in any newspaper.  A name, or words peculiar to one affair, must not be
added there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
COMMON = Path(__file__).with_name("common_phrases.txt")
_DESCRIPTIONS = (
    "frames",
    "classes",
    "arguments",
)  # what a table's keys mean: prose about the table, not words to match


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _table_strings() -> dict[str, str]:
    """Each multi-word string of the tables → the table it stands in."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "data").rglob("*.toml")):
        raw = tomllib.loads(path.read_text("utf-8"))
        for part in _DESCRIPTIONS:
            if path.parent.name in ("cues", "events"):
                raw.pop(part, None)
        for string in _strings(raw):
            plain = _plain(string)
            if len(re.findall(r"\w+", plain)) >= 2 and "|" not in plain and "\\" not in plain:
                found.setdefault(plain, str(path.relative_to(ROOT)))
    return found


def test_tables_hold_no_words_of_a_single_article() -> None:
    if not (SHARED / "eval" / "gold").is_dir():
        pytest.skip("../shared is not here: the gold articles beside the guidelines cannot be read")
    gold = [
        _plain(path.read_text("utf-8"))
        for folder in (ROOT / "tests" / "gold" / "dev", ROOT / "tests" / "gold" / "test", SHARED / "eval" / "gold")
        for path in sorted(folder.glob("*.txt"))
    ]
    articles = sorted((ROOT / "data" / "articles").iterdir())
    corpus = sorted((SHARED / "corpora" / "fr-timebank").glob("*.tml"))
    others = "\n".join(_plain(path.read_text("utf-8")) for path in [*articles, *corpus])
    common = {line.strip() for line in COMMON.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"}
    peculiar = []
    for string, table in _table_strings().items():
        pattern = re.compile(rf"(?<!\w){re.escape(string)}(?!\w)")
        if sum(1 for text in gold if pattern.search(text)) == 1 and not pattern.search(others) and string not in common:
            peculiar.append(f"{table}: {string}")
    assert not peculiar, "found in one gold article only: " + "; ".join(peculiar)
