"""Which nodes a field means: the index finds, orders, pages and counts; nothing here reads what a node says.

One function a field; ``ROOT`` and ``NESTED`` list those of plain lists and nodes, ``searching``, ``between`` and
``relations`` add theirs in ``execute``.  An answer names the nodes for the next level and makes the
field's value once their facts are there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.graphql import filters as f
from api.graphql.compile import Selected, wants
from api.graphql.facts import Facts, Hit, Page
from api.graphql.fields import TYPES, type_of
from api.graphql.ids import from_id
from api.graphql.node import connection
from api.graphql.paging import Paging, paging, to_cursor
from api.graphql.problems import problem
from api.graphql.trace import Trace
from api.settings import GraphQLLimits
from kg import index
from kg.errors import UsageError
from kg.index import Filters
from kg.store import Reader


@dataclass(frozen=True, slots=True)
class Answer:
    """*iris* go to the next level; *value* makes what the resolver returns, from the facts loaded by then.

    *kind* is the type of the nodes where it is known, "" where their classes have to be read.
    """

    value: Callable[[Facts], object]
    iris: Sequence[str] = ()
    kind: str = ""


Root = Callable[["Lookups", Selected], Answer]
Nested = Callable[["Lookups", Sequence[str], Selected], Iterator[tuple[str, Answer]]]


@dataclass(slots=True)
class Lookups:
    """The look-ups of one execution; each is traced.  *fields* and *below* list them, by the name of the field."""

    reader: Reader
    limits: GraphQLLimits
    trace: Trace
    fields: Mapping[str, Root]
    below: Mapping[str, Nested]

    def root(self, selected: Selected) -> Answer:
        """The answer to a field of Query."""
        return self.fields[selected.name](self, selected)

    def nested(self, parents: Sequence[str], selected: Selected) -> Iterator[tuple[str, Answer]]:
        """The answer to a connection below each of *parents*."""
        yield from self.below[selected.name](self, parents, selected)

    # ------------------------------------------------------------------ pages
    def page(self, kind: str, selected: Selected, within: Mapping[str, Sequence[str]] | None = None) -> Answer:
        """A page of the connection *selected* of *kind*; *within* are words that its parent asks for."""
        arguments = selected.arguments
        order, descending = f.order_of(kind, arguments)
        scope = f"{kind}:{order}:{descending}"
        asked = paging(arguments, scope, self.limits)
        filters = f.filters_of(kind, arguments, within or {}, self)
        if filters is None:  # a name nobody bears: nothing can match
            return self.answer(Page(()), kind)
        found = self._find(kind, filters, arguments.get("text"), order, descending, asked)
        hits = tuple(Hit(hit.iri, to_cursor(scope, hit.cursor)) for hit in found.hits)
        total = found.total if wants(selected, "totalCount") else None
        return self.answer(Page(hits, found.has_next, found.has_previous, total), kind)

    def answer(self, page: Page, kind: str) -> Answer:
        return Answer(lambda facts: connection(page, facts, kind), [hit.iri for hit in page.hits], kind)

    def _find(
        self, kind: str, filters: Filters, text: str | None, order: str, descending: bool, asked: Paging
    ) -> index.Page:
        begun = time.perf_counter()
        try:
            found = self.reader.index.find(
                kind.lower(),
                filters,
                text=text,
                order=order,
                descending=descending,
                after=asked.after,
                before=asked.before,
                first=None if asked.backward else asked.size,
                last=asked.size if asked.backward else None,
            )
        except UsageError as error:
            raise problem("BAD_CURSOR", str(error)) from error
        said = f.said(kind, filters, text) + f" order {order}{' descending' if descending else ''} {asked}"
        self.trace.looked_up(said, len(found.hits), begun)
        return found


# ------------------------------------------------------------------ fields of Query
def _one(kind: str) -> Callable[[Lookups, Selected], Answer]:
    """``claim(id)``: null where the graph that the caller may see has no such node of this kind."""

    def look(lookups: Lookups, selected: Selected) -> Answer:
        iri = f.one(kind, selected.arguments, lookups)
        return Answer(lambda facts: None, ()) if iri is None else Answer(_existing(iri, kind), [iri])

    return look


def _existing(iri: str, kind: str | None) -> Callable[[Facts], object]:
    def value(facts: Facts) -> object:
        found = type_of(facts, iri)
        return TYPES[found](iri, facts) if found and (kind is None or kind == found) else None

    return value


def _node(lookups: Lookups, selected: Selected) -> Answer:
    kind, iri = from_id(selected.arguments["id"])
    return Answer(_existing(iri, kind), [iri])


def _nodes(lookups: Lookups, selected: Selected) -> Answer:
    ids = selected.arguments["ids"]
    if len(ids) > lookups.limits.page_cap:
        raise problem("PAGE_TOO_LARGE", f"ids: at most {lookups.limits.page_cap} at once")
    wanted = [from_id(each) for each in ids]
    makers = [_existing(iri, kind) for kind, iri in wanted]
    return Answer(lambda facts: [make(facts) for make in makers], [iri for _, iri in wanted])


def _list(kind: str) -> Callable[[Lookups, Selected], Answer]:
    return lambda lookups, selected: lookups.page(kind, selected)


# ------------------------------------------------------------------ connections below a node
def _by(kind: str, words: Mapping[str, str]) -> Nested:
    """Pages of *kind* whose word *words[parent type]* is the parent."""

    def look(lookups: Lookups, parents: Sequence[str], selected: Selected) -> Iterator[tuple[str, Answer]]:
        word = words[next(iter(selected.on & words.keys()))]
        for parent in parents:
            yield parent, lookups.page(kind, selected, {word: [parent]})

    return look


ROOT: Mapping[str, Root] = {
    "node": _node,
    "nodes": _nodes,
    "claim": _one("Claim"),
    "actor": _one("Actor"),
    "event": _one("Event"),
    "document": _one("Document"),
    "claims": _list("Claim"),
    "actors": _list("Actor"),
    "events": _list("Event"),
    "documents": _list("Document"),
}
NESTED: Mapping[str, Nested] = {
    "claims": _by("Claim", {"Actor": "speaker", "Event": "about", "Document": "graph"}),
    "claimsAbout": _by("Claim", {"Actor": "about"}),
    "events": _by("Event", {"Actor": "participant", "Document": "graph"}),
}
