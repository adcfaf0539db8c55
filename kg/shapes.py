"""Reads ``ontology/kg.ttl`` once and says what it holds: prefixes, classes, properties, fields, concepts.

Terms are keyed by local name (``Claim``, ``speaker``); IRIs are plain strings, texts are ``{language: text}``.  RDFLib
is imported, and the file read (~0.2 s), on first use only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.resources import read
from kg.terms import KG, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
SOURCE = "ontology/kg.ttl"
IRI = KG.NS.rstrip("#")
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a class as its shape gives it.

    *name* is the field's name in GraphQL, *path* the property's IRI.  Of *datatype* (an IRI) and *classes*
    (local names; two are alternatives) at most one is set; both are empty for any IRI.  *values* are the local
    names or strings of an enumeration.  *many*: a list; *required*: never null; *per_language*: one value a
    language, yet one field.
    """

    name: str
    path: str
    datatype: str | None
    classes: tuple[str, ...]
    values: tuple[str, ...]
    many: bool
    required: bool
    per_language: bool
    description: Texts


@dataclass(frozen=True, slots=True)
class Class:
    """A class: its own *fields* and, through ``fields(name)``, those of its *superclasses* (ours, nearest first)."""

    name: str
    superclasses: tuple[str, ...]
    mappings: tuple[str, ...]
    label: Texts
    definition: Texts
    own_fields: tuple[Field, ...]
    guideline_name: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A property or a concept: its words, and the standard terms it is a subproperty of."""

    name: str
    label: Texts
    definition: Texts
    mappings: tuple[str, ...] = ()


# ------------------------------------------------------------------ what the rest of the house asks
def prefixes() -> Mapping[str, str]:
    """The prefixes of the ontology's file, sorted by name, without their colon."""
    return {name: str(iri) for name, iri in sorted(graph().namespaces())}


@cache
def schema_version() -> str:
    """``owl:versionInfo`` of the ontology: the schema version every document's graph carries."""
    from rdflib import URIRef

    return str(graph().value(URIRef(IRI), URIRef(OWL.versionInfo)))


@cache
def classes() -> Mapping[str, Class]:
    """Every class of ours by local name, sorted."""
    return {name: _class(name) for name in sorted(_typed(OWL.Class))}


@cache
def properties() -> Mapping[str, Term]:
    """Every property of ours by local name, sorted."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    return {name: _term(name, RDFS.subPropertyOf) for name in sorted({n for kind in kinds for n in _typed(kind)})}


@cache
def stances() -> Mapping[str, Term]:
    """The concepts of the scheme ``kg:Stances`` by local name, sorted."""
    return {name: _term(name, SKOS.NS + "broadMatch") for name in sorted(_typed(KG.Stance))}


@cache
def superclasses(name: str) -> tuple[str, ...]:
    """All superclasses of ours of the class *name*, nearest first, without itself; KeyError for no class."""
    found: dict[str, None] = {}
    level = classes()[name].superclasses
    while level:
        found.update(dict.fromkeys(level))
        level = tuple(up for above in level for up in classes()[above].superclasses)
    return tuple(found)


@cache
def subclasses(name: str) -> tuple[str, ...]:
    """All subclasses of ours of the class *name*, sorted, without itself."""
    return tuple(other for other in classes() if name in superclasses(other))


@cache
def fields(name: str) -> tuple[Field, ...]:
    """The fields of the class *name*, its superclasses' first; a class's own shape of a path wins."""
    found: dict[str, Field] = {}
    for each in (*reversed(superclasses(name)), name):
        found.update((field.path, field) for field in classes()[each].own_fields)
    return tuple(found.values())


@cache
def guideline_name(name: str) -> str:
    """The name annotation files use for the class *name*: its own or its nearest superclass's; KeyError for none."""
    for each in (name, *superclasses(name)):
        if (found := classes()[each].guideline_name) is not None:
            return found
    raise KeyError(f"class {name} has no kg:guidelineName, nor has a superclass of it")


# ------------------------------------------------------------------ reading
@cache
def graph() -> Graph:
    """The ontology as an RDFLib graph; not to be changed."""
    from rdflib import Graph

    return Graph(bind_namespaces="none").parse(data=read(SOURCE), format="turtle")


def local(iri: object) -> str:
    """The local name of a term of ours."""
    text = str(iri)
    if not text.startswith(KG.NS):
        raise ValueError(f"{text} is not a term of {KG.NS}")
    return text.removeprefix(KG.NS)


def _typed(kind: str) -> Iterator[str]:
    from rdflib import URIRef

    for subject in graph().subjects(URIRef(RDF.type), URIRef(kind)):
        if str(subject).startswith(KG.NS):
            yield local(subject)


def _objects(subject: Node, predicate: str) -> list[str]:
    from rdflib import URIRef

    return sorted(str(found) for found in graph().objects(subject, URIRef(predicate)))


def _texts(subject: Node, predicate: str) -> Texts:
    from rdflib import Literal, URIRef

    found = (o for o in graph().objects(subject, URIRef(predicate)) if isinstance(o, Literal))
    return {literal.language or "": str(literal) for literal in sorted(found)}


def _term(name: str, mapped_by: str) -> Term:
    from rdflib import URIRef

    node = URIRef(KG.NS + name)
    return Term(name, _texts(node, RDFS.label), _texts(node, SKOS.definition), tuple(_objects(node, mapped_by)))


def _class(name: str) -> Class:
    from rdflib import URIRef

    node = URIRef(KG.NS + name)
    above = _objects(node, RDFS.subClassOf)
    shapes = [_field(shape) for shape in graph().objects(node, URIRef(SH + "property"))]
    own_names = _objects(node, KG.guidelineName)
    return Class(
        name=name,
        superclasses=tuple(local(iri) for iri in above if iri.startswith(KG.NS)),
        mappings=tuple(iri for iri in above if not iri.startswith(KG.NS)),
        label=_texts(node, RDFS.label),
        definition=_texts(node, SKOS.definition),
        own_fields=tuple(sorted(shapes, key=lambda field: field.name)),
        guideline_name=own_names[0] if own_names else None,
    )


def _field(shape: Node) -> Field:
    from rdflib import URIRef

    def one(name: str) -> Node | None:
        return graph().value(shape, URIRef(SH + name))

    alternatives = list(graph().items(found)) if (found := one("or")) is not None else []
    kinds = [shape, *alternatives]
    datatypes = [iri for kind in kinds for iri in _objects(kind, SH + "datatype")]
    listed = list(graph().items(found)) if (found := one("in")) is not None else []
    return Field(
        name=str(one("name")),
        path=str(one("path")),
        datatype=datatypes[0] if datatypes else None,
        classes=tuple(local(iri) for kind in kinds for iri in _objects(kind, SH + "class")),
        values=tuple(str(value).removeprefix(KG.NS) for value in listed),
        many=one("maxCount") is None and one("uniqueLang") is None,
        required=one("minCount") is not None,
        per_language=one("uniqueLang") is not None,
        description=_texts(shape, SH + "description"),
    )
