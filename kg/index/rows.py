"""Index rows, always made from the store's quads: building, updating and ``kg reindex`` share this one path.

*select* answers a SPARQL SELECT with rows of strings (RDF terms that are ``str``), over the union of all graphs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from kg.index.passages import passages
from kg.terms import KG, RDF, SKOS

Select: TypeAlias = Callable[[str], Sequence[Mapping[str, Any]]]
Properties: TypeAlias = Mapping[str, list[str]]
T = TypeVar("T")

# What no row needs, left out because most of the time goes into carrying values from the store.
_UNUSED = (
    KG.cue, KG.cueLemma, KG.evidence, KG.frame, KG.nested, KG.speakerMention, KG.trigger, KG.utteredPrecision,
    KG.attachment, KG.attachmentCount, KG.byteSize, KG.containedIn, KG.digest, KG.extractor, KG.fileName, KG.hop,
    KG.inReplyTo, KG.mediaType, KG.messageId, KG.publishedPrecision, KG.recipientAddress, KG.reference,
    KG.schemaVersion, KG.senderAddress, KG.senderName, KG.sentAt, KG.signatureDomain, KG.signatureNote,
    KG.signatureVerdict, KG.thread,
)  # fmt: skip
_GRAPHS_A_QUERY = 64
_NODES_A_QUERY = 500


@dataclass(slots=True)
class IndexRow:
    """One thing that can be found: *words* filter and facet it, *texts* are searched, *body* is shown in snippets."""

    iri: str
    kind: str
    graph: str = ""
    within: tuple[str, ...] = ()
    words: dict[str, list[str]] = field(default_factory=dict)
    begin: date | None = None
    end: date | None = None
    confidence: float | None = None
    name: str = ""
    texts: tuple[str, ...] = ()
    language: str | None = None
    body: str = ""
    start: int = 0


def rows_of_graphs(select: Select, graphs: Iterable[str]) -> Iterator[IndexRow]:
    """The claims, events, documents, collections and passages of *graphs* (IRIs; ``""`` the default graph has none)."""
    for some in _batches(sorted(graph for graph in graphs if graph), _GRAPHS_A_QUERY):
        nodes = _nodes(select, some)
        for (graph, iri), properties in nodes.items():
            document = nodes.get((graph, _first(properties, "reportedIn") or graph), {})
            yield from _rows_of_node(graph, iri, properties, document)
        yield from _passages(select, some, nodes)


def rows_of_actors(select: Select, actors: Iterable[str]) -> Iterator[IndexRow]:
    """The rows of those of *actors* that still are actors, from whatever graphs describe them."""
    for some in _batches(sorted(_known(select, actors)), _NODES_A_QUERY):
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        within: dict[str, set[str]] = defaultdict(set)
        for row in select(f"SELECT ?s ?g ?p ?o WHERE {{ {_values('s', some)} GRAPH ?g {{ ?s ?p ?o }} }}"):
            found[row["s"]][row["p"]].append(row["o"])
            within[row["s"]].add(row["g"])
        for iri in sorted(found):
            if KG.Actor in found[iri][RDF.type]:
                yield _actor(iri, found[iri], tuple(sorted(within[iri])))


def _known(select: Select, nodes: Iterable[str]) -> Iterator[str]:
    """Those of *nodes* that are actors."""
    for some in _batches(sorted(nodes), _NODES_A_QUERY):
        rows = select(f"SELECT ?s WHERE {{ {_values('s', some)} GRAPH ?g {{ ?s a <{KG.Actor}> }} }}")
        yield from {row["s"] for row in rows}


def actors_in(select: Select, graphs: Iterable[str]) -> set[str]:
    """The actors that *graphs* describe."""
    found: set[str] = set()
    for some in _batches(sorted(graph for graph in graphs if graph), _GRAPHS_A_QUERY):
        rows = select(f"SELECT ?s WHERE {{ {_values('g', some)} GRAPH ?g {{ ?s a <{KG.Actor}> }} }}")
        found.update(row["s"] for row in rows)
    return found


def documents_of_texts(select: Select, graphs: Iterable[str]) -> set[str]:
    """The graphs of the documents whose stored text stands in one of *graphs*."""
    found: set[str] = set()
    for some in _batches(sorted(graph for graph in graphs if graph), _NODES_A_QUERY):
        rows = select(f"SELECT ?g WHERE {{ {_values('t', some)} GRAPH ?g {{ ?d <{KG.storedText}> ?t }} }}")
        found.update(row["g"] for row in rows)
    return found


# ------------------------------------------------------------------ one node
def _nodes(select: Select, graphs: Sequence[str]) -> dict[tuple[str, str], dict[str, list[str]]]:
    classes = ", ".join(f"<{name}>" for name in (KG.Claim, KG.Event, KG.Document, KG.Collection))
    unused = ", ".join(f"<{name}>" for name in _UNUSED)
    nodes: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in select(
        # a filter on the class, and no DISTINCT: several times faster than VALUES, and these classes share no node
        f"SELECT ?g ?s ?p ?o WHERE {{ {_values('g', graphs)} GRAPH ?g {{ ?s a ?class ; ?p ?o }} "
        f"FILTER(?class IN ({classes})) FILTER(?p NOT IN ({unused})) }}"
    ):
        values = nodes.setdefault((row["g"], row["s"]), defaultdict(list))[row["p"]]
        if row["o"] not in values:
            values.append(row["o"])
    return dict(sorted(nodes.items()))


def _rows_of_node(graph: str, iri: str, properties: Properties, document: Properties) -> Iterator[IndexRow]:
    types = properties[RDF.type]
    if KG.Claim in types:
        yield _claim(graph, iri, properties, document)
    elif _first(properties, "reportedIn") not in (None, graph):
        return  # what several documents report is found by each report of it
    elif KG.Event in types:
        yield _event(graph, iri, properties, document)
    elif KG.Document in types:
        yield _document(graph, iri, properties)
    else:
        name = _label(properties.get(SKOS.prefLabel, []))
        marking = _first(properties, "marking") or "CLEAR"
        yield IndexRow(iri, "collection", graph, words={"marking": [marking]}, name=name, texts=(name,), body=name)


def _claim(graph: str, iri: str, properties: Properties, document: Properties) -> IndexRow:
    published = _day(_first(document, "published"))
    begin = _day(_first(properties, "utteredBegin")) or published
    text = _first(properties, "text") or ""
    words = {
        **_document_words(document, begin),
        "type": _types(properties),
        "speaker": _all(properties, "speaker"),
        "about": _all(properties, "about"),
        "addressee": _all(properties, "addressee"),
        "attributed": _all(properties, "attributedTo"),
        "stance": [_local(one) for one in _all(properties, "stance")],
        "form": _all(properties, "form"),
        "hedged": _all(properties, "hedged"),
        "negated": _all(properties, "negated"),
    }
    return IndexRow(
        iri, "claim", graph, words=words, begin=begin, end=_day(_first(properties, "utteredEnd")) or begin,
        confidence=_number(_first(properties, "confidence")), name=text, texts=(text,),
        language=_first(document, "language"), body=text,
    )  # fmt: skip


def _event(graph: str, iri: str, properties: Properties, document: Properties) -> IndexRow:
    begin = _day(_first(properties, "begin")) or _day(_first(document, "published"))
    labels = sorted(properties.get(SKOS.prefLabel, []))
    words = {
        **_document_words(document, begin),
        "type": _types(properties),
        "participant": _all(properties, "hasParticipant"),
        "alleged": _all(properties, "alleged"),
    }
    return IndexRow(
        iri, "event", graph, words=words, begin=begin, end=_day(_first(properties, "end")) or begin,
        confidence=_number(_first(properties, "confidence")), name=_label(labels), texts=tuple(labels),
        language=_first(document, "language"), body=_label(labels),
    )  # fmt: skip


def _document(graph: str, iri: str, properties: Properties) -> IndexRow:
    title = _first(properties, "title") or _first(properties, "path") or ""
    begin = _day(_first(properties, "published"))
    words = {**_document_words(properties, begin), "type": _types(properties)}
    texts = [title, *(_first(properties, name) or "" for name in ("publisher", "author", "path"))]
    return IndexRow(
        iri, "document", graph, words=words, begin=begin, end=begin, name=title,
        texts=tuple(text for text in texts if text), language=_first(properties, "language"), body=title,
    )  # fmt: skip


def _actor(iri: str, properties: Properties, within: tuple[str, ...]) -> IndexRow:
    names = sorted({*properties.get(SKOS.prefLabel, []), *properties.get(SKOS.altLabel, [])})
    label = _label(properties.get(SKOS.prefLabel, []))
    words = {"type": _types(properties)}
    return IndexRow(iri, "actor", within=within, words=words, name=label, texts=tuple(names), body=label)


def _passages(select: Select, graphs: Sequence[str], nodes: Mapping[tuple[str, str], Properties]) -> Iterator[IndexRow]:
    rows = select(
        f"SELECT ?g ?d ?text WHERE {{ {_values('g', graphs)} GRAPH ?g {{ ?d <{KG.storedText}> ?t }} "
        f"GRAPH ?t {{ ?t <{KG.content}> ?text }} }}"
    )
    for row in sorted(rows, key=lambda row: (row["g"], row["d"])):
        document = nodes.get((row["g"], row["d"]), {})
        begin = _day(_first(document, "published"))
        words = _document_words(document, begin)
        for start, end in passages(str(row["text"])):
            body = str(row["text"])[start:end]
            yield IndexRow(
                f"{row['d']}/span/{start}-{end}", "passage", row["g"], words=words, begin=begin, end=begin,
                texts=(body,), language=_first(document, "language"), body=body, start=start,
            )  # fmt: skip


# ------------------------------------------------------------------ values
def _document_words(document: Properties, day: date | None) -> dict[str, list[str]]:
    return {
        "outlet": _all(document, "publisher"),
        "language": _all(document, "language"),
        "marking": _all(document, "marking") or ["CLEAR"],
        "collection": _all(document, "partOf"),
        "superseded": _all(document, "superseded"),
        "month": [day.isoformat()[:7]] if day else [],
    }


def _all(properties: Properties, name: str) -> list[str]:
    return sorted(str(one) for one in properties.get(KG.NS + name, ()))


def _first(properties: Properties, name: str) -> str | None:
    found = _all(properties, name)
    return found[0] if found else None


def _types(properties: Properties) -> list[str]:
    return sorted(one.removeprefix(KG.NS) for one in properties.get(RDF.type, ()) if one.startswith(KG.NS))


def _label(labels: Iterable[str]) -> str:
    """The label to sort and show by: one without a language, else French, English, any other."""
    rank = {None: 0, "fr": 1, "en": 2}
    return str(min(labels, key=lambda one: (rank.get(getattr(one, "language", None), 3), one), default=""))


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None  # an ill-typed date, which kg validate reports; the row is still found, without a day


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None  # as above


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris if not iri.startswith('_:'))} }}"


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
