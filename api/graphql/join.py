"""The one SPARQL of a nesting level: all its objects, grouped by what is asked of them.

    { VALUES ?s { … } OPTIONAL { ?s <text> ?v0 } OPTIONAL { ?s <stance> ?v1 } }     one value each: a row an object
    UNION { VALUES ?s { … } ?s <evidence> ?v2 }                                     several: a row a value

Measured on 50 claims with six properties in 120,000 quads: this form 1.9 ms; ``?s ?p ?o FILTER(?p IN …)`` 4.9 ms;
``VALUES ?s VALUES ?p`` 57 ms, for the optimizer joins the two lists late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from api.graphql.fields import PATTERNS, TEXT_AROUND, TEXT_OF
from api.graphql.sources import SOURCES
from kg.store.terms import from_json, sparql
from kg.terms import KG

_FIELDS = [field for fields in SOURCES.values() for field in fields.values()]
TEXTS = frozenset({TEXT_OF, TEXT_AROUND})
# Predicates with at most one value, wherever they stand.
SINGLE = (
    frozenset(p for field in _FIELDS if field.single for p in field.predicates)
    - frozenset(p for field in _FIELDS if not field.single for p in field.predicates)
    - TEXTS
)


class Join(NamedTuple):
    """*query*, and for each of its variables the predicate whose value it holds; ``?s`` is the subject."""

    query: str
    variables: Mapping[str, str]

    def facts(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
        """``(subject, predicate, value, language)`` of every value in *rows* (SPARQL's JSON results, section 3.2.2)."""
        variables = self.variables
        for row in rows:
            subject = row["s"]["value"]
            for name, one in row.items():
                if name in variables:  # the others stand inside patterns
                    text = one["value"]
                    # A triple as a value (RDF 1.2) has its parts there; only a user's update can bring one in.
                    written = text if isinstance(text, str) else str(from_json(one))
                    yield subject, variables[name], written, one.get("xml:lang", "")


def join(wanted: Mapping[str, set[str]]) -> Join:
    """The join for the predicates *wanted* of each subject."""
    groups: dict[frozenset[str], list[str]] = {}
    for iri, predicates in wanted.items():
        groups.setdefault(frozenset(predicates), []).append(iri)
    names = {predicate: f"v{n}" for n, predicate in enumerate(sorted(set().union(*wanted.values()) - TEXTS))}
    arms = [
        arm
        for predicates, iris in sorted(groups.items(), key=lambda group: sorted(group[0]))
        for arm in _arms(predicates, f"VALUES ?s {{ {' '.join(map(sparql, sorted(iris)))} }}", names)
    ]
    variables = {name: predicate for predicate, name in names.items()} | {"text": TEXT_OF}
    return Join("SELECT * WHERE {\n  " + "\n  UNION ".join(arms) + "\n}", variables)


def _arms(predicates: frozenset[str], subjects: str, names: Mapping[str, str]) -> Iterator[str]:
    single = sorted(predicates & SINGLE)
    if single:
        yield f"{{ {subjects} " + " ".join(f"OPTIONAL {{ ?s <{p}> ?{names[p]} }}" for p in single) + " }"
    for predicate in sorted(predicates - SINGLE - TEXTS):
        pattern = PATTERNS.get(predicate, f"{{s}} <{predicate}> {{v}}")
        yield f"{{ {subjects} {pattern.format(s='?s', v=f'?{names[predicate]}')} }}"
    if TEXT_OF in predicates:
        yield f"{{ {subjects} ?s <{KG.storedText}>/<{KG.content}> ?text }}"
    if TEXT_AROUND in predicates:
        # Each document's text once, however many of its spans are asked for.
        documents = f"SELECT DISTINCT ?s WHERE {{ {subjects.replace('?s', '?span', 1)} ?span <{KG.document}> ?s }}"
        yield f"{{ {{ {documents} }} ?s <{KG.storedText}>/<{KG.content}> ?text }}"
