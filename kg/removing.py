"""Documents that go, with what stands in them and every trace of them: the retraction of one, the purge of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from kg import iris
from kg.amending import Amender
from kg.containers import inside
from kg.ledger import Held, Ledger
from kg.nquads import iri
from kg.revising import Revisions
from kg.store import Writer
from kg.terms import KG

_WHERE = re.compile(rf"<[^<>]*> <(?:{re.escape(KG.path)}|{re.escape(KG.containedIn)})> ".encode())
"""A triple that says where a document was found."""
_IN_DOCUMENT = re.compile(rb"\S+ \S+ <([^<>]*/document/[0-9a-f]{32})[/>]")


class Kept(Protocol):
    """What is kept of documents beside the stores, by digest."""

    def remove(self, digest: str) -> None: ...


class Removal:
    """Takes documents out of what *writer* holds, out of *ledger* and out of what is *kept* of them elsewhere."""

    def __init__(
        self, writer: Writer, ledger: Ledger, amend: Amender, revisions: Revisions, kept: Iterable[Kept]
    ) -> None:
        self._writer, self._ledger, self._amend, self._revisions = writer, ledger, amend, revisions
        self._kept = tuple(kept)

    def retract(self, held: Held) -> None:
        """Removes *held* and what stands in it; a place must not be left without a current document."""
        within = inside(self._ledger, self._writer.select, held)
        successor = self._revisions.leave_out(held)
        for one in (held, *within.gone):
            self._writer.remove([one.iri])
            for kept in self._kept:
                kept.remove(one.digest)
            self._ledger.remove(one)
        for one, mail in within.kept:
            self._move(one, mail)
        self._forget(one.iri for one in (held, *within.gone))
        if successor is not None and not held.superseded:
            now = self._ledger.named(successor.iri)
            assert now is not None
            self._revisions.restore(now)

    def purge(self, documents: Iterable[Held]) -> bool:
        """Retracts *documents* and drops what was decided about them; False where none of them was held."""
        gone: set[str] = set()
        for held in documents:
            if self._ledger.get(held.digest) is not None:
                gone.update(one.iri for one in (held, *inside(self._ledger, self._writer.select, held).gone))
                self.retract(held)
        graph = iris.decisions_graph(self._writer.base)
        about = {line.split(b" ", 1)[0] for line in self._writer.triples(graph) if _document_of(line) in gone}
        self._amend.rewrite(graph, lambda triple: triple.split(b" ", 1)[0] not in about)
        return bool(gone)

    def _move(self, file: Held, mail: str) -> None:
        """*file* stood in a mail that goes, and is attached to *mail*, too."""
        self._amend.rewrite(file.iri, lambda triple: _WHERE.match(triple) is None)
        self._amend.add([f"{iri(file.iri)} {iri(KG.containedIn)} {iri(mail)} {iri(file.iri)} ."], file.marking)
        self._ledger.add(replace(file, path=None, container=mail.rpartition("/")[2]))

    def _forget(self, nodes: Iterable[str]) -> None:
        """Takes what mentions *nodes* out of the provenance graph."""
        names = {iri(node).encode() for node in nodes}
        graph = iris.provenance_graph(self._writer.base)
        self._amend.rewrite(graph, lambda triple: names.isdisjoint(triple.split(b" ", 3)[0:3:2]))


def _document_of(triple: bytes) -> str | None:
    """The document that the object of *triple* is, or stands in."""
    found = _IN_DOCUMENT.match(triple)
    return found[1].decode() if found else None
