"""Feeds: the articles of RSS and Atom files, each through the reader of web pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from kg.errors import Skip, UnreadableInput
from kg.model import Interval
from kg.sources.html import read_html
from kg.sources.metadata import file_with, words
from kg.sources.reading import Found, Reading, Skipped, Source

OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*"
    rb"<(?:rss|feed|rdf:RDF)[\s>]",
    re.S,
)


def read_feed(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The articles of a feed, then the feed as a Listing; None when *source* is none, or belongs to a leak."""
    if source.container is not None or reading.collection is not None or not OPENING.match(source.head):
        return None
    return _read(source, reading)


def _read(source: Source, reading: Reading) -> Iterator[Found]:
    import feedparser

    data = source.bytes(reading.budgets.page_bytes)
    if b"<!ENTITY" in data:
        raise UnreadableInput("a feed that declares entities, which feeds never need")
    try:
        feed: Any = feedparser.parse(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableInput(f"no sound feed: {words(str(error)) or type(error).__name__}") from None
    if not feed.version or (feed.bozo and not feed.entries):
        raise UnreadableInput(f"no sound feed: {words(str(feed.get('bozo_exception', ''))) or 'not one item'}")
    publisher = words(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, start=1):
        yield from _article(source, reading, entry, number, publisher)
    kind = "application/atom+xml" if feed.version.startswith("atom") else "application/rss+xml"
    yield file_with(source, reading, kind, {"memberCount": len(feed.entries)}, kind="Listing", title=publisher)


def _article(source: Source, reading: Reading, entry: Any, number: int, publisher: str | None) -> Iterator[Found]:
    url = words(entry.get("link"))
    page = source.member(f"{number}.html", _page(entry).encode("utf-8"))
    try:
        for found in read_html(page, reading) or ():
            yield replace(
                found,
                title=words(entry.get("title")) or found.title,
                publisher=found.publisher or publisher,
                author=words(entry.get("author")) or found.author,
                url=url if url and url.startswith(("http://", "https://")) else found.url,
                published=found.published or _day(entry),
                contained_in=source.digest,
            )
    except Skip as error:
        yield Skipped.of(page.name, error)


def _page(entry: Any) -> str:
    """The item as a page of its own: its full content where it has one, else its summary."""
    contents = [each.get("value") or "" for each in entry.get("content", [])]
    body = max([*contents, entry.get("summary") or ""], key=len)
    if "<" not in body:
        body = f"<p>{html.escape(body)}</p>"
    title = html.escape(words(entry.get("title")) or "")
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def _day(entry: Any) -> Interval | None:
    at = next((entry[name] for name in ("published_parsed", "updated_parsed") if name in entry and entry[name]), None)
    try:
        return Interval.day(date(*at[:3])) if at else None
    except (ValueError, TypeError):
        return None
