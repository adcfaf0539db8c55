"""What a web page says about its article: JSON-LD first, then meta elements, then what trafilatura finds.

Property names are schema.org's (NewsArticle: headline, datePublished, author, publisher, url) and Open Graph's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kg.errors import NoText
from kg.model import Interval

ISO_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page's own account of its article; None where it gives none."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: Interval | None = None


def main_text(markup: str) -> str:
    """The article's text, blocks parted by one empty line; "" when none remains.  Readers' comments are left out."""
    found = trafilatura.bare_extraction(_tree(markup), include_comments=False, with_metadata=False)
    if found is None or isinstance(found, dict):
        return ""
    blocks = (" ".join(line.split()) for line in (found.text or "").split("\n"))
    return "\n\n".join(block for block in blocks if block)


def facts_of(markup: str) -> PageFacts:
    """The facts of a page that has a tree (`main_text` found something in it)."""
    tree = _tree(markup)
    article = next(_articles(tree), {})
    seen = trafilatura.extract_metadata(
        _tree(markup), date_config={"extensive_search": False, "original_date": True}, extensive=False
    )
    return PageFacts(
        title=_text(article.get("headline")) or _meta(tree, "og:title") or _text(seen.title),
        publisher=_name(article.get("publisher")) or _meta(tree, "og:site_name") or _text(seen.sitename),
        author=_name(article.get("author")) or _text(seen.author),
        url=_address(article.get("url")) or _address(_canonical(tree)) or _address(_meta(tree, "og:url")),
        published=_day(article.get("datePublished")) or _day(_meta(tree, "article:published_time")) or _day(seen.date),
    )


def _tree(markup: str) -> HtmlElement:
    # bytes, because lxml refuses strings with an encoding declaration
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise NoText("a page without an article's text") from None


# ------------------------------------------------------------------ JSON-LD
def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article; a block that is no JSON describes none."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            described = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _objects(described) if _is_article(node))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top of a JSON-LD block: itself, the members of its list or of its ``@graph``."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            yield node
            members = node.get("@graph")
            yield from (member for member in members if isinstance(member, dict)) if isinstance(members, list) else ()


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(str(name).endswith(("Article", "Posting")) for name in (types if isinstance(types, list) else [types]))


def _name(value: Any) -> str | None:
    """The name of a schema.org Person or Organization, of the first of a list, or the plain string."""
    if isinstance(value, list):
        return ", ".join(name for name in map(_name, value) if name) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


# ------------------------------------------------------------------ elements and values
def _meta(tree: HtmlElement, name: str) -> str | None:
    for element in tree.iterfind(".//meta[@content]"):
        if name in (element.get("property"), element.get("name")):
            return _text(element.get("content"))
    return None


def _canonical(tree: HtmlElement) -> str | None:
    return next((link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")), None)


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _address(value: Any) -> str | None:
    """An absolute http(s) address, else None: what is no IRI must not enter the graph."""
    address = _text(value)
    return address if address and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", address) else None


def _day(value: Any) -> Interval | None:
    """The calendar day of an ISO 8601 date or date-time, in the time zone it is written in."""
    found = ISO_DAY.match(value) if isinstance(value, str) else None
    try:
        return Interval.day(date(*map(int, found.groups()))) if found else None
    except ValueError:
        return None
