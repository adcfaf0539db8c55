"""Every error that claimgraph raises on purpose.

    KgError
    ├── Skip                 this input cannot be used: it is quarantined with its reason, the run goes on
    │   ├── EmptyInput       nothing in it
    │   ├── UnreadableInput  not what its name or first bytes promise: binary, broken encoding, broken container
    │   ├── NoText           read, but holds no text to extract from
    │   └── OverBudget       larger, longer, deeper or slower than the limits of this run
    └── Stop                 this run cannot go on: one clear line, then the exit code
        ├── UsageError       the command was called wrongly                                  (exit 2)
        ├── GraphNotFound    no graph where one was named                                    (exit 1)
        ├── GraphNewer       the graph was written by a newer claimgraph                     (exit 1)
        ├── GraphBusy        another process is writing                                      (exit 1)
        ├── GraphBroken      the graph's files do not fit together                           (exit 1)
        ├── QueryError       a SPARQL or GraphQL query that cannot be answered               (exit 1)
        ├── LimitExceeded    a query ran past its time, rows or memory                       (exit 1)
        ├── NotAllowed       the caller's scope or marking does not allow it                 (exit 1)
        ├── NotVerified      a bundle of evidence and its source say different things        (exit 1)
        └── ValidationError  the graph does not satisfy its shapes                           (exit 4)

A Skip concerns one input, a Stop the whole run; nothing is both.  Each carries one line for people
(``str(error)``) and one word for programs (``error.code``).
"""

from __future__ import annotations

from typing import ClassVar


class KgError(Exception):
    """Root of the tree.  ``code`` is the stable word programs may test for; ``exit`` the process exit code."""

    code: ClassVar[str] = "ERROR"
    exit: ClassVar[int] = 1


class Skip(KgError):
    """This input cannot be used; the run goes on and counts it (exit 3 at the end)."""

    code = "SKIPPED"
    exit = 3


class EmptyInput(Skip):
    code = "EMPTY"


class UnreadableInput(Skip):
    code = "UNREADABLE"


class NoText(Skip):
    code = "NO_TEXT"


class OverBudget(Skip):
    code = "OVER_BUDGET"


class Stop(KgError):
    """This run cannot go on."""

    code = "STOPPED"


class UsageError(Stop):
    code = "USAGE"
    exit = 2


class GraphNotFound(Stop):
    code = "GRAPH_NOT_FOUND"


class GraphNewer(Stop):
    code = "GRAPH_NEWER"


class GraphBusy(Stop):
    code = "GRAPH_BUSY"


class GraphBroken(Stop):
    code = "GRAPH_BROKEN"


class QueryError(Stop):
    code = "BAD_QUERY"


class LimitExceeded(Stop):
    code = "LIMIT_EXCEEDED"


class NotAllowed(Stop):
    code = "NOT_ALLOWED"


class NotVerified(Stop):
    code = "NOT_VERIFIED"


class ValidationError(Stop):
    code = "INVALID"
    exit = 4
