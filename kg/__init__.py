"""The front door of claimgraph.

    essai.txt:  Claire Montaigu a déclaré que « la plainte est déposée ».

>>> import kg
>>> kg.build(["essai.txt"], into="graph").documents
1
>>> with kg.open("graph") as g:
...     for claim in g.claims(speaker="Claire Montaigu"):
...         print(claim.stance, claim.cue, claim.text, sep=": ")
asserts: a déclaré: la plainte est déposée

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, Skip, Stop
from kg.stored import Evidence, StoredActor, StoredClaim, StoredDocument, StoredEvent

if TYPE_CHECKING:
    from kg.found import Found
    from kg.graph import Graph
    from kg.intake import Report
    from kg.sources import Reading

__all__ = [
    "Evidence",
    "Found",
    "Graph",
    "KgError",
    "Reading",
    "Report",
    "Skip",
    "Stop",
    "StoredActor",
    "StoredClaim",
    "StoredDocument",
    "StoredEvent",
    "build",
    "open",
]


_LATER = {"Found": "kg.found", "Graph": "kg.graph", "Reading": "kg.sources", "Report": "kg.intake"}
"""Names that are imported when they are first asked for, and the modules they come from."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)


def open(path: str | os.PathLike[str] = "graph", *, marking: str = "RED") -> Graph:
    """The graph in the folder *path* as somebody sees it who may read up to *marking*.

    Raises GraphNotFound, GraphNewer or GraphBroken of `kg.errors`.
    """
    from kg.graph import Graph

    return Graph(path, marking)


def build(paths: Sequence[str | os.PathLike[str]], into: str | os.PathLike[str] = "graph", **options: Any) -> Report:
    """Adds what the files under *paths* say to the graph *into*; *options* are those of `kg.build.build`: *reading*, a
    `Reading` (days of publication, language, marking, budgets), *base*, *rebuild*, *step*, *waiting*.

    Inputs that cannot be used are quarantined and listed in the report; a Stop of `kg.errors` ends the run.
    """
    report: Report = importlib.import_module("kg.build").build(paths, into, **options)
    return report
