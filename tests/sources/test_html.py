"""Web pages: the article's text, and the page's own account of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import EmptyInput, KgError, NoText, OverBudget, Skip, UnreadableInput
from kg.model import Document, Interval
from kg.sources import Reading, Source
from kg.sources.html import read_html

JSON_LD = """
<script type="application/ld+json">not json</script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "Un site", "datePublished": "1999-01-01"},
  {"@type": ["NewsArticle"], "headline": "Fuite à la mairie", "datePublished": "2021-03-02T23:10:00+02:00",
   "author": [{"@type": "Person", "name": "A. Blanc"}, {"name": "C. Dumas"}],
   "publisher": {"@type": "Organization", "name": "Le Courrier d'essai"}}]}</script>
"""
BODY = """<nav><a href="/">Accueil</a> <a href="/sport">Sport</a></nav>
<article><h1>Fuite à la mairie</h1>
<p>La mairie a été victime d'une fuite de données, a annoncé le maire dans un communiqué publié mardi soir.</p>
<p>« Nous avons déposé plainte », a déclaré un porte-parole,
  qui n'a donné aucun détail sur les documents diffusés par les pirates.</p></article>
<footer>Mentions légales</footer>"""


def page(head: str, body: str = BODY, charset: str = "utf-8") -> bytes:
    return f"<!DOCTYPE html><html lang='fr'><head>{head}</head><body>{body}</body></html>".encode(charset)


def document(data: bytes, name: str = "page.html", reading: Reading | None = None) -> Document:
    items = read_html(Source(name, content=data), reading or Reading())
    assert items is not None
    (found,) = items
    return found


def test_the_article_without_the_page_around_it() -> None:
    found = document(page(JSON_LD + '<link rel="canonical" href="https://journal.example/a">'))
    assert found.text.split("\n\n")[1:] == [
        "La mairie a été victime d'une fuite de données, a annoncé le maire dans un communiqué publié mardi soir.",
        "« Nous avons déposé plainte », a déclaré un porte-parole, "
        "qui n'a donné aucun détail sur les documents diffusés par les pirates.",
    ]
    assert found.furniture == ((0, len("Fuite à la mairie")),)
    assert (found.title, found.publisher) == ("Fuite à la mairie", "Le Courrier d'essai")
    assert (found.author, found.url) == ("A. Blanc, C. Dumas", "https://journal.example/a")
    assert found.published == Interval.day(date(2021, 3, 2)), "the day in the page's own time zone"
    assert found.language == "fr"


def test_meta_elements_serve_where_there_is_no_json_ld() -> None:
    found = document(
        page(
            '<meta property="og:title" content="Fuite"><meta property="og:site_name" content="Essai">'
            '<meta property="article:published_time" content="2020-02-29T08:00:00Z">'
            '<meta property="og:url" content="https://journal.example/b">'
        )
    )
    assert (found.title, found.publisher, found.url) == ("Fuite", "Essai", "https://journal.example/b")
    assert found.published == Interval.day(date(2020, 2, 29))


def test_an_address_that_is_no_iri_does_not_enter() -> None:
    for address in ("javascript:alert(1)", "https://a.example/<b>", "/relative", "https://a b.example/"):
        assert document(page(f'<link rel="canonical" href="{address}">')).url is None


def test_the_given_day_wins_over_the_page() -> None:
    found = document(page(JSON_LD), reading=Reading(published=date(2022, 1, 1)))
    assert found.published == Interval.day(date(2022, 1, 1))


def test_encodings() -> None:
    named = '<meta charset="iso-8859-1">'
    latin = page(named, BODY.replace("d'une", "d\x92une"), "latin-1")
    assert "d’une fuite de données" in document(latin).text, "iso-8859-1 on the web is Windows-1252"
    assert "données" in document(page(named)).text, "UTF-8 that calls itself iso-8859-1"
    assert "données" in document(page("").decode().encode("utf-16")).text


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyInput, "the file is empty"),
        (b"<html>\x00</html>", UnreadableInput, "zero byte at byte 6"),
        (page("", BODY, "latin-1"), UnreadableInput, "not UTF-8, and no other charset is named: byte 0xe0 at byte"),
        (page("<meta charset=klingon>", BODY, "latin-1"), UnreadableInput, "unknown encoding: klingon"),
        (page("<meta charset=shift_jis>", BODY, "latin-1"), UnreadableInput, "not shift_jis"),
        (page("", "<div></div>"), NoText, "without an article's text"),
        (page("", "<script>var a = 'Bonjour le monde, une phrase.';</script>"), NoText, "without an article's text"),
        (page("", "<nav><a href='/'>Accueil</a></nav><footer>Mentions légales</footer>"), NoText, "without an article"),
        (b"<html>", NoText, "without an article's text"),
        (page("", "<div>" * 50_000), NoText, "without an article's text"),
        (page("", "<p>mot</p>" * 500_000), OverBudget, "more than the 4,194,304 bytes one file may have"),
    ],
)
def test_pages_that_cannot_be_used(data: bytes, error: type[KgError], words: str) -> None:
    with pytest.raises(error, match=words):
        document(data)


def test_html_is_known_by_name_or_by_its_first_bytes() -> None:
    found = document(page(JSON_LD), name="saved")
    assert found.title == "Fuite à la mairie"
    assert read_html(Source("note.txt", content=b"1 < 2 <html>"), Reading()) is None


LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": [1], "author": {"name": [{}]}}</script>'
)
PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='article'>", "</div>", "<!--", "-->", "<![CDATA[", "<?xml ?>", "<script>", "</script>"]
    + ["<table><tr><td>", "<meta charset=utf-16>", "<meta property='og:title' content='x'>", LINKED]
    + ["<link rel=canonical href='\x01'>", "&#0;", "&#xD800;", "&bogus;", "\u2028", "\x0b"]
    + ["Une phrase assez longue pour compter comme un paragraphe. "]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40))
def test_any_markup_gives_a_document_or_a_skip(pieces: list[str]) -> None:
    data = "".join(["<html>", *pieces]).encode("utf-8", "surrogatepass")
    try:
        found = document(data)
    except Skip:
        return
    assert found.text.strip()
    found.text.encode("utf-8")  # what is stored must be text, without lone surrogates
    assert found.title is None or isinstance(found.title, str)
