"""Filters as tantivy queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import tantivy

from kg.errors import UsageError
from kg.index.schema import FACETS, KINDS, schema

MUST, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.MustNot


@dataclass(frozen=True)
class Filters:
    """What rows must satisfy; all of it.

    *words*: field → the accepted words (any of them; IRIs where the field holds IRIs); *without*: field → words that
    exclude a row; *either*: fields → words, where any of the fields may hold any of the words, as ``(("speaker",
    "addressee"), [IRI])``.  *since*, *until*: days, both inclusive; a row whose interval touches them counts.
    *iris*: only these.  What a newer revision of its document superseded is left out unless *superseded* (or *iris*).
    """

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without: Mapping[str, Sequence[str]] = field(default_factory=dict)
    either: Sequence[tuple[Sequence[str], Sequence[str]]] = ()
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    iris: Sequence[str] | None = None
    superseded: bool = False


def kind_query(kinds: Sequence[str]) -> tantivy.Query:
    """Rows of one of *kinds*; UsageError for a kind there is not."""
    if unknown := set(kinds) - set(KINDS):
        raise UsageError(f"no rows of kind {min(unknown)!r}: {', '.join(KINDS)}")
    if len(kinds) == 1:
        return tantivy.Query.term_query(schema(), "kind", kinds[0])
    return tantivy.Query.term_set_query(schema(), "kind", list(kinds))


def clauses(filters: Filters) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """The filters as clauses of a boolean query; none of them scores."""
    found = [(MUST, _words(name, words)) for name, words in filters.words.items()]
    found += [(MUST_NOT, _words(name, words)) for name, words in filters.without.items()]
    found += [(MUST, _one_of(names, words)) for names, words in filters.either]
    if filters.since is not None:
        found.append((MUST, _days("end", filters.since, None)))
    if filters.until is not None:
        found.append((MUST, _days("begin", None, filters.until)))
    if filters.min_confidence is not None:
        kind = tantivy.FieldType.Float
        found.append((MUST, tantivy.Query.range_query(schema(), "confidence", kind, filters.min_confidence, None)))
    if filters.iris is not None:
        found.append((MUST, tantivy.Query.term_set_query(schema(), "iri", list(filters.iris))))
    elif not filters.superseded:
        found.append((MUST_NOT, _words("superseded", ["true"])))
    return [(occur, tantivy.Query.const_score_query(query, 0.0)) for occur, query in found]


def _words(name: str, words: Sequence[str]) -> tantivy.Query:
    if name not in FACETS:
        raise UsageError(f"cannot filter by {name!r}: {', '.join(FACETS)}")
    if isinstance(words, str):
        words = [words]
    if len(words) == 1:
        return tantivy.Query.term_query(schema(), name, str(words[0]))
    return tantivy.Query.term_set_query(schema(), name, [str(word) for word in words])


def _one_of(names: Sequence[str], words: Sequence[str]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, _words(name, words)) for name in names])


def _days(name: str, since: date | None, until: date | None) -> tantivy.Query:
    lower = since.toordinal() if since else None
    upper = until.toordinal() if until else None
    return tantivy.Query.range_query(schema(), name, tantivy.FieldType.Integer, lower, upper)
