"""A claim that five invented outlets carry: first published, copied, said again elsewhere, said by somebody else."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Mention, Span
from kg.session import Session

SAID = "the archive of the harbour office was emptied in two nights"
STORY = (
    "Sample text.\n\nAfter a week of rumours about missing files, the harbour office met behind closed doors. "
    "{speaker} said that {said}. Nobody at the meeting would name a suspect, and the port authority declined to say "
    "how many boxes of letters, invoices and charts had gone, or who had held the keys to the room that week."
)
OTHER = "Sample text.\n\nAsked about it on the quay, {speaker} said that {said}. The ferry was late."
HEARD = (
    "Sample text.\n\nIn the morning broadcast, before the tide tables and the weather, {speaker} said that {said}. Its "
    "chair then left for the mainland without taking calls from listeners."
)
# outlet -> day, text, speaker
PUBLISHED: dict[str, tuple[date, str, str]] = {
    "Quay Gazette": (date(2031, 6, 3), STORY, "Borealis Watch"),
    "Copy Courier": (date(2031, 6, 4), STORY + " More on page two.", "Borealis Watch"),
    "Island Post": (date(2031, 6, 6), OTHER, "Borealis Watch"),
    "Northern Mirror": (date(2031, 6, 4), STORY.replace("Nobody", "No one"), "Borealis Watch"),
    "Radio Lagoon": (date(2031, 6, 9), HEARD, "Lagoon Union"),
}


def told(outlet: str) -> Extraction:
    day, written, speaker = PUBLISHED[outlet]
    text = written.format(speaker=speaker, said=SAID)

    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    return Extraction(
        Document(
            digest=sha256((outlet + text).encode()).hexdigest(), text=text, language="en", title=f"{outlet}: harbour",
            publisher=outlet, published=Interval.day(day), path=f"articles/{outlet}.txt",
        ),
        mentions=(Mention(span(speaker), "proper"),),
        actors=(Actor("a1", "Organization", speaker, mentions=(0,)),),
        events=(Event("e1", "DataLeak", "archive emptied", span("emptied"), interval=Interval.day(date(2031, 6, 1))),),
        claims=(
            Claim(
                "c1", span("said"), "say", (span(SAID),), "asserts", "indirect", "subject-verb-that", speaker="a1",
                speaker_mention=0, about=("e1",), confidence=0.9,
            ),
        ),
        model="sample-1",
    )  # fmt: skip


def write(root: Path) -> Path:
    with Session(root, create=True) as session:
        for outlet in PUBLISHED:
            session.put(told(outlet))
    return root
