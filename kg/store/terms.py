"""RDF terms as plain Python strings: the border between pyoxigraph's values and the rest of the house.

    IRI("https://…")   BlankNode("b0")   Literal("12", datatype=xsd:integer)   Literal("mot", language="fr")

All are ``str``, so a row of a query is used as it is; what is not text is asked for by ``Literal.python()``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError

XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip


class IRI(str):
    """An IRI."""

    __slots__ = ()


class BlankNode(str):
    """A blank node's label; only user updates can bring one in, our own data has none."""

    __slots__ = ()


class Literal(str):
    """A literal's lexical form, with its *datatype* (an IRI) and, for rdf:langString, its *language* (lower case)."""

    datatype: str
    language: str | None

    def __new__(cls, value: str, datatype: str = XSD + "string", language: str | None = None) -> Literal:
        self = super().__new__(cls, value)
        self.datatype = datatype
        self.language = language
        return self

    def python(self) -> str | int | float | bool | Decimal | date | datetime:
        """The value in Python's own type (XML Schema 1.1 part 2); the lexical form where Python has none.

        >>> Literal("12", XSD + "integer").python()
        12
        """
        try:
            if self.datatype in _INTEGERS:
                return int(self)
            if self.datatype == XSD + "decimal":
                return Decimal(str(self))
            if self.datatype in (XSD + "double", XSD + "float"):
                return float(self)
            if self.datatype == XSD + "boolean":
                return str(self) in ("true", "1")
            if self.datatype == XSD + "date":
                return date.fromisoformat(self)
            if self.datatype == XSD + "dateTime":
                return datetime.fromisoformat(self)
        except (ValueError, ArithmeticError):
            # An ill-typed literal ("0001-99"^^xsd:date) is legal RDF; its text is all there is.
            return str(self)
        return str(self)


class Triple(NamedTuple):
    """A triple used as a term (RDF 1.2)."""

    subject: Any
    predicate: Any
    object: Any


Term: TypeAlias = IRI | BlankNode | Literal | Triple
Row: TypeAlias = dict[str, Term]


def from_json(value: Mapping[str, Any]) -> Term:
    """A term of the SPARQL 1.1 Query Results JSON Format (section 3.2.2)."""
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return IRI(text)
    if kind in ("literal", "typed-literal"):
        language = value.get("xml:lang")
        default = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString" if language else XSD + "string"
        return Literal(text, value.get("datatype", default), language)
    if kind == "bnode":
        return BlankNode(text)
    return Triple(from_json(text["subject"]), from_json(text["predicate"]), from_json(text["object"]))


def to_ox(value: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """pyoxigraph's term for ours; a plain ``str`` is an IRI.  A bad IRI raises QueryError (the injection gate)."""
    if isinstance(value, Literal):
        if value.language:
            return ox.Literal(str(value), language=value.language)
        return ox.Literal(str(value), datatype=ox.NamedNode(value.datatype))
    if isinstance(value, BlankNode):
        return ox.BlankNode(str(value))
    if isinstance(value, str):
        return node(value)
    if isinstance(value, (bool, int, float)):
        return ox.Literal(value)
    if isinstance(value, Decimal):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "decimal"))
    if isinstance(value, datetime):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
    if isinstance(value, date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    raise QueryError(f"no RDF term for a {type(value).__name__}")


def node(iri: str) -> ox.NamedNode:
    """The IRI as a node; raises QueryError where it is none."""
    try:
        return ox.NamedNode(str(iri))
    except ValueError as error:
        raise QueryError(f"not an IRI: {iri!r}") from error


def sparql(value: object) -> str:
    """The term as SPARQL text, escaped; a plain ``str`` is an IRI.

    >>> sparql("https://example.org/a")
    '<https://example.org/a>'
    """
    return str(to_ox(value))


def values(variable: str, terms: Iterable[object]) -> str:
    """A ``VALUES`` clause of one variable.

    >>> values("c", ["https://example.org/a", "https://example.org/b"])
    'VALUES ?c { <https://example.org/a> <https://example.org/b> }'
    """
    return f"VALUES ?{variable} {{ {' '.join(map(sparql, terms))} }}"
