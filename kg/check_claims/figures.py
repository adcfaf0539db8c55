"""What the metadata of a collection say, each figure with the SPARQL query that gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.nquads import iri

Select = Callable[[str], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number (bytes, a count) or a span of days, *label* says of what, *query* gives it anew."""

    label: str
    query: str
    value: int | None = None
    begin: date | None = None
    end: date | None = None


# The graph knows these prefixes without their being declared, and people read queries better with them.
SIZES = (
    (
        "the files as they are",
        "SELECT (SUM(?n) AS ?value) { ?d kg:partOf %s ; kg:byteSize ?n FILTER NOT EXISTS { ?d kg:containedIn ?o } }",
    ),
    (
        "the files unpacked",
        "SELECT (SUM(?n) AS ?value) { ?d kg:partOf %s ; kg:byteSize ?n FILTER NOT EXISTS { ?d a kg:Archive } }",
    ),
    (
        "the files its torrents name",
        "SELECT (SUM(?n) AS ?value) { ?d kg:partOf %s ; a kg:Torrent ; kg:contentSize ?n }",
    ),
)
COUNTS = {
    "messages": ("e-mail messages", "SELECT (COUNT(?d) AS ?value) { ?d kg:partOf %s ; a kg:EmailMessage }"),
    "attachments": ("attachments", "SELECT (SUM(?n) AS ?value) { ?d kg:partOf %s ; kg:attachmentCount ?n }"),
    "images": (
        "images",
        'SELECT (COUNT(?d) AS ?value) { ?d kg:partOf %s ; kg:mediaType ?type FILTER(STRSTARTS(?type, "image/")) }',
    ),
    "files": (
        "files and messages",
        "SELECT (COUNT(?d) AS ?value) { VALUES ?kind { kg:File kg:EmailMessage } ?d kg:partOf %s ; a ?kind }",
    ),
    "senders": (
        "different sender addresses",
        "SELECT (COUNT(DISTINCT ?from) AS ?value) { ?d kg:partOf %s ; kg:senderAddress ?from }",
    ),
    "signed": (
        "messages whose signature verifies",
        'SELECT (COUNT(?d) AS ?value) { ?d kg:partOf %s ; kg:signatureVerdict "pass" }',
    ),
}
SPAN = "SELECT (MIN(?day) AS ?begin) (MAX(?day) AS ?end) { ?d kg:partOf %s ; a kg:EmailMessage ; kg:published ?day }"


def sizes(select: Select, collection: str) -> list[Figure]:
    """How large the collection is, in each way that a size may be meant and that it shows."""
    found = [_number(select, label, query % iri(collection)) for label, query in SIZES]
    return [figure for figure in found if figure.value]


def count(select: Select, collection: str, measure: str) -> Figure | None:
    """How many *measure* (``messages``, ``attachments`` …) the collection has; None where metadata never show them."""
    if measure not in COUNTS:
        return None
    label, query = COUNTS[measure]
    return _number(select, label, query % iri(collection))


def span(select: Select, collection: str) -> Figure:
    """The first and the last day of the collection's messages, by their Date headers."""
    query = SPAN % iri(collection)
    row = next(iter(select(query)), {})
    days = [date.fromisoformat(str(row[name])[:10]) if row.get(name) else None for name in ("begin", "end")]
    return Figure("the messages' dates", query, begin=days[0], end=days[1])


def _number(select: Select, label: str, query: str) -> Figure:
    row = next(iter(select(query)), {})
    return Figure(label, query, value=int(str(row["value"])) if row.get("value") else None)
