"""What an execution asked of the index and the store: for ``extensions: {explain: true}``, and for tests that count."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from kg.store import Reader
from kg.store.terms import Row


@dataclass(slots=True)
class Trace:
    """Every index look-up and every SPARQL of one execution, in order, with rows and milliseconds."""

    index: list[dict[str, Any]] = field(default_factory=list)
    sparql: list[dict[str, Any]] = field(default_factory=list)

    def select(self, reader: Reader, query: str) -> list[Row]:
        begun = time.perf_counter()
        rows = reader.select(query)
        self.sparql.append({"query": query, "rows": len(rows), "milliseconds": _since(begun)})
        return rows

    def bindings(self, reader: Reader, query: str) -> list[dict[str, Any]]:
        """As ``select``, with values as SPARQL's JSON results have them."""
        begun = time.perf_counter()
        rows = reader.bindings(query)
        self.sparql.append({"query": query, "rows": len(rows), "milliseconds": _since(begun)})
        return rows

    def looked_up(self, what: str, rows: int, begun: float) -> None:
        self.index.append({"query": what, "rows": rows, "milliseconds": _since(begun)})

    def explain(self, reader: Reader, cost: int) -> dict[str, Any]:
        return {
            "generation": reader.number,
            "marking": reader.level,
            "cost": cost,
            "index": self.index,
            "sparql": self.sparql,
        }


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3)
