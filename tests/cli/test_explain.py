"""``kg explain``: how each claim was found, on a terminal and as a page that shows the whole text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from kg.explain import lines, page
from kg.model import Actor, Claim, Document, Extraction, Mention, Rejected, Span
from tests.cli.conftest import Run

TEXT = "Le maire <Blanc> a parlé. « Il pleut & vente », a-t-il dit."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


EXTRACTION = Extraction(
    Document("0" * 64, TEXT, path="a.txt"),
    mentions=(Mention(span("Le maire <Blanc>"), "proper"), Mention(span("il dit"), "pronoun")),
    actors=(Actor("a1", "Person", "Blanc", mentions=(0, 1)),),
    claims=(
        Claim(
            "c1", span("dit"), "dire", (span("Il pleut & vente"),), "asserts", "direct", "quote",
            speaker="a1", speaker_mention=1, chain=(1, 0), hedged=True, confidence=0.9,
        ),
    ),
    rejected=(Rejected(span("a parlé"), "svq", "no content"),),
)  # fmt: skip


def test_lines_name_the_frame_the_chain_and_what_was_rejected() -> None:
    assert list(lines(EXTRACTION)) == [
        "a.txt: 1 claims, 0 events",
        "c1  asserts, direct, hedged, frame quote, confidence 0.90",
        "    speaker   Blanc (Person)",
        "    chain     “il dit” 52-58 → “Le maire <Blanc>” 0-16",
        "    cue       “dit” 55-58 (dire)",
        "    content   “Il pleut & vente” 28-44",
        "rejected  svq: no content: “a parlé” 17-24",
    ]


def test_the_page_shows_the_text_whole_with_its_marks() -> None:
    shown = re.search(r"<div class='text'>(.*?)</div>", page([EXTRACTION]), re.DOTALL)
    assert shown is not None
    assert unescape(re.sub(r"<[^>]*>", "", shown[1])) == TEXT
    assert 'class="content"' in shown[1]
    assert 'class="cue speaker"' in shown[1] or 'class="speaker cue"' in shown[1], "marks that overlap are both shown"
    assert "<script" not in page([EXTRACTION])


def test_the_command(run: Run, articles: Path, tmp_path: Path) -> None:
    done = run("explain", articles / "fr.txt")
    assert done.code == 0
    assert re.search(r"^    speaker   Claire Montaigu", done.out, re.MULTILINE)
    assert run("explain", articles, "--html", tmp_path / "page.html").out == ""
    assert "Claire Montaigu" in (tmp_path / "page.html").read_text(encoding="utf-8")
