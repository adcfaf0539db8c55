"""RDF terms for people: links where they lead somewhere, IRIs as short as a prefix or the graph's base allows."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.page import Visit
from kg.store import IRI, Literal, Reader


@dataclass(frozen=True, slots=True)
class Term:
    """A term for people: a link where it leads somewhere, *note* a literal's datatype, *full* an IRI uncut."""

    text: str
    href: str = ""
    language: str = ""
    note: str = ""
    full: str = ""


def shown(term: object, visit: Visit) -> Term:
    reader = visit.asking.reader
    if isinstance(term, Literal):
        plain = term.language or term.datatype.endswith("#string")
        return Term(str(term), language=term.language or "", note="" if plain else short(term.datatype, reader))
    text = str(term)
    return Term(short(text, reader), href=visit.href(text), full=text) if isinstance(term, IRI) else Term(text)


def short(iri: str, reader: Reader) -> str:
    """The IRI with its prefix where one of ours fits it; a node of this graph by its path."""
    fitting = [(name, start) for name, start in reader.prefixes.items() if iri.startswith(start) and iri != start]
    if fitting:
        name, start = max(fitting, key=lambda pair: len(pair[1]))
        return f"{name}:{iri.removeprefix(start)}"
    return iri.removeprefix(reader.base) if iri.startswith(reader.base) and iri != reader.base else iri
