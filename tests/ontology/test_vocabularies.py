"""Every external term the ontology uses exists in its published vocabulary."""

from __future__ import annotations

import pytest
from rdflib import URIRef, namespace

from kg import shapes, terms

# RDFLib ships these as closed namespaces, made from the published vocabularies.  (Named, not imported: pytest asks
# every object of a test module for attributes, and a closed namespace warns at each.)
CLOSED = ("OWL", "PROV", "RDF", "RDFS", "SDO", "SH", "SKOS", "XSD")

# What RDFLib lacks, listed from the publications.
LISTED = {
    # Web Annotation Vocabulary, W3C Recommendation of 23 February 2017, sections 3.1 and 3.2 (the terms used here).
    "http://www.w3.org/ns/oa#": {"TextPositionSelector", "TextQuoteSelector", "start", "end", "exact", "hasSource"},
    # The Simple Event Model Ontology, VU Amsterdam, 2009/11: all classes and properties of the core.
    "http://semanticweb.cs.vu.nl/2009/11/sem/": {
        "Actor", "ActorType", "Authority", "Constraint", "Core", "Event", "EventType", "Object", "Place", "PlaceType",
        "Role", "RoleType", "Temporary", "Time", "TimeType", "Type", "View", "accordingTo", "actorType",
        "eventProperty", "eventType", "hasActor", "hasBeginTimeStamp", "hasEarliestBeginTimeStamp",
        "hasEarliestEndTimeStamp", "hasEndTimeStamp", "hasLatestBeginTimeStamp", "hasLatestEndTimeStamp", "hasPlace",
        "hasSubEvent", "hasSubType", "hasTime", "hasTimeStamp", "placeType", "roleType", "subEventOf", "subTypeOf",
        "timeType", "type",
    },
}  # fmt: skip
OURS = terms.KG.NS.rstrip("#")


def known(iri: str) -> bool:
    for name in CLOSED:
        closed = getattr(namespace, name)
        if iri.startswith(str(closed)):
            return iri.removeprefix(str(closed)) in closed
    return any(iri.removeprefix(start) in listed for start, listed in LISTED.items() if iri.startswith(start))


def test_every_external_term_of_the_ontology_is_published() -> None:
    used = {str(node) for triple in shapes.graph() for node in triple if isinstance(node, URIRef)}
    external = {iri for iri in used if not iri.startswith(OURS)}
    assert len(external) > 80
    assert not {iri for iri in external if not known(iri)}


@pytest.mark.parametrize("vocabulary", [terms.RDF, terms.RDFS, terms.XSD, terms.OWL, terms.SKOS, terms.PROV])
def test_every_external_term_of_the_code_is_published(vocabulary: type) -> None:
    used = {iri for name, iri in vars(vocabulary).items() if not name.startswith("_") and name != "NS"}
    assert used and not {iri for iri in used if not known(iri)}


@pytest.mark.parametrize(
    "iri",
    [
        "http://www.w3.org/ns/prov#wasQuoted",
        "https://schema.org/PoliticalParty",
        "http://www.w3.org/ns/oa#hasStart",
        "http://semanticweb.cs.vu.nl/2009/11/sem/hasAgent",
        "http://example.org/anything",
    ],
)
def test_an_invented_term_is_caught(iri: str) -> None:
    assert not known(iri)


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("Document", "prov:Entity"),
        ("Article", "schema:NewsArticle"),
        ("EmailMessage", "schema:EmailMessage"),
        ("Claim", "schema:Claim"),
        ("Person", "schema:Person"),
        ("Organization", "schema:Organization"),
        ("Event", "sem:Event"),
        ("Run", "prov:Activity"),
        ("Span", "oa:TextPositionSelector"),
        ("Span", "oa:TextQuoteSelector"),
    ],
)
def test_classes_are_mapped_to_the_standards(name: str, standard: str) -> None:
    prefix, local = standard.split(":")
    assert shapes.prefixes()[prefix] + local in shapes.classes()[name].mappings
