"""Our terms and the standard terms the graph uses, as plain classes of IRIs.

No term is minted here: ``ontology/kg.ttl`` is the source, and a parity test holds the two equal, name by name.  Plain
``Final[str]`` so that a type checker catches a misspelt term, and so that nothing here needs an RDF library.
"""

from __future__ import annotations

from typing import Final


class KG:
    """The claimgraph ontology."""

    NS: Final[str] = "https://claimgraph.example/ns#"

    # documents and collections
    Document: Final[str] = NS + "Document"
    Article: Final[str] = NS + "Article"
    EmailMessage: Final[str] = NS + "EmailMessage"
    File: Final[str] = NS + "File"
    Torrent: Final[str] = NS + "Torrent"
    Archive: Final[str] = NS + "Archive"
    Listing: Final[str] = NS + "Listing"
    Entry: Final[str] = NS + "Entry"
    BreachRecord: Final[str] = NS + "BreachRecord"
    Collection: Final[str] = NS + "Collection"
    Text: Final[str] = NS + "Text"

    # places in a text
    Span: Final[str] = NS + "Span"
    Mention: Final[str] = NS + "Mention"
    TimeExpression: Final[str] = NS + "TimeExpression"
    Quantity: Final[str] = NS + "Quantity"

    # actors
    Actor: Final[str] = NS + "Actor"
    Person: Final[str] = NS + "Person"
    Organization: Final[str] = NS + "Organization"
    Party: Final[str] = NS + "Party"
    Company: Final[str] = NS + "Company"
    GovernmentBody: Final[str] = NS + "GovernmentBody"
    MediaOutlet: Final[str] = NS + "MediaOutlet"
    Platform: Final[str] = NS + "Platform"
    Group: Final[str] = NS + "Group"
    GeopoliticalEntity: Final[str] = NS + "GeopoliticalEntity"
    Place: Final[str] = NS + "Place"
    Artefact: Final[str] = NS + "Artefact"
    Unidentified: Final[str] = NS + "Unidentified"

    # events
    Event: Final[str] = NS + "Event"
    CyberAttack: Final[str] = NS + "CyberAttack"
    Phishing: Final[str] = NS + "Phishing"
    DataLeak: Final[str] = NS + "DataLeak"
    Publication: Final[str] = NS + "Publication"
    Attack: Final[str] = NS + "Attack"
    Arrest: Final[str] = NS + "Arrest"
    Election: Final[str] = NS + "Election"
    Poll: Final[str] = NS + "Poll"
    Warning: Final[str] = NS + "Warning"
    Statement: Final[str] = NS + "Statement"
    OtherEvent: Final[str] = NS + "OtherEvent"

    # claims
    Claim: Final[str] = NS + "Claim"
    Stance: Final[str] = NS + "Stance"
    ClaimRelation: Final[str] = NS + "ClaimRelation"
    PossibleIdentity: Final[str] = NS + "PossibleIdentity"

    # evidence from metadata
    Finding: Final[str] = NS + "Finding"
    Check: Final[str] = NS + "Check"

    # work done
    Run: Final[str] = NS + "Run"
    Decision: Final[str] = NS + "Decision"

    # stances
    Stances: Final[str] = NS + "Stances"
    asserts: Final[str] = NS + "asserts"
    denies: Final[str] = NS + "denies"
    accuses: Final[str] = NS + "accuses"
    confirms: Final[str] = NS + "confirms"
    warns: Final[str] = NS + "warns"
    recommends: Final[str] = NS + "recommends"
    questions: Final[str] = NS + "questions"
    promises: Final[str] = NS + "promises"
    other: Final[str] = NS + "other"

    # of documents, texts and collections
    digest: Final[str] = NS + "digest"
    title: Final[str] = NS + "title"
    publisher: Final[str] = NS + "publisher"
    author: Final[str] = NS + "author"
    language: Final[str] = NS + "language"
    url: Final[str] = NS + "url"
    path: Final[str] = NS + "path"
    published: Final[str] = NS + "published"
    publishedPrecision: Final[str] = NS + "publishedPrecision"
    retrieved: Final[str] = NS + "retrieved"
    marking: Final[str] = NS + "marking"
    partOf: Final[str] = NS + "partOf"
    containedIn: Final[str] = NS + "containedIn"
    copyOf: Final[str] = NS + "copyOf"
    storedText: Final[str] = NS + "storedText"
    superseded: Final[str] = NS + "superseded"
    extractor: Final[str] = NS + "extractor"
    schemaVersion: Final[str] = NS + "schemaVersion"
    warning: Final[str] = NS + "warning"
    content: Final[str] = NS + "content"

    # facts from mail headers and file metadata
    messageId: Final[str] = NS + "messageId"
    sender: Final[str] = NS + "sender"
    senderAddress: Final[str] = NS + "senderAddress"
    senderName: Final[str] = NS + "senderName"
    senderCandidate: Final[str] = NS + "senderCandidate"
    recipient: Final[str] = NS + "recipient"
    recipientAddress: Final[str] = NS + "recipientAddress"
    sentAt: Final[str] = NS + "sentAt"
    inReplyTo: Final[str] = NS + "inReplyTo"
    reference: Final[str] = NS + "reference"
    thread: Final[str] = NS + "thread"
    hop: Final[str] = NS + "hop"
    signatureVerdict: Final[str] = NS + "signatureVerdict"
    signatureDomain: Final[str] = NS + "signatureDomain"
    signatureNote: Final[str] = NS + "signatureNote"
    arcVerdict: Final[str] = NS + "arcVerdict"
    attachment: Final[str] = NS + "attachment"
    attachmentCount: Final[str] = NS + "attachmentCount"
    fileName: Final[str] = NS + "fileName"
    byteSize: Final[str] = NS + "byteSize"
    mediaType: Final[str] = NS + "mediaType"
    createdAt: Final[str] = NS + "createdAt"
    modifiedAt: Final[str] = NS + "modifiedAt"
    lastModifiedBy: Final[str] = NS + "lastModifiedBy"
    company: Final[str] = NS + "company"
    template: Final[str] = NS + "template"
    application: Final[str] = NS + "application"
    revision: Final[str] = NS + "revision"
    encrypted: Final[str] = NS + "encrypted"
    latitude: Final[str] = NS + "latitude"
    longitude: Final[str] = NS + "longitude"
    infoHash: Final[str] = NS + "infoHash"
    pieceLength: Final[str] = NS + "pieceLength"
    tracker: Final[str] = NS + "tracker"
    memberCount: Final[str] = NS + "memberCount"
    entry: Final[str] = NS + "entry"
    checksum: Final[str] = NS + "checksum"
    contentSize: Final[str] = NS + "contentSize"
    messageCount: Final[str] = NS + "messageCount"
    senderCount: Final[str] = NS + "senderCount"
    passCount: Final[str] = NS + "passCount"
    failCount: Final[str] = NS + "failCount"
    noKeyCount: Final[str] = NS + "noKeyCount"
    unsignedCount: Final[str] = NS + "unsignedCount"
    breachedAt: Final[str] = NS + "breachedAt"
    accountCount: Final[str] = NS + "accountCount"
    dataClass: Final[str] = NS + "dataClass"
    domain: Final[str] = NS + "domain"

    # of places in a text
    document: Final[str] = NS + "document"
    start: Final[str] = NS + "start"
    exact: Final[str] = NS + "exact"
    span: Final[str] = NS + "span"
    refersTo: Final[str] = NS + "refersTo"
    mentionKind: Final[str] = NS + "mentionKind"
    score: Final[str] = NS + "score"
    timeType: Final[str] = NS + "timeType"
    timeValue: Final[str] = NS + "timeValue"
    quantityKind: Final[str] = NS + "quantityKind"
    value: Final[str] = NS + "value"
    maxValue: Final[str] = NS + "maxValue"
    unit: Final[str] = NS + "unit"

    # of actors
    description: Final[str] = NS + "description"
    founder: Final[str] = NS + "founder"
    leader: Final[str] = NS + "leader"
    memberOf: Final[str] = NS + "memberOf"
    country: Final[str] = NS + "country"
    parent: Final[str] = NS + "parent"
    sector: Final[str] = NS + "sector"
    adjective: Final[str] = NS + "adjective"
    noun: Final[str] = NS + "noun"
    maybeSameAs: Final[str] = NS + "maybeSameAs"
    reliability: Final[str] = NS + "reliability"

    # of events
    trigger: Final[str] = NS + "trigger"
    evidence: Final[str] = NS + "evidence"
    begin: Final[str] = NS + "begin"
    end: Final[str] = NS + "end"
    precision: Final[str] = NS + "precision"
    hasParticipant: Final[str] = NS + "hasParticipant"
    hasAgent: Final[str] = NS + "hasAgent"
    hasTarget: Final[str] = NS + "hasTarget"
    hasPlace: Final[str] = NS + "hasPlace"
    hasInstrument: Final[str] = NS + "hasInstrument"
    hasReporter: Final[str] = NS + "hasReporter"
    alleged: Final[str] = NS + "alleged"
    reportedIn: Final[str] = NS + "reportedIn"
    confidence: Final[str] = NS + "confidence"
    sharedEvent: Final[str] = NS + "sharedEvent"
    subEventOf: Final[str] = NS + "subEventOf"
    corrects: Final[str] = NS + "corrects"

    # of claims
    independentSources: Final[str] = NS + "independentSources"
    speaker: Final[str] = NS + "speaker"
    speakerMention: Final[str] = NS + "speakerMention"
    speakerCandidate: Final[str] = NS + "speakerCandidate"
    cue: Final[str] = NS + "cue"
    cueLemma: Final[str] = NS + "cueLemma"
    text: Final[str] = NS + "text"
    stance: Final[str] = NS + "stance"
    form: Final[str] = NS + "form"
    frame: Final[str] = NS + "frame"
    addressee: Final[str] = NS + "addressee"
    attributedTo: Final[str] = NS + "attributedTo"
    about: Final[str] = NS + "about"
    hedged: Final[str] = NS + "hedged"
    negated: Final[str] = NS + "negated"
    nested: Final[str] = NS + "nested"
    utteredBegin: Final[str] = NS + "utteredBegin"
    utteredEnd: Final[str] = NS + "utteredEnd"
    utteredPrecision: Final[str] = NS + "utteredPrecision"
    credibility: Final[str] = NS + "credibility"
    relationKind: Final[str] = NS + "relationKind"
    fromClaim: Final[str] = NS + "fromClaim"
    toClaim: Final[str] = NS + "toClaim"

    # of evidence from metadata
    reason: Final[str] = NS + "reason"
    reasonCode: Final[str] = NS + "reasonCode"
    findingKind: Final[str] = NS + "findingKind"
    concerns: Final[str] = NS + "concerns"
    comparedWith: Final[str] = NS + "comparedWith"
    leakedAt: Final[str] = NS + "leakedAt"
    observed: Final[str] = NS + "observed"
    harmlessExplanation: Final[str] = NS + "harmlessExplanation"
    checks: Final[str] = NS + "checks"
    against: Final[str] = NS + "against"
    measure: Final[str] = NS + "measure"
    checkVerdict: Final[str] = NS + "checkVerdict"
    expected: Final[str] = NS + "expected"
    query: Final[str] = NS + "query"

    # of work done
    software: Final[str] = NS + "software"
    version: Final[str] = NS + "version"
    model: Final[str] = NS + "model"
    decisionKind: Final[str] = NS + "decisionKind"
    inDocument: Final[str] = NS + "inDocument"
    grade: Final[str] = NS + "grade"
    decidedBy: Final[str] = NS + "decidedBy"
    decidedAt: Final[str] = NS + "decidedAt"
    undone: Final[str] = NS + "undone"

    # annotation
    guidelineName: Final[str] = NS + "guidelineName"


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
