"""What a server may be told: one frozen object, handed to every room's ``routes(settings)``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GraphQLLimits:
    """Where a GraphQL request stops being reasonable.  *cost* counts the objects an answer could hold at most."""

    tokens: int = 4_000
    depth: int = 16
    aliases: int = 40
    directives: int = 40
    cost: int = 20_000
    seconds: float = 10.0
    page: int = 20
    page_cap: int = 200


@dataclass(frozen=True, slots=True)
class SparqlLimits:
    """*workers* run at once, *queue* wait; *seconds* count from a request's arrival, *memory* is a worker's, in bytes.

    *update_seconds* is for changes, which wait at most *wait* seconds for another writer.  *slots* is a folder by which
    several server processes count their workers together.
    """

    workers: int = 1
    queue: int = 64
    seconds: float = 20.0
    rows: int = 1_000_000
    memory: int = 1_000_000_000
    update_seconds: float = 60.0
    wait: float = 5.0
    slots: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """*graph* is the graph's folder; *writable* lets tokens of scope write or admin change it; *body* is bytes.

    *rate_limit* is in requests a minute from one address (None: no limit); *log_requests* writes a line each to stderr.
    *ready*: SPARQL's processes are started with the server, so that the first request waits for none.
    """

    graph: Path = field(default_factory=lambda: Path(os.environ.get("KG_GRAPH", "graph")))
    writable: bool = False
    introspection: bool = True
    body: int = 2_000_000
    writable_body: int = 64_000_000
    rate_limit: int | None = None
    log_requests: bool = False
    sparql: SparqlLimits = SparqlLimits()
    graphql: GraphQLLimits = GraphQLLimits()
    persisted: tuple[str, ...] = ()
    persisted_only: bool = False
    poll_seconds: float = 0.5
    ready: bool = False

    @property
    def body_limit(self) -> int:
        return self.writable_body if self.writable else self.body
