"""Extraction -> RDF: the quads of a document's graph, of its text's graph, of unknown actors, and of a run.

Every function that gives quads gives sorted lines of N-Quads without line ends and without blank nodes, and gives the
same lines for the same arguments, always.  Clock times stand in the provenance graph only.  A ValueError means
that the extraction contradicts itself: its offsets do not fit its text, or an id or an index leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from kg import iris, nquads, shapes
from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Mention, Quantity, Run, Span, Time
from kg.nquads import boolean, day, decimal, integer, iri, moment, string
from kg.resources import software_version
from kg.terms import KG, PROV, RDF, SKOS, XSD

ActorIris = Mapping[str, str]
_T = TypeVar("_T")


class _Graph:
    """The quads of one named graph under way."""

    def __init__(self, name: str) -> None:
        self._end = f"{iri(name)} ."
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, *objects: str | None) -> None:
        """*objects* are terms as kg.nquads writes them; None is skipped: it states nothing."""
        start = f"{iri(subject)} {iri(predicate)}"
        self._lines.update(f"{start} {term} {self._end}" for term in objects if term is not None)

    def types(self, subject: str, leaf: str) -> None:
        """The class *leaf* and every superclass of ours: the store infers nothing."""
        self.add(subject, RDF.type, *(iri(KG.NS + name) for name in (leaf, *shapes.superclasses(leaf))))

    def interval(self, subject: str, interval: Interval | None, begin: str, end: str, precision: str) -> None:
        if interval is not None:
            self.add(subject, begin, day(interval.begin) if interval.begin else None)
            self.add(subject, end, day(interval.end) if interval.end else None)
            self.add(subject, precision, string(interval.precision))

    def lines(self) -> list[str]:
        return sorted(self._lines)


class _Writer:
    """One document's graph: what its nouns need to know of each other."""

    def __init__(self, extraction: Extraction, base: str, actors: ActorIris) -> None:
        self.extraction = extraction
        self.base = base
        self.actors = actors
        self.names = {actor.id: actor.name for actor in extraction.actors}
        self.document = iris.document(base, extraction.document.digest)
        self.graph = _Graph(self.document)
        self.topics = {**actors, **{event.id: self.event_iri(event) for event in extraction.events}}
        self.mentions = [iris.mention(self.document, m.span.start, m.span.end) for m in extraction.mentions]

    def event_iri(self, event: Event) -> str:
        return iris.event(self.document, event.kind, (event.trigger.start, event.trigger.end))

    def claim_iri(self, claim: Claim) -> str:
        speaker = self.names.get(claim.speaker) if claim.speaker else None
        content = [(span.start, span.end) for span in claim.content]
        return iris.claim(self.document, speaker, (claim.cue.start, claim.cue.end), content)

    def actor(self, id: str | None) -> str | None:
        """The actor's IRI as a term; None for nobody."""
        return None if id is None else iri(_found(self.actors, id, "actor"))

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


# ------------------------------------------------------------------ what the build asks for
def mint_actors(extraction: Extraction, base: str) -> dict[str, str]:
    """The IRI of each actor by its id in *extraction*: the known one, else one minted from its kind and name."""
    document = iris.document(base, extraction.document.digest)
    found: dict[str, str] = {}
    for actor in extraction.actors:
        if actor.known is not None:
            found[actor.id] = actor.known
        elif actor.named:
            found[actor.id] = iris.unknown_actor(base, actor.kind, actor.name)
        else:
            spans = [_at(extraction.mentions, index, "mention").span for index in actor.mentions]
            first = min(((span.start, span.end) for span in spans), default=(0, 0))
            found[actor.id] = iris.unnamed_actor(document, actor.name, first)
    return found


def document_quads(extraction: Extraction, base: str, actor_iris: ActorIris | None = None) -> list[str]:
    """The quads of the document's graph and of its text's graph.

    *actor_iris* is the identity assignment (actor id -> IRI) where it differs from ``mint_actors``.
    """
    writer = _Writer(extraction, base, {**mint_actors(extraction, base), **(actor_iris or {})})
    _document(writer)
    _mentions(writer)
    for event in _distinct(extraction.events, writer.event_iri):
        _event(writer, event)
    for claim in _distinct(extraction.claims, writer.claim_iri):
        _claim(writer, claim)
    for quantity in _distinct(extraction.quantities, lambda q: f"{q.span.start}-{q.span.end}"):
        _quantity(writer, quantity)
    for time in _distinct(extraction.times, lambda t: f"{t.span.start}-{t.span.end}"):
        _time(writer, time)
    return sorted(writer.graph.lines() + text_quads(extraction.document, base))


def text_quads(document: Document, base: str) -> list[str]:
    """The graph of the stored text: a function of the text alone, so that documents with one text share it."""
    if not document.text:
        return []
    node = iris.text(base, document.text)
    graph = _Graph(node)
    graph.types(node, "Text")
    graph.add(node, KG.content, string(document.text))
    graph.add(node, KG.digest, string(node.rpartition("/")[2]))
    return graph.lines()


def document_graphs(document: Document, base: str) -> list[str]:
    """The names of the graphs that ``document_quads`` fills: the document's, then its text's if one is kept."""
    own = iris.document(base, document.digest)
    return [own, iris.text(base, document.text)] if document.text else [own]


def actor_quads(extraction: Extraction, base: str, actor_iris: ActorIris | None = None) -> list[str]:
    """What the resolution graph says of the document's unknown actors: kind, names, membership, candidates.

    An actor that the identity assignment gave another node lends that node its name as an alias only.
    """
    minted = mint_actors(extraction, base)
    actors = {**minted, **(actor_iris or {})}
    graph = _Graph(iris.resolution_graph(base))
    named: set[str] = set()
    for actor in extraction.actors:
        node = actors[actor.id]
        if actor.known is not None and node == actor.known:
            continue  # graph/actors describes it
        own = node == minted[actor.id] and node not in named
        named.add(node)
        _actor(graph, node, actor, actors, own)
    return graph.lines()


def provenance_quads(run: Run, documents: Iterable[Document], base: str) -> list[str]:
    """The run, the documents whose graphs it wrote, and when each was read: quads of the provenance graph."""
    documents = sorted(documents, key=lambda document: document.digest)
    node = iris.run(base, run.software, run.version, run.model, run.started.isoformat(), *(d.digest for d in documents))
    graph = _Graph(iris.provenance_graph(base))
    graph.types(node, "Run")
    graph.add(node, KG.software, string(run.software))
    graph.add(node, KG.version, string(run.version))
    graph.add(node, KG.model, string(run.model) if run.model else None)
    graph.add(node, PROV.startedAtTime, moment(run.started))
    graph.add(node, PROV.endedAtTime, moment(run.ended) if run.ended else None)
    for document in documents:
        written = iris.document(base, document.digest)
        graph.add(node, PROV.used, iri(written))
        graph.add(node, PROV.generated, iri(written))
        graph.add(written, KG.retrieved, moment(document.retrieved) if document.retrieved else None)
    return graph.lines()


# ------------------------------------------------------------------ the nouns
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
        graph.add(node, KG.NS + name, *_fact(document.kind, name, value))


def _mentions(writer: _Writer) -> None:
    graph = writer.graph
    for node, mention in _best(writer.mentions, writer.extraction.mentions).items():
        graph.types(node, "Mention")
        graph.add(node, KG.span, writer.span(mention.span))
        graph.add(node, KG.mentionKind, string(mention.kind))
        graph.add(node, KG.extractor, string(mention.extractor))
        graph.add(node, KG.score, decimal(mention.score))
    for actor in writer.extraction.actors:
        for index in actor.mentions:
            graph.add(_at(writer.mentions, index, "mention"), KG.refersTo, writer.actor(actor.id))


def _event(writer: _Writer, event: Event) -> None:
    node, graph = writer.event_iri(event), writer.graph
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
    graph.add(node, KG.confidence, decimal(event.confidence))


def _claim(writer: _Writer, claim: Claim) -> None:
    node, graph = writer.claim_iri(claim), writer.graph
    graph.types(node, "Claim")
    graph.add(node, KG.speaker, writer.actor(claim.speaker))
    if claim.speaker_mention is not None:
        graph.add(node, KG.speakerMention, iri(_at(writer.mentions, claim.speaker_mention, "mention")))
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
    graph.add(node, KG.about, *(iri(_found(writer.topics, id, "actor or event")) for id in claim.about))
    graph.add(node, KG.hedged, boolean(claim.hedged))
    graph.add(node, KG.negated, boolean(claim.negated))
    graph.add(node, KG.nested, boolean(claim.nested))
    graph.interval(node, claim.uttered, KG.utteredBegin, KG.utteredEnd, KG.utteredPrecision)
    graph.add(node, KG.reportedIn, iri(writer.document))
    graph.add(node, KG.confidence, decimal(claim.confidence))


def _quantity(writer: _Writer, quantity: Quantity) -> None:
    node, graph = iris.quantity(writer.document, quantity.span.start, quantity.span.end), writer.graph
    graph.types(node, "Quantity")
    graph.add(node, KG.span, writer.span(quantity.span))
    graph.add(node, KG.quantityKind, string(quantity.kind))
    graph.add(node, KG.value, decimal(quantity.value) if quantity.value is not None else None)
    graph.add(node, KG.maxValue, decimal(quantity.max) if quantity.max is not None else None)
    graph.add(node, KG.unit, string(quantity.unit) if quantity.unit is not None else None)
    graph.add(node, KG.reportedIn, iri(writer.document))


def _time(writer: _Writer, time: Time) -> None:
    node, graph = iris.time(writer.document, time.span.start, time.span.end), writer.graph
    graph.types(node, "TimeExpression")
    graph.add(node, KG.span, writer.span(time.span))
    graph.add(node, KG.timeType, string(time.type))
    graph.add(node, KG.timeValue, string(time.value))
    graph.interval(node, time.interval, KG.begin, KG.end, KG.precision)
    graph.add(node, KG.reportedIn, iri(writer.document))


def _actor(graph: _Graph, node: str, actor: Actor, actors: ActorIris, own: bool) -> None:
    if own:
        graph.types(node, actor.kind)
        graph.add(node, SKOS.prefLabel, string(actor.name))
    names = {*actor.aliases} - {actor.name} if own else {actor.name, *actor.aliases}
    graph.add(node, SKOS.altLabel, *(string(name) for name in names))
    if actor.member_of is not None:
        graph.add(node, KG.memberOf, iri(_found(actors, actor.member_of, "actor")))
    graph.add(node, KG.maybeSameAs, *(iri(other) for other, _ in actor.candidates if other != node))


# ------------------------------------------------------------------ small parts
def extractor(model: str) -> str:
    """What a document's graph says of the software that made it: its version and the models it used."""
    return " ".join(["claimgraph", software_version(), *model.split()])


def collection_iri(part_of: str, base: str) -> str:
    """The collection that ``Document.part_of`` means: its IRI as it stands, or one minted from its name."""
    return part_of if part_of.startswith(base) else iris.collection(base, part_of)


def role_iri(role: str) -> str:
    """``agent`` -> ``kg:hasAgent``."""
    return f"{KG.NS}has{role.capitalize()}"


def _fact(kind: str, name: str, value: object) -> list[str]:
    """The terms of a fact of a document of *kind*, in the datatype its shape asks for; a tuple gives several."""
    field = next((field for field in shapes.fields(kind) if field.path == KG.NS + name), None)
    if field is None:
        raise ValueError(f"{kind} has no property {name!r} in the ontology")
    values = value if isinstance(value, (tuple, list)) else [value]
    return [_value(field.datatype, name, each) for each in values]


def _value(datatype: str | None, name: str, value: object) -> str:
    match datatype, value:
        case XSD.boolean, bool():
            return boolean(value)
        case XSD.integer, int() if not isinstance(value, bool):
            return integer(value)
        case XSD.decimal, (int() | float()) if not isinstance(value, bool):
            return decimal(value)
        case XSD.dateTime, datetime():
            return moment(value)
        case XSD.date, date() if not isinstance(value, datetime):
            return day(value)
        case XSD.string, str():
            return string(value)
        case XSD.anyURI, str():
            return nquads.typed(value, XSD.anyURI)
        case None, str():
            return iri(value)
    raise ValueError(f"{value!r} is no value of {name}, which takes {datatype or 'an IRI'}")


def _best(nodes: Sequence[str], mentions: Sequence[Mention]) -> dict[str, Mention]:
    """One mention a place: where two extractors found the same words, the surer one."""
    found: dict[str, Mention] = {}
    for node, mention in zip(nodes, mentions, strict=True):
        if node not in found or _rank(mention) > _rank(found[node]):
            found[node] = mention
    return found


def _rank(mention: Mention) -> tuple[float, str, str]:
    return mention.score, mention.extractor, mention.kind


def _distinct(things: Sequence[_T], key: Callable[[_T], str]) -> list[_T]:
    """*things* without exact repetitions (their ids apart); ValueError where two different ones would share a node."""
    found: dict[str, _T] = {}
    for thing in things:
        first = found.setdefault(key(thing), thing)
        if _without_id(first) != _without_id(thing):
            raise ValueError(f"two different {type(thing).__name__} nodes would share one IRI: {first} and {thing}")
    return list(found.values())


def _without_id(thing: Any) -> Any:
    return replace(thing, id="") if hasattr(thing, "id") else thing


def _found(where: Mapping[str, str], id: str, what: str) -> str:
    if id not in where:
        raise ValueError(f"no {what} has the id {id!r} in this extraction")
    return where[id]


def _at(things: Sequence[_T], index: int, what: str) -> _T:
    if not 0 <= index < len(things):
        raise ValueError(f"no {what} has the index {index} in this extraction")
    return things[index]
