"""Names of known actors across documents: in a spelling that the document's own resolution does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kg.resolve.across import names, threat_actors
from kg.resolve.across.words import states
from kg.resolve.callings import classes_of, gender_of
from kg.resolve.known import KnownActor, KnownActors
from kg.resolve.words import fold, resolve_words

PLACES = frozenset({"GeopoliticalEntity"})
"""`Place` is what the model often takes an unknown firm for."""
LOOSE = frozenset({"Organization", "Unidentified"})
INTRUDERS = frozenset({"Group", "Organization", "Unidentified"})


def known_as(titles: Iterable[str], kind: str, roles: Iterable[str] = (), gender: str = "") -> str:
    """The one known actor that some name is a spelling of, or an unambiguous name of its group; "" where none is
    sure.

    Where calling or gender are not a known person's, and where the document itself refused them a name of theirs, its
    bearer is another person.
    """
    found: set[str] = set()
    for name in titles:
        for key in names.keys(name, kind == "Person"):
            for actor_kind, known, iri in _known_index().get(key, ()):
                alike = (kind == "Person") == (actor_kind == "Person") and _known_fits(name, kind, known, actor_kind)
                if alike and (kind != "Person" or _may_be(KnownActors.load().by_iri[iri], titles, roles, gender)):
                    found.add(iri)
    group = group_of(titles, kind)
    if group and not found:
        found.update(threat_actors.known_groups().get(group, ()))
    return min(found) if len(found) == 1 else ""


def _may_be(actor: KnownActor, titles: Iterable[str], roles: Iterable[str], gender: str) -> bool:
    """Whether nothing that a document tells of a person speaks against its being the known *actor*."""
    own = {fold(name) for _, name in actor.names}
    if any(" " in (bare := " ".join(names.person(name))) and bare in own for name in titles):
        return False  # a full name, which resolution inside the document knows and did not take for theirs
    if gender and gender_of(actor) not in ("", gender):
        return False
    daily = resolve_words("fr").callings | resolve_words("en").callings
    told, theirs = set(roles) & callings(), classes_of(actor)
    return not set(roles) & daily and (not told or not theirs or bool(told & theirs))


def _known_fits(name: str, kind: str, known: str, known_kind: str) -> bool:
    if kind == "Person":
        return names.persons(name, known) >= 0.85
    alike = kind == known_kind or (kind in LOOSE and known_kind not in PLACES) or known_kind == "Organization"
    return alike and len(names.body(name)) > 1 and names.bodies(name, known) >= 0.9


@cache
def _known_index() -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """Key -> ``(kind, name, IRI)`` of the known actors under it."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for actor in KnownActors.load().by_iri.values():
        for name in sorted({name for _, name in actor.names}):
            for key in names.keys(name, actor.kind == "Person"):
                found.setdefault(key, []).append((actor.kind, name, actor.iri))
    return {key: tuple(actors) for key, actors in found.items()}


def group_of(titles: Iterable[str], kind: str) -> str:
    """The threat actor that the names are one of; "" where they are none's, or those of two."""
    if kind not in INTRUDERS:
        return ""
    found = {group for name in titles if (group := threat_actors.group_of(name))}
    return found.pop() if len(found) == 1 else ""


@cache
def callings() -> frozenset[str]:
    """The classes of what people are by calling, which exclude each other; what else describes them may go together."""
    found = [resolve_words(language).roles.values() for language in ("fr", "en")]
    return frozenset(name for values in found for classes in values for name in classes) - states()
