"""For each type of the schema, where its fields stand in the graph: read off the shapes of ``ontology/kg.ttl``.

What the ontology says of a property decides how it is read: its class makes it a link, its datatype a number, a day or
a word, its enumeration a choice.  Only what GraphQL shows in another shape than the graph is written out below.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from strawberry.utils.str_converters import to_snake_case

from api.graphql import fields as f
from api.graphql import words as w
from api.graphql.fields import Field
from kg import shapes
from kg.model import ACTOR_KINDS, DOCUMENT_KINDS, EVENT_KINDS
from kg.terms import KG, XSD

# The class of the ontology behind each type.
CLASS_OF: Final[Mapping[str, str]] = {
    "Claim": "Claim", "Actor": "Actor", "Event": "Event", "Document": "Document", "Evidence": "Span",
    "Mention": "Mention", "Collection": "Collection", "ClaimRelation": "ClaimRelation",
    "Check": "Check", "Finding": "Finding",
}  # fmt: skip
TYPE_OF: Final = {name: kind for kind, name in CLASS_OF.items()}

CHOICES: Final[Mapping[str, type[Enum]]] = {
    KG.stance: w.Stance,
    KG.form: w.Form,
    KG.precision: w.Precision,
    KG.utteredPrecision: w.Precision,
    KG.publishedPrecision: w.Precision,
    KG.marking: w.Marking,
    KG.mentionKind: w.MentionKind,
    KG.relationKind: w.RelationKind,
    KG.checkVerdict: w.Verdict,
}

# Datatypes that are no plain text, in Python.
SCALARS: Final[Mapping[str, str]] = {
    XSD.boolean: "bool",
    XSD.date: "date",
    XSD.dateTime: "datetime",
    XSD.integer: "int",
    XSD.decimal: "float",
}

# Integers that a GraphQL Int (32 bits, section 3.5.1) is too small for.
BIG: Final = frozenset({KG.byteSize, KG.accountCount, KG.contentSize})

# Shown in another shape than the graph's.  A parity test allows these differences and no other.
EXTRA: Final[Mapping[str, Mapping[str, Field]]] = {
    "Claim": {
        "uttered": f.interval(KG.utteredBegin, KG.utteredEnd, KG.utteredPrecision),
        "repeats": f.related(w.RelationKind.repeats),
        "echoes": f.related(w.RelationKind.echoes),
        "contradicted_by": f.related(w.RelationKind.contradicts),
        "withdrawn_by": f.related(w.RelationKind.withdraws),
        "relations": f.links("relations-of-claim", "ClaimRelation"),
        "independent_sources": f.sources_counted(),
        "checks": f.links("checks-of-claim", "Check"),
    },
    "Actor": {"kind": f.leaf(ACTOR_KINDS, w.ActorKind), "label": f.label()},
    "Event": {"kind": f.leaf(EVENT_KINDS, w.EventKind), "roles": f.roles()},
    "Document": {
        "kind": f.leaf(DOCUMENT_KINDS, w.DocumentKind),
        "text": f.stored_text(),
        "findings": f.links("findings-on-document", "Finding"),
    },
    "Check": {"against": f.link(KG.against, "Collection")},
    "Finding": {"against": f.link(KG.against, "Collection")},
    "Evidence": {"paragraph": f.paragraph()},
}
HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "Claim": frozenset({"utteredBegin", "utteredEnd", "utteredPrecision", "independentSources"}),
    "Document": frozenset({"storedText"}),
    "Check": frozenset({"against"}),
    "Finding": frozenset({"against"}),
}


def target_of(shape: shapes.Field) -> str | None:
    """The type of the objects a property leads to; None for values, and for nodes that the schema has no type for."""
    if shape.values or not shape.classes or not TYPE_OF.keys() >= set(shape.classes):
        return None
    return "Subject" if len(shape.classes) > 1 else TYPE_OF[shape.classes[0]]


def annotation_of(shape: shapes.Field) -> str:
    """The property's type as an annotation of ``types``: ``list[Actor]``, ``date | None``, ``Stance``."""
    choice = CHOICES.get(shape.path)
    big = "BigInt" if shape.path in BIG else None
    name = target_of(shape) or big or (choice.__name__ if choice else SCALARS.get(shape.datatype or "", "str"))
    if shape.many and not shape.per_language:
        return f"list[{name}]"
    return name if shape.required else f"{name} | None"


def field_of(shape: shapes.Field) -> Field:
    """How to read the property that *shape* describes."""
    target = target_of(shape)
    if target is not None:
        if not shape.many:
            return f.link(shape.path, target)
        return f.spans(shape.path) if target == "Evidence" else f.links(shape.path, target)
    if shape.path in CHOICES:
        return f.choice(shape.path, CHOICES[shape.path])
    if shape.per_language:
        return f.label(shape.path)
    if shape.many:
        return f.words(shape.path)
    scalars = {XSD.boolean: f.flag(shape.path), XSD.date: f.day(shape.path), XSD.dateTime: f.moment(shape.path)}
    numbers = {XSD.integer: int, XSD.decimal: float}
    if shape.datatype in numbers:
        return f.number(shape.path, numbers[shape.datatype])
    return scalars.get(shape.datatype or "", f.word(shape.path))


def shown(kind: str) -> tuple[shapes.Field, ...]:
    """The ontology's fields that the type *kind* shows as they are."""
    hidden = HIDDEN.get(kind, frozenset())
    return tuple(shape for shape in shapes.fields(CLASS_OF[kind]) if shape.name not in hidden)


SOURCES: Final[Mapping[str, Mapping[str, Field]]] = {
    kind: {
        **f.identity(kind),
        **{to_snake_case(shape.name): field_of(shape) for shape in shown(kind)},
        **EXTRA.get(kind, {}),
    }
    for kind in CLASS_OF
}
