"""Queries to begin with, each with the key of its title: what analysts ask first, in SPARQL."""

from __future__ import annotations

EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        "example_denials",
        """SELECT ?claim ?who ?what ?title {
  ?claim a kg:Claim ; kg:stance kg:denies ; kg:text ?what ; kg:reportedIn/kg:title ?title .
  OPTIONAL { ?claim kg:speaker ?who }
}
ORDER BY ?who
LIMIT 100
""",
    ),
    (
        "example_accused",
        """SELECT ?who ?whom (COUNT(DISTINCT ?claim) AS ?times) {
  ?claim kg:stance kg:accuses ; kg:speaker ?who ; kg:attributedTo ?whom
}
GROUP BY ?who ?whom
ORDER BY DESC(?times)
LIMIT 50
""",
    ),
    (
        "example_evidence",
        """SELECT ?claim ?document ?start ?end ?exact {
  ?claim a kg:Claim ; kg:evidence ?span .
  ?span kg:document ?document ; kg:start ?start ; kg:end ?end ; kg:exact ?exact
}
ORDER BY ?document ?start
LIMIT 100
""",
    ),
    (
        "example_events",
        """SELECT ?event ?what ?begin ?end ?precision {
  ?event a kg:Event ; skos:prefLabel ?what ; kg:begin ?begin ; kg:precision ?precision .
  OPTIONAL { ?event kg:end ?end }
  FILTER(?begin >= "2017-02-01"^^xsd:date && ?begin <= "2017-05-31"^^xsd:date)
}
ORDER BY ?begin
""",
    ),
    (
        "example_contradictions",
        """SELECT ?earlier ?later ?reason {
  ?relation kg:relationKind "contradicts" ; kg:toClaim ?first ; kg:fromClaim ?second ; kg:reason ?reason .
  ?first kg:text ?earlier .
  ?second kg:text ?later
}
""",
    ),
    (
        "example_checks",
        """SELECT ?verdict ?subject ?expected ?observed {
  ?check a kg:Check ; kg:checkVerdict ?verdict ; kg:checks ?subject .
  OPTIONAL { ?check kg:expected ?expected }
  OPTIONAL { ?check kg:observed ?observed }
}
ORDER BY DESC(?verdict)
""",
    ),
    (
        "example_known",
        """ASK {
  ?claim kg:about ?event .
  ?event a kg:Event
  FILTER NOT EXISTS { ?other kg:about ?event ; kg:stance kg:confirms }
}
""",
    ),
    (
        "example_graph",
        """CONSTRUCT { ?who kg:about ?whom }
WHERE { ?claim kg:speaker ?who ; kg:about ?whom . ?whom a kg:Actor }
LIMIT 200
""",
    ),
)
