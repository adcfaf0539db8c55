"""Validation: each kind of violation gives one readable line; right data give none."""

from __future__ import annotations

import pytest

from kg.errors import ValidationError
from kg.validate import Report, validate

PREFIXES = """
@prefix kg: <https://claimgraph.example/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://claimgraph.example/> .
"""
DOCUMENT = f':d a kg:Article , kg:Document ; kg:digest "{"0" * 64}" ; kg:marking "CLEAR" ; kg:schemaVersion "0.1.0" .\n'
SPAN = ':s a kg:Span ; kg:document :d ; kg:start 0 ; kg:end 4 ; kg:exact "word" .\n'
ACTOR = ':a a kg:Person , kg:Actor ; skos:prefLabel "Anne" .\n'
CLAIM = """:c a kg:Claim ; kg:speaker :a ; kg:cue :s ; kg:cueLemma "say" ; kg:evidence :s ; kg:text "word" ;
    kg:stance kg:asserts ; kg:form "direct" ; kg:frame "verb" ; kg:hedged false ; kg:negated false ;
    kg:nested false ; kg:reportedIn :d ; kg:confidence 0.5 .
"""
GOOD = PREFIXES + DOCUMENT + SPAN + ACTOR + CLAIM


def lines(turtle: str) -> list[str]:
    return validate(turtle).lines()


def test_good_data_conform() -> None:
    report = validate(GOOD)
    assert report.conforms and report.triples > 20 and report.lines() == []
    report.check()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("kg:stance kg:asserts", "kg:stance kg:shouts", "kg:stance: is none of kg:asserts, "),
        ("kg:cueLemma \"say\" ;", "", "kg:cueLemma: is missing"),
        ("kg:speaker :a", "kg:speaker :s", "kg:speaker: is not a node of class kg:Actor (https://claimgraph.example/s)"),
        ("kg:form \"direct\"", "kg:form \"direct\", \"mixed\"", "kg:form: has more than one value"),
        ("kg:hedged false", "kg:hedged \"no\"", "kg:hedged: is not of type xsd:boolean (no)"),
        ("kg:confidence 0.5", "kg:confidence 1.5", "kg:confidence: is greater than 1 (1.5)"),
        ("kg:end 4", "kg:end true", "kg:end: is not of type xsd:integer (true)"),
        ("kg:start 0", "kg:start -1", "kg:start: is less than 0 (-1)"),
        (f'"{"0" * 64}"', '"xyz"', "kg:digest: does not match ^[0-9a-f]{64}$ (xyz)"),
        ("kg:speaker :a", "kg:speker :a", "kg:speker: is not a property of the ontology"),
        ("a kg:Person , kg:Actor", "a kg:Persona , kg:Actor", "rdf:type: is not a class of the ontology (kg:Persona)"),
        ("a kg:Person , kg:Actor", "a kg:Person", "rdf:type: states kg:Person without its superclass (kg:Actor)"),
        ('skos:prefLabel "Anne"', 'skos:prefLabel "A"@fr, "B"@fr', "skos:prefLabel: has two values in one language"),
        ("kg:speaker :a", "kg:speaker [ a kg:Actor ]", "kg:speaker: is a blank node, which the graph does not allow"),
        ("kg:reportedIn :d", 'kg:reportedIn "d"', "kg:reportedIn: is not an IRI (d)"),
    ],
)  # fmt: skip
def test_each_violation_is_one_line(old: str, new: str, line: str) -> None:
    assert GOOD.count(old) == 1
    found = lines(GOOD.replace(old, new))
    assert any(line in each for each in found), found
    assert all("\n" not in each and each.startswith(("http", "a blank node")) for each in found)


def test_lines_are_sorted_and_stable() -> None:
    bad = GOOD.replace('kg:cueLemma "say" ;', "").replace("kg:confidence 0.5", "kg:confidence 7.0")
    assert lines(bad) == sorted(lines(bad)) == lines(bad)
    assert len(lines(bad)) == 2


def test_check_raises_with_the_first_and_the_number() -> None:
    report = validate(GOOD.replace('kg:cueLemma "say" ;', "").replace("kg:confidence 0.5", "kg:confidence 7.0"))
    with pytest.raises(ValidationError, match=r"is .* \(and 1 more\)$") as caught:
        report.check()
    assert caught.value.exit == 4


def test_quads_of_all_graphs_count_as_one() -> None:
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    quads = [
        f"<https://x.example/m> {type_} <https://claimgraph.example/ns#Mention> <https://x.example/g1> .",
        "<https://x.example/m> <https://claimgraph.example/ns#refersTo> <https://x.example/a> <https://x.example/g1> .",
        f"<https://x.example/a> {type_} <https://claimgraph.example/ns#Actor> <https://x.example/g2> .",
    ]
    assert not [line for line in validate(quads).lines() if "refersTo" in line]
    assert [line for line in validate(quads[:2]).lines() if "refersTo" in line]


@pytest.mark.parametrize("source", ["this is no Turtle", ["<a> <b> ."]])
def test_what_is_no_rdf_is_said_in_one_line(source: str | list[str]) -> None:
    with pytest.raises(ValidationError, match="not valid RDF") as caught:
        validate(source)
    assert "\n" not in str(caught.value)


def test_nothing_conforms() -> None:
    assert validate([]) == Report(0, ())
