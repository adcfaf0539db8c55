"""What a query names in vain is told, and what may be meant is of the same role."""

from __future__ import annotations

import pytest

from kg.hints import MOST, hints
from kg.terms import KG, SKOS

HELD = {KG.speaker, KG.text, KG.stance, KG.denies, KG.Claim, KG.Person, KG.Place, KG.published, SKOS.prefLabel}


def told(query: str) -> list[tuple[str, str]]:
    return [(one.name, one.instead) for one in hints(query, HELD.__contains__)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?a rdfs:label ?n }", [("rdfs:label", "skos:prefLabel")]),
        ("SELECT * { ?a kg:label ?n }", [("kg:label", "skos:prefLabel")]),
        ("PREFIX f: <http://xmlns.com/foaf/0.1/> ASK { ?p a f:Person ; f:name ?n }",
         [("f:Person", "kg:Person"), ("f:name", "skos:prefLabel")]),
        ("ASK { ?c a kg:Claims ; kg:stance kg:deny }", [("kg:Claims", "kg:Claim"), ("kg:deny", "kg:denies")]),
        ("ASK { ?c kg:speeker|kg:texts ?x }", [("kg:speeker", "kg:speaker"), ("kg:texts", "kg:text")]),
        ("ASK { ?f kg:leakedAt ?day }", [("kg:leakedAt", "")]),  # well written, there is only none of it
        ("ASK { <urn:x> <http://a.example/speaker> ?y }",
         [("<urn:x>", ""), ("<http://a.example/speaker>", "kg:speaker")]),
        # What stands in strings, comments, datatypes, templates, and names that convert, is not looked up.
        ("ASK { ?c kg:text 'kg:nothing'^^xsd:string , \"\"\"kg:no\"\"\"@fr } # kg:more", []),
        ("ASK { ?c kg:published ?d FILTER(xsd:integer(?d) > '2'^^<urn:t>) }", []),
        ("CONSTRUCT { ?a <urn:says> ?b } WHERE { ?c kg:speaker ?a ; kg:text ?b }", []),
        ("PREFIX kg: <urn:mine:> ASK { ?c kg:xyzzy ?t }", [("kg:xyzzy", "")]),
        ("ASK { ?c zz:text ?t }", []),  # the parser says so
    ],
)  # fmt: skip
def test_names_that_lead_nowhere(query: str, expected: list[tuple[str, str]]) -> None:
    assert told(query) == expected


def test_each_name_is_told_once_and_few_are_looked_up() -> None:
    assert told("ASK { ?a kg:label ?b . ?b kg:label ?c }") == [("kg:label", "skos:prefLabel")]
    asked: list[str] = []
    query = " ".join(f"<urn:{number}> ?p ?o ." for number in range(3 * MOST))

    def mentions(iri: str) -> bool:
        asked.append(iri)
        return False

    assert len(hints(f"ASK {{ {query} }}", mentions)) == MOST
    assert len([iri for iri in asked if iri.startswith("urn:")]) == MOST


def test_without_a_graph_the_ontology_alone_is_asked() -> None:
    said = [str(one) for one in hints("ASK { ?a rdfs:label ?n ; kg:speeker ?m }")]
    assert said == ["the ontology has no kg:speeker; did you mean kg:speaker?"]
