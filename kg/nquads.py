"""Writes RDF terms in the syntax of N-Quads (W3C Recommendation, RDF 1.1), and refuses what is not RDF.

Every function takes a Python value and returns one term as text; lexical forms are canonical (XML Schema 1.1 part 2),
so that a store which keeps values rather than spellings gives the same text back.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from kg.terms import XSD

# Beyond what the grammar of STRING_LITERAL_QUOTE asks for: other controls, and the characters at which Python's
# str.splitlines() breaks a line (U+0085, U+2028, U+2029), so that a line of ours is a line for every reader.
_ESCAPED = re.compile('[\\x00-\\x1f"\\\\\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]')
_SHORT = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]|^(?![A-Za-z][A-Za-z0-9+.-]*:)')
_LANGUAGE_TAG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


@lru_cache(maxsize=4096)
def iri(text: str) -> str:
    """``<text>``; ValueError unless it is an absolute IRI."""
    if _NO_IRI.search(text):
        raise ValueError(f"{text!r} is not an absolute IRI")
    return f"<{text}>"


def string(text: str) -> str:
    """A plain literal (xsd:string); ValueError for a lone surrogate, which no Unicode text holds."""
    if _ESCAPED.search(text) is None:
        return f'"{text}"'
    return f'"{_ESCAPED.sub(_escape, text)}"'


def lang_string(text: str, language: str) -> str:
    """A literal with a language tag (BCP 47), in lower case as RDF stores give it back."""
    if not _LANGUAGE_TAG.fullmatch(language):
        raise ValueError(f"{language!r} is not a language tag")
    return f"{string(text)}@{language.lower()}"


def typed(text: str, datatype: str) -> str:
    return f"{string(text)}^^{iri(datatype)}"


def integer(value: int) -> str:
    return f'"{value:d}"^^<{XSD.integer}>'


def boolean(value: bool) -> str:
    return f'"{"true" if value else "false"}"^^<{XSD.boolean}>'


def decimal(value: float | Decimal) -> str:
    """An xsd:decimal without exponent, with no zero too many; ValueError for infinity and not-a-number."""
    if not isfinite(value):
        raise ValueError(f"{value} is not a decimal number")
    text = format(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f'"{"0" if text == "-0" else text}"^^<{XSD.decimal}>'


def day(value: date) -> str:
    return f'"{value.year:04d}-{value.month:02d}-{value.day:02d}"^^<{XSD.date}>'


def moment(value: datetime) -> str:
    """An xsd:dateTime with the value's own offset from UTC, without one if it has none."""
    text = value.isoformat()
    if "." in text:
        whole, _, rest = text.partition(".")
        digits = re.match(r"\d+", rest)
        assert digits is not None  # isoformat writes digits after the point
        text = f"{whole}.{digits[0].rstrip('0')}{rest[digits.end() :]}"
    return f'"{text.replace("+00:00", "Z")}"^^<{XSD.dateTime}>'


def quad(subject: str, predicate: str, object: str, graph: str) -> str:
    """One line, without its line end: IRIs as IRIs, *object* as a term written by this module."""
    return f"{iri(subject)} {iri(predicate)} {object} {iri(graph)} ."


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if "\ud800" <= character <= "\udfff":
        raise ValueError(f"lone surrogate U+{ord(character):04X} at {found.start()}: not Unicode text")
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
