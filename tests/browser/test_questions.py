"""The questions that people come with, answered from the first page in three clicks at most, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CLICKS = 3


class Hand:
    """Counts the clicks; typing is free, the key that ends it is a click."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, where: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= CLICKS, "more than three clicks"
        where.click()
        self.page.wait_for_load_state()

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)


@pytest.fixture
def hand(page: Page) -> Hand:
    return Hand(page)


def marked(page: Any) -> list[str]:
    """The evidence marked on the page."""
    return [str(text) for text in page.locator("mark.claim").all_inner_texts()]


def test_what_did_wikileaks_say_of_the_leak_and_where_is_it_written(hand: Hand) -> None:
    hand.link("What did WikiLeaks say")
    denial = hand.page.locator("article.s-denies", has_text="MacronLeaks").first
    evidence = denial.locator("mark.claim").first.inner_text()
    hand.click(denial.get_by_role("link", name="Read it in its document"))
    target = hand.page.locator("mark:target")
    assert target.is_visible() and evidence.split()[0] in target.inner_text()
    assert (
        hand.page.get_by_text("TLP:CLEAR").is_visible() and hand.page.get_by_text("demo text", exact=True).is_visible()
    )


def test_who_denies(hand: Hand) -> None:
    hand.link("Who denies?")
    stances = hand.page.locator("article.claim .stance").all_inner_texts()
    assert len(stances) > 5 and all("denies" in one for one in stances)
    assert len(hand.page.locator("article.claim .speaker").all_inner_texts()) == len(stances)
    assert marked(hand.page)


def test_who_accuses_whom(hand: Hand) -> None:
    hand.link("Who accuses whom?")
    accused = hand.page.locator("article.claim", has_text="accused: ").first
    name = accused.get_by_text("accused: ").inner_text().removeprefix("accused: ")
    assert accused.locator(".speaker").inner_text() and name


def test_what_happened_between_february_and_may_2017(hand: Hand) -> None:
    hand.click(hand.page.locator(".tabs").get_by_role("link", name="Events"))
    hand.page.get_by_label("From").fill("2017-02-01")
    hand.page.get_by_label("To", exact=True).fill("2017-05-31")
    hand.click(hand.page.get_by_role("button", name="Apply"))
    assert hand.page.locator(".picture svg .bar").count() > 2
    assert hand.page.locator("table tbody tr").count() > 5
    assert "1 February 2017" in hand.page.locator(".chosen").inner_text()
    published = hand.page.locator("table time").evaluate_all("all => all.map(one => one.dateTime)")
    assert all("2017-02" <= one[:7] <= "2017-06" for one in published)


def test_which_claims_do_the_metadata_contradict(hand: Hand) -> None:
    hand.link("Which claims do the metadata contradict?")
    verdicts = [one.split()[-1] for one in hand.page.locator("td.verdict").all_inner_texts()]
    assert {"disagrees", "agrees"} <= set(verdicts)
    assert verdicts == sorted(verdicts, key=["disagrees", "agrees", "tell"].index)
    assert hand.page.locator("tr", has_text="5 000 courriels").get_by_text("disagrees").count() == 1


def test_which_outlet_carried_a_claim_first(hand: Hand) -> None:
    hand.link("Which outlet carried a claim first?")
    pair = hand.page.locator("section.pair", has_text="de faux documents").first
    hand.click(pair.locator("article.claim a.through").first)
    hand.page.locator("table.carriers").wait_for()
    outlets = hand.page.locator("table.carriers tbody tr").all_inner_texts()
    assert "Agence d'essai" in outlets[0] and "published first" in outlets[0]
    assert any("Le Courrier d'essai" in row for row in outlets[1:])
    assert any("Sample Wire" in row for row in outlets[1:]), "in English"


def test_how_are_two_actors_linked(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("link", name=re.compile("How are .* linked")))
    assert hand.page.locator("section.path li").count() >= 1
    hand.click(hand.page.locator("section.path .via a").first)
    assert hand.page.locator("mark").count() >= 1


def test_what_does_the_cnccep_ask(hand: Hand) -> None:
    hand.link("Who asks for what?")
    asks = hand.page.locator("article.s-recommends", has_text="CNCCEP")
    assert asks.count() >= 1
    hand.click(asks.first.locator("a.through"))
    assert (
        "CNCCEP" in hand.page.locator("blockquote").inner_text() or "CNCCEP" in hand.page.locator("main").inner_text()
    )
