"""Which of the documents of one place is the current one: what replaced which, and what is superseded."""

from __future__ import annotations

from dataclasses import replace

from kg import iris
from kg.amending import Amender, above
from kg.ledger import Held, Ledger
from kg.model import MARKINGS, Document
from kg.nquads import boolean, iri
from kg.terms import KG, PROV


class Revisions:
    """Keeps the standing of documents true in *ledger* and, by *amend*, in their graphs."""

    def __init__(self, ledger: Ledger, amend: Amender, base: str) -> None:
        self._ledger, self._amend, self._base = ledger, amend, base

    def standing(self, document: Document) -> dict[str, str]:
        """The quads that tell what *document* revises and whether it is superseded, each with the marking of those who
        may know: who does not see the other document must not learn of it."""
        node = iris.document(self._base, document.digest)
        held, before = self._ledger.get(document.digest), self._ledger.revised_by(document)
        told = {} if before is None else {revision(node, before.iri): _stricter(document.marking, before.marking)}
        if held is not None and held.superseded:
            told[superseded(node)] = self._superseded_at(replace(held, marking=document.marking))
        return told

    def supersede(self, before: Held, marking: str) -> None:
        """Marks *before* as superseded, for those who may see the document of *marking* that replaced it, and what
        *before* had superseded for others than these, too."""
        one: Held | None = before
        lowest = before.marking
        while one is not None:
            self._amend.add([superseded(one.iri)], one.marking, marking)
            self._ledger.add(replace(one, superseded=True))
            lowest = min(lowest, one.marking, key=MARKINGS.index)
            one = self._ledger.named(one.revised or "") if above(lowest, marking) else None

    def restore(self, before: Held) -> None:
        """Takes the mark of being superseded off *before*, at each level that has it."""
        self._amend.drop(superseded(before.iri), before.iri)
        self._ledger.add(replace(before, superseded=False))
        if before.marking != MARKINGS[0]:  # else whoever saw a newer revision of what it revises sees this one, too
            self._restate(before)

    def remarked(self, one: Held) -> None:
        """*one* has another marking than before: those who do not see it any more must not learn of it."""
        for later in self._ledger.revisions(one.iri):
            line = revision(later.iri, one.iri)
            self._amend.drop(line, later.iri)
            self._amend.add([line], later.marking, one.marking)
        self._restate(one)

    def _restate(self, newer: Held) -> None:
        """Marks what *newer* revises as superseded for those who see a newer revision of it, and for nobody else."""
        one = self._ledger.named(newer.revised or "")
        while one is not None:
            if one.superseded:
                self._amend.drop(superseded(one.iri), one.iri)
                self._amend.add([superseded(one.iri)], self._superseded_at(one))
                self._ledger.add(one)
            one = self._ledger.named(one.revised or "")

    def _superseded_at(self, one: Held) -> str:
        """The lowest marking of those who may see *one* and something that replaced it."""
        newer = self._newer(one)
        if not newer:  # the file went back to what it was before
            newer = [now for place in (one.path, one.url) if place and (now := self._ledger.at(place)) is not None]
        markings = [other.marking for other in newer if other.iri != one.iri]
        return _stricter(one.marking, min(markings, key=MARKINGS.index)) if markings else one.marking

    def _newer(self, one: Held) -> list[Held]:
        """The revisions of *one*, and theirs."""
        found: dict[str, Held] = {}
        waiting = [one]
        while waiting:
            for newer in self._ledger.revisions(waiting.pop().iri):
                if newer.iri not in found:
                    found[newer.iri] = newer
                    waiting.append(newer)
        return list(found.values())

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


def _stricter(one: str, other: str) -> str:
    return max(one, other, key=MARKINGS.index)


def superseded(node: str) -> str:
    """The quad that marks the document *node* as superseded."""
    return f"{iri(node)} {iri(KG.superseded)} {boolean(True)} {iri(node)} ."


def revision(node: str, before: str) -> str:
    """The quad that says that the document *node* is a revision of *before*."""
    return f"{iri(node)} {iri(PROV.wasRevisionOf)} {iri(before)} {iri(node)} ."
