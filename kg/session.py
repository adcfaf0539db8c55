"""One writing session on a graph: documents go in and out, and everything derived from them is kept true.

A session is a transaction of `kg.store`: readers see nothing before `commit`, an exception undoes what was not
committed.  Only one session is open at a time, in whatever process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import TracebackType

from kg import iris, shapes
from kg.collections import Collections
from kg.containers import inside
from kg.decisions import IDENTITY, Decision, load
from kg.decisions.carrying_out import lines, marked, raised, retracted, state
from kg.errors import UsageError
from kg.examination import examine
from kg.index.schema import fits
from kg.ledger import QUERY, Held, Ledger
from kg.model import MARKINGS, Document, Extraction, Run
from kg.nquads import boolean, iri, string
from kg.prepared import Prepared, by_graph, prepare
from kg.rdf import extractor, known_actor_quads, provenance_quads
from kg.resolution import Contributions
from kg.resources import read, software_version
from kg.store import open_writer
from kg.story import Stories, decided
from kg.terms import KG, PROV, SKOS

SOFTWARE = "claimgraph"
_WHERE = re.compile(rf"<[^<>]*> <(?:{re.escape(KG.path)}|{re.escape(KG.containedIn)})> ".encode())
"""A triple that says where a document was found."""
_IN_DOCUMENT = re.compile(rb"\S+ \S+ <([^<>]*/document/[0-9a-f]{32})[/>]")


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
        self._stories = Stories(root, self._writer, lambda digest: next(iter(self._said.of([digest]))))
        self._began = datetime.now(UTC)
        self._written: list[tuple[Document, str]] = []
        self._resolved = True
        self._settled: set[str] = set()  # levels whose stories were compared with the whole ledger
        self._to_examine = False
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
        lines = dict(prepared.triples)
        lines[node] = own = list(lines.get(node, ()))
        if before is not None:
            own += by_graph([_revision(node, before.iri)])[node]
        if held is not None and held.superseded:
            own += by_graph([_superseded(node)])[node]
        said = list(prepared.said)
        if held is not None and held.marking == document.marking and self._says(node, own):
            (known,) = self._said.of([document.digest])
            if said == known:
                if prepared.model:
                    self._said.put(document.digest, said)  # found to be the same by the rules of today
                    self._resolved &= not self._stories.put(document.digest, prepared.abstract)
                return False
        self._writer.put(lines, prepared.graphs, document.marking)
        if prepared.model:  # what no extractor reads says nothing of unknown actors
            self._said.put(document.digest, said)
            self._stories.put(document.digest, prepared.abstract)
        if held is None and before is not None and not before.superseded:
            self._supersede(before, document.marking)
        self.ledger.add(_held(node, prepared, before, held is not None and held.superseded))
        self._written.append((document, prepared.model))
        if document.part_of is not None:
            self.collections.note(document.part_of, document.marking)
        self._resolved = False
        return True

    def _says(self, node: str, triples: Iterable[bytes]) -> bool:
        """Whether the graph *node* holds exactly the *triples* (N-Triples lines)."""
        quads = (f"{triple[:-1].decode()}{iri(node)} ." for triple in triples)
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
        held, current = self.ledger.get(document.digest), self.ledger.at(document.path or "")
        if held is None or current is None or not held.superseded or current.iri == held.iri:
            return False
        self._supersede(current, held.marking)
        self._restore(held)
        return True

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

    def _supersede(self, before: Held, marking: str) -> None:
        """Marks *before* as superseded, for those who may see the document of *marking* that replaced it."""
        self._add([_superseded(before.iri)], before.marking, marking)
        self.ledger.add(replace(before, superseded=True))
        self._resolved = False

    def _restore(self, before: Held) -> None:
        """Takes the mark of being superseded off *before*, at each level that has it."""
        self._drop(_superseded(before.iri), before.iri)
        self.ledger.add(replace(before, superseded=False))
        self._resolved = False

    # -------------------------------------------------------------- documents out
    def retract(self, held: Held) -> None:
        """Removes a document and what stands in it: graphs, stored texts, the names only they gave, their traces in
        provenance."""
        within = inside(self.ledger, self._writer.select, held)
        before = self.ledger.named(held.revised) if held.revised else None
        later = [one for one in self.ledger if one.revised == held.iri]
        for one in later:
            self._drop(_revision(one.iri, held.iri), one.iri)
            if before is not None:
                self._add([_revision(one.iri, before.iri)], one.marking, before.marking)
            self.ledger.add(replace(one, revised=before.iri if before else None))
        for one in (held, *within.gone):
            self._writer.remove([one.iri])
            self._said.remove(one.digest)
            self._stories.remove(one.digest)
            self.ledger.remove(one)
        for one, mail in within.kept:
            self._move(one, mail)
        self._forget(one.iri for one in (held, *within.gone))
        self._resolved = False
        self.examine()
        successor = later[-1] if later else before
        if successor is not None and not held.superseded:  # the place must not be left without a current document
            now = self.ledger.named(successor.iri)
            assert now is not None
            self._restore(now)

    def _move(self, file: Held, mail: str) -> None:
        """*file* stood in a mail that goes, and is attached to *mail*, too."""
        self._rewrite(file.iri, lambda triple: _WHERE.match(triple) is None)
        self._add([f"{iri(file.iri)} {iri(KG.containedIn)} {iri(mail)} {iri(file.iri)} ."], file.marking)
        self.ledger.add(replace(file, path=None, container=mail.rpartition("/")[2]))

    def purge(self, documents: Iterable[Held]) -> None:
        """Retracts *documents*, drops what was decided about them, and makes store and index anew without them."""
        gone: set[str] = set()
        for held in documents:
            if self.ledger.get(held.digest) is not None:
                gone.update(one.iri for one in (held, *inside(self.ledger, self._writer.select, held).gone))
                self.retract(held)
        graph = iris.decisions_graph(self.base)
        about = {line.split(b" ", 1)[0] for line in self._writer.triples(graph) if _document_of(line) in gone}
        self._rewrite(graph, lambda triple: triple.split(b" ", 1)[0] not in about)
        self._writer.renew()

    def _forget(self, nodes: Iterable[str]) -> None:
        """Takes what mentions *nodes* out of the provenance graph."""
        names = {iri(node).encode() for node in nodes}
        graph = iris.provenance_graph(self.base)
        self._rewrite(graph, lambda triple: names.isdisjoint(triple.split(b" ", 3)[0:3:2]))

    def _add(self, lines: Iterable[str], *markings: str) -> None:
        """Adds quads about documents of these markings, for those who may see all of them."""
        self._writer.add(_bytes(lines), max(markings, key=MARKINGS.index))

    def _drop(self, line: str, graph: str) -> None:
        """Takes one quad out of *graph* at every level."""
        gone = line.removesuffix(f" {iri(graph)} .").encode() + b" ."
        self._rewrite(graph, lambda triple: triple != gone)

    def _rewrite(self, graph: str, keep: Callable[[bytes], bool]) -> None:
        tail = f" {iri(graph)} .".encode()
        for level in self._writer.levels_in_use:
            triples = self._writer.triples(graph, level)
            kept = [triple for triple in triples if keep(triple)]
            if len(kept) < len(triples):
                quads = b"".join(triple.removesuffix(b" .") + tail + b"\n" for triple in kept)
                self._writer.put(quads, [graph], level, exact=True)

    # -------------------------------------------------------------- what analysts decide
    def decide(self, decision: Decision) -> Decision:
        """Records *decision* at the marking of what it concerns, and carries it out; UsageError where that is not in
        the graph."""
        recorded = marked(self._writer, decision, self.base)
        self.take([recorded])
        return recorded

    def take(self, decisions: Iterable[Decision]) -> None:
        """Takes over decisions that have a marking, whether or not what they concern is in the graph."""
        taken = raised(self._writer, decisions, self.base)
        for marking, quads in lines(taken, self.base).items():
            self._writer.add(_bytes(quads), marking)
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
            self._writer.put(_known(self.base), [iris.actors_graph(self.base)])
            for marking in MARKINGS:
                self._record(marking)
            for level in self._writer.levels_in_use:
                self._resolve(level)
                self._gather(level)
        for level in self._writer.levels_in_use:
            state(self._writer, level, self.base)
            if self._to_examine:
                examine(self._writer, level, self.base, self._leaked)
        self._to_examine = False
        self._resolved, self._written, self._began = True, [], datetime.now(UTC)
        number = self._writer.commit()
        self._stories.published(number)
        self.ledger.settled()
        return number

    def examine(self, leaked: Mapping[str, date] | None = None) -> None:
        """At the next commit, looks anew at what the metadata of collections show (kg.examination)."""
        self._to_examine |= not self.collections.empty
        self._leaked.update(leaked or {})

    def _resolve(self, level: str) -> None:
        """The resolution graph of *level*, from the documents that level sees."""
        moved = None if level not in self._settled else self.ledger.moved | self._stories.touched
        seen = {one.digest: self._outdated(one, level) for one in self._told(level, moved)}
        decisions = load(lambda query: [dict(row) for row in self._writer.select(query, level)], self.base)
        self._stories.resolve(level, seen, decided(decisions, self.base), moved)
        self._settled.add(level)

    def _told(self, level: str, moved: Iterable[str] | None) -> list[Held]:
        """The documents that *level* sees and that may tell a story, of *moved* or (None) of all, in the order of the
        news: it is the one in which resolution has to take back least."""
        closed = extractor("")  # mails and files: no extractor read them, so they tell no story
        found = self.ledger if moved is None else (held for one in moved if (held := self.ledger.get(one)))
        told = [one for one in found if one.extractor != closed and self._sees(level, one)]
        return sorted(told, key=lambda one: (one.published or date.max, one.iri))

    def _outdated(self, one: Held, level: str) -> bool:
        """Whether *level* sees the newer revision that *one* was superseded by."""
        return one.superseded and any(self._sees(level, newer) for newer in self.ledger.revisions(one.iri))

    @staticmethod
    def _sees(level: str, one: Held) -> bool:
        return MARKINGS.index(one.marking) <= MARKINGS.index(level)

    def _gather(self, level: str) -> None:
        """The graph of collections of *level*, with the totals of the documents that level sees."""
        quads = self.collections.quads(lambda query: self._writer.select(query, level))
        if quads or not self.collections.empty:
            self._writer.put(_bytes(quads), [iris.collections_graph(self.base)], level, exact=True)

    def _record(self, marking: str) -> None:
        """The run that wrote the documents of *marking*, for those who may see them."""
        written = [(document, model) for document, model in self._written if document.marking == marking]
        if not written:
            return
        models = " ".join(sorted({model for _, model in written if model}))
        run = Run(SOFTWARE, software_version(), models, self._began, datetime.now(UTC))
        documents = [document for document, _ in written]
        self._writer.add(_bytes(provenance_quads(run, documents, self.base)), marking)

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._stories.close()
            self._writer.close()


def _document_of(triple: bytes) -> str | None:
    """The document that the object of *triple* is, or stands in."""
    found = _IN_DOCUMENT.match(triple)
    return found[1].decode() if found else None


def find(ledger: Ledger, name: str) -> Held:
    """The document that *name* means: its IRI, or the path or address it was read from; the current one of that place.

    Raises UsageError where there is none.
    """
    held = ledger.named(name) or ledger.at(name)
    if held is None:
        raise UsageError(f"no document in the graph is, or was read from, {name}")
    return held


@cache
def _known(base: str) -> bytes:
    """The known actors' graph, which takes longer to parse than a small document to store."""
    return _bytes(known_actor_quads(read("data/actors.ttl"), base))


def _held(node: str, prepared: Prepared, before: Held | None, superseded: bool) -> Held:
    document = prepared.document
    return Held(
        iri=node,
        digest=document.digest,
        extractor=extractor(prepared.model),
        marking=document.marking,
        path=document.path,
        url=document.url,
        published=document.published.begin if document.published else None,
        superseded=superseded,
        revised=before.iri if before else None,
        container=document.contained_in[:32] if document.contained_in else None,
    )


def _superseded(node: str) -> str:
    return f"{iri(node)} {iri(KG.superseded)} {boolean(True)} {iri(node)} ."


def _revision(node: str, before: str) -> str:
    return f"{iri(node)} {iri(PROV.wasRevisionOf)} {iri(before)} {iri(node)} ."


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode("utf-8")
