"""What a SPARQL query was answered with, as rows of terms: SPARQL 1.1 results in JSON, or N-Triples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from kg.store import IRI, BlankNode, Literal

JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
PARTS = ("subject", "predicate", "object")
# A term in N-Triples (RDF 1.1 N-Triples, section 2): an IRI, a blank node, or a literal with its tag or datatype.
_TERM = re.compile(r'<([^<>\s]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>\s]*)>)?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Answer:
    """*kind* is ``solutions``, ``boolean`` or ``graph``; *terms* are the first *rows*, None where nothing is bound."""

    kind: str
    columns: Sequence[str] = ()
    terms: Sequence[Sequence[str | None]] = ()
    rows: int = 0
    yes: bool | None = None


def read(media: str, body: bytes, most: int) -> Answer:
    """The answer in *body*, of which the first *most* rows are taken out."""
    if media == TRIPLES:
        lines = [line for line in body.decode().split("\n") if line]
        return Answer("graph", PARTS, [tuple(_statement(line)) for line in lines[:most]], len(lines))
    found = orjson.loads(body)
    if "boolean" in found:
        return Answer("boolean", yes=found["boolean"])
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    terms = [tuple(_term(row[name]) if name in row else None for name in names) for row in rows[:most]]
    return Answer("solutions", names, terms, len(rows))


def _term(value: Mapping[str, Any]) -> str:
    kind, said = value["type"], value["value"]
    if kind == "triple":
        return " ".join(str(_term(said[part])) for part in PARTS)
    if kind == "uri":
        return IRI(said)
    if kind == "bnode":
        return BlankNode(f"_:{said}")
    return _literal(said, value.get("xml:lang"), value.get("datatype"))


def _literal(text: str, language: str | None, datatype: str | None) -> Literal:
    return Literal(text, language=language) if not datatype else Literal(text, datatype, language)


def _statement(line: str) -> Iterator[str]:
    """The three terms of a statement; what else stands in it (the final stop) is no term."""
    for iri, blank, text, language, datatype in _TERM.findall(line)[:3]:
        if iri:
            yield IRI(_plain(iri))
        elif blank:
            yield BlankNode(blank)
        else:
            yield _literal(_plain(text), language or None, datatype or None)


def _plain(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _SHORT.get(found[3], found[3])

    return _ESCAPE.sub(one, text) if "\\" in text else text
