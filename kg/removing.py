"""Documents that go, with what stands in them and every trace of them: the retraction of one, the purge of several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
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
_IN_DOCUMENT = re.compile(rb"<([^<>]*/document/[0-9a-f]{32})[/>]")


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
        self._undecide(gone)
        return bool(gone)

    def hide(self, node: str, marking: str) -> None:
        """Takes what tells of the document *node* out of provenance and decisions below *marking*: it is seen from
        there on only."""
        self._forget([node], marking)
        self._undecide({node}, marking)

    def _move(self, file: Held, mail: str) -> None:
        """*file* stood in a mail that goes, and is attached to *mail*, too."""
        self._amend.rewrite(file.iri, lambda triple: _WHERE.match(triple) is None)
        self._amend.add([f"{iri(file.iri)} {iri(KG.containedIn)} {iri(mail)} {iri(file.iri)} ."], file.marking)
        self._ledger.add(replace(file, path=None, container=mail.rpartition("/")[2]))

    def _undecide(self, documents: Set[str], below: str | None = None) -> None:
        """Drops the decisions about *documents* and what stands in them, and decisions about these decisions."""
        graph = iris.decisions_graph(self._writer.base)
        triples = [triple.split(b" ", 2) for triple in self._writer.triples(graph)]
        about = {subject for subject, _, value in triples if _document_of(value) in documents}
        size = -1
        while len(about) > size:  # an undoing is about a decision, and may be undone
            size = len(about)
            about |= {subject for subject, _, value in triples if value.removesuffix(b" .") in about}
        if about:
            self._amend.rewrite(graph, lambda triple: triple.split(b" ", 1)[0] not in about, below)

    def _forget(self, nodes: Iterable[str], below: str | None = None) -> None:
        """Takes what mentions *nodes* out of the provenance graph."""
        names = {iri(node).encode() for node in nodes}
        graph = iris.provenance_graph(self._writer.base)
        self._amend.rewrite(graph, lambda triple: names.isdisjoint(triple.split(b" ", 3)[0:3:2]), below)


def _document_of(value: bytes) -> str | None:
    """The document that the object *value* of a triple is, or stands in."""
    found = _IN_DOCUMENT.match(value)
    return found[1].decode() if found else None
