"""The terms of standard vocabularies that the graph uses, and no others."""

from __future__ import annotations

from typing import Final


class RDF:
    """RDF 1.1."""

    NS: Final[str] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    Property: Final[str] = NS + "Property"
    langString: Final[str] = NS + "langString"
    type: Final[str] = NS + "type"


class RDFS:
    """RDF Schema 1.1."""

    NS: Final[str] = "http://www.w3.org/2000/01/rdf-schema#"
    label: Final[str] = NS + "label"
    subClassOf: Final[str] = NS + "subClassOf"
    subPropertyOf: Final[str] = NS + "subPropertyOf"


class XSD:
    """XML Schema datatypes 1.1."""

    NS: Final[str] = "http://www.w3.org/2001/XMLSchema#"
    anyURI: Final[str] = NS + "anyURI"
    boolean: Final[str] = NS + "boolean"
    date: Final[str] = NS + "date"
    dateTime: Final[str] = NS + "dateTime"
    decimal: Final[str] = NS + "decimal"
    integer: Final[str] = NS + "integer"
    string: Final[str] = NS + "string"


class OWL:
    """OWL 2."""

    NS: Final[str] = "http://www.w3.org/2002/07/owl#"
    Class: Final[str] = NS + "Class"
    DatatypeProperty: Final[str] = NS + "DatatypeProperty"
    ObjectProperty: Final[str] = NS + "ObjectProperty"
    versionInfo: Final[str] = NS + "versionInfo"


class SKOS:
    """SKOS (W3C Recommendation, 2009)."""

    NS: Final[str] = "http://www.w3.org/2004/02/skos/core#"
    Concept: Final[str] = NS + "Concept"
    ConceptScheme: Final[str] = NS + "ConceptScheme"
    altLabel: Final[str] = NS + "altLabel"
    definition: Final[str] = NS + "definition"
    exactMatch: Final[str] = NS + "exactMatch"
    inScheme: Final[str] = NS + "inScheme"
    notation: Final[str] = NS + "notation"
    prefLabel: Final[str] = NS + "prefLabel"


class PROV:
    """PROV-O (W3C Recommendation, 2013)."""

    NS: Final[str] = "http://www.w3.org/ns/prov#"
    Activity: Final[str] = NS + "Activity"
    Agent: Final[str] = NS + "Agent"
    Collection: Final[str] = NS + "Collection"
    Entity: Final[str] = NS + "Entity"
    Organization: Final[str] = NS + "Organization"
    Person: Final[str] = NS + "Person"
    endedAtTime: Final[str] = NS + "endedAtTime"
    generated: Final[str] = NS + "generated"
    startedAtTime: Final[str] = NS + "startedAtTime"
    used: Final[str] = NS + "used"
    value: Final[str] = NS + "value"
    wasAttributedTo: Final[str] = NS + "wasAttributedTo"
    wasDerivedFrom: Final[str] = NS + "wasDerivedFrom"
    wasQuotedFrom: Final[str] = NS + "wasQuotedFrom"
    wasRevisionOf: Final[str] = NS + "wasRevisionOf"
