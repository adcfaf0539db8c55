"""What documents say, without a store: laid out, read by the extractors, resolved; one that fails costs itself only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from kg.errors import Skip, Stop
from kg.extract import LANGUAGES, Extractor
from kg.extract.dates import dateline
from kg.model import Document, Extraction
from kg.resolve.document import resolve
from kg.resolve.headers import addressed
from kg.resolve.known import KnownActors
from kg.sources import Item, Skipped
from kg.text import lay_out

BATCH = 8
"""Documents that go through the parser together: more save no time, and let the progress bar stand still."""
FAILED = "EXTRACTION_FAILED"
"""Why a document is in quarantine that was read well, but that the extractors could not handle."""

Found = Extraction | Skipped


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
