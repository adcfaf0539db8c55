"""Nodes of a graph as the values of `kg.stored`: everything they need is loaded by one query a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kg.model import ACTOR_KINDS, DOCUMENT_KINDS, EVENT_KINDS, ROLES
from kg.store import Reader, values
from kg.stored import Evidence, StoredActor, StoredClaim, StoredDocument, StoredEvent
from kg.terms import KG, RDF, SKOS

STEP = 500
"""Nodes asked for in one query."""


class Nodes:
    """The nodes *iris* of one generation, in that order."""

    def __init__(self, reader: Reader, iris: Sequence[str]) -> None:
        self._reader = reader
        self._iris = iris
        self._facts: dict[str, dict[str, list[str]]] = {}

    def claims(self) -> list[StoredClaim]:
        self._load(self._iris)
        self._load(self._all(KG.speaker, KG.cue, KG.evidence))
        self._load_places()
        return [self._claim(iri) for iri in self._iris]

    def events(self) -> list[StoredEvent]:
        self._load(self._iris)
        self._load(self._all(KG.evidence))
        self._load_places()
        return [self._event(iri) for iri in self._iris]

    def actors(self) -> list[StoredActor]:
        self._load(self._iris)
        return [self._actor(iri) for iri in self._iris]

    def documents(self) -> list[StoredDocument]:
        self._load(self._iris)
        return [self._document(iri) for iri in self._iris]

    # -------------------------------------------------------------- loading
    def _load(self, iris: Iterable[str]) -> None:
        """All that is said of *iris*, unless it is loaded already."""
        wanted = [iri for iri in dict.fromkeys(iris) if iri not in self._facts]
        for at in range(0, len(wanted), STEP):
            some = wanted[at : at + STEP]
            self._facts.update((iri, {}) for iri in some)
            for row in self._reader.select(f"SELECT DISTINCT ?s ?p ?o {{ {values('s', some)} ?s ?p ?o }}"):
                self._facts[str(row["s"])].setdefault(str(row["p"]), []).append(str(row["o"]))

    def _load_places(self) -> None:
        """The documents in which the loaded spans stand, and their texts."""
        self._load(self._all(KG.document, KG.reportedIn))
        self._load(self._all(KG.storedText))

    def _all(self, *predicates: str) -> list[str]:
        return [value for facts in self._facts.values() for name in predicates for value in facts.get(name, ())]

    def _one(self, iri: str, predicate: str) -> str | None:
        return min(self._facts[iri].get(predicate, ()), default=None)

    def _needed(self, iri: str, predicate: str) -> str:
        found = self._one(iri, predicate)
        if found is None:
            raise ValueError(f"{iri} lacks {predicate}")
        return found

    # -------------------------------------------------------------- the nouns
    def _claim(self, iri: str) -> StoredClaim:
        speaker, document = self._one(iri, KG.speaker), self._needed(iri, KG.reportedIn)
        return StoredClaim(
            iri=iri,
            speaker=self._actor(speaker) if speaker else None,
            cue=self._needed(self._needed(iri, KG.cue), KG.exact),
            stance=self._needed(iri, KG.stance).removeprefix(KG.NS),
            form=self._needed(iri, KG.form),
            text=self._needed(iri, KG.text),
            evidence=self._evidence(iri),
            about=tuple(sorted(self._facts[iri].get(KG.about, ()))),
            document=document,
            confidence=float(self._needed(iri, KG.confidence)),
            published=_day(self._one(document, KG.published)),
            publisher=self._one(document, KG.publisher),
        )

    def _event(self, iri: str) -> StoredEvent:
        roles = [(role, actor) for role in ROLES for actor in sorted(self._facts[iri].get(_role(role), ()))]
        return StoredEvent(
            iri=iri,
            kind=self._kind(iri, EVENT_KINDS),
            label=self._needed(iri, SKOS.prefLabel),
            begin=_day(self._one(iri, KG.begin)),
            end=_day(self._one(iri, KG.end)),
            roles=tuple(roles),
            alleged=self._one(iri, KG.alleged) == "true",
            evidence=self._evidence(iri),
            document=self._needed(iri, KG.reportedIn),
        )

    def _actor(self, iri: str) -> StoredActor:
        aliases = tuple(sorted(self._facts[iri].get(SKOS.altLabel, ())))
        return StoredActor(iri, self._kind(iri, ACTOR_KINDS), self._one(iri, SKOS.prefLabel) or iri, aliases)

    def _document(self, iri: str) -> StoredDocument:
        return StoredDocument(
            iri=iri,
            kind=self._kind(iri, DOCUMENT_KINDS),
            title=self._one(iri, KG.title),
            publisher=self._one(iri, KG.publisher),
            published=_day(self._one(iri, KG.published)),
            language=self._one(iri, KG.language),
            url=self._one(iri, KG.url),
            path=self._one(iri, KG.path),
            digest=self._needed(iri, KG.digest),
            extractor=self._one(iri, KG.extractor),
            marking=self._needed(iri, KG.marking),
            superseded=self._one(iri, KG.superseded) == "true",
        )

    def _evidence(self, iri: str) -> tuple[Evidence, ...]:
        """The spans of *iri*, in the order of the text."""
        spans = [self._span(span) for span in self._facts[iri].get(KG.evidence, ())]
        return tuple(sorted(spans, key=lambda span: (span.document, span.start, span.end)))

    def _span(self, iri: str) -> Evidence:
        document = self._needed(iri, KG.document)
        start, end = int(self._needed(iri, KG.start)), int(self._needed(iri, KG.end))
        text_node = self._one(document, KG.storedText)
        text = self._one(text_node, KG.content) if text_node else None
        paragraph = None if text is None else around(text, start, end)
        return Evidence(document, self._one(document, KG.title), start, end, self._needed(iri, KG.exact), paragraph)

    def _kind(self, iri: str, kinds: Sequence[str]) -> str:
        """The finest class: a class of *kinds* that is no superclass of another one stated (only Organization is)."""
        stated = {name.removeprefix(KG.NS) for name in self._facts[iri].get(RDF.type, ())}
        found = [kind for kind in kinds if kind in stated]
        finer = [kind for kind in found if kind != "Organization"]
        return (finer or found or ["Unidentified"])[0]


def around(text: str, start: int, end: int) -> str:
    """The lines of *text* that hold ``[start, end)``, without the space around them."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(start, end - 1))
    return text[first : len(text) if last < 0 else last].strip()


def _role(role: str) -> str:
    return f"{KG.NS}has{role.capitalize()}"


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None
