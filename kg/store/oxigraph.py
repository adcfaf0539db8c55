"""The embedded triple store: what one level's Oxigraph can do for us, live (writing) or read-only.

Results leave through ``serialize(JSON)``, never row by row: beside a busy thread every row costs 5 ms, because
the interpreter lock is given up and taken back for each (docs/decisions/store.md).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import orjson
import pyoxigraph as ox

from kg.errors import GraphBroken, QueryError
from kg.store.complaint import complaint
from kg.store.nquads import DEFAULT_GRAPH, graph_iri, join
from kg.store.terms import Literal, Row, from_json, node, to_ox
from kg.store.touched import names_dataset
from kg.terms import RDF

# What a variable's name may stand in without being the variable: an IRI, a string, a comment.
_OPAQUE = (
    r'''<[^<>"{}|^`\\\s]*>|"""(?:[^"\\]|\\.|"(?!""))*"""|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*"""
)
_BULK = 2_000  # quads from which bulk_load beats a transaction (0.02 s fixed cost)


class Source(Protocol):
    """Anything that answers SPARQL over one consistent state: a Reader, a live level, a remote service."""

    def select(self, sparql: str, **bindings: object) -> list[Row]:
        """The rows of a SELECT; a variable that is not bound is missing in its row."""
        ...


def open_live(path: Path) -> ox.Store:
    """The store at *path* for writing; GraphBroken where its files do not fit together."""
    try:
        return ox.Store(os.fspath(path))
    except OSError as error:
        raise GraphBroken(f"{path}: cannot be opened ({error})") from error


def open_read_only(path: Path) -> ox.Store:
    """The checkpoint at *path*, read-only."""
    try:
        return ox.Store.read_only(os.fspath(path))
    except OSError as error:
        raise GraphBroken(f"{path}: cannot be opened ({error})") from error


def select(store: ox.Store, sparql: str, bindings: Mapping[str, object], prefixes: Mapping[str, str]) -> list[Row]:
    """The rows of a SELECT over the union of all graphs or its own dataset; QueryError where there is no answer."""
    rows = _rows(_query(store, sparql, bindings, prefixes))
    return [{name: from_json(value) for name, value in row.items()} for row in rows]


def bindings(store: ox.Store, sparql: str, prefixes: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a SELECT as the JSON results have them (SPARQL 1.1 Query Results JSON Format, section 3.2.2)."""
    return _rows(_query(store, sparql, {}, prefixes))


def select_plain(store: ox.Store, sparql: str) -> list[dict[str, str]]:
    """The rows of a trusted SELECT as plain strings, texts in a language as Literals: half the time of ``select``."""
    return [
        {name: Literal(one["value"], RDF.langString, one["xml:lang"]) if "xml:lang" in one else one["value"]
         for name, one in row.items()}
        for row in _rows(_query(store, sparql, {}, {}))
    ]  # fmt: skip


def ask(store: ox.Store, sparql: str, bindings: Mapping[str, object], prefixes: Mapping[str, str]) -> bool:
    """The answer of an ASK over the union of all graphs."""
    answer = _query(store, sparql, bindings, prefixes)
    if not isinstance(answer, ox.QueryBoolean):
        raise QueryError("an ASK query is needed here")
    return bool(answer)


def construct(store: ox.Store, sparql: str, bindings: Mapping[str, object], prefixes: Mapping[str, str]) -> bytes:
    """The triples of a CONSTRUCT or DESCRIBE as N-Triples."""
    answer = _query(store, sparql, bindings, prefixes)
    if not isinstance(answer, ox.QueryTriples):
        raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
    return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""


def _rows(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> list[dict[str, Any]]:
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError("a SELECT query is needed here")
    results: dict[str, Any] = orjson.loads(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"{}")
    rows: list[dict[str, Any]] = results["results"]["bindings"]
    return rows


def _query(
    store: ox.Store, sparql: str, bindings: Mapping[str, object], prefixes: Mapping[str, str]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    text = bind(sparql, bindings)
    union = not names_dataset(text)  # pyoxigraph lets the union win over FROM, so FROM must switch it off
    try:
        return store.query(text, prefixes=dict(prefixes), use_default_graph_as_union=union)
    except SyntaxError as error:
        raise QueryError(f"SPARQL: {complaint(error, text, prefixes)}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"SPARQL: {error}") from error


def bind(sparql: str, bindings: Mapping[str, object]) -> str:
    """The query with each bound variable replaced by its term; such a variable must not be projected.

    (pyoxigraph's own substitutions take projected variables only, which is what a query hardly ever needs.)

    >>> bind("SELECT ?o { ?s ?p ?o FILTER(?o != '?s') }", {"s": "https://a.example/"})
    "SELECT ?o { <https://a.example/> ?p ?o FILTER(?o != '?s') }"
    """
    if not bindings:
        return sparql
    terms = {name: str(to_ox(value)) for name, value in bindings.items()}
    names = "|".join(map(re.escape, terms))
    pattern = re.compile(rf"{_OPAQUE}|[?$]({names})(?!\w)", re.DOTALL)
    return pattern.sub(lambda match: terms[match[1]] if match[1] else match[0], sparql)


def graph_name(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if iri == DEFAULT_GRAPH else node(iri)


def has_graph(store: ox.Store, iri: str) -> bool:
    """Whether the graph exists; the default graph does when it holds anything."""
    if iri == DEFAULT_GRAPH:
        return next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is not None
    return store.contains_named_graph(node(iri))


def triples_of(store: ox.Store, iri: str) -> list[bytes]:
    """A graph's triples as sorted N-Triples lines."""
    text = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph_name(iri)) or b""
    return sorted(text.splitlines())


def graphs(store: ox.Store) -> list[str]:
    """The IRIs of the named graphs, sorted."""
    return sorted(graph_iri(name) for name in store.named_graphs())


def load(store: ox.Store, content: Iterable[tuple[str, list[bytes]]]) -> None:
    """Add the triples of each graph; not atomic: the caller can roll back."""
    pairs = list(content)
    count = sum(len(triples) for _, triples in pairs)
    data = join(pairs)
    if not data:
        return
    loader = store.bulk_load if count >= _BULK else store.load
    try:
        loader(data, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise QueryError(f"not N-Quads: {error}") from error


def clear(store: ox.Store, iri: str) -> None:
    """Remove a graph and its name; of the default graph, its triples."""
    if iri == DEFAULT_GRAPH:
        store.clear_graph(ox.DefaultGraph())
    else:
        store.remove_graph(node(iri))
