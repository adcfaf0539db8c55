"""Made-up abstracts, seeded: many documents without texts, for properties and for the soak.

A document belongs to an affair; affairs follow each other in time, so that the number of documents about one thing
does not
grow with the number of all documents, as in a real archive.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta

from kg.iris import BASE, unknown_actor
from kg.resolve.across.abstract import Abstract, ActorFacts, ClaimFacts, EventFacts
from kg.resolve.across.families import sketch

_SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "le",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "ve",
    "zo",
    "xan",
    "quel",
    "dor",
    "mir",
)
_ROLES = (("politician",), ("executive",), ("scholar",), ("lawyer",), ())
_KINDS = ("DataLeak", "CyberAttack", "Phishing", "Arrest", "Statement")
_FIRST = date(2010, 1, 1)
PER_AFFAIR = 10


def abstracts(count: int, seed: int = 1) -> Iterator[Abstract]:
    """*count* abstracts, the same for the same *seed*; the first ones do not depend on how many there are."""
    for number in range(count):
        yield one(number, seed)


def one(number: int, seed: int) -> Abstract:
    """The document of that *number*."""
    affair = number // PER_AFFAIR
    plot, chance = random.Random(f"{seed} affair {affair}"), random.Random(f"{seed} document {number}")
    day = _FIRST + timedelta(days=affair % 5000)
    cast = [_actor(plot) for _ in range(5)]
    famous = [_person(random.Random(f"{seed} famous {plot.randrange(400)}")) for _ in range(2)]
    vocabulary = [_word(plot) for _ in range(60)]
    kind, label = plot.choice(_KINDS), " ".join(plot.choices(vocabulary, k=2))
    copied = number % PER_AFFAIR == 3
    words = random.Random(f"{seed} text {number - 1 if copied else number}").choices(vocabulary, k=90)
    digest = hashlib.sha256(f"{seed} {number}".encode()).hexdigest()
    node = f"{BASE}document/{digest[:32]}"
    present = [*chance.sample(cast, 4), chance.choice(famous)]
    published = day + timedelta(days=1 + chance.randrange(3))
    event = EventFacts(
        f"{node}/event/e1", kind, label, day.isoformat(), day.isoformat(), "day", (("target", cast[0].iri),),
        beside=(present[0].iri,), trigger=f"{node}/span/0-4",
    )  # fmt: skip
    claims = tuple(
        ClaimFacts(
            f"{node}/claim/c{place}", " ".join((plot if place % 2 else chance).choices(vocabulary, k=8)),
            chance.choice(("asserts", "denies", "accuses", "warns", "other")), "dire", present[place % 5].iri,
            imputed=present[(place + 1) % 5].iri if place % 3 == 0 else "", about=(event.iri,) if place % 2 else (),
            day=published.isoformat(),
        )
        for place in range(8)
    )  # fmt: skip
    number_of_words, signature = sketch(" ".join(words))
    said = tuple(sorted(
        (actor.iri, what, value) for actor in present
        for what, value in (("types", f"<https://claimgraph.example/ns#{actor.kind}>"), ("name", f'"{actor.names[0]}"'))
    ))  # fmt: skip
    return Abstract(
        digest, node, published.isoformat(), chance.choice(("fr", "en")), number_of_words, signature, tuple(present),
        (event,), claims, said,
    )  # fmt: skip


def _actor(chance: random.Random) -> ActorFacts:
    return _person(chance) if chance.random() < 0.6 else _body(chance)


def _person(chance: random.Random) -> ActorFacts:
    name = f"{_word(chance).title()} {_word(chance).title()}"
    return ActorFacts(unknown_actor(BASE, "Person", name), "Person", (name,), roles=chance.choice(_ROLES))


def _body(chance: random.Random) -> ActorFacts:
    name = f"{_word(chance).title()} {_word(chance).title()} {chance.choice(('Conseil', 'Groupe', 'Union'))}"
    return ActorFacts(unknown_actor(BASE, "Organization", name), "Organization", (name,))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))
