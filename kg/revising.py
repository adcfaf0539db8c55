"""Which of the documents of one place is the current one: what replaced which, and what is superseded."""

from __future__ import annotations

from dataclasses import replace

from kg.amending import Amender
from kg.ledger import Held, Ledger
from kg.model import Document
from kg.nquads import boolean, iri
from kg.terms import KG, PROV


class Revisions:
    """Keeps the standing of documents true in *ledger* and, by *amend*, in their graphs."""

    def __init__(self, ledger: Ledger, amend: Amender) -> None:
        self._ledger, self._amend = ledger, amend

    def supersede(self, before: Held, marking: str) -> None:
        """Marks *before* as superseded, for those who may see the document of *marking* that replaced it."""
        self._amend.add([superseded(before.iri)], before.marking, marking)
        self._ledger.add(replace(before, superseded=True))

    def restore(self, before: Held) -> None:
        """Takes the mark of being superseded off *before*, at each level that has it."""
        self._amend.drop(superseded(before.iri), before.iri)
        self._ledger.add(replace(before, superseded=False))

    def seen_again(self, document: Document) -> bool:
        """Takes note that the bytes of *document*, which are held, stand at its path now; True when that changes what
        is current: a file went back to an earlier revision."""
        held, current = self._ledger.get(document.digest), self._ledger.at(document.path or "")
        if held is None or current is None or not held.superseded or current.iri == held.iri:
            return False
        self.supersede(current, held.marking)
        self.restore(held)
        return True

    def leave_out(self, held: Held) -> Held | None:
        """Joins what revised *held*, which goes, to what *held* revised; the document that takes its place, if any."""
        before = self._ledger.named(held.revised) if held.revised else None
        later = [one for one in self._ledger if one.revised == held.iri]
        for one in later:
            self._amend.drop(revision(one.iri, held.iri), one.iri)
            if before is not None:
                self._amend.add([revision(one.iri, before.iri)], one.marking, before.marking)
            self._ledger.add(replace(one, revised=before.iri if before else None))
        return later[-1] if later else before


def superseded(node: str) -> str:
    """The quad that marks the document *node* as superseded."""
    return f"{iri(node)} {iri(KG.superseded)} {boolean(True)} {iri(node)} ."


def revision(node: str, before: str) -> str:
    """The quad that says that the document *node* is a revision of *before*."""
    return f"{iri(node)} {iri(PROV.wasRevisionOf)} {iri(before)} {iri(node)} ."
