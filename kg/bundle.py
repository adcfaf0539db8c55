"""A claim's evidence as one portable file: JSON-LD 1.1 that can be held against the source by anybody who has both.

In it stand the claim, its spans with the paragraph around them (Web Annotation: prefix, exact, suffix), the document
with the SHA-256 of its source's bytes, who is concerned, the run that read it, and what analysts decided about it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.decisions import Decisions, load
from kg.errors import UsageError
from kg.nodes import around
from kg.nquads import iri
from kg.store import IRI, Literal, Reader, Term
from kg.terms import KG, PROV, RDF, XSD

FORMAT = "claimgraph evidence 1"
PREFIXES = {"dct": "http://purl.org/dc/terms/", "oa": "http://www.w3.org/ns/oa#"}
"""Those that the bundle's own words need, beside the graph's."""
_SPANS = (KG.cue, KG.evidence, KG.speakerMention, KG.span, KG.trigger)
_PARTIES = (KG.speaker, KG.addressee, KG.attributedTo, KG.about)
_NATIVE: dict[str, Callable[[str], object]] = {XSD.integer: int, XSD.boolean: lambda text: text in ("true", "1")}
Node = dict[str, Any]


def bundle(reader: Reader, claim: str) -> Node:
    """The evidence for *claim* as a JSON-LD document; UsageError where the graph has no such claim."""
    said = _about(reader, [claim])
    if (RDF.type, KG.Claim) not in {(predicate, str(value)) for predicate, value in said.get(claim, ())}:
        raise UsageError(f"the graph has no claim {claim}")
    document = _one(said, claim, KG.reportedIn)
    spans = _linked(said, [claim], _SPANS)
    said |= _about(reader, spans)
    spans += _linked(said, spans, _SPANS)
    parties = _linked(said, [claim], _PARTIES)
    runs = [str(row["run"]) for row in reader.select(f"SELECT ?run {{ ?run <{PROV.generated}> {iri(document)} }}")]
    text = reader.select(f"SELECT ?content {{ {iri(document)} <{KG.storedText}>/<{KG.content}> ?content }}")
    decisions = _decisions(load(reader.select, reader.base), {claim, document, *parties}, reader.base)
    said |= _about(reader, [*spans, *parties, document, *runs, *decisions])
    triggers = _linked(said, parties, (KG.trigger, KG.evidence))
    said |= _about(reader, triggers)
    for triples in (said[run] for run in runs if run in said):  # a run over thousands of documents is told of this one
        triples[:] = [(p, v) for p, v in triples if p not in (PROV.used, PROV.generated) or v == document]
    content = str(text[0]["content"]) if text else None
    prefixes = {**PREFIXES, **dict(sorted(reader.prefixes.items()))}
    graph = [
        _node(node, triples, prefixes) | (_around(said, node, content) if content else {})
        for node, triples in sorted(said.items(), key=lambda one: (one[0] != claim, one[0]))
    ]
    return {
        "@context": {"@version": 1.1, **prefixes},
        "@id": f"{claim}/evidence",
        "dct:conformsTo": FORMAT,
        "kg:concerns": {"@id": claim},
        "prov:wasDerivedFrom": {"@id": document},
        "@included": graph,
    }


def dumps(made: Node) -> str:
    """The bundle's text: the same for the same graph."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


# ------------------------------------------------------------------ from the graph
Said = dict[str, list[tuple[str, Term]]]


def _about(reader: Reader, nodes: Iterable[str]) -> Said:
    wanted = " ".join(iri(node) for node in sorted(set(nodes)))
    rows = reader.select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?s {{ {wanted} }} ?s ?p ?o }} ORDER BY ?s ?p ?o")
    found: Said = {}
    for row in rows:
        found.setdefault(str(row["s"]), []).append((str(row["p"]), row["o"]))
    return found


def _linked(said: Said, nodes: Iterable[str], predicates: Iterable[str]) -> list[str]:
    wanted = frozenset(predicates)
    return [str(value) for node in nodes for predicate, value in said.get(node, ()) if predicate in wanted]


def _one(said: Said, node: str, predicate: str) -> str:
    return _linked(said, [node], [predicate])[0]


def _decisions(decisions: Decisions, nodes: set[str], base: str) -> list[str]:
    """The decisions about *nodes*, and those that take these back."""
    found: list[str] = []
    for one in decisions.history:
        if nodes.intersection(one.concerns) or nodes.intersection(one.documents):
            nodes = nodes | {one.iri(base)}
            found.append(one.iri(base))
    return found


def _around(said: Said, node: str, text: str) -> Node:
    """What stands before and after a span in its paragraph, as oa:TextQuoteSelector has it."""
    values = {predicate: str(value) for predicate, value in said[node]}
    if KG.start not in values or KG.end not in values:
        return {}
    start, end = int(values[KG.start]), int(values[KG.end])
    paragraph = around(text, start, end)
    first = text.find(paragraph, max(0, text.rfind("\n", 0, start)))
    last = first + len(paragraph)
    return {"oa:prefix": text[first:start], "oa:exact": text[start:end], "oa:suffix": text[end:last]}


# ------------------------------------------------------------------ as JSON-LD
def _node(node: str, triples: Iterable[tuple[str, Term]], prefixes: Mapping[str, str]) -> Node:
    made: Node = {"@id": node}
    values: dict[str, list[Any]] = {}
    for predicate, value in triples:
        if predicate == RDF.type:
            values.setdefault("@type", []).append(compact(str(value), prefixes))
        elif predicate != KG.storedText:
            values.setdefault(compact(predicate, prefixes), []).append(_value(value))
    return made | {name: found[0] if len(found) == 1 and name != "@type" else found for name, found in values.items()}


def compact(name: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a term as ``prefix:name``, where a prefix fits (JSON-LD 1.1, section 4.1.5)."""
    for prefix, namespace in prefixes.items():
        if name.startswith(namespace) and name[len(namespace) :].isalnum():
            return f"{prefix}:{name[len(namespace) :]}"
    return name


def _value(value: Term) -> Any:
    if not isinstance(value, Literal):
        return {"@id": str(value)} if isinstance(value, IRI) else {"@id": f"_:{value}"}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    if value.datatype in _NATIVE:
        return _NATIVE[value.datatype](str(value))
    return str(value) if value.datatype == XSD.string else {"@value": str(value), "@type": value.datatype}
