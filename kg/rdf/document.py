"""A document's graph: the document, its mentions, events, claims, quantities and times, one function a noun."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg import iris, nquads, shapes
from kg.model import Claim, Event, Extraction, Mention, Quantity, Span, Time
from kg.nquads import boolean, day, decimal, integer, iri, string
from kg.rdf.actors import ActorIris, mint_actors, rebased
from kg.rdf.entries import add_entries
from kg.rdf.facts import fact
from kg.rdf.graph import Graph, at, found, nodes
from kg.rdf.text import text_quads
from kg.resources import software_version
from kg.terms import KG, PROV, SKOS, XSD


def document_quads(extraction: Extraction, base: str, actor_iris: ActorIris | None = None) -> list[str]:
    """The quads of the document's graph and of its text's graph.

    *actor_iris* is the identity assignment (actor id -> IRI) where it differs from ``mint_actors``.
    """
    writer = _Writer(extraction, base, {**mint_actors(extraction, base), **(actor_iris or {})})
    _document(writer)
    _mentions(writer)
    for node, event in writer.events:
        _event(writer, node, event)
    for node, claim in nodes(extraction.claims, writer.claim_iri):
        _claim(writer, node, claim)
    for node, quantity in nodes(extraction.quantities, writer.quantity_iri):
        _quantity(writer, node, quantity)
    for node, time in nodes(extraction.times, writer.time_iri):
        _time(writer, node, time)
    return sorted(writer.graph.lines() + text_quads(extraction.document, base))


class _Writer:
    """One document's graph: what its nouns need to know of each other."""

    def __init__(self, extraction: Extraction, base: str, actors: ActorIris) -> None:
        self.extraction = extraction
        self.base = base
        self.actors = actors
        self.names = {actor.id: actor.name for actor in extraction.actors}
        self.document = iris.document(base, extraction.document.digest)
        self.graph = Graph(self.document)
        self.events = nodes(extraction.events, self.event_iri)
        self.topics = {**actors, **{event.id: node for node, event in self.events}}
        self.mentions = [iris.mention(self.document, m.span.start, m.span.end) for m in extraction.mentions]

    def event_iri(self, event: Event) -> str:
        return iris.event(self.document, event.kind, (event.trigger.start, event.trigger.end))

    def claim_iri(self, claim: Claim) -> str:
        speaker = self.names.get(claim.speaker) if claim.speaker else None
        content = [(span.start, span.end) for span in claim.content]
        return iris.claim(self.document, speaker, (claim.cue.start, claim.cue.end), content)

    def quantity_iri(self, quantity: Quantity) -> str:
        return iris.quantity(self.document, quantity.span.start, quantity.span.end)

    def time_iri(self, time: Time) -> str:
        return iris.time(self.document, time.span.start, time.span.end)

    def actor(self, id: str | None) -> str | None:
        """The actor's IRI as a term; None for nobody."""
        return None if id is None else iri(found(self.actors, id, "actor"))

    def span(self, span: Span) -> str:
        text = self.extraction.document.text
        if text[span.start : span.end] != span.exact:
            raise ValueError(f"span {span.start}:{span.end} says {span.exact!r}, the text something else")
        node = iris.span(self.document, span.start, span.end)
        self.graph.types(node, "Span")
        self.graph.add(node, KG.document, iri(self.document))
        self.graph.add(node, KG.start, integer(span.start))
        self.graph.add(node, KG.end, integer(span.end))
        self.graph.add(node, KG.exact, string(span.exact))
        return iri(node)


def _document(writer: _Writer) -> None:
    document, node, graph = writer.extraction.document, writer.document, writer.graph
    graph.types(node, document.kind)
    graph.add(node, KG.digest, string(document.digest))
    graph.add(node, KG.marking, string(document.marking))
    graph.add(node, KG.schemaVersion, string(shapes.schema_version()))
    graph.add(node, KG.extractor, string(extractor(writer.extraction.model)))
    for predicate, words in (
        (KG.title, document.title),
        (KG.publisher, document.publisher),
        (KG.author, document.author),
        (KG.language, document.language),
        (KG.path, document.path),
    ):
        graph.add(node, predicate, string(words) if words is not None else None)
    graph.add(node, KG.url, nquads.typed(document.url, XSD.anyURI) if document.url else None)
    if document.published is not None and document.published.begin is not None:
        graph.add(node, KG.published, day(document.published.begin))
        graph.add(node, KG.publishedPrecision, string(document.published.precision))
    graph.add(node, KG.warning, *(string(warning) for warning in document.warnings))
    if document.part_of is not None:
        graph.add(node, KG.partOf, iri(collection_iri(document.part_of, writer.base)))
    if document.text:
        text = iris.text(writer.base, document.text)
        graph.add(node, KG.storedText, iri(text))
        graph.add(text, PROV.wasDerivedFrom, iri(node))  # here, not in the text's graph: see text_quads
    for name, value in document.facts:
        graph.add(node, KG.NS + name, *fact(document.kind, name, value))
    _places(writer)
    add_entries(graph, node, document.entries)


def _places(writer: _Writer) -> None:
    """Where it was found, what is attached to it, and who its headers name.

    The name under which a file is attached stands here, not in the file's graph: other mails may call it otherwise.
    """
    document, node, graph = writer.extraction.document, writer.document, writer.graph
    if document.contained_in is not None:
        graph.add(node, KG.containedIn, iri(iris.document(writer.base, document.contained_in)))
    for digest, name in document.attached:
        file = iris.document(writer.base, digest)
        graph.add(node, KG.attachment, iri(file))
        graph.add(file, SKOS.altLabel, string(name))
    for name, actor in document.parties:
        graph.add(node, KG.NS + name, iri(rebased(actor, writer.base)))


def _mentions(writer: _Writer) -> None:
    graph = writer.graph
    for node, mention in _best(writer.mentions, writer.extraction.mentions).items():
        graph.types(node, "Mention")
        graph.add(node, KG.span, writer.span(mention.span))
        graph.add(node, KG.mentionKind, string(mention.kind))
        graph.add(node, KG.extractor, string(mention.extractor))
        graph.share(node, KG.score, mention.score)
    for actor in writer.extraction.actors:
        for index in actor.mentions:
            graph.add(at(writer.mentions, index, "mention"), KG.refersTo, writer.actor(actor.id))


def _event(writer: _Writer, node: str, event: Event) -> None:
    graph = writer.graph
    graph.types(node, event.kind)
    graph.add(node, SKOS.prefLabel, string(event.label))
    graph.add(node, KG.trigger, writer.span(event.trigger))
    graph.add(node, KG.evidence, *(writer.span(span) for span in (event.trigger, *event.mentions)))
    graph.interval(node, event.interval, KG.begin, KG.end, KG.precision)
    for role, actor in event.roles:
        graph.add(node, KG.hasParticipant, writer.actor(actor))
        graph.add(node, role_iri(role), writer.actor(actor))
    graph.add(node, KG.alleged, boolean(event.alleged))
    graph.add(node, KG.reportedIn, iri(writer.document))
    graph.share(node, KG.confidence, event.confidence)


def _claim(writer: _Writer, node: str, claim: Claim) -> None:
    graph = writer.graph
    graph.types(node, "Claim")
    graph.add(node, KG.speaker, writer.actor(claim.speaker))
    if claim.speaker_mention is not None:
        graph.add(node, KG.speakerMention, iri(at(writer.mentions, claim.speaker_mention, "mention")))
    graph.add(node, KG.speakerCandidate, *(writer.actor(actor) for actor, _ in claim.candidates))
    graph.add(node, KG.cue, writer.span(claim.cue))
    graph.add(node, KG.cueLemma, string(claim.cue_lemma))
    graph.add(node, KG.evidence, *(writer.span(span) for span in claim.content))
    graph.add(node, KG.text, string(claim.text))
    graph.add(node, KG.stance, iri(KG.NS + claim.stance))
    graph.add(node, KG.form, string(claim.form))
    graph.add(node, KG.frame, string(claim.frame))
    graph.add(node, KG.addressee, writer.actor(claim.addressee))
    graph.add(node, KG.attributedTo, writer.actor(claim.imputed))
    graph.add(node, KG.about, *(iri(found(writer.topics, id, "actor or event")) for id in claim.about))
    graph.add(node, KG.hedged, boolean(claim.hedged))
    graph.add(node, KG.negated, boolean(claim.negated))
    graph.add(node, KG.nested, boolean(claim.nested))
    graph.interval(node, claim.uttered, KG.utteredBegin, KG.utteredEnd, KG.utteredPrecision)
    graph.add(node, KG.reportedIn, iri(writer.document))
    graph.share(node, KG.confidence, claim.confidence)


def _quantity(writer: _Writer, node: str, quantity: Quantity) -> None:
    graph = writer.graph
    graph.types(node, "Quantity")
    graph.add(node, KG.span, writer.span(quantity.span))
    graph.add(node, KG.quantityKind, string(quantity.kind))
    graph.add(node, KG.value, decimal(quantity.value) if quantity.value is not None else None)
    graph.add(node, KG.maxValue, decimal(quantity.max) if quantity.max is not None else None)
    graph.add(node, KG.unit, string(quantity.unit) if quantity.unit is not None else None)
    graph.add(node, KG.reportedIn, iri(writer.document))


def _time(writer: _Writer, node: str, time: Time) -> None:
    graph = writer.graph
    graph.types(node, "TimeExpression")
    graph.add(node, KG.span, writer.span(time.span))
    graph.add(node, KG.timeType, string(time.type))
    graph.add(node, KG.timeValue, string(time.value))
    graph.interval(node, time.interval, KG.begin, KG.end, KG.precision)
    graph.add(node, KG.reportedIn, iri(writer.document))


@cache
def extractor(model: str) -> str:
    """What a document's graph says of the software that made it: its version and the models it used."""
    return " ".join(["claimgraph", software_version(), *model.split()])


def collection_iri(part_of: str, base: str) -> str:
    """The collection that ``Document.part_of`` means: its IRI as it stands, or one minted from its name."""
    return part_of if part_of.startswith(base) else iris.collection(base, part_of)


def role_iri(role: str) -> str:
    """``agent`` -> ``kg:hasAgent``."""
    return f"{KG.NS}has{role.capitalize()}"


def _best(nodes: Sequence[str], mentions: Sequence[Mention]) -> dict[str, Mention]:
    """One mention a place: where two extractors found the same words, the surer one."""
    found: dict[str, Mention] = {}
    for node, mention in zip(nodes, mentions, strict=True):
        if node not in found or _rank(mention) > _rank(found[node]):
            found[node] = mention
    return found


def _rank(mention: Mention) -> tuple[float, str, str]:
    return mention.score, mention.extractor, mention.kind
