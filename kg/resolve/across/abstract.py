"""What resolution across documents needs to know of one document, and nothing more: its abstract.

Actors are named by the IRIs they are minted under, events and claims by the IRIs of their nodes.  Days are ISO dates,
``""`` = not known, so that abstracts compare and sort as text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

NAMESAKE = "namesake"
"""The role of whom a document tells apart from another bearer of the name."""
UNDATED = "9999-99-99"
"""The day of what has none, when days are sorted."""


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """A named actor as one document describes it.

    *roles* are classes of the nouns that describe it (`politician`, `bank`), else the noun's stem; *bodies* the
    actors it
    belongs to; *known* says that the IRI is that of a known actor.
    """

    iri: str
    kind: str
    names: tuple[str, ...]
    known: bool = False
    gender: str = ""
    roles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as one document reports it; *roles* are ``(role, actor IRI)``, *sizes* the quantities told with it.

    *beside* are the actors that its sentences name; *trigger* is the IRI of its span; *sizes* are written ``kind
    unit value``.
    """

    iri: str
    kind: str
    label: str
    begin: str = ""
    end: str = ""
    precision: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    alleged: bool = False
    sizes: tuple[str, ...] = ()
    trigger: str = ""
    beside: tuple[str, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim as one document reports it; *day* is when it was uttered, else when the document was published.

    *bodies* are those that the document says its speaker belongs to.
    """

    iri: str
    text: str
    stance: str
    cue: str
    speaker: str = ""
    imputed: str = ""
    about: tuple[str, ...] = ()
    day: str = ""
    negated: bool = False
    hedged: bool = False
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Abstract:
    """One document; *words* its number of shingles, *signature* their MinHash and *marks* its names and figures
    (`families`).

    *said* is what it says of unknown named actors, as ``(IRI, types | name | alias, term)``, *rest* its other lines
    about
    unknown actors, *points* the triples of its graph that point to actors, all as minted and in N-Triples terms.
    """

    digest: str
    iri: str
    published: str = ""
    language: str = ""
    words: int = 0
    signature: tuple[int, ...] = ()
    actors: tuple[ActorFacts, ...] = ()
    events: tuple[EventFacts, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()
    rest: tuple[tuple[str, str, str], ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()
    marks: tuple[int, ...] = ()

    @property
    def first(self) -> str:
        """Sorts documents by their day of publication, those without one last; unique."""
        return f"{self.published or UNDATED} {self.iri}"

    def dumps(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Abstract:
        raw = json.loads(text)
        return cls(
            **{
                **{name: _tuples(value) for name, value in raw.items()},
                "actors": tuple(ActorFacts(**_fields(one)) for one in raw["actors"]),
                "events": tuple(EventFacts(**_fields(one)) for one in raw["events"]),
                "claims": tuple(ClaimFacts(**_fields(one)) for one in raw["claims"]),
            }
        )


def _fields(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuples(value) for name, value in raw.items()}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
