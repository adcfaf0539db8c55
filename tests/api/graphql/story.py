"""A small graph of invented articles, written by hand: what the GraphQL tests ask about.

Three documents (French, English, and one marked AMBER), the known actors WikiLeaks and En Marche !, an unknown one, an
event two claims are about, one claim whose speaker the text does not name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from kg.iris import BASE, known_actor
from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Mention, Span
from kg.session import Session

FRENCH = (
    "Texte d'exemple.\n\n"
    "« Nous dénonçons ce vol », a déclaré Anne Rivoire, porte-parole du mouvement. "
    "Elle accuse un groupe de hackers d'avoir piraté ses serveurs.\n\n"
    "WikiLeaks nie toute participation au piratage."
)
ENGLISH = (
    "Sample text.\n\n"
    "WikiLeaks said that it did not take part in the hacking. "
    "According to Anne Rivoire, the servers were emptied in two nights.\n\n"
    "The archive was called incomplete."
)
SECRET = "Sample text.\n\nAnne Rivoire confirmed to investigators that the passwords had been reused."
WIKILEAKS = known_actor(BASE, "WikiLeaks")


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def document(text: str, language: str, day: date, publisher: str, marking: str = "CLEAR") -> Document:
    return Document(
        digest=sha256(text.encode()).hexdigest(),
        text=text,
        language=language,
        title=f"{publisher} {day:%d/%m}",
        publisher=publisher,
        published=Interval.day(day),
        path=f"articles/{publisher}-{day}.txt",
        marking=marking,
    )


def mention(text: str, words: str, kind: str = "proper") -> Mention:
    return Mention(span(text, words), kind)


def claim(number: int, text: str, cue: str, content: str, stance: str, **more: object) -> Claim:
    contents = tuple(span(text, part) for part in content.split(" | "))
    facts: dict[str, object] = {"form": "indirect", "frame": "subject-verb-que", "confidence": 0.8} | more
    return Claim(f"c{number}", span(text, cue), cue, contents, stance, **facts)  # type: ignore[arg-type]


def french() -> Extraction:
    text, day = FRENCH, date(2031, 5, 6)
    return Extraction(
        document(text, "fr", day, "Le Quotidien"),
        mentions=(
            mention(text, "Anne Rivoire"), mention(text, "WikiLeaks"), mention(text, "un groupe de hackers", "nominal"),
        ),
        actors=(
            Actor("a1", "Person", "Anne Rivoire", ("la porte-parole du mouvement",), mentions=(0,)),
            Actor("a2", "Platform", "WikiLeaks", known=WIKILEAKS, mentions=(1,)),
            Actor("a3", "Group", "un groupe de hackers", mentions=(2,), named=False),
        ),
        events=(
            Event(
                "e1", "CyberAttack", "avoir piraté ses serveurs", span(text, "piraté"), (span(text, "piratage"),),
                (("agent", "a3"), ("target", "a1")), Interval.day(date(2031, 5, 5), "hour"), alleged=True,
                confidence=0.7,
            ),
        ),
        claims=(
            claim(1, text, "a déclaré", "Nous dénonçons ce vol", "asserts", form="direct", frame="inverted",
                  speaker="a1", speaker_mention=0, about=("e1",), uttered=Interval.day(day), confidence=0.95),
            claim(2, text, "accuse", "avoir piraté | ses serveurs", "accuses", speaker="a1", about=("e1", "a3"),
                  imputed="a3"),
            claim(3, text, "nie", "toute participation au piratage", "denies", speaker="a2", about=("e1",),
                  confidence=0.9),
        ),
    )  # fmt: skip


def english() -> Extraction:
    text, day = ENGLISH, date(2031, 5, 9)
    return Extraction(
        document(text, "en", day, "The Courier"),
        mentions=(mention(text, "WikiLeaks"), mention(text, "Anne Rivoire")),
        actors=(
            Actor("a1", "Platform", "WikiLeaks", known=WIKILEAKS, mentions=(0,)),
            Actor("a2", "Person", "Anne Rivoire", mentions=(1,)),
        ),
        claims=(
            claim(1, text, "said", "it did not take part in the hacking", "denies", speaker="a1"),
            claim(2, text, "According to", "the servers were emptied in two nights", "asserts", speaker="a2",
                  hedged=True),
            claim(3, text, "was called", "incomplete", "asserts", confidence=0.4),
        ),
    )  # fmt: skip


def secret() -> Extraction:
    text = SECRET
    return Extraction(
        document(text, "en", date(2031, 5, 12), "Inquiry file", "AMBER"),
        mentions=(mention(text, "Anne Rivoire"),),
        actors=(Actor("a1", "Person", "Anne Rivoire", mentions=(0,)),),
        claims=(claim(1, text, "confirmed", "the passwords had been reused", "confirms", speaker="a1"),),
    )


def write(root: Path) -> Path:
    with Session(root, create=True) as session:
        for extraction in (french(), english(), secret()):
            session.put(replace(extraction, model="sample-1"))
    return root
