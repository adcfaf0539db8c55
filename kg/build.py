"""The whole flow: files are read, laid out, extracted from, resolved, written as RDF and stored.

Stages know nothing of each other; they meet here, through the nouns of `kg.model`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import chain, islice
from pathlib import Path
from types import ModuleType
from typing import Any

from kg import iris, quarantine
from kg.errors import Skip, Stop
from kg.extract import LANGUAGES, Extractor, model_name
from kg.extract.dates import dateline
from kg.model import Document, Extraction
from kg.pool import Pool, Result, ready
from kg.prepared import Prepared, prepare
from kg.resolve.document import resolve
from kg.resolve.headers import addressed
from kg.resolve.known import KnownActors
from kg.session import Session
from kg.sources import Found as Unread
from kg.sources import Item, Reading, Skipped, Source, unread
from kg.text import lay_out

BATCH = 8
"""Documents that go through the parser together: more save no time, and let the progress bar stand still."""
COMMIT_SECONDS = 60.0
"""A build publishes what it has so often, so that little is lost when it is interrupted."""
COMMIT_SHARE = 10
"""Publishing takes longer the more the graph holds; it is put off until this many times as long went into reading."""
FAILED = "EXTRACTION_FAILED"
"""Why a document is in quarantine that was read well, but that the extractors could not handle."""
RETRACTED = "RETRACTED"
"""Why a document is in quarantine that an analyst decided to keep out."""

Found = Extraction | Skipped
Ready = Prepared | Skipped
Step = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: documents read into the graph, left as they were, replaced by a newer revision; counts of what
    was found in those read; what was skipped; seconds taken."""

    documents: int
    unchanged: int
    revised: int
    actors: int
    events: int
    claims: int
    quarantined: tuple[Skipped, ...]
    generation: int
    seconds: float

    def line(self) -> str:
        """The report in one line for people."""
        found = f"actors {self.actors}, events {self.events}, claims {self.claims}"
        others = f"unchanged {self.unchanged}, revised {self.revised}, quarantined {len(self.quarantined)}"
        return f"documents read {self.documents} ({found}), {others}; {self.seconds:.1f} s"


def build(
    paths: Sequence[str | os.PathLike[str]],
    into: str | os.PathLike[str] = "graph",
    *,
    reading: Reading | None = None,
    base: str | None = None,
    rebuild: bool = False,
    workers: int | None = None,
    step: Step = lambda _: None,
    waiting: Callable[[str], None] | None = None,
) -> Report:
    """Adds what the files under *paths* say to the graph *into*, which is made if there is none.

    *step* is called after each input, *waiting* once, should another process be writing.  With *rebuild*, unchanged
    documents are extracted again.  *workers* processes read what stands in containers (default: one a core).
    Raises a Stop of `kg.errors`; inputs that fail are quarantined and counted.
    """
    began, root = time.monotonic(), Path(into)
    reading = reading or Reading(retrieved=datetime.now(UTC))
    with Session(root, create=True, base=base, waiting=waiting) as session:
        if reading.collection is not None:
            reading = replace(reading, marking=session.collections.marking(reading.collection, reading.marking))
        intake = _Intake(session, reading, rebuild, step)
        for found in prepared(intake.new(paths), reading, session.base, workers):
            intake.take(found)
        if intake.documents or intake.revised:
            session.examine()
        generation = session.commit()
    quarantine.record(root, intake.skipped, intake.paths)
    return intake.report(generation, time.monotonic() - began)


def prepared(stream: Iterable[Unread], reading: Reading, base: str, workers: int | None = None) -> Iterator[Ready]:
    """Everything in *stream* ready to be written: articles through the extractors, members of containers read by other
    processes, all else as it comes."""
    articles: list[Item] = []
    with Pool(reading, base, workers) as pool:
        for found in chain(_results(stream, pool, base), [None]):
            if isinstance(found, Document):
                articles.append(found)
            elif found is not None:
                yield found
            if articles and (found is None or len(articles) == BATCH):
                yield from (_prepared(one, base) for one in extractions(articles))
                articles = []


def _results(stream: Iterable[Unread], pool: Pool, base: str) -> Iterator[Result]:
    for found in stream:
        if isinstance(found, Source):
            yield from pool.give(found)
        else:
            yield ready(found, base)
    yield from pool.rest()


def _prepared(found: Found, base: str) -> Ready:
    if isinstance(found, Skipped):
        return found
    try:
        return prepare(found, base)
    except ValueError as error:  # the extraction contradicts itself: a fault of ours that must not end the run
        return Skipped(found.document.path or found.document.digest, FAILED, " ".join(str(error).split()))


def extractions(items: Iterable[Item]) -> Iterator[Found]:
    """What is found in each document, in order; Skipped items, and documents that fail, come out as Skipped."""
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        documents = [item for item in batch if isinstance(item, Document) and legible(item)]
        yield from (skipped for item in batch if (skipped := _passed_over(item)) is not None)
        try:
            yield from _extracted(documents)
        except Stop:
            raise
        except Exception:  # one document of the batch fails: find out which, and let the others through
            yield from (_alone(document) for document in documents)


def legible(document: Document) -> bool:
    """Whether there is something to do for *document*: an article needs a language that has a pack."""
    return document.kind != "Article" or document.language in LANGUAGES


def _passed_over(item: Item) -> Skipped | None:
    if isinstance(item, Skipped):
        return item
    if legible(item):
        return None
    found = f"written in {item.language!r}" if item.language else "in no language that could be told"
    reason = f"{found}; there are packs for {', '.join(LANGUAGES)} (--language overrides)"
    return Skipped(item.path or item.digest, "NO_LANGUAGE_PACK", reason)


def dated(document: Document) -> Document:
    """*document* with the day of its dateline, where nothing else says when it was published."""
    if document.published is not None or document.language not in LANGUAGES:
        return document
    return replace(document, published=dateline(document.text, document.language))


@cache
def _extractor() -> Extractor:
    """The extractor with every known name; made when the first document needs it."""
    known = KnownActors.load()
    return Extractor({language: known.names(language) for language in LANGUAGES})


def _extracted(documents: Sequence[Document]) -> list[Extraction]:
    closed = [Extraction(addressed(document)) for document in documents if document.kind != "Article"]
    articles = [dated(document) for document in documents if document.kind == "Article"]
    if not articles:
        return closed
    drafts = _extractor().extract((document, lay_out(document)) for document in articles)
    return [*closed, *(resolve(draft, KnownActors.load()) for draft in drafts)]


def _alone(document: Document) -> Found:
    """One document by itself; what goes wrong with it is its quarantine's reason."""
    path = document.path or document.digest
    try:
        return _extracted([document])[0]
    except Stop:
        raise
    except Skip as error:
        return Skipped.of(path, error)
    except Exception as error:  # a fault of ours: reported with its kind, and the run goes on
        return Skipped(path, FAILED, f"{type(error).__name__}: {' '.join(str(error).split())}")


def _retracted(path: str) -> Skipped:
    return Skipped(path, RETRACTED, "an analyst decided to keep it out (kg decisions list); kg undo lets it in again")


class _Intake:
    """Keeps count while documents go into a session, and lets only new ones through to the extractors."""

    def __init__(self, session: Session, reading: Reading, rebuild: bool, step: Step) -> None:
        self.session, self.reading, self.rebuild, self.step = session, reading, rebuild, step
        self._attached: set[str | None] = set()
        self.skipped: list[Skipped] = []
        self.paths: list[str] = []
        self.actors: set[str] = set()
        self.documents = self.unchanged = self.revised = self.events = self.claims = 0
        self._published, self._pause = time.monotonic(), COMMIT_SECONDS
        self._places: dict[str, str] = {}

    def new(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Unread]:
        """What stands at *paths*, without what the graph holds already; members of containers are still to be read."""
        for item in (item for path in paths for item in unread(path, self.reading)):
            if not isinstance(item, Skipped) and self._kept_out(item.digest):
                yield _retracted(item.name if isinstance(item, Source) else item.path or item.digest)
                continue
            if isinstance(item, Skipped) or not self._held(item):
                yield item
                continue
            self.unchanged += 1
            if isinstance(item, Document):
                self.revised += self.session.seen_again(item)
                self.paths.append(item.path or "")
                self._named(item)
            self.step(item)

    def _kept_out(self, digest: str) -> bool:
        return iris.document(self.session.base, digest) in self.session.retracted

    def _held(self, item: Document | Source) -> bool:
        if self.rebuild:
            return False
        if isinstance(item, Source):
            return self.session.holds(item.digest, self.reading.marking)
        if item.kind != "Article":
            return self.session.holds(item.digest, item.marking)
        return self.session.unchanged(item, model_name(item.language), self.reading.published_of(item.path or ""))

    def take(self, found: Ready) -> None:
        """Writes one document, or puts one input in quarantine; publishes now and then."""
        self.step(found)
        self._publish_between(found)
        if isinstance(found, Skipped):
            self.skipped.append(found)
        elif self._kept_out(found.document.digest):
            self.skipped.append(_retracted(found.document.path or found.document.digest))
        else:
            self._write(found)

    def _publish_between(self, found: Ready) -> None:
        """Publishes now and then, but never between a mail and what is attached to it: a mail that is held is not read
        again, and its attachments would be lost to a build that is killed here and taken up."""
        document = None if isinstance(found, Skipped) else found.document
        if document is not None and document.contained_in in self._attached:
            self._attached.add(document.digest)
            return
        self._attached = {document.digest} if document is not None and document.kind == "EmailMessage" else set()
        began = time.monotonic()
        if began - self._published > self._pause:
            self.session.commit()
            self._published = time.monotonic()
            self._pause = max(COMMIT_SECONDS, COMMIT_SHARE * (self._published - began))

    def _write(self, one: Prepared) -> None:
        changed = self.session.write(one)
        self.paths.append(one.document.path or one.document.digest)
        self.revised += self.session.seen_again(one.document)
        self._named(one.document)
        if changed:
            self._count(one)
        else:
            self.unchanged += 1

    def _named(self, document: Document) -> None:
        """Notes the names of closed files that stand by themselves: the same bytes under two names are one document."""
        if document.kind != "Article" and document.contained_in is None and document.path:
            first = self._places.setdefault(document.digest, document.path)
            if first != document.path:
                self.session.also_named(document.digest, (first, document.path))

    def _count(self, one: Prepared) -> None:
        self.documents += 1
        self.revised += self.session.ledger.revised_by(one.document) is not None
        self.actors.update(one.actors)
        self.events += one.events
        self.claims += one.claims

    def report(self, generation: int, seconds: float) -> Report:
        return Report(
            documents=self.documents,
            unchanged=self.unchanged,
            revised=self.revised,
            actors=len(self.actors),
            events=self.events,
            claims=self.claims,
            quarantined=tuple(self.skipped),
            generation=generation,
            seconds=seconds,
        )


class _Door(ModuleType):
    """``kg.build`` is this module and the front door's function; importing the one must not take away the other."""

    def __call__(self, *arguments: Any, **options: Any) -> Report:
        return build(*arguments, **options)


sys.modules[__name__].__class__ = _Door
