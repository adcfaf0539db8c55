"""The pieces of pages: words, marks in texts, pictures, and what resolution and metadata add."""

from __future__ import annotations

import math
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.pages import words
from api.pages.marks import Mark, sentence, stretches
from api.pages.matrix import crossed
from api.pages.pictures import LABEL, WIDTH, Item, drawn, network
from api.pages.words import SIGNS, Words, chosen
from kg import shapes
from kg.iris import BASE
from kg.resolve.across.reasons import SENTENCES, coded
from kg.resolve.across.reasons import sentence as told
from tests.api.pages.conftest import Parsed

ROOM = Path(words.__file__).parent
LANGUAGES = words.LANGUAGES


# ------------------------------------------------------------------ words
def test_both_languages_have_the_same_words() -> None:
    french, english = (words.table(language) for language in LANGUAGES)
    assert french.keys() == english.keys()
    for key, said in french.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (said, english[key])]
        assert names[0] == names[1], key
        assert said.strip() and english[key].strip()


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*") if path.suffix in (".html", ".py"))
    known = words.table("en").keys()
    used = set(re.findall(r"""\b(?:t|words)\(\s*["'](\w+)["'] *[,)]""", source))
    assert used <= known
    built = re.compile(
        r"^(show|facet|filter|role|form|relation|verdict|contradictions|repeats|checks|sig|nav|ask|col|spread|error)_"
    )
    plain = {key for key in known if "." not in key and not built.match(key)}
    assert {key for key in plain if not re.search(rf"\b{key}\b", source)} == set()


def test_signs_are_distinct_and_complete() -> None:
    assert SIGNS.keys() == shapes.stances().keys()
    assert len(set(SIGNS.values())) == len(SIGNS)


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        (None, None, "en"), ("fr", "en", "fr"), ("de", "fr-FR,fr;q=0.9", "fr"), (None, "de, fr;q=0.2", "fr"),
        (None, "fr;q=0, en;q=0.1", "en"), (None, "fr;q=x, *", "en"), (None, "en;q=0.4,fr;q=0.5", "fr"),
    ],
)  # fmt: skip
def test_the_language(asked: str | None, header: str | None, language: str) -> None:
    assert chosen(asked, header) == language


def test_dates_are_no_finer_than_known() -> None:
    french, english = Words("fr"), Words("en")
    assert french.day("2017-05-01") == "1er mai 2017" and english.day("2017-05-06") == "6 May 2017"
    assert french.day("2017-05-01", "month") == "mai 2017" and english.day("2017-05-01", "year") == "2017"
    assert english.time("2017-05-01", "2017-05-31", "month") == "May 2017"
    assert english.time("2017-05-01", "2017-05-03", "range") == "1 May 2017 – 3 May 2017"
    assert english.time(None, "2017-05-03", "range") == "until 3 May 2017" and english.time(None, None, None) == ""
    assert french.count("claims", 1) == "1 affirmation" and french.count("claims", 0) == "0 affirmation"
    assert english.count("claims", 0) == "0 claims" and english.count("claims", 1234) == "1,234 claims"


# ------------------------------------------------------------------ marks
@given(st.text(max_size=40), st.data())
def test_marked_text_is_the_text(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
    marks = [Mark(low, high, "claim", "asserts") for low, high in data.draw(st.lists(places, max_size=5)) if low < high]
    found = stretches(text, marks)
    assert "".join(one.text for one in found) == text
    for one in found:
        for mark in one.marks:
            assert mark.start <= one.start and one.start + len(one.text) <= mark.end
    begun = [mark for one in found for mark in one.begins]
    assert len(begun) == len([mark for mark in marks if mark.start < len(text)])


def test_a_sentence_is_found_at_the_right_place_of_several() -> None:
    """The same words stand twice in the paragraph: the place is the one that fits the cue too."""
    paragraph = "They took it. He denied that they took it. Nobody knows whether they took it."
    start, cue = paragraph.index("they took it. Nobody"), paragraph.index("denied")
    claim = {
        "stance": "denies", "cue": {"start": 100 + cue, "end": 106 + cue, "exact": "denied"},
        "evidence": [{"start": 100 + start, "end": 112 + start, "exact": "they took it", "paragraph": paragraph}],
    }  # fmt: skip
    shown = sentence(claim)
    assert "".join(one.text for one in shown) == "He denied that they took it."
    assert [one.text for one in shown if one.classes] == ["denied", "they took it"]


# ------------------------------------------------------------------ pictures
def item(begin: str | None, end: str | None = None, reported: str | None = None) -> Item:
    return Item(f"urn:{begin}{reported}", "an event", begin, end or begin, "day", reported, "event")


def test_a_bar_is_as_long_as_the_time_is_uncertain() -> None:
    picture = drawn([item("2017-05-05"), item("2017-03-01", "2017-03-31", "2017-06-02")], Words("en"))
    assert picture is not None
    month, day = picture.bars
    assert day.width == 0 and month.width > 0 and month.x is not None and month.x < (day.x or 0)
    assert month.tick is not None and month.tick > (day.x or 0) and day.tick is None
    for bar in picture.bars:
        assert (bar.x or 0) > LABEL and (bar.x or 0) + bar.width < WIDTH


def test_without_a_day_the_report_alone_is_drawn() -> None:
    picture = drawn([item(None, None, "2017-05-06"), item(None)], Words("fr"))
    assert picture is not None and len(picture.bars) == 1
    assert picture.bars[0].x is None and picture.bars[0].tick is not None
    assert drawn([item(None)], Words("fr")) is None


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2010-01-01", "2020-01-01", (3, 8)), ("2017-01-02", "2017-06-02", (3, 7)),
        ("2017-05-01", "2017-05-01", (1, 1)), ("2017-05-02", "2017-05-04", (1, 2)),
    ],
)  # fmt: skip
def test_the_axis_has_few_ticks(first: str, last: str, ticks: tuple[int, int]) -> None:
    picture = drawn([item(first), item(last)], Words("en"))
    assert picture is not None and ticks[0] <= len(picture.axis) <= ticks[1]


def test_neighbours_stand_apart_inside_the_picture() -> None:
    counts = {"about": 3, "speaker": 0, "participant": 1}
    picture = network([{"iri": f"urn:{n}", "name": f"Actor {n}", **counts} for n in range(15)], Words("en"))
    assert picture is not None and network([], Words("en")) is None
    places = [(one.x, one.y) for one in picture.neighbours]
    assert all(0 < x < picture.width and 0 < y < picture.height for x, y in places)
    assert min(math.dist(a, b) for a in places for b in places if a != b) > 26
    assert picture.neighbours[0].links == {"about": 5.0, "participant": 2.3}
    assert picture.neighbours[0].said == "speaks about: 3; in events with: 1"


def test_a_matrix_counts_each_claim_once() -> None:
    claims: list[dict[str, Any]] = [
        {"speaker": {"iri": "urn:a", "name": "A"}, "stance": "denies"}, {"speaker": None, "stance": "asserts"},
        {"speaker": {"iri": "urn:a", "name": "A"}, "stance": "denies"},
    ]  # fmt: skip
    made = crossed(claims)
    assert made.stances == ("asserts", "denies")
    assert made.rows == (("urn:a", "A", {"denies": 2}), ("", "", {"asserts": 1}))


def test_the_matrix_page_agrees_with_the_lists(client: TestClient) -> None:
    speakers = client.get("/matrix?format=json").json()["speakers"]
    assert speakers
    for speaker in speakers:
        for stance, count in speaker["counts"].items():
            found = client.get("/", params={"speaker": speaker["iri"], "stance": stance, "format": "json"}).json()
            assert found["totals"]["claims"] == count


# ------------------------------------------------------------------ across documents, and metadata
def test_a_claim_beside_others(client: TestClient, nodes: dict[str, str], parsed: Parsed) -> None:
    page = client.get(nodes["claim"] + "?format=json").json()
    assert {(one["kind"], one["later"]) for one in page["relations"]} == {
        ("contradicts", "false"),
        ("repeats", "false"),
    }
    assert [one["verdict"] for one in page["checks"]] == ["disagrees"]
    said = parsed(nodes["claim"]).text_content()
    assert "is contradicted by" in said and "is repeated by" in said and "9 GB" in said and "<8 GB>" in said


def test_pages_across_documents(parsed: Parsed, nodes: dict[str, str]) -> None:
    assert len(parsed("/contradictions").xpath("//section[@class='pair']")) == 1
    assert len(parsed("/repeats").xpath("//section[@class='pair']")) == 2, "the graph's, and what resolution found"
    checks = parsed("/checks").text_content()
    assert "disagrees" in checks and "A <leak>" in checks
    collection = parsed(nodes["collection"]).text_content()
    assert "May 2031" in collection and "a@<b>.example" in collection and "sent after <midnight>" in collection
    assert "a clock was wrong" in collection
    shared = parsed(nodes["shared"]).text_content()
    assert "told by 2 documents" in shared and "Anne Rivoire" in shared and "corrects" in shared
    report = parsed(nodes["event"])
    assert report.xpath("//p[@class='kicker']/a/@href") == [nodes["shared"]]


def test_an_actor_with_the_places_of_its_names(client: TestClient, nodes: dict[str, str], parsed: Parsed) -> None:
    page = client.get(nodes["actor"] + "?format=json").json()
    assert [(one["exact"], one["count"]) for one in page["names"]] == [("WikiLeaks", 2)]
    assert page["names"][0]["span"].startswith(BASE + "document/")
    spokesperson = client.get("/?stance=accuses&format=json").json()["results"][0]["speaker"]["iri"]
    other = client.get("/" + spokesperson.removeprefix(BASE) + "?format=json").json()
    assert [one["name"] for one in other["counterparts"]] == ["un groupe de hackers"]
    assert {one["outlet"]: one["said"] for one in page["sources"]} == {"Le Quotidien": 1, "The Courier": 1}


def test_how_two_actors_are_linked(parsed: Parsed) -> None:
    tree = parsed(f"/between?a={BASE}actor/wikileaks&b=Anne Rivoire")
    assert tree.xpath("//section[@class='path']")
    assert parsed("/between?a=Nobody&b=Anne Rivoire").xpath("//p[@class='empty']")


# ------------------------------------------------------------------ reasons
@pytest.mark.parametrize("code", SENTENCES)
def test_each_reason_has_its_sentence_in_both_languages(code: str) -> None:
    """English as the graph says it; French its own, with the same values."""
    reason = coded(code, alike=0.834, cue="revient sur « tout »")
    assert Words("en").reason(reason) == told(reason)
    french = Words("fr").reason(reason)
    assert french and french != told(reason)
    for value in ("0.83", "revient sur « tout »"):
        assert (value in french) == (value in told(reason))


def test_a_reason_that_is_not_known_here_is_no_sentence() -> None:
    assert Words("fr").reason("unheardOf?alike=1") == Words("fr").reason(None) == ""
