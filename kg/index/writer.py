"""Writing the index of one level: rows of changed graphs go, rows made anew from the store come."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from types import TracebackType

import tantivy

from kg.index.rows import IndexRow, Select, actors_in, documents_of_texts, rows_of_actors, rows_of_graphs
from kg.index.schema import (
    FOLDED,
    FORMAT,
    FORMAT_FILE,
    LANGUAGES,
    NAME_START,
    confidence_key,
    date_key,
    name_key,
    name_start,
    register,
    schema,
    stemmed,
)

_HEAP = 50_000_000  # bytes; one thread, so that the same rows give the same segments
_TERMS_A_QUERY = 1_000


class IndexWriter:
    """Context manager: commits on leaving normally.  An index of another format must be removed first (``fits``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FORMAT_FILE).exists():  # never written again: generations share the file by hard links
            (folder / FORMAT_FILE).write_text(FORMAT, encoding="ascii")
        self._index = register(tantivy.Index(schema(), path=os.fspath(folder)))
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)

    def replace(
        self, select: Select, graphs: Iterable[str], shared: Iterable[str] = (), subjects: Iterable[str] = ()
    ) -> None:
        """Make anew the rows of the changed *graphs*; of *shared* graphs all but the actors, which *subjects* name."""
        graphs = set(graphs)
        graphs |= documents_of_texts(select, graphs)
        actors = set(subjects) | actors_in(select, graphs) | self._actors_within(graphs)
        graphs |= set(shared)
        self._delete("graph", graphs)
        self._delete("iri", actors, "actor")  # claims and events, told of here too, have rows of their own
        for row in rows_of_graphs(select, graphs):
            self._writer.add_document(document(row))
        for row in rows_of_actors(select, actors):
            self._writer.add_document(document(row))

    def _actors_within(self, graphs: Iterable[str]) -> set[str]:
        """The actors that were described in *graphs* when they were indexed last."""
        self._index.reload()
        searcher = self._index.searcher()
        found: set[str] = set()
        for some in _batches(graphs, _TERMS_A_QUERY):
            query = tantivy.Query.term_set_query(schema(), "within", some)
            hits = searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits
            found.update(str(searcher.doc(address).get_first("iri")) for _, address in hits)
        return found

    def _delete(self, name: str, terms: Iterable[str], kind: str | None = None) -> None:
        for some in _batches(terms, _TERMS_A_QUERY):
            query = tantivy.Query.term_set_query(schema(), name, some)
            if kind is not None:
                of_kind = tantivy.Query.term_query(schema(), "kind", kind)
                query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, of_kind)])
            self._writer.delete_documents_by_query(query)

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._writer.commit()
        else:
            self._writer.rollback()
        self._writer.wait_merging_threads()  # after this the files stand still and can be linked
        _open_up(self._folder)


def _open_up(folder: Path) -> None:
    """Give the files that tantivy keeps for the owner alone the mode of the one we made, which follows the umask."""
    mode = (folder / FORMAT_FILE).stat().st_mode
    for file in folder.iterdir():
        if file.stat().st_mode != mode:
            file.chmod(mode & 0o777)


def document(row: IndexRow) -> tantivy.Document:
    """The row as the index keeps it."""
    kept = tantivy.Document()
    kept.add_text("iri", row.iri)
    kept.add_text("kind", row.kind)
    if row.graph:
        kept.add_text("graph", row.graph)
    for graph in row.within:
        kept.add_text("within", graph)
    for name, words in row.words.items():
        for word in words:
            kept.add_text(name, word)
    if row.begin:
        kept.add_integer("begin", row.begin.toordinal())
        kept.add_integer("end", (row.end or row.begin).toordinal())
    if row.confidence is not None:
        kept.add_float("confidence", row.confidence)
    kept.add_integer("start", row.start)
    kept.add_text("body", row.body)
    for text in row.texts:
        kept.add_text(FOLDED, text)
        # A text of unknown language is stemmed as each of ours.
        for language in (row.language,) if row.language in LANGUAGES else LANGUAGES:
            kept.add_text(stemmed(str(language)), text)
    kept.add_unsigned("by_date", date_key(row.begin, row.iri))
    kept.add_unsigned("by_confidence", confidence_key(row.confidence, row.iri))
    kept.add_text("by_name", name_key(row.name, row.iri))
    kept.add_unsigned(NAME_START, name_start(row.name))
    return kept


def link_index(source: Path, target: Path) -> None:
    """A copy of a closed index by hard links: segments never change once written, meta.json is replaced, not edited."""
    target.mkdir(parents=True)
    if not source.is_dir():
        return
    for file in source.iterdir():
        if not file.name.endswith(".lock"):
            os.link(file, target / file.name)


def _batches(items: Iterable[str], size: int) -> list[list[str]]:
    iterator = iter(sorted(items))
    return list(iter(lambda: list(islice(iterator, size)), []))
