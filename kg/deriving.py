"""What a commit makes anew, a level at a time: the known actors, the run, the story across documents, the collections'
totals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache

from kg import iris
from kg.amending import written
from kg.collections import Collections
from kg.decisions import load
from kg.ledger import Held, Ledger
from kg.model import MARKINGS, Document, Run
from kg.rdf import extractor, known_actor_quads, provenance_quads
from kg.resources import read, software_version
from kg.store import Writer
from kg.story import Stories, decided
from kg.terms import KG


class Derived:
    """The derived graphs of what *writer* writes, from the documents of *ledger*."""

    def __init__(self, writer: Writer, ledger: Ledger, collections: Collections, stories: Stories) -> None:
        self._writer, self._ledger, self._collections, self._stories = writer, ledger, collections, stories
        self._base = writer.base
        self._settled: set[str] = set()  # levels whose stories were compared with the whole ledger

    def bring_up_to_date(self) -> None:
        """The known actors, and of each level in use its story and its collections."""
        self._writer.put(_known(self._base), [iris.actors_graph(self._base)])
        for level in self._writer.levels_in_use:
            self._resolve(level)
            self._gather(level)

    def renew(self) -> None:
        """Makes every story again, from all documents, when it is brought up to date next."""
        self._settled.clear()

    def record(self, documents: Iterable[tuple[Document, str]], software: str, began: datetime) -> None:
        """The runs that wrote these *documents*, each with the model that read it: one a marking, for those who may
        see what it wrote."""
        found = list(documents)
        for marking in MARKINGS:
            wrote = [(document, model) for document, model in found if document.marking == marking]
            if wrote:
                models = " ".join(sorted({model for _, model in wrote if model}))
                run = Run(software, software_version(), models, began, datetime.now(UTC))
                quads = provenance_quads(run, [document for document, _ in wrote], self._base)
                self._writer.add(written(quads), marking)

    def _resolve(self, level: str) -> None:
        """The resolution graph of *level*, from the documents that level sees."""
        moved = None if level not in self._settled else self._ledger.moved | self._stories.touched
        told = self._told(level, moved)
        superseded = self._superseded(level) if any(one.superseded for one in told) else frozenset()
        seen = {one.digest: one.iri in superseded for one in told}
        decisions = load(lambda query: [dict(row) for row in self._writer.select(query, level)], self._base)
        self._stories.resolve(level, seen, decided(decisions, self._base), moved)
        self._settled.add(level)

    def _told(self, level: str, moved: Iterable[str] | None) -> list[Held]:
        """The documents that *level* sees and that may tell a story, of *moved* or (None) of all, in the order of the
        news: it is the one in which resolution has to take back least."""
        closed = extractor("")  # mails and files: no extractor read them, so they tell no story
        found = self._ledger if moved is None else (held for one in moved if (held := self._ledger.get(one)))
        told = [one for one in found if one.extractor != closed and _sees(level, one)]
        return sorted(told, key=lambda one: (one.published or date.max, one.iri))

    def _superseded(self, level: str) -> frozenset[str]:
        """The documents that *level* knows to be superseded: it sees what replaced them."""
        rows = self._writer.select(f"SELECT ?d {{ ?d <{KG.superseded}> ?any }}", level)
        return frozenset(str(row["d"]) for row in rows)

    def _gather(self, level: str) -> None:
        """The graph of collections of *level*, with the totals of the documents that level sees."""
        quads = self._collections.quads(lambda query: self._writer.select(query, level))
        if quads or not self._collections.empty:
            self._writer.put(written(quads), [iris.collections_graph(self._base)], level, exact=True)


def _sees(level: str, one: Held) -> bool:
    return MARKINGS.index(one.marking) <= MARKINGS.index(level)


@cache
def _known(base: str) -> bytes:
    """The known actors' graph, which takes longer to parse than a small document to store."""
    return written(known_actor_quads(read("data/actors.ttl"), base))
