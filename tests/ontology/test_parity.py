"""One source of names: Python's terms, the model's words and the guidelines' names equal the ontology's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import model, shapes, terms
from kg.terms import KG, SKOS

CONCEPTS = set(shapes.stances()) | {"Stances"}


def differ(ours: set[str], theirs: set[str], here: str, there: str = "ontology/kg.ttl") -> str:
    """One line that names what is on one side only; empty when nothing is."""
    said = [f"{sorted(ours - theirs)} only in {here}"] if ours - theirs else []
    said += [f"{sorted(theirs - ours)} only in {there}"] if theirs - ours else []
    return "; ".join(said)


def names(vocabulary: type) -> set[str]:
    return {name for name in vars(vocabulary) if not name.startswith("_") and name != "NS"}


def field(kind: str, path: str) -> shapes.Field:
    return next(field for field in shapes.fields(kind) if field.path == path)


# ------------------------------------------------------------------ terms
def test_python_terms_are_the_ontology_s() -> None:
    ours = set(shapes.classes()) | set(shapes.properties()) | CONCEPTS | {"guidelineName"}
    assert not differ(names(KG), ours, "kg/terms/ours.py")


def test_every_term_of_the_namespace_is_described() -> None:
    """A term that only stands as an object or a predicate somewhere in the file would be a misspelling."""
    used = {shapes.local(node) for triple in shapes.graph() for node in triple if str(node).startswith(KG.NS)}
    assert not differ(names(KG), used, "kg/terms/ours.py")


@pytest.mark.parametrize("vocabulary", [KG, terms.RDF, terms.RDFS, terms.XSD, terms.OWL, terms.SKOS, terms.PROV])
def test_each_constant_is_its_namespace_and_its_name(vocabulary: type) -> None:
    wrong = {name for name in names(vocabulary) if getattr(vocabulary, name) != vars(vocabulary)["NS"] + name}
    assert not wrong


def test_the_drift_message_names_the_term() -> None:
    assert differ({"a", "b"}, {"b", "c"}, "here", "there") == "['a'] only in here; ['c'] only in there"


def test_prefixes_and_namespaces_agree() -> None:
    known = shapes.prefixes()
    for name in ("KG", "RDF", "RDFS", "XSD", "OWL", "SKOS", "PROV"):
        assert known[name.lower()] == getattr(terms, name).NS
    assert {"kg", "skos", "prov", "sem", "schema", "oa", "xsd", "rdf", "rdfs", "owl"} <= known.keys()


# ------------------------------------------------------------------ the model's words
@pytest.mark.parametrize(
    ("words", "parent"),
    [
        (model.DOCUMENT_KINDS, "Document"),
        (model.ACTOR_KINDS, "Actor"),
        (model.EVENT_KINDS, "Event"),
    ],
)
def test_kinds_are_the_subclasses(words: tuple[str, ...], parent: str) -> None:
    assert not differ(set(words), set(shapes.subclasses(parent)), f"the kinds of {parent} in kg.model")


def test_stances_are_the_concepts() -> None:
    assert not differ(set(model.STANCES), set(shapes.stances()), "model.STANCES")
    assert field("Claim", KG.stance).values == model.STANCES


@pytest.mark.parametrize(
    ("words", "kind", "path"),
    [
        (model.FORMS, "Claim", KG.form),
        (model.PRECISIONS, "Event", KG.precision),
        (model.PRECISIONS, "Claim", KG.utteredPrecision),
        (model.PRECISIONS, "Article", KG.publishedPrecision),
        (model.QUANTITY_KINDS, "Quantity", KG.quantityKind),
        (model.MENTION_KINDS, "Mention", KG.mentionKind),
        (model.MARKINGS, "File", KG.marking),
        (model.MARKINGS, "Collection", KG.marking),
    ],
)
def test_enumerations_are_the_shapes(words: tuple[str, ...], kind: str, path: str) -> None:
    assert field(kind, path).values == words


def test_roles_are_the_subproperties_of_has_participant() -> None:
    roles = {f"has{role.capitalize()}" for role in model.ROLES}
    ours = {name for name, term in shapes.properties().items() if KG.hasParticipant in term.mappings}
    assert not differ(roles, ours, "model.ROLES")


# ------------------------------------------------------------------ the guidelines' names
def section(guidelines: str, start: str) -> set[str]:
    """The capitalised words of the list that follows *start*, explanations in parentheses left out."""
    listed = re.sub(r"\([^)]*\)", "", guidelines.split(start)[1].split(". ")[0])
    return set(re.findall(r"[A-Z][A-Za-z]+", listed))


def test_event_and_actor_kinds_are_the_guidelines(shared: Path) -> None:
    text = (shared / "eval" / "GUIDELINES.md").read_text(encoding="utf-8").replace("\n", " ")
    events = {shapes.guideline_name(kind) for kind in model.EVENT_KINDS}
    actors = {shapes.guideline_name(kind) for kind in model.ACTOR_KINDS}
    assert not differ(events, section(text, "Event types:"), "our kinds of event", "the guidelines")
    assert not differ(actors, section(text, "Actor types:"), "our kinds of actor", "the guidelines")


def test_other_event_goes_out_as_other() -> None:
    assert shapes.guideline_name("OtherEvent") == "Other"
    assert all(shapes.guideline_name(kind) == kind for kind in model.EVENT_KINDS if kind != "OtherEvent")
    assert len({shapes.guideline_name(kind) for kind in model.EVENT_KINDS}) == len(model.EVENT_KINDS)
    assert shapes.guideline_name("Party") == "Organization"


# ------------------------------------------------------------------ words for people
def test_everything_has_a_label_and_a_definition_in_both_languages() -> None:
    described: dict[str, shapes.Class | shapes.Term] = {**shapes.classes(), **shapes.properties(), **shapes.stances()}
    missing = [
        f"{name} has no {what} in {language}"
        for name, term in described.items()
        for what, texts in (("rdfs:label", term.label), ("skos:definition", term.definition))
        for language in ("en", "fr")
        if not texts.get(language)
    ]
    assert not missing, "\n".join(missing)


def test_every_field_is_described_in_both_languages() -> None:
    missing = [
        f"{name}.{each.name}"
        for name, found in shapes.classes().items()
        for each in found.own_fields
        if set(each.description) != {"en", "fr"} or not all(each.description.values())
    ]
    assert not missing, "\n".join(missing)


def test_a_property_s_description_is_its_definition() -> None:
    """sh:description repeats skos:definition for tools that know SHACL only; a class's own shape may say it its way."""
    from rdflib import URIRef

    ontology = shapes.graph()
    wrong = [
        name
        for name in shapes.properties()
        if set(ontology.objects(URIRef(KG.NS + name), URIRef(shapes.SH + "description")))
        not in (set(), set(ontology.objects(URIRef(KG.NS + name), URIRef(SKOS.definition))))
    ]
    assert not wrong


def test_every_property_has_a_shape_in_some_class() -> None:
    borne = {shapes.local(each.path) for c in shapes.classes().values() for each in c.own_fields if KG.NS in each.path}
    assert not differ(set(shapes.properties()), borne, "the properties", "the classes' shapes")


def test_field_names_are_graphql_names_and_one_a_class() -> None:
    for name in shapes.classes():
        found = [each.name for each in shapes.fields(name)]
        assert len(found) == len(set(found)), name
        assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", each) for each in found), name


def test_the_ontology_s_version_is_that_of_its_release() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", shapes.schema_version())
