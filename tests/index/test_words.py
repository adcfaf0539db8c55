"""What people type: stems, beginnings, one typing error, phrases; and where the words stand in a snippet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.index import Index, IndexWriter, snippet
from kg.index.passages import passages
from kg.index.rows import IndexRow
from kg.index.words import Word, parse
from kg.index.writer import document

TEXTS = {
    "fr1": ("fr", "Les élections présidentielles ont été piratées à l’aube."),
    "fr2": ("fr", "Le portail s’ouvre sur une annonce du ministère."),
    "en1": ("en", "Hackers were leaking the archives of the campaign."),
    "en2": ("en", "The portrait of a spokeswoman 😀 was leaked in Zürich."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("words") / "index"
    with IndexWriter(folder) as writer:
        for name, (language, text) in TEXTS.items():
            writer._writer.add_document(
                document(IndexRow(name, "passage", texts=(text,), language=language, body=text))
            )
    return Index(folder)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("élection", ["fr1"]),
        ("ELECTIONS", ["fr1"]),
        ("présidentielle piratée", ["fr1"]),
        ("leak", ["en1", "en2"]),
        ("archive", ["en1"]),
        ("annonces", ["fr2"]),
        ("minist", ["fr2"]),
        ("port", ["en2", "fr2"]),
        ("port*", ["en2", "fr2"]),
        ("campagin", ["en1"]),
        ("zurich", ["en2"]),
        ("l'aube", ["fr1"]),
        ('"archives of the campaign"', ["en1"]),
        ('"campaign archives"', []),
        ("« une annonce »", ["fr2"]),
        ("campaign annonce", []),
        ("qqqq", []),
        ("?!", []),
        ('text:* OR "', []),
        ("a.*", ["en2", "fr1", "fr2", "en1"]),
    ],
)
def test_what_is_found(index: Index, text: str, found: list[str]) -> None:
    assert sorted(index.find("passage", text=text, first=9).iris) == sorted(found)


def test_a_correction_can_be_told_from_a_match(index: Index) -> None:
    assert [word.how for word in index.find("passage", text="leakd archives arch*", first=1).words] == [
        "typo", "word", "prefix",
    ]  # fmt: skip


@given(st.text())
def test_any_text_can_be_searched(index: Index, text: str) -> None:
    page = index.find("passage", text=text, first=9)
    assert page.total == len(page.hits) <= len(TEXTS)


def test_snippets_show_the_words_where_they_stand(index: Index) -> None:
    page = index.find("passage", text="leaks zurch", first=1)
    shown = page.snippet(page.hits[0])
    assert [shown.text[start:end] for start, end in shown.highlights] == ["leaked", "Zürich"]
    long = "bla " * 200 + "le mot cherché est ici " + "bla " * 200
    shown = snippet(long, parse("cherche"), 60)
    assert len(shown.text) <= 60 and shown.text in long
    assert [shown.text[start:end] for start, end in shown.highlights] == ["cherché"]
    assert snippet("rien ici", [Word("absent")]).highlights == ()


@given(st.text(), st.text(), st.integers(1, 300))
def test_a_snippet_is_a_piece_of_the_text_with_its_places_inside(body: str, words: str, length: int) -> None:
    shown = snippet(body, parse(words), length)
    assert shown.text in body and len(shown.text) <= max(length, 0)
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.highlights)


@given(st.text(alphabet="ab \n\t\u00a0é", max_size=80))
def test_passages_leave_out_nothing_but_white_space(text: str) -> None:
    spans = list(passages(text))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
