"""What a graph holds already: which inputs are unchanged, and which are new revisions of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern

from kg.errors import UsageError
from kg.model import Document
from kg.terms import KG, PROV

QUERY = f"""
SELECT ?iri ?digest ?extractor ?marking ?path ?url ?published ?superseded ?revised ?container WHERE {{
  ?iri <{KG.digest}> ?digest ; <{KG.extractor}> ?extractor ; <{KG.marking}> ?marking .
  OPTIONAL {{ ?iri <{KG.path}> ?path }}
  OPTIONAL {{ ?iri <{KG.url}> ?url }}
  OPTIONAL {{ ?iri <{KG.published}> ?published }}
  OPTIONAL {{ ?iri <{KG.superseded}> ?superseded }}
  OPTIONAL {{ ?iri <{PROV.wasRevisionOf}> ?revised }}
  OPTIONAL {{ ?iri <{KG.containedIn}> ?container }}
}} ORDER BY ?iri"""
"""The documents of a graph, a row each, as `Held.of` takes them."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document that stands in the graph; *revised* is the IRI of the one it replaced, *container* the last
    part of the IRI of the one it was found in."""

    iri: str
    digest: str
    extractor: str
    marking: str
    path: str | None = None
    url: str | None = None
    published: date | None = None
    superseded: bool = False
    revised: str | None = None
    container: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Held:
        text = {name: str(value) for name, value in row.items()}
        published = text.get("published")
        return cls(
            iri=text["iri"],
            digest=text["digest"],
            extractor=intern(text["extractor"]),  # thousands of documents share a few words
            marking=intern(text["marking"]),
            path=text.get("path"),
            url=text.get("url"),
            published=date.fromisoformat(published[:10]) if published else None,
            superseded=text.get("superseded") == "true",
            revised=text.get("revised"),
            container=text["container"].rpartition("/")[2] if "container" in text else None,
        )

    @classmethod
    def written(cls, iri: str, document: Document, extractor: str, before: Held | None, superseded: bool) -> Held:
        """*document* as it stands in the graph *iri*, in the place of *before*."""
        return cls(
            iri=iri,
            digest=document.digest,
            extractor=extractor,
            marking=document.marking,
            path=document.path,
            url=document.url,
            published=document.published.begin if document.published else None,
            superseded=superseded,
            revised=before.iri if before else None,
            container=document.contained_in[:32] if document.contained_in else None,
        )


class Ledger:
    """The documents held, by digest and by the places they came from: a path or an address has one current document."""

    def __init__(self, held: Iterable[Held]) -> None:
        self._by_digest: dict[str, Held] = {}
        self._digests: dict[str, str] = {}
        self._at: dict[str, Held] = {}
        self._revisions: dict[str, set[str]] = defaultdict(set)
        self.moved: set[str] = set()
        """Digests of documents that came, went or changed their standing, until `settled` is called."""
        for one in held:
            self.add(one)
        self.settled()

    def __iter__(self) -> Iterator[Held]:
        return iter(self._by_digest.values())

    def get(self, digest: str) -> Held | None:
        """The document with the source *digest*."""
        return self._by_digest.get(digest)

    def at(self, place: str) -> Held | None:
        """The current document read from *place*, a path or an address."""
        return self._at.get(place)

    def named(self, iri: str) -> Held | None:
        """The document with this IRI."""
        return self._by_digest.get(self._digests.get(iri, ""))

    def settled(self) -> None:
        """Forgets what moved so far."""
        self.moved = set()

    def revisions(self, iri: str) -> list[Held]:
        """The documents that say they revise the one with this IRI."""
        return [self._by_digest[digest] for digest in sorted(self._revisions.get(iri, ()))]

    def add(self, one: Held) -> None:
        """Takes *one* up, in the place of what is held of the same digest."""
        self._move(self._by_digest.get(one.digest))
        self._move(one)
        if one.revised:
            self._revisions[one.revised].add(one.digest)
        self._by_digest[one.digest] = one
        self._digests[one.iri] = one.digest
        self._leave(one)
        if not one.superseded:
            self._at.update((place, one) for place in (one.path, one.url) if place)

    def remove(self, one: Held) -> None:
        """Forgets *one*."""
        self._move(one)
        del self._by_digest[one.digest], self._digests[one.iri]
        self._leave(one)

    def _move(self, one: Held | None) -> None:
        """*one* is no longer what it was, nor is the standing of the document that it revises."""
        if one is not None:
            self.moved.update(digest for digest in (one.digest, self._digests.get(one.revised or "")) if digest)
            self._revisions.get(one.revised or "", set()).discard(one.digest)

    def _leave(self, one: Held) -> None:
        """*one* is not the current document of its places, for now."""
        for place in (one.path, one.url):
            if place and place in self._at and self._at[place].iri == one.iri:
                del self._at[place]

    def revised_by(self, document: Document) -> Held | None:
        """The document of other bytes that *document* is a new revision of: the current one of its address or path.

        What stands in a container revises nothing: the tenth mail of a mailbox is another one tomorrow.
        """
        held = self.get(document.digest)
        if held is not None:
            return self.named(held.revised) if held.revised else None
        if document.contained_in is not None:
            return None
        for place in (document.url, document.path):
            before = self._at.get(place) if place else None
            if before is not None and before.container is None and before.digest != document.digest:
                return before
        return None

    def unchanged(self, digest: str, marking: str, extractor: str, given: date | None) -> bool:
        """Whether the bytes of *digest* stand in the graph as this *extractor* would write them at this *marking*.

        *given* is the day of publication that the caller states, None where the document speaks for itself.
        """
        held = self.get(digest)
        return (
            held is not None
            and (held.extractor, held.marking) == (extractor, marking)
            and (given is None or given == held.published)
        )


def find(ledger: Ledger, name: str) -> Held:
    """The document that *name* means: its IRI, or the path or address it was read from; the current one of that place.

    Raises UsageError where there is none.
    """
    held = ledger.named(name) or ledger.at(name)
    if held is None:
        raise UsageError(f"no document in the graph is, or was read from, {name}")
    return held
