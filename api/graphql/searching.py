"""Look-ups whose answers are no plain lists: ``search``, ``facets``, ``timeline``."""

from __future__ import annotations

import time
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from api.graphql import filters as f
from api.graphql.compile import Selected
from api.graphql.facts import Facts
from api.graphql.fields import TYPES, type_of
from api.graphql.lookups import Answer, Lookups
from api.graphql.node import PageInfo
from api.graphql.paging import paging, to_cursor
from api.graphql.problems import problem
from api.graphql.results import (
    Bucket,
    BucketSize,
    Facet,
    FacetBy,
    FacetValue,
    FoundKind,
    Highlight,
    SearchConnection,
    SearchEdge,
)
from kg.errors import UsageError
from kg.index import Hit, Page

KINDS = tuple(kind.value for kind in FoundKind)
# Facets whose values are IRIs of nodes.
NODES = frozenset({FacetBy.speaker, FacetBy.about, FacetBy.participant})
SUPERCLASSES = frozenset({"Claim", "Event", "Document"})


# ------------------------------------------------------------------ search
def search(lookups: Lookups, selected: Selected) -> Answer:
    """The best hits of all kinds asked for; a passage is found for its document."""
    arguments = selected.arguments
    text = arguments["text"]
    f.check_words(text, "text")
    kinds = [str(f.plain(kind)) for kind in arguments.get("kinds") or KINDS]
    asked = paging(arguments, "search", lookups.limits)
    begun = time.perf_counter()
    try:
        page = lookups.reader.index.find(
            kinds,
            text=text,
            order="relevance",
            after=asked.after,
            before=asked.before,
            first=None if asked.backward else asked.size,
            last=asked.size if asked.backward else None,
        )
    except UsageError as error:
        raise problem("BAD_CURSOR", str(error)) from error
    lookups.trace.looked_up(f"{'|'.join(kinds)} text={text!r} order relevance {asked}", len(page.hits), begun)
    nodes = [_node(hit) for hit in page.hits]
    return Answer(lambda facts: _connection(page, nodes, facts), list(dict.fromkeys(nodes)))


def _node(hit: Hit) -> str:
    """The IRI of the node a hit stands for: a passage has none of its own."""
    return hit.graph if _is_passage(hit) else hit.iri


def _is_passage(hit: Hit) -> bool:
    return hit.iri.startswith(f"{hit.graph}/span/")


def _connection(page: Page, nodes: Sequence[str], facts: Facts) -> SearchConnection:
    edges = [_edge(page, hit, iri, facts) for hit, iri in zip(page.hits, nodes, strict=True)]
    cursors = [edge.cursor for edge in edges]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
    return SearchConnection(edges=edges, page_info=info, total_count=page.total)


def _edge(page: Page, hit: Hit, iri: str, facts: Facts) -> SearchEdge:
    kind = type_of(facts, iri)
    snippet = page.snippet(hit)
    node: Any = TYPES[kind](iri, facts)
    return SearchEdge(
        cursor=to_cursor("search", hit.cursor),
        node=node,
        kind=FoundKind.passage if _is_passage(hit) else FoundKind(kind.lower()),
        score=hit.score or 0.0,
        snippet=snippet.text,
        highlights=[Highlight(start=start, end=end) for start, end in snippet.highlights],
        start=hit.start if _is_passage(hit) else None,
    )


# ------------------------------------------------------------------ counts
def facets(lookups: Lookups, selected: Selected) -> Answer:
    """For each facet its most frequent values; actors and events among them join the next level."""
    arguments = selected.arguments
    limit = arguments["limit"]
    if not 0 <= limit <= lookups.limits.page_cap:
        raise problem("PAGE_TOO_LARGE", f"limit: from 0 to {lookups.limits.page_cap}")
    kind, names = str(f.plain(arguments["of"])), [_facet(by) for by in arguments["by"]]
    words = {by: "type" if by is FacetBy.kind else by.value for by in names}
    filters = f.filters_of(kind.capitalize(), arguments, {}, lookups)
    if filters is None:
        return Answer(lambda facts: [Facet(by=by, values=[]) for by in names])
    begun = time.perf_counter()
    # One more for each superclass, which every row has and nobody wants to see.
    found = lookups.reader.index.facets(
        kind, sorted(set(words.values())), filters, text=arguments.get("text"), limit=limit + len(SUPERCLASSES)
    )
    counts = {by: [pair for pair in found[words[by]] if pair[0] not in SUPERCLASSES][:limit] for by in names}
    said = f"facets {','.join(words.values())} of " + f.said(kind, filters, arguments.get("text"))
    lookups.trace.looked_up(said, sum(map(len, counts.values())), begun)
    iris = [value for by in names if by in NODES for value, _ in counts[by]]
    return Answer(lambda facts: [_facet_of(by, counts[by], facts) for by in names], list(dict.fromkeys(iris)))


def _facet(by: Any) -> FacetBy:
    return by if isinstance(by, FacetBy) else FacetBy(by)


def _facet_of(by: FacetBy, counts: Sequence[tuple[str, int]], facts: Facts) -> Facet:
    def node(value: str) -> Any:
        kind = type_of(facts, value) if by in NODES else ""
        return TYPES[kind](value, facts) if kind else None

    return Facet(by=by, values=[FacetValue(value=value, count=count, node=node(value)) for value, count in counts])


def timeline(lookups: Lookups, selected: Selected) -> Answer:
    """Counts by day from the index, gathered into steps."""
    arguments = selected.arguments
    kind, size = str(f.plain(arguments["of"])), BucketSize(f.plain(arguments["bucket"]))
    filters = f.filters_of(kind.capitalize(), arguments, {}, lookups)
    if filters is None:
        return Answer(lambda facts: [])
    begun = time.perf_counter()
    days = lookups.reader.index.days(kind, filters, text=arguments.get("text"))
    lookups.trace.looked_up("days of " + f.said(kind, filters, arguments.get("text")), len(days), begun)
    steps: Counter[tuple[date, date]] = Counter()
    for day, count in days:
        steps[step_of(day, size)] += count
    buckets = [Bucket(begin=begin, end=end, count=count) for (begin, end), count in sorted(steps.items())]
    return Answer(lambda facts: buckets)


def step_of(day: date, size: BucketSize) -> tuple[date, date]:
    """The first and last day of the step *day* lies in."""
    if size is BucketSize.DAY:
        return day, day
    if size is BucketSize.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if size is BucketSize.MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)


FIELDS: Mapping[str, Any] = {"search": search, "facets": facets, "timeline": timeline}
