"""Known actors: their names and the facts by which texts describe them, from ``data/actors.ttl``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from kg.resolve.words import fold
from kg.resources import read
from kg.terms import KG, RDF, SKOS


@dataclass(frozen=True)
class KnownActor:
    """One known actor: *names* by language ("" = any), *nouns* and *adjectives* that describe it, related IRIs."""

    iri: str
    kind: str
    label: str
    labels: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    nouns: tuple[tuple[str, str], ...] = ()
    adjectives: tuple[tuple[str, str], ...] = ()
    sectors: tuple[tuple[str, str], ...] = ()
    founders: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The preferred name in *language*, else the first one."""
        return next((name for lang, name in self.labels if lang in (language, "")), self.label)


@dataclass(frozen=True)
class KnownActors:
    """All known actors, by IRI and by folded name."""

    by_iri: dict[str, KnownActor]
    by_name: dict[str, tuple[KnownActor, ...]] = field(repr=False)
    by_leader: dict[str, tuple[KnownActor, ...]] = field(repr=False, default_factory=dict)

    @staticmethod
    def load() -> KnownActors:
        """The actors that come with claimgraph."""
        return _load()

    def named(self, name: str) -> tuple[KnownActor, ...]:
        """The actors that bear *name* (case and accents folded)."""
        return self.by_name.get(fold(name), ())

    def called(self, name: str) -> tuple[KnownActor, ...]:
        """The actors that bear *name* as it is written: `us` is no country, `la libération` no newspaper."""
        folded = fold(name)
        return tuple(a for a in self.by_name.get(folded, ()) if any(_written(n, name, folded) for _, n in a.names))

    def led_by(self, iri: str) -> tuple[KnownActor, ...]:
        """The actors that the actor *iri* founded or leads."""
        return self.by_leader.get(iri, ())

    def names(self, language: str) -> list[str]:
        """Every name in use in *language*, as written."""
        return sorted({name for actor in self.by_iri.values() for lang, name in actor.names if lang in (language, "")})


def _written(known: str, text: str, folded: str) -> bool:
    """Whether *text* can be *known* by its capitals: short names letter by letter, others where *known* has one."""
    if fold(known) != folded:
        return False
    if len(folded) <= 3:
        return known.replace(".", "") == text.replace(".", "")
    words, forms = known.split(), text.split()
    if len(words) != len(forms):
        return True
    return all(form[:1].isupper() or not word[:1].isupper() for word, form in zip(words, forms, strict=True))


@cache
def _load() -> KnownActors:
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=read("data/actors.ttl"), format="turtle")
    actors: dict[str, KnownActor] = {}
    for subject in sorted({str(s) for s in graph.subjects(rdflib.URIRef(RDF.type), None)}):
        actors[subject] = _actor(graph, subject)
    names: dict[str, list[KnownActor]] = defaultdict(list)
    for actor in actors.values():
        for _, name in actor.names:
            if actor not in names[fold(name)]:
                names[fold(name)].append(actor)
    leaders = {iri for actor in actors.values() for iri in (*actor.founders, *actor.leaders)}
    by_leader = {iri: tuple(a for a in actors.values() if iri in (*a.founders, *a.leaders)) for iri in leaders}
    return KnownActors(actors, {name: tuple(found) for name, found in names.items()}, by_leader)


def _actor(graph: object, iri: str) -> KnownActor:
    import rdflib

    assert isinstance(graph, rdflib.Graph)
    subject = rdflib.URIRef(iri)

    def words(predicate: str) -> tuple[tuple[str, str], ...]:
        found = [(getattr(o, "language", None) or "", str(o)) for o in graph.objects(subject, rdflib.URIRef(predicate))]
        return tuple(sorted(found))

    def links(predicate: str) -> tuple[str, ...]:
        return tuple(sorted(str(o) for o in graph.objects(subject, rdflib.URIRef(predicate))))

    labels = words(SKOS.prefLabel)
    return KnownActor(
        iri=iri, kind=links(RDF.type)[0].rsplit("#", 1)[-1], label=labels[0][1], labels=labels,
        names=labels + words(SKOS.altLabel), nouns=words(KG.noun), adjectives=words(KG.adjective),
        sectors=words(KG.sector),
        founders=links(KG.founder), leaders=links(KG.leader), countries=links(KG.country), member_of=links(KG.memberOf),
    )  # fmt: skip
