"""Ordinary happenings of the news are found by the words that any paper uses for them (``deeds.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.model import Event
from tests.extract.test_events import _draft

_TABLE = tomllib.loads(Path(__file__).with_name("deeds.toml").read_text("utf-8"))
_SAYING = ("Statement", "Warning")


def _events(text: str, language: str) -> list[Event]:
    return [event for event in _draft(text, language).events if event.kind not in _SAYING]


@pytest.mark.parametrize(("language", "text", "kind", "word"), [(n, *row) for n in ("fr", "en") for row in _TABLE[n]])
def test_what_happened_is_found(language: str, text: str, kind: str, word: str) -> None:
    told = [(e.kind, span.exact) for e in _events(text, language) for span in (e.trigger, *e.mentions)]
    if not kind:
        assert not told
    else:
        assert any(kind == found and word in exact for found, exact in told), told


@pytest.mark.parametrize(
    ("language", "text", "number"), [(n, *row) for n in ("fr", "en") for row in _TABLE["taken_up"][n]]
)
def test_what_takes_up_a_deed_is_no_second_event(language: str, text: str, number: int) -> None:
    events = _events(text, language)
    assert len(events) == number, [(e.kind, e.label, [m.exact for m in e.mentions]) for e in events]
