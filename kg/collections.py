"""Collections: which there are, and the totals of each, computed from the documents that a marking level sees.

Sizes count what stands by itself (a mailbox, not the mails in it); the span is that of the Date fields of the mails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kg import iris
from kg.model import MARKINGS
from kg.rdf import collection_quads
from kg.terms import KG, SKOS

Select = Callable[[str], Sequence[Mapping[str, Any]]]

NAMES = f"SELECT ?c ?name ?marking {{ ?c a <{KG.Collection}> ; <{SKOS.prefLabel}> ?name ; <{KG.marking}> ?marking }}"
MEMBERS = f"SELECT ?c (COUNT(?d) AS ?memberCount) {{ ?d <{KG.partOf}> ?c }} GROUP BY ?c"
SIZE = f"""SELECT ?c (SUM(?bytes) AS ?byteSize) {{
  ?d <{KG.partOf}> ?c ; <{KG.byteSize}> ?bytes OPTIONAL {{ ?d <{KG.containedIn}> ?outer }} FILTER(!BOUND(?outer))
}} GROUP BY ?c"""
MAILS = f"""SELECT ?c (COUNT(?d) AS ?messageCount) (SUM(?n) AS ?attachmentCount) {{
  ?d a <{KG.EmailMessage}> ; <{KG.partOf}> ?c ; <{KG.attachmentCount}> ?n
}} GROUP BY ?c"""
SENDERS = f"""SELECT ?c (COUNT(DISTINCT ?from) AS ?senderCount) {{
  ?d a <{KG.EmailMessage}> ; <{KG.partOf}> ?c ; <{KG.senderAddress}> ?from
}} GROUP BY ?c"""
SPAN = f"""SELECT ?c (MIN(?day) AS ?begin) (MAX(?day) AS ?end) {{
  ?d a <{KG.EmailMessage}> ; <{KG.partOf}> ?c ; <{KG.published}> ?day
}} GROUP BY ?c"""
VERDICTS = f"""SELECT ?c ?verdict (COUNT(?d) AS ?n) {{
  ?d <{KG.partOf}> ?c ; <{KG.signatureVerdict}> ?verdict
}} GROUP BY ?c ?verdict"""


class Collections:
    """The collections of a graph under way, by IRI: the name and the marking of each."""

    def __init__(self, select: Select, base: str) -> None:
        self._base = base
        self._noted = ("", "")
        self._named = {str(row["c"]): (str(row["name"]), str(row["marking"])) for row in select(NAMES)}

    @property
    def empty(self) -> bool:
        """Whether there is none."""
        return not self._named

    def marking(self, name: str, asked: str) -> str:
        """The marking that documents of the collection *name* inherit: its own or the one *asked* for, the stricter."""
        held = self._named.get(iris.collection(self._base, name))
        return max((asked, held[1] if held else asked), key=MARKINGS.index)

    def note(self, name: str, marking: str) -> None:
        """Takes note that a document of *marking* is part of the collection *name*."""
        if (name, marking) != self._noted:  # thousands of documents in turn are of one collection
            self._named[iris.collection(self._base, name)] = (name, self.marking(name, marking))
            self._noted = name, marking

    def quads(self, select: Select) -> list[str]:
        """The graph of collections as the level that *select* asks sees it: those that have a member there."""
        figures = totals(select)
        lines = []
        for node, (name, marking) in self._named.items():
            if node in figures:
                lines += collection_quads(node, name, marking, figures[node], self._base)
        return sorted(lines)


def totals(select: Select) -> dict[str, dict[str, int | date]]:
    """The figures of every collection that has a member, by its IRI."""
    found: dict[str, dict[str, int | date]] = defaultdict(dict)
    for query in (MEMBERS, SIZE, MAILS, SENDERS, SPAN):
        for row in select(query):
            for name, value in row.items():
                if name in ("begin", "end"):
                    found[str(row["c"])][name] = date.fromisoformat(str(value)[:10])
                elif name != "c":
                    found[str(row["c"])][name] = int(str(value))
    for row in select(VERDICTS):
        found[str(row["c"])][f"{row['verdict']}Count"] = int(str(row["n"]))
    return dict(found)
