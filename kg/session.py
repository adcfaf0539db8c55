"""One writing session on a graph: documents go in and out, and everything derived from them is kept true.

A session is a transaction of `kg.store`: readers see nothing before `commit`, an exception undoes what was not
committed.  Only one session is open at a time, in whatever process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from kg import iris, shapes
from kg.amending import Amender, written
from kg.collections import Collections
from kg.contributions import Contributions
from kg.decisions import IDENTITY, Decision, load
from kg.decisions.carrying_out import lines, marked, raised, retracted, state
from kg.deriving import Derived
from kg.examination import examine
from kg.index.schema import fits
from kg.ledger import QUERY, Held, Ledger
from kg.model import Document, Extraction
from kg.nquads import iri, string
from kg.prepared import Prepared, by_graph, prepare
from kg.rdf import extractor
from kg.removing import Removal
from kg.resources import software_version
from kg.revising import Revisions
from kg.store import open_writer
from kg.story import Stories
from kg.terms import SKOS

SOFTWARE = "claimgraph"
UNEXAMINED = "unexamined"
"""A file that stands while documents are published that nobody looked at what their metadata show."""


class Session:
    """A graph opened for writing; leave the ``with`` block normally to commit, by an exception to undo."""

    def __init__(
        self,
        root: Path,
        *,
        create: bool = False,
        base: str | None = None,
        waiting: Callable[[str], None] | None = None,
        timeout: float | None = None,
    ) -> None:
        self._writer = open_writer(
            root,
            create=create,
            base=iris.checked_base(base) if base else None,
            schema=shapes.schema_version(),
            extractor=f"{SOFTWARE} {software_version()}",
            prefixes=shapes.prefixes(),
            waiting=waiting,
            timeout=timeout,
        )
        if not all(fits(root / "live" / level / "index") for level in self._writer.levels_in_use):
            self._writer.reindex()  # the index is of an older claimgraph: what is derived is made anew, not refused
        self.base = self._writer.base
        self.ledger = Ledger(Held.of(row) for row in self._writer.select(QUERY))
        self.collections = Collections(self._writer.select, self.base)
        self._said = Contributions(root / "actors")
        self._stories = Stories(root, self._writer, self._said.of)
        self._amend = Amender(self._writer)
        self._revisions = Revisions(self.ledger, self._amend, self.base)
        self._removal = Removal(self._writer, self.ledger, self._amend, self._revisions, (self._said, self._stories))
        self._derived = Derived(self._writer, self.ledger, self.collections, self._stories)
        self._began = datetime.now(UTC)
        self._written: list[tuple[Document, str]] = []
        self._resolved = True
        self._unexamined = root / UNEXAMINED
        self._to_examine = self._unexamined.exists()  # by a build that was killed
        self._purged = False
        self._leaked: dict[str, date] = {}
        self.retracted = load(self._writer_of_all, self.base).retracted
        """The documents that an analyst decided to keep out."""

    # -------------------------------------------------------------- documents in
    def put(self, extraction: Extraction) -> bool:
        """Writes a document's graph in the place of what stood there; False when that says the same already."""
        return self.write(prepare(extraction, self.base))

    def write(self, prepared: Prepared) -> bool:
        """As `put`, for a document whose quads are made already."""
        document = prepared.document
        node = prepared.graphs[0]
        held, before = self.ledger.get(document.digest), self.ledger.revised_by(document)
        triples, standing = prepared.triples.get(node, []), self._revisions.standing(document)
        own = by_graph(line for line, marking in standing.items() if marking == document.marking).get(node, [])
        said = list(prepared.said)
        same_place = held is not None and held.marking == document.marking
        if same_place and said == self._said.of(document.digest) and self._says(node, triples, standing):
            if prepared.model:
                self._said.put(document.digest, said)  # found to be the same by the rules of today
                self._resolved &= not self._stories.put(document.digest, prepared.abstract)
            return False
        self._writer.put({**prepared.triples, node: triples + own}, prepared.graphs, document.marking)
        for line, marking in standing.items():
            if marking != document.marking:
                self._amend.add([line], marking)
        if prepared.model:  # what no extractor reads says nothing of unknown actors
            self._said.put(document.digest, said)
            self._stories.put(document.digest, prepared.abstract)
        if held is None and before is not None and not before.superseded:
            self._revisions.supersede(before, document.marking)
        now = Held.written(node, document, extractor(prepared.model), before, held is not None and held.superseded)
        self.ledger.add(now)
        if held is not None and not same_place:
            self._removal.hide(node, document.marking)
            self._revisions.remarked(now)
        self._written.append((document, prepared.model))
        if document.part_of is not None:
            self.collections.note(document.part_of, document.marking)
        self._resolved = False
        return True

    def _says(self, node: str, triples: Iterable[bytes], standing: Iterable[str]) -> bool:
        """Whether the graph *node* holds exactly the *triples* (N-Triples lines) and the quads of its *standing*."""
        quads = [*(f"{triple[:-1].decode()}{iri(node)} ." for triple in triples), *standing]
        new = by_graph(self._stories.as_stored(node, quads)).get(node, [])
        return set(new) == set(self._writer.triples(node))

    def unchanged(self, document: Document, model: str, given: date | None) -> bool:
        """Whether extracting *document* again with *model* would find nothing else than what the graph holds.

        *given* is the day of publication that the caller states, None where the document speaks for itself.
        """
        if not self.ledger.unchanged(document.digest, document.marking, extractor(model), given):
            return False
        return not model or self._said.is_recent(document.digest)

    def holds(self, digest: str, marking: str) -> bool:
        """Whether the closed input (a mail, a file) of these bytes stands in the graph as it would be written today."""
        return self.ledger.unchanged(digest, marking, extractor(""), None)

    def seen_again(self, document: Document) -> bool:
        """Takes note that the bytes of *document*, which the graph holds, stand at its path now; True when that changes
        what is current: a file went back to an earlier revision."""
        changed = self._revisions.seen_again(document)
        self._resolved &= not changed
        return changed

    def also_named(self, digest: str, paths: Iterable[str]) -> None:
        """States the names under which the bytes of *digest* stand at other *paths* than the document's own."""
        held = self.ledger.get(digest)
        if held is None or held.container is not None:
            return
        names = sorted({path.rpartition("/")[2] for path in paths if path != held.path})
        stated = by_graph(f"{iri(held.iri)} {iri(SKOS.altLabel)} {string(one)} {iri(held.iri)} ." for one in names)
        new = [line for line in stated.get(held.iri, ()) if line not in self._writer.triples(held.iri)]
        if new:
            self._writer.add(b"".join(line[:-1] + f"{iri(held.iri)} .\n".encode() for line in new), held.marking)
            self.examine()

    # -------------------------------------------------------------- documents out
    def retract(self, held: Held) -> None:
        """Removes a document and what stands in it: graphs, stored texts, the names only they gave, their traces in
        provenance.  Nothing is done where it went already, with what it stood in."""
        if self.ledger.get(held.digest) is None:
            return
        self._removal.retract(held)
        self._resolved = False
        self.examine()

    def purge(self, documents: Iterable[Held]) -> None:
        """Retracts *documents* and drops what was decided about them; the next commit makes anew, without them,
        whatever file held something of them."""
        if self._removal.purge(documents):
            self._stories.renew()
            self._derived.renew()
            self._purged, self._resolved = True, False
            self.examine()

    # -------------------------------------------------------------- what analysts decide
    def decide(self, decision: Decision) -> Decision:
        """Records *decision* at the marking of what it concerns, and carries it out; UsageError where that is not in
        the graph."""
        return self.decide_all([decision])[0]

    def decide_all(self, decisions: Iterable[Decision]) -> list[Decision]:
        """As `decide`, for *decisions* of which one may remove what another one concerns."""
        recorded = [marked(self._writer, decision, self.base) for decision in decisions]
        self.take(recorded)
        return recorded

    def take(self, decisions: Iterable[Decision]) -> None:
        """Takes over decisions that have a marking, whether or not what they concern is in the graph."""
        taken = raised(self._writer, decisions, self.base)
        for marking, quads in lines(taken, self.base).items():
            self._writer.add(written(quads), marking)
        self.retracted = load(self._writer_of_all, self.base).retracted
        for document in sorted(retracted(taken) & self.retracted):
            held = self.ledger.named(document)
            if held is not None:
                self.retract(held)
        self._resolved &= not any(one.kind in IDENTITY for one in taken)

    def decisions(self) -> frozenset[str]:
        """The IRIs of all decisions."""
        return frozenset(one.iri(self.base) for one in load(self._writer_of_all, self.base).history)

    def _writer_of_all(self, query: str) -> Iterable[dict[str, object]]:
        """Answers *query* from the level that sees everything."""
        return [dict(row) for row in self._writer.select(query, self._writer.levels_in_use[-1])]

    # -------------------------------------------------------------- the end
    def commit(self) -> int:
        """Brings the derived graphs up to date and publishes; the number of the generation readers see now."""
        if not self._resolved:
            self._derived.record(self._written, SOFTWARE, self._began)
            self._derived.bring_up_to_date()
        for level in self._writer.levels_in_use:
            state(self._writer, level, self.base)
            if self._to_examine:
                examine(self._writer, level, self.base, self._leaked)
        if self._written and not self._to_examine and not self.collections.empty:
            self._unexamined.touch()
        self._resolved, self._written, self._began = True, [], datetime.now(UTC)
        if self._purged:
            self._writer.renew()  # last of all: what is derived held something of them, too
            self._purged = False
        number = self._writer.commit()
        self._said.commit()
        self._stories.published(number)
        self.ledger.settled()
        if self._to_examine:
            self._unexamined.unlink(missing_ok=True)
            self._to_examine = False
        return number

    def examine(self, leaked: Mapping[str, date] | None = None) -> None:
        """At the next commit, looks anew at what the metadata of collections show (kg.examination)."""
        self._to_examine |= not self.collections.empty
        self._leaked.update(leaked or {})

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._said.close()
            self._stories.close()
            self._writer.close()
