"""Actors: their IRIs, and what the resolution graph says of those that no list knows."""

from __future__ import annotations

from collections.abc import Mapping

from kg import iris, shapes
from kg.model import Actor, Extraction
from kg.nquads import iri, lang_string, string, typed
from kg.rdf.graph import Graph, at, found
from kg.terms import KG, RDF, SKOS

ActorIris = Mapping[str, str]


def mint_actors(extraction: Extraction, base: str) -> dict[str, str]:
    """The IRI of each actor by its id in *extraction*: the known one, else one minted from its kind and name."""
    document = iris.document(base, extraction.document.digest)
    nodes: dict[str, str] = {}
    for actor in extraction.actors:
        if actor.known is not None:
            nodes[actor.id] = rebased(actor.known, base)
        elif actor.named:
            nodes[actor.id] = iris.unknown_actor(base, actor.kind, actor.name)
        else:
            spans = [at(extraction.mentions, index, "mention").span for index in actor.mentions]
            first = min(((span.start, span.end) for span in spans), default=(0, 0))
            nodes[actor.id] = iris.unnamed_actor(document, actor.name, first)
    return nodes


def known_actor_quads(turtle: str, base: str) -> list[str]:
    """The graph of known actors, from the *turtle* of ``data/actors.ttl``: every superclass stated, IRIs under *base*.

    ValueError for a blank node, which no golden file and no diff could name.
    """
    from rdflib import BNode, Literal, URIRef
    from rdflib import Graph as Parsed

    graph = Graph(iris.actors_graph(base))
    for subject, predicate, value in Parsed(bind_namespaces="none").parse(data=turtle, format="turtle"):
        if isinstance(subject, BNode) or isinstance(value, BNode):
            raise ValueError(f"known actors have a blank node at {predicate}")
        node = rebased(str(subject), base)
        if predicate == URIRef(RDF.type):
            graph.types(node, shapes.local(value))
        elif isinstance(value, Literal):
            term = lang_string(str(value), value.language) if value.language else string(str(value))
            graph.add(node, str(predicate), term if value.datatype is None else typed(str(value), str(value.datatype)))
        else:
            graph.add(node, str(predicate), iri(rebased(str(value), base)))
    return graph.lines()


def rebased(known: str, base: str) -> str:
    """The IRI of a known actor in a graph whose base is *base*: data/actors.ttl uses the default base."""
    return base + known.removeprefix(iris.BASE) if known.startswith(iris.BASE + "actor/") else known


def actor_quads(extraction: Extraction, base: str, actor_iris: ActorIris | None = None) -> list[str]:
    """What the resolution graph says of the document's unknown actors: kind, names, membership, candidates.

    An actor that the identity assignment gave another node lends that node its name as an alias only.
    """
    minted = mint_actors(extraction, base)
    actors = {**minted, **(actor_iris or {})}
    graph = Graph(iris.resolution_graph(base))
    named: set[str] = set()
    for actor in extraction.actors:
        node = actors[actor.id]
        if actor.known is not None and node == minted[actor.id]:
            continue  # graph/actors describes it
        own = node == minted[actor.id] and node not in named
        named.add(node)
        _actor(graph, node, actor, actors, base, own)
    return graph.lines()


def _actor(graph: Graph, node: str, actor: Actor, actors: ActorIris, base: str, own: bool) -> None:
    candidates = [rebased(other, base) for other, _ in actor.candidates]
    if own:
        graph.types(node, actor.kind)
        graph.add(node, SKOS.prefLabel, string(actor.name))
    names = {*actor.aliases} - {actor.name} if own else {actor.name, *actor.aliases}
    graph.add(node, SKOS.altLabel, *(string(name) for name in names))
    if actor.member_of is not None:
        graph.add(node, KG.memberOf, iri(found(actors, actor.member_of, "actor")))
    graph.add(node, KG.maybeSameAs, *(iri(other) for other in candidates if other != node))
