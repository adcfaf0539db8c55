"""Answers of trusted queries in the standard formats, for the command line.

SPARQL 1.1 Query Results in JSON, XML, CSV and TSV for SELECT and ASK; RDF syntaxes for CONSTRUCT and DESCRIBE.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.store.reader import Reader

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def answer(reader: Reader, sparql: str, form: str) -> bytes:
    """The answer of *sparql* over the union of all graphs, in the format *form*, a key of RESULTS or TRIPLES.

    Raises QueryError where it cannot be answered, UsageError where the kind of query has no such format.
    """
    try:
        found = reader.raw().query(sparql, prefixes=reader.prefixes, use_default_graph_as_union=True)
        if isinstance(found, ox.QueryTriples):
            if form not in TRIPLES:
                raise UsageError(f"CONSTRUCT and DESCRIBE are answered as {', '.join(TRIPLES)}, not as {form}")
            prefixes = {name: iri for name, iri in reader.prefixes.items() if re.search(rf"\b{name}:", sparql)}
            return ox.serialize(found, format=TRIPLES[form], prefixes=prefixes) or b""
        if form not in RESULTS:
            raise UsageError(f"SELECT and ASK are answered as {', '.join(RESULTS)}, not as {form}")
        return found.serialize(format=RESULTS[form]) or b""
    except SyntaxError as error:
        raise QueryError(f"SPARQL: {error}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"SPARQL: {error}") from error
