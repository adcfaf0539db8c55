"""The local names of the ontology's classes and concepts (``ontology/kg.ttl``); a parity test holds the two equal."""

DOCUMENT_KINDS = ("Article", "EmailMessage", "File", "Torrent", "Archive", "Listing", "BreachRecord")
ACTOR_KINDS = (
    "Person", "Organization", "Party", "Company", "GovernmentBody", "MediaOutlet", "Platform",
    "Group", "GeopoliticalEntity", "Place", "Artefact", "Unidentified",
)  # fmt: skip
EVENT_KINDS = (
    "CyberAttack", "Phishing", "DataLeak", "Publication", "Attack", "Arrest",
    "Election", "Poll", "Warning", "Statement", "OtherEvent",
)  # fmt: skip
STANCES = (
    "asserts", "denies", "accuses", "confirms", "warns", "recommends", "questions", "promises", "other",
)  # fmt: skip
FORMS = ("direct", "indirect", "mixed")
ROLES = ("agent", "target", "place", "instrument", "reporter")
PRECISIONS = ("hour", "day", "month", "year", "range")
QUANTITY_KINDS = ("size", "percent", "money", "count")
MENTION_KINDS = ("proper", "nominal", "pronoun")
MARKINGS = ("CLEAR", "GREEN", "AMBER", "RED")  # TLP 2.0, from open to closed
