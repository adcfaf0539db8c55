"""Facts of a document (``Document.facts``) -> terms, in the datatype that the ontology's shape asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from kg import nquads, shapes
from kg.nquads import boolean, day, decimal, integer, iri, moment, string
from kg.terms import KG, XSD


def fact(kind: str, name: str, value: object) -> list[str]:
    """The terms of a fact of a document of *kind*, in the datatype its shape asks for; a tuple gives several."""
    field = _fields(kind).get(KG.NS + name)
    if field is None:
        raise ValueError(f"{kind} has no property {name!r} in the ontology")
    values = value if isinstance(value, (tuple, list)) else [value]
    return [_value(field.datatype, name, each) for each in values]


@cache
def _fields(kind: str) -> Mapping[str, shapes.Field]:
    return {field.path: field for field in shapes.fields(kind)}


def _value(datatype: str | None, name: str, value: object) -> str:
    match datatype, value:
        case XSD.boolean, bool():
            return boolean(value)
        case XSD.integer, int() if not isinstance(value, bool):
            return integer(value)
        case XSD.decimal, (int() | float()) if not isinstance(value, bool):
            return decimal(value)
        case XSD.dateTime, datetime():
            return moment(value)
        case XSD.date, date() if not isinstance(value, datetime):
            return day(value)
        case XSD.string, str():
            return string(value)
        case XSD.anyURI, str():
            return nquads.typed(value, XSD.anyURI)
        case None, str():
            return iri(value)
    raise ValueError(f"{value!r} is no value of {name}, which takes {datatype or 'an IRI'}")
