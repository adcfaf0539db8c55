"""Documents on their way into a session: which of them are new, what is counted of them, when it is published."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import iris, quarantine
from kg.extract import model_name
from kg.model import Document
from kg.prepared import Prepared
from kg.session import Session
from kg.sources import Found, Reading, Skipped, Source, unread

COMMIT_SECONDS = 60.0
"""A build publishes what it has so often, so that little is lost when it is interrupted."""
COMMIT_SHARE = 10
"""Publishing takes longer the more the graph holds; it is put off until this many times as long went into reading."""
RETRACTED = "RETRACTED"
"""Why a document is in quarantine that an analyst decided to keep out."""

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


def _retracted(path: str) -> Skipped:
    return Skipped(path, RETRACTED, "an analyst decided to keep it out (kg decisions list); kg undo lets it in again")


class Intake:
    """Keeps count while documents go into a session, and lets only new ones through to the extractors."""

    def __init__(self, root: Path, session: Session, reading: Reading, rebuild: bool, step: Step) -> None:
        self.root, self.session, self.reading, self.rebuild, self.step = root, session, reading, rebuild, step
        self._mail: str | None = None
        self.skipped: list[Skipped] = []
        self.paths: list[str] = []
        self.actors: set[str] = set()
        self.documents = self.unchanged = self.revised = self.events = self.claims = 0
        self._published, self._pause = time.monotonic(), COMMIT_SECONDS
        self._places: dict[str, str] = {}

    def new(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Found]:
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
        if isinstance(found, Skipped):
            self.skipped.append(found)
            return
        self._publish_between(found.document)
        if self._kept_out(found.document.digest):
            self.skipped.append(_retracted(found.document.path or found.document.digest))
        else:
            self._write(found)

    def publish(self) -> int:
        """Commits, what is in quarantine first: inputs that belong to what is held are not read again."""
        quarantine.record(self.root, self.skipped, self.paths)
        return self.session.commit()

    def _publish_between(self, document: Document) -> None:
        """Publishes now and then, but never between a mail and what stands in it: a mail that is held is not read
        again, and its attachments would be lost to a build that is killed here and taken up."""
        path = document.path or ""
        if self._mail is not None and path.startswith(f"{self._mail}!/"):
            return
        self._mail = path if document.kind == "EmailMessage" else None
        began = time.monotonic()
        if began - self._published > self._pause:
            self.publish()
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
