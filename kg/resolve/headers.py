"""Who wrote a mail, as far as its headers prove it: known actors as senders, or only as candidates.

A From header is what the writer chose to write.  A display name alone therefore makes a candidate, never a sender; so
does an address alone at an actor's domain, for many people write from there.  The sender is stated where both agree
(a name that the actor bears, at a domain that is the actor's own or that of a body it leads or is a member of), or
where an organisation writes from a mailbox of a role at its own domain; never where the signature of the mail fails.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache

from kg.model import Document
from kg.resolve.known import KnownActor, KnownActors
from kg.resources import read


def addressed(document: Document) -> Document:
    """A mail with its ``sender`` or ``senderCandidate`` among its parties; any other document as it is."""
    if document.kind != "EmailMessage":
        return document
    facts = dict(document.facts)
    name, address = str(facts.get("senderName", "")), str(facts.get("senderAddress", ""))
    named = KnownActors.load().named(name) if name else ()
    owners = _owners(address.rpartition("@")[2])
    proven = [actor for actor in named if _at_home(actor, owners)]
    if not name and not proven:
        proven = [owner for owner in owners if address.partition("@")[0] in _roles()]
    sound = facts.get("signatureVerdict") != "fail"
    if sound and len(proven) == 1:
        return replace(document, parties=(("sender", proven[0].iri),))
    candidates = dict.fromkeys(actor.iri for actor in (*named, *proven))
    return replace(document, parties=tuple(("senderCandidate", actor) for actor in candidates))


def _at_home(actor: KnownActor, owners: tuple[KnownActor, ...]) -> bool:
    homes = {actor.iri, *actor.member_of}
    return any(owner.iri in homes or actor.iri in (*owner.leaders, *owner.founders) for owner in owners)


def _owners(domain: str) -> tuple[KnownActor, ...]:
    """The known actors at home under *domain* or a domain above it."""
    known = KnownActors.load().by_iri
    labels = domain.split(".")
    names = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return tuple(known[iri] for name in names if (iri := _domains().get(name)) in known and iri is not None)


@cache
def _tables() -> dict[str, dict[str, str] | list[str]]:
    return tomllib.loads(read("data/mail/addresses.toml"))


@cache
def _domains() -> dict[str, str]:
    table = _tables()["domains"]
    assert isinstance(table, dict)
    return {domain: f"https://claimgraph.example/actor/{slug}" for domain, slug in table.items()}


@cache
def _roles() -> frozenset[str]:
    return frozenset(_tables()["roles"])
