"""Snapshots: the graph as a file, the same bytes for the same graph; in again, hashed, compared.

    .nq .trig .jsonld   every graph, sorted by graph, then by triple        .csv   the same as a table
    .ttl                the triples of all graphs, in the same order (which graph said what is lost)

``graph/provenance`` (clock times) is left out unless asked for.  Memory is bounded by the largest graph.
"""

from kg.snapshot.comparing import Diff, content_hash, diff
from kg.snapshot.reading import FORMATS, load, restore
from kg.snapshot.source import Snapshot, Source
from kg.snapshot.writing import WRITERS, dump, save

__all__ = [
    "FORMATS",
    "WRITERS",
    "Diff",
    "Snapshot",
    "Source",
    "content_hash",
    "diff",
    "dump",
    "load",
    "restore",
    "save",
]
