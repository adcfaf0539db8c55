"""Connections the index has no word for: an actor's mentions, a document's actors.  One SPARQL for all parents of a
level; the page is cut from the IRIs in their order, which are the cursors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from api.graphql.compile import Selected
from api.graphql.facts import Hit, Page
from api.graphql.lookups import Answer, Lookups, Nested
from api.graphql.paging import Paging, paging, to_cursor
from api.graphql.problems import problem
from kg.store.terms import sparql, values
from kg.terms import KG

# Rows read for one field of one request; a hub beyond that is for SPARQL, which streams.
ROWS = 20_000


def mentions(lookups: Lookups, parents: Sequence[str], selected: Selected) -> Iterator[tuple[str, Answer]]:
    arms = " UNION ".join(
        f"{{ SELECT ?parent ?node WHERE {{ BIND({sparql(parent)} AS ?parent) "
        f"?node <{KG.refersTo}> {sparql(parent)} ; a <{KG.Mention}> }} LIMIT {ROWS + 1} }}"
        for parent in parents
    )
    yield from _pages(
        lookups, parents, selected, f"SELECT ?parent ?node WHERE {{ {arms} }} LIMIT {ROWS + 1}", "Mention"
    )


def actors(lookups: Lookups, parents: Sequence[str], selected: Selected) -> Iterator[tuple[str, Answer]]:
    """Whom a document mentions, or has speak or take part."""
    about = "|".join(
        f"<{each}>" for each in (KG.refersTo, KG.speaker, KG.hasParticipant, KG.addressee, KG.attributedTo)
    )
    query = (
        f"SELECT DISTINCT ?parent ?node WHERE {{ {values('parent', parents)} "
        f"GRAPH ?parent {{ ?thing {about} ?node }} }} LIMIT {ROWS + 1}"
    )
    yield from _pages(lookups, parents, selected, query, "Actor")


def _pages(
    lookups: Lookups, parents: Sequence[str], selected: Selected, query: str, kind: str
) -> Iterator[tuple[str, Answer]]:
    asked = paging(selected.arguments, f"{kind}:iri", lookups.limits)
    rows = lookups.trace.select(lookups.reader, query)
    if len(rows) > ROWS:
        raise problem("TOO_COSTLY", f"{selected.name}: more than {ROWS:,} in this answer; ask SPARQL for them")
    found: dict[str, set[str]] = {parent: set() for parent in parents}
    for row in rows:
        found[str(row["parent"])].add(str(row["node"]))
    for parent in parents:
        yield parent, lookups.answer(cut([(iri, iri) for iri in sorted(found[parent])], asked, f"{kind}:iri"), kind)


def cut(keyed: Sequence[tuple[str, str]], asked: Paging, scope: str) -> Page:
    """The page *asked* of *keyed*, ``(key, IRI)`` in the order of the keys, which are the cursors of *scope*."""
    inside = [
        one
        for one in keyed
        if (asked.after is None or one[0] > asked.after) and (asked.before is None or one[0] < asked.before)
    ]
    shown = inside[max(0, len(inside) - asked.size) :] if asked.backward else inside[: asked.size]
    before = bool(keyed) and bool(shown or inside) and keyed[0] < (shown or inside)[0]
    after = bool(keyed) and bool(shown or inside) and (not shown or keyed[-1] > shown[-1])
    hits = tuple(Hit(iri, to_cursor(scope, key)) for key, iri in shown)
    return Page(hits, has_next=after, has_previous=before, total=len(keyed))


FIELDS: Mapping[str, Nested] = {"mentions": mentions, "actors": actors}
