"""Made-up articles as extractions, for benchmarks and tests: seeded, with speakers that follow Zipf's law.

The quads come from `kg.rdf` itself, so they have the shape of a built graph, whatever the contract becomes.  Words are
invented, so nothing here quotes anybody.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.model import EVENT_KINDS, STANCES, Actor, Claim, Document, Event, Extraction, Interval, Layout, Mention, Span
from kg.rdf import actor_quads, document_quads

BASE = "https://claimgraph.example/"
CLAIMS, EVENTS, ACTORS, MENTIONS = 10, 3, 6, 12  # a document; about 500 quads
_FIRST_DAY = date(2012, 1, 1)
_DAYS = 4_000
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "lé", "ma", "né", "pi", "ro", "su", "ta", "vé", "zo", "xan", "quel")


@dataclass(frozen=True, slots=True)
class Made:
    """One document as the store takes it: its graph's IRI, its own quads and what it says of actors."""

    iri: str
    quads: bytes
    actors: bytes
    extraction: Extraction


class World:
    """What all documents of one benchmark share: actors by Zipf's law, outlets, a vocabulary."""

    def __init__(self, seed: int = 1, actors: int = 5_000) -> None:
        self.random = random.Random(seed)
        self.words = [self._word() for _ in range(4_000)]
        self.names = [f"{self._word().title()} {self._word().title()} {number}" for number in range(actors)]
        self.outlets = [f"{self._word().title()} Presse" for _ in range(40)]
        weights = itertools.accumulate(1 / rank for rank in range(1, actors + 1))
        self._cumulated = list(weights)

    def _word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 4)))

    def zipf(self) -> int:
        """A rank from 0, the n-th drawn with probability proportional to 1/n."""
        return bisect(self._cumulated, self.random.random() * self._cumulated[-1])

    def document(self, number: int, *, marking: str = "CLEAR") -> Made:
        """The document of that *number*; the same for the same seed and the same calls before it."""
        sentences = [" ".join(self.random.choices(self.words, k=14)) + "." for _ in range(CLAIMS + EVENTS)]
        text = "\n\n".join(sentences)
        ranks = list(dict.fromkeys(self.zipf() for _ in range(ACTORS)))
        spans = [_span(text, sentence) for sentence in sentences]
        actors = tuple(
            Actor(f"a{place}", "Person" if rank % 2 else "Organization", self.names[rank], mentions=(place,))
            for place, rank in enumerate(ranks)
        )
        day = _FIRST_DAY + timedelta(days=self.random.randrange(_DAYS))
        extraction = Extraction(
            document=Document(
                digest=hashlib.sha256(f"{number} {text}".encode()).hexdigest(), text=text, marking=marking,
                language=self.random.choice(("fr", "fr", "fr", "en")),
                title=" ".join(self.random.choices(self.words, k=6)),
                publisher=self.random.choice(self.outlets), path=f"made/{number}.txt", published=Interval.day(day),
            ),
            layout=Layout(tuple((span.start, span.end) for span in spans)),
            mentions=tuple(_mention(spans[place % len(spans)], place) for place in range(MENTIONS)),
            actors=actors,
            events=tuple(self._event(place, spans[CLAIMS + place], actors, day) for place in range(EVENTS)),
            claims=tuple(self._claim(place, spans[place], actors, day) for place in range(CLAIMS)),
        )  # fmt: skip
        return made(extraction)

    def _claim(self, place: int, span: Span, actors: tuple[Actor, ...], day: date) -> Claim:
        cue, content = _part(span, 0, 1), _part(span, 2, 12)
        return Claim(
            id=f"c{place}", cue=cue, cue_lemma=cue.exact, content=(content,), stance=self.random.choice(STANCES),
            form=self.random.choice(("direct", "indirect")), frame="subject-verb-que",
            speaker=self.random.choice(actors).id, speaker_mention=place % MENTIONS, about=(f"e{place % EVENTS}",),
            uttered=Interval.day(day + timedelta(days=self.random.randrange(3))),
            confidence=self.random.randrange(30, 100) / 100,
        )  # fmt: skip

    def _event(self, place: int, span: Span, actors: tuple[Actor, ...], day: date) -> Event:
        return Event(
            id=f"e{place}", kind=self.random.choice(EVENT_KINDS), label=_part(span, 0, 4).exact,
            trigger=_part(span, 0, 1),
            mentions=(_part(span, 0, 6),), roles=(("agent", actors[0].id), ("target", actors[-1].id)),
            interval=Interval.day(day), confidence=0.7,
        )  # fmt: skip


def made(extraction: Extraction) -> Made:
    """The extraction as the store takes it."""
    quads = document_quads(extraction, BASE)
    iri = f"{BASE}document/{extraction.document.digest[:32]}"
    return Made(iri, _bytes(quads), _bytes(actor_quads(extraction, BASE)), extraction)


def remarked(one: Made, marking: str) -> Made:
    """The same document with another marking."""
    return made(replace(one.extraction, document=replace(one.extraction.document, marking=marking)))


def documents(quads: int, seed: int = 1) -> Iterator[Made]:
    """Documents until about *quads* quads have been made."""
    world = World(seed)
    done = 0
    for number in itertools.count():
        if done >= quads:
            return
        one = world.document(number)
        done += one.quads.count(b"\n") + one.actors.count(b"\n")
        yield one


def _bytes(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _span(text: str, exact: str) -> Span:
    start = text.index(exact)
    return Span.of(text, start, start + len(exact))


def _part(span: Span, first: int, last: int) -> Span:
    """The words *first* to *last* (exclusive) of a span."""
    words = span.exact.split(" ")
    start = span.start + sum(len(word) + 1 for word in words[:first])
    exact = " ".join(words[first:last])
    return Span(start, start + len(exact), exact)


def _mention(span: Span, place: int) -> Mention:
    first = place // (CLAIMS + EVENTS) + place % 3
    return Mention(_part(span, first, first + 1), "proper", "Person")
