"""Where a GraphQL field stands in the graph: the predicates it reads and, for objects, the type the next level loads.

One table, used twice: ``load`` asks the store for exactly the predicates of the selected fields, and the types of
``types`` read their values from what came back.  A parity test holds it equal to the shapes of ``ontology/kg.ttl``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final, NamedTuple

import strawberry

from api.graphql.facts import Facts
from api.graphql.ids import to_id
from api.graphql.words import Precision, RelationKind, RoleKind
from kg import shapes
from kg.terms import KG, RDF, SKOS

# Pseudo-predicates, answered by a path in the same query: a document's text, and for a span the text of its document.
TEXT_OF: Final = "text-of-document"
TEXT_AROUND: Final = "text-around-span"

# Pseudo-predicates that stand for a pattern from ``{s}``, a node, to ``{v}``, its values.
PATTERNS: Final[dict[str, str]] = {
    "relations-of-claim": f"{{v}} <{KG.fromClaim}>|<{KG.toClaim}> {{s}} ; a <{KG.ClaimRelation}>",
    "checks-of-claim": f"{{v}} <{KG.checks}> {{s}}",
    "findings-on-document": f"{{v}} <{KG.concerns}> {{s}} ; a <{KG.Finding}>",
    **{
        f"claims-that-{kind.value}": f"?relation <{KG.fromClaim}>|<{KG.toClaim}> {{s}} ; "
        f'<{KG.relationKind}> "{kind.value}" ; <{KG.fromClaim}>|<{KG.toClaim}> {{v}} FILTER({{v}} != {{s}})'
        for kind in RelationKind
    },
}

# What a name falls back to, in this order, after the untagged one.
LANGUAGES = ("fr", "en")
# The node types of the schema, filled by ``types``; a field's target is named, for the types refer to each other.
TYPES: dict[str, Callable[[str, Facts], object]] = {}


class IntervalValue(NamedTuple):
    begin: date | None
    end: date | None
    precision: Precision | None


class RoleValue(NamedTuple):
    role: RoleKind
    actor: object


@dataclass(frozen=True, slots=True)
class Field:
    """*predicates* to load, *read* to make the value, *target* the type of the objects it leads to.

    *many*: a list; *single*: each predicate has at most one value, so that a row may hold several of them.
    """

    predicates: tuple[str, ...]
    read: Callable[[Facts, str], object]
    target: str | None = None
    many: bool = False
    single: bool = False


def node(facts: Facts, target: str, iri: str) -> object:
    """The object at *iri*: of *target*, or of what the graph says it is where *target* is an interface."""
    return TYPES[target if target in TYPES else type_of(facts, iri)](iri, facts)


def type_of(facts: Facts, iri: str) -> str:
    """The GraphQL type of *iri* by its classes, which state every superclass (docs/architecture.md, Terms)."""
    classes = {value.text for value in facts.all(iri, RDF.type)}
    for name in ("Claim", "Actor", "Event", "Document", "Mention", "Collection", "ClaimRelation", "Check", "Finding"):
        if KG.NS + name in classes:
            return name
    return "Evidence" if KG.Span in classes else ""


def name_of(facts: Facts, iri: str, predicate: str = SKOS.prefLabel) -> str | None:
    """The untagged value first, then in the languages' order, then the smallest of the others."""
    rank = {"": -1} | {language: place for place, language in enumerate(LANGUAGES)}
    values = sorted(facts.all(iri, predicate), key=lambda v: (rank.get(v.language, len(LANGUAGES)), v.language, v.text))
    return values[0].text if values else None


# ------------------------------------------------------------------ kinds of field
def word(predicate: str) -> Field:
    return Field((predicate,), lambda facts, iri: facts.one(iri, predicate), single=True)


def words(predicate: str) -> Field:
    return Field((predicate,), lambda facts, iri: sorted({value.text for value in facts.all(iri, predicate)}))


def label(predicate: str = SKOS.prefLabel) -> Field:
    return Field((predicate,), lambda facts, iri: name_of(facts, iri, predicate))


def number(predicate: str, cast: Callable[[str], object]) -> Field:
    def read(facts: Facts, iri: str) -> object:
        value = facts.one(iri, predicate)
        return None if value is None else cast(value)

    return Field((predicate,), read, single=True)


def flag(predicate: str) -> Field:
    """A boolean that is stated only when true: absent is false."""
    return Field((predicate,), lambda facts, iri: facts.one(iri, predicate) in ("true", "1"), single=True)


def choice(predicate: str, of: type[Enum]) -> Field:
    """A word of an enumeration, stored as a literal or as a concept of the ontology."""

    def read(facts: Facts, iri: str) -> object:
        value = facts.one(iri, predicate)
        return None if value is None else of(value.removeprefix(KG.NS))

    return Field((predicate,), read, single=True)


def leaf(kinds: tuple[str, ...], of: type[Enum]) -> Field:
    """The kind of a node: the one of its classes that is no superclass of another."""

    def read(facts: Facts, iri: str) -> object:
        classes = {value.text.removeprefix(KG.NS) for value in facts.all(iri, RDF.type)}
        found = [kind for kind in kinds if kind in classes]
        finest = [kind for kind in found if not any(kind in shapes.superclasses(other) for other in found)]
        return of(finest[0]) if finest else None

    return Field((RDF.type,), read)


def link(predicate: str, target: str) -> Field:
    def read(facts: Facts, iri: str) -> object:
        value = facts.one(iri, predicate)
        return None if value is None else node(facts, target, value)

    return Field((predicate,), read, target, single=True)


def links(predicate: str, target: str) -> Field:
    def read(facts: Facts, iri: str) -> object:
        return [node(facts, target, value.text) for value in sorted(facts.all(iri, predicate))]

    return Field((predicate,), read, target, many=True)


def spans(predicate: str) -> Field:
    """Spans in the order of the text, which their IRIs state (``…/span/{start}-{end}``)."""

    def place(iri: str) -> tuple[int, ...]:
        return tuple(int(part) for part in iri.rpartition("/")[2].split("-"))

    def read(facts: Facts, iri: str) -> object:
        found = sorted((value.text for value in facts.all(iri, predicate)), key=place)
        return [node(facts, "Evidence", each) for each in found]

    return Field((predicate,), read, "Evidence", many=True)


def related(kind: RelationKind) -> Field:
    """The claims that stand in a relation of this kind to a claim, earlier and later ones."""
    return links(f"claims-that-{kind.value}", "Claim")


def sources_counted() -> Field:
    """In how many independent sources the claim stands; resolution states it where there are several reports."""
    stated = KG.independentSources
    return Field((stated,), lambda facts, iri: int(facts.one(iri, stated) or 1), single=True)


def interval(begin: str, end: str, precision: str) -> Field:
    """``Interval`` of three properties; null where neither end is stated."""
    predicates = (begin, end, precision)

    def read(facts: Facts, iri: str) -> object:
        first, last, known = (facts.one(iri, predicate) for predicate in predicates)
        if first is None and last is None:
            return None
        return IntervalValue(_day(first), _day(last), Precision(known) if known else None)

    return Field(predicates, read, single=True)


def roles() -> Field:
    predicates = tuple(f"{KG.NS}has{kind.value.capitalize()}" for kind in RoleKind)

    def read(facts: Facts, iri: str) -> object:
        return [
            RoleValue(kind, node(facts, "Actor", value.text))
            for kind, predicate in zip(RoleKind, predicates, strict=True)
            for value in sorted(facts.all(iri, predicate))
        ]

    return Field(predicates, read, "Actor", many=True)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value[:10])


def day(predicate: str) -> Field:
    return number(predicate, _day)


def moment(predicate: str) -> Field:
    return number(predicate, datetime.fromisoformat)


def identity(kind: str) -> Mapping[str, Field]:
    """``id`` and ``iri``, which every node has and nothing needs to be loaded for."""
    return {
        "id": Field((), lambda facts, iri: strawberry.ID(to_id(kind, iri))),
        "iri": Field((), lambda facts, iri: iri),
    }


def stored_text() -> Field:
    return Field((TEXT_OF,), lambda facts, iri: facts.one(iri, TEXT_OF))


def paragraph() -> Field:
    """The lines of the stored text from where a span begins to where it ends; null where no text is kept."""

    def read(facts: Facts, iri: str) -> object:
        document, start, end = (facts.one(iri, predicate) for predicate in (KG.document, KG.start, KG.end))
        text = facts.one(document, TEXT_OF) if document else None
        return None if text is None or start is None or end is None else around(text, int(start), int(end))

    return Field((KG.document, KG.start, KG.end, TEXT_AROUND), read, single=True)


def around(text: str, start: int, end: int) -> str:
    """The lines of *text* that hold ``[start, end)``, without the space around them."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(start, end - 1))
    return text[first : len(text) if last < 0 else last].strip()
