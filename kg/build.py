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
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from kg import quarantine
from kg.errors import Skip, Stop
from kg.extract import LANGUAGES, Extractor, model_name
from kg.extract.dates import dateline
from kg.model import Document, Extraction, Layout
from kg.rdf import extractor as extractor_name
from kg.rdf import mint_actors
from kg.resolve.document import resolve
from kg.resolve.known import KnownActors
from kg.session import Session
from kg.sources import Item, Reading, Skipped, read
from kg.text import lay_out

BATCH = 32
"""Documents that go through the parser together."""
COMMIT_SECONDS = 60.0
"""A build publishes what it has at least so often, so that little is lost when it is interrupted."""
FAILED = "EXTRACTION_FAILED"
"""Why a document is in quarantine that was read well, but that the extractors could not handle."""

Found = Extraction | Skipped
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
        found = f"{self.actors} actors, {self.events} events and {self.claims} claims"
        others = f"{self.unchanged} unchanged, {self.revised} revised, {len(self.quarantined)} quarantined"
        return f"{self.documents} documents read ({found}), {others}; {self.seconds:.1f} s"


def build(
    paths: Sequence[str | os.PathLike[str]],
    into: str | os.PathLike[str] = "graph",
    *,
    reading: Reading | None = None,
    base: str | None = None,
    rebuild: bool = False,
    step: Step = lambda _: None,
    waiting: Callable[[str], None] | None = None,
) -> Report:
    """Adds what the files under *paths* say to the graph *into*, which is made if there is none.

    *step* is called after each input, *waiting* once, should another process be writing.  With *rebuild*, unchanged
    documents are extracted again.  Raises a Stop of `kg.errors`; inputs that fail are quarantined and counted.
    """
    began, root = time.monotonic(), Path(into)
    reading = reading or Reading(retrieved=datetime.now(UTC))
    with Session(root, create=True, base=base, waiting=waiting) as session:
        intake = _Intake(session, reading, rebuild, step)
        for found in extractions(intake.new(paths)):
            intake.take(found)
        generation = session.commit()
    quarantine.record(root, intake.skipped, intake.paths)
    return intake.report(generation, time.monotonic() - began)


def extractions(items: Iterable[Item]) -> Iterator[Found]:
    """What is found in each document, in order; Skipped items, and documents that fail, come out as Skipped."""
    known = KnownActors.load()
    extractor = Extractor({language: known.names(language) for language in LANGUAGES})
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        yield from (item for item in batch if isinstance(item, Skipped))
        documents = [dated(item) for item in batch if isinstance(item, Document)]
        try:
            yield from [resolve(draft, known) for draft in extractor.extract(map(laid_out, documents))]
        except Stop:
            raise
        except Exception:  # one document of the batch fails: find out which, and let the others through
            yield from (_alone(document, extractor, known) for document in documents)


def laid_out(document: Document) -> tuple[Document, Layout]:
    """*document* with the shape of its text."""
    return document, lay_out(document)


def dated(document: Document) -> Document:
    """*document* with the day of its dateline, where nothing else says when it was published."""
    if document.published is not None or document.language not in LANGUAGES:
        return document
    return replace(document, published=dateline(document.text, document.language))


def _alone(document: Document, extractor: Extractor, known: KnownActors) -> Found:
    """One document by itself; what goes wrong with it is its quarantine's reason."""
    path = document.path or document.digest
    try:
        return resolve(next(iter(extractor.extract([laid_out(document)]))), known)
    except Stop:
        raise
    except Skip as error:
        return Skipped.of(path, error)
    except Exception as error:  # a fault of ours: reported with its kind, and the run goes on
        return Skipped(path, FAILED, f"{type(error).__name__}: {' '.join(str(error).split())}")


class _Intake:
    """Keeps count while documents go into a session, and lets only new ones through to the extractors."""

    def __init__(self, session: Session, reading: Reading, rebuild: bool, step: Step) -> None:
        self.session, self.reading, self.rebuild, self.step = session, reading, rebuild, step
        self.skipped: list[Skipped] = []
        self.paths: list[str] = []
        self.written: list[Extraction] = []
        self.unchanged = 0
        self._published = time.monotonic()

    def new(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Item]:
        """What is read at *paths*, without the documents that the graph holds already."""
        for item in (item for path in paths for item in read(path, self.reading)):
            if isinstance(item, Skipped) or not self._held(item):
                yield item
                continue
            self.unchanged += 1
            self.paths.append(item.path or "")
            self.step(item)

    def _held(self, document: Document) -> bool:
        given = self.reading.published_of(document.path or "")
        name = extractor_name(model_name(document.language))
        return not self.rebuild and self.session.ledger.unchanged(document, name, given)

    def take(self, found: Found) -> None:
        """Writes one extraction, or puts one input in quarantine; publishes now and then."""
        self.step(found)
        if isinstance(found, Extraction):
            found = self._written(found)
        if isinstance(found, Skipped):
            self.skipped.append(found)
        if time.monotonic() - self._published > COMMIT_SECONDS:
            self.session.commit()
            self._published = time.monotonic()

    def _written(self, extraction: Extraction) -> Found:
        path = extraction.document.path or extraction.document.digest
        try:
            changed = self.session.put(extraction)
        except ValueError as error:  # the extraction contradicts itself: a fault of ours that must not end the run
            return Skipped(path, FAILED, " ".join(str(error).split()))
        self.paths.append(path)
        if changed:
            self.written.append(extraction)
        else:
            self.unchanged += 1
        return extraction

    def report(self, generation: int, seconds: float) -> Report:
        base = self.session.base
        return Report(
            documents=len(self.written),
            unchanged=self.unchanged,
            revised=sum(self.session.ledger.revised_by(one.document) is not None for one in self.written),
            actors=len({node for one in self.written for node in mint_actors(one, base).values()}),
            events=sum(len(one.events) for one in self.written),
            claims=sum(len(one.claims) for one in self.written),
            quarantined=tuple(self.skipped),
            generation=generation,
            seconds=seconds,
        )


class _Door(ModuleType):
    """``kg.build`` is this module and the front door's function; importing the one must not take away the other."""

    def __call__(self, *arguments: Any, **options: Any) -> Report:
        return build(*arguments, **options)


sys.modules[__name__].__class__ = _Door
