"""The whole flow: files are read, laid out, extracted from, resolved, written as RDF and stored.

Stages know nothing of each other; they meet here, through the nouns of `kg.model`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.extractions import BATCH, FAILED, Found, extractions
from kg.intake import Intake, Ready, Report, Step
from kg.model import Document
from kg.pool import Pool, Result, ready
from kg.prepared import prepare
from kg.session import Session
from kg.sources import Found as Unread
from kg.sources import Item, Reading, Skipped, Source


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
        intake = Intake(root, session, reading, rebuild, step)
        for found in prepared(intake.new(paths), reading, session.base, workers):
            intake.take(found)
        if intake.documents or intake.revised:
            session.examine()
        generation = intake.publish()
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


class _Door(ModuleType):
    """``kg.build`` is this module and the front door's function; importing the one must not take away the other."""

    def __call__(self, *arguments: Any, **options: Any) -> Report:
        return build(*arguments, **options)


sys.modules[__name__].__class__ = _Door
