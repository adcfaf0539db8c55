"""The reader of the ontology: what it makes of fields, classes and time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg import shapes
from kg.terms import KG, SKOS, XSD


def fields(name: str) -> dict[str, shapes.Field]:
    return {field.name: field for field in shapes.fields(name)}


def test_cardinality_becomes_list_and_null() -> None:
    claim = fields("Claim")
    assert (claim["evidence"].many, claim["evidence"].required) == (True, True)
    assert (claim["speaker"].many, claim["speaker"].required) == (False, False)
    assert (claim["stance"].many, claim["stance"].required) == (False, True)
    assert (claim["about"].many, claim["about"].required) == (True, False)


def test_ranges() -> None:
    claim, span, event = fields("Claim"), fields("Span"), fields("Event")
    assert claim["speaker"].classes == ("Actor",) and claim["speaker"].datatype is None
    assert claim["about"].classes == ("Event", "Actor")
    assert claim["confidence"].datatype == XSD.decimal
    assert span["end"].datatype == XSD.integer and span["end"].required
    assert event["end"].datatype == XSD.date and not event["end"].required


def test_one_name_a_language_is_one_field() -> None:
    name = fields("Party")["name"]
    assert (name.path, name.many, name.per_language, name.required) == (SKOS.prefLabel, False, True, True)


def test_subclasses_bear_their_superclasses_fields() -> None:
    assert fields("Actor").keys() <= fields("Party").keys()
    assert {"digest", "messageId"} <= fields("EmailMessage").keys()


def test_superclasses_nearest_first() -> None:
    assert shapes.superclasses("Party") == ("Organization", "Actor")
    assert shapes.superclasses("Claim") == ()
    assert "OtherEvent" in shapes.subclasses("Event")


def test_local_refuses_foreign_terms() -> None:
    assert shapes.local(KG.Claim) == "Claim"
    with pytest.raises(ValueError, match="schema.org/Claim is not a term"):
        shapes.local("https://schema.org/Claim")


def test_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        shapes.superclasses("Clam")


def test_no_guideline_name_is_an_error() -> None:
    with pytest.raises(KeyError, match="Claim has no kg:guidelineName"):
        shapes.guideline_name("Claim")


def test_importing_shapes_loads_no_rdf_library() -> None:
    code = "import sys, kg.shapes, kg.rdf; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
