"""What a page asks of the graph, and the record of it: "show the query" shows what was asked, word for word.

Most pages are one GraphQL query: the engine finds by the index and joins by one SPARQL a level, so a page costs what
its query costs.  What GraphQL has no field for is asked in SPARQL, by one VALUES join, never object by object.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from api.access import Access
from api.errors import ApiError
from api.graphql.execute import Engine, GraphQLRequest, Refused
from kg.store import Reader, Row

KEPT_SUMS = 100
_SUMMED: WeakKeyDictionary[Reader, dict[str, list[Row]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Asked:
    """One query: its *language* (GraphQL or SPARQL), its *text*, and GraphQL's *variables*."""

    language: str
    text: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def written_variables(self) -> str:
        return json.dumps(self.variables, ensure_ascii=False, indent=2) if self.variables else ""

    @property
    def run(self) -> str:
        """Where the query is answered, as path and query string."""
        if self.language == "SPARQL":
            return f"/query?query={quote(self.text)}"
        variables = f"&variables={quote(json.dumps(self.variables, ensure_ascii=False))}" if self.variables else ""
        return f"/graphql?query={quote(self.text)}{variables}"

    @property
    def edit(self) -> str:
        """Where a GraphQL query is put into the editor; SPARQL is run there anyway."""
        if self.language == "SPARQL":
            return ""
        variables = f"&variables={quote(self.written_variables)}" if self.variables else ""
        return f"/graphql#query={quote(self.text)}{variables}"


class Asking:
    """Asks one generation as one visitor may see it; *asked* is all that was asked so far."""

    def __init__(self, engine: Engine, reader: Reader, access: Access):
        self.reader = reader
        self.engine = engine
        self.access = access
        self.asked: list[Asked] = []

    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        """The ``data`` of *query*; variables that are None are left out.  ApiError where it cannot be answered."""
        given = {name: value for name, value in variables.items() if value is not None}
        try:
            prepared = self.engine.prepare(GraphQLRequest(query, given))
            result = self.engine.run(prepared, lambda: self.reader, self.access)
        except Refused as refused:
            raise _said(refused.errors[0].message, refused.errors[0].extensions) from refused
        if result.errors or result.data is None:
            first = next(iter(result.errors or ()), None)
            raise _said(first.message if first else "no data", first.extensions if first else None)
        self.asked.append(Asked("GraphQL", query.strip() + "\n", given))
        return result.data

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT."""
        self.asked.append(Asked("SPARQL", query.strip() + "\n"))
        return self.reader.select(query)

    def summed(self, query: str) -> list[Row]:
        """The rows of a SELECT that counts over very many nodes: counted once a generation and level, then remembered.

        Such a query names nothing that visitors type, so there are few of them.
        """
        known = _SUMMED.setdefault(self.reader, {})
        if query not in known:
            if len(known) >= KEPT_SUMS:
                known.clear()
            known[query] = self.reader.select(query)
        self.asked.append(Asked("SPARQL", query.strip() + "\n"))
        return known[query]


def _said(message: str, extensions: Mapping[str, Any] | None) -> ApiError:
    code = str((extensions or {}).get("code", "BAD_REQUEST"))
    return ApiError(500 if code == "INTERNAL" else 400, message, code)
