"""Feeds and WARC files: their articles through the reader of web pages."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest

from kg.model import Document, Interval
from kg.sources import Item, Reading, Skipped, Source, read_source
from tests.leak import samples


def found(name: str, data: bytes, collection: str | None = None) -> list[Item]:
    return list(read_source(Source(name, content=data), Reading(collection=collection)))


def test_a_feed_gives_its_articles_and_accounts_for_what_is_none() -> None:
    article, skipped, feed = found("feed.xml", samples.RSS)
    assert isinstance(article, Document)
    assert samples.ARTICLE in article.text
    assert (article.kind, article.title, article.publisher) == ("Article", "Plainte de la mairie", "Agence d'essai")
    assert article.url == "https://agence.example/1"
    assert article.published == Interval.day(date(2017, 4, 25))
    assert isinstance(skipped, Skipped)
    assert skipped.code == "NO_TEXT"
    assert isinstance(feed, Document)
    assert (feed.kind, dict(feed.facts)["memberCount"], feed.digest) == ("Listing", 2, article.contained_in)


def test_a_feed_with_entities_is_refused() -> None:
    (item,) = found("feed.xml", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"></rss>')
    assert isinstance(item, Skipped)


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_gives_its_pages(packed: bool) -> None:
    data = gzip.compress(samples.warc()) if packed else samples.warc()
    page, whole = found("a.warc", data)
    assert isinstance(page, Document) and isinstance(whole, Document)
    assert samples.ARTICLE in page.text
    assert (page.url, page.retrieved) == ("https://agence.example/1", datetime(2017, 5, 6, 10, tzinfo=UTC))
    assert (whole.kind, dict(whole.facts)["memberCount"]) == ("Archive", 1)


@pytest.mark.parametrize("name", ["feed.xml", "a.warc", "page.html", "text.txt"])
def test_in_a_leak_articles_stay_closed(name: str) -> None:
    (document,) = found(name, samples.every()[name], "essai")
    assert isinstance(document, Document)
    assert (document.kind, document.text) == ("File", "")
