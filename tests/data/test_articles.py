"""The sample dispatches: marked as samples, dated, readable, linked, and nobody real is quoted."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS

from tests.calendars import MONTHS, WEEKDAYS

DATA = Path(__file__).resolve().parents[2] / "data"
ARTICLES = sorted((DATA / "articles").iterdir())
PAGES = [path for path in ARTICLES if path.suffix == ".html"]
SAMPLE = "Texte d'exemple – demo text (claimgraph demo)"
FILE = re.compile(r"(\d{4}-\d\d-\d\d)-(fr|en)-[a-z0-9-]+\.(txt|html)")
DATELINE = {
    "fr": re.compile(
        r"[A-ZÀ-Þ -]+, (?P<day>\d+) (?P<month>\w+) (?P<year>\d{4}) \((?P<weekday>\w+)\) – claimgraph demo"
    ),
    "en": re.compile(r"[A-Z -]+, (?P<month>\w+) (?P<day>\d+), (?P<year>\d{4}) \((?P<weekday>\w+)\) \| claimgraph demo"),
}
QUOTED = re.compile(r"«[^»]+»|“[^”]+”|\"[^\"]+\"")


def named(path: Path) -> tuple[date, str]:
    """Day and language, as the file's name states them."""
    match = FILE.fullmatch(path.name)
    assert match, f"{path.name} is not named DAY-LANGUAGE-SLUG"
    return date.fromisoformat(match[1]), match[2]


@cache
def parts(path: Path) -> tuple[str, str, tuple[str, ...], str]:
    """Headline, dateline, paragraphs and last line of an article in either format."""
    text = path.read_bytes().decode("utf-8", errors="strict")
    if path.suffix == ".html":
        article: Any = html.fromstring(text.encode()).find(".//article")
        lines = [p.text_content().strip() for p in article.iter("p") if p.getparent().get("class") != "ad"]
        dateline = article.find_class("dateline")[0].text_content().strip()
        body = tuple(line for line in lines[lines.index(dateline) + 1 : -1] if len(line) > 60)
        return article.find(".//h1").text_content().strip(), dateline, body, lines[-1]
    lines = text.splitlines()
    assert lines[2] == "" and lines[-2] == "", f"{path.name}: the dateline and the last line stand apart"
    return lines[0], lines[1], tuple(line for line in lines[3:-1] if line), lines[-1]


def known_names() -> dict[str, str]:
    """Name to actor, for all known actors but countries."""
    graph = Graph(bind_namespaces="none")
    graph.parse(DATA / "actors.ttl", format="turtle")
    places = set(graph.subjects(RDF.type, URIRef("https://claimgraph.example/ns#GeopoliticalEntity")))
    labels = [*graph.subject_objects(SKOS.prefLabel), *graph.subject_objects(SKOS.altLabel)]
    return {str(name): str(actor) for actor, name in labels if actor not in places}


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return known_names()


def actors_in(text: str, names: dict[str, str]) -> set[str]:
    """The known actors that *text* names, longest name first so that a short one inside it does not count."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return {names[found] for found in re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", text)}


def test_there_are_enough_in_each_language() -> None:
    days = [named(path) for path in ARTICLES]
    assert sum(language == "fr" for _, language in days) >= 9
    assert sum(language == "en" for _, language in days) >= 5
    assert len(PAGES) >= 2
    tells = re.compile("macronleaks", re.IGNORECASE)
    leaks = [named(path)[1] for path in ARTICLES if tells.search(path.name + parts(path)[0])]
    assert leaks.count("fr") >= 2 and leaks.count("en") >= 1


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_bytes_are_plain_utf8(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="strict")
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search("[\ufeff\r\t\u200b]", text) and text.endswith("\n")
    assert not re.search(r"https?://(?!claimgraph\.example/|schema\.org)", text)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_it_says_when_and_by_whom_and_that_it_is_a_sample(path: Path) -> None:
    day, language = named(path)
    headline, dateline, _, last = parts(path)
    assert last == SAMPLE
    assert 20 < len(headline) < 120
    match = DATELINE[language].fullmatch(dateline)
    assert match, dateline
    assert day == date(int(match["year"]), MONTHS[language].index(match["month"]) + 1, int(match["day"]))
    assert match["weekday"] == WEEKDAYS[language][day.weekday()]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_it_is_as_long_as_a_dispatch(path: Path) -> None:
    body = parts(path)[2]
    assert len(body) >= 5
    assert 200 <= sum(len(paragraph.split()) for paragraph in body) <= 450


def quotations(path: Path) -> Iterator[str]:
    """What stands around each direct quotation of the body: the paragraph without what is inside the quotes."""
    for paragraph in parts(path)[2]:
        for match in QUOTED.finditer(paragraph):
            before = re.split(r"(?<=[.!?]) ", paragraph[: match.start()])[-1]
            after = re.split(r"(?<=[.!?]) (?=[A-ZÀ-Þ«“\"])", paragraph[match.end() :])[0]
            yield QUOTED.sub("", before) + after


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_nobody_known_is_quoted_directly(path: Path, names: dict[str, str]) -> None:
    around = list(quotations(path))
    assert around, "each sample holds a direct quotation, of an invented person"
    for sentence in around:
        assert actors_in(sentence, names) == set(), sentence


def test_the_articles_share_actors(names: dict[str, str]) -> None:
    cast = {path.name: actors_in(" ".join(parts(path)[2]), names) for path in ARTICLES}
    for name, actors in cast.items():
        others = set().union(*(cast[other] for other in cast if other != name))
        assert len(actors & others) >= 2, f"{name} stands alone"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_has_furniture_and_metadata(path: Path) -> None:
    page: Any = html.fromstring(path.read_bytes())
    for tag in ("nav", "footer", "article", "button", "header"):
        assert page.find(f".//{tag}") is not None, tag
    assert page.find_class("share")
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    story = json.loads(script.text)
    day, language = named(path)
    headline = parts(path)[0]
    assert story["@type"] == "NewsArticle" and story["headline"] == headline
    assert story["publisher"]["name"] == "claimgraph demo"
    assert story["datePublished"].startswith(day.isoformat())
    assert story["inLanguage"] == page.get("lang") == language


def test_links_between_pages_lead_somewhere() -> None:
    for path in PAGES:
        page: Any = html.fromstring(path.read_bytes())
        for link in page.xpath("//body//a/@href"):
            assert link.startswith("#") or (path.parent / link).is_file(), link


def test_the_readme_tells_where_each_text_comes_from() -> None:
    readme = (DATA / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\d{4}-[^`]+)` \| [^|]+ \| ([^|]+) \|$", readme, re.MULTILINE))
    assert set(rows) == {path.name for path in ARTICLES}
    for name, sources in rows.items():
        assert re.search(rf"\d (?:{'|'.join(MONTHS['en'])}) \d{{4}}", sources), f"{name}: a source has a day"
    assert "Apache-2.0" in readme
