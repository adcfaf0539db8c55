"""The schema is a contract: printed and committed, and held equal to the ontology's shapes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLList, GraphQLNonNull, GraphQLObjectType, get_named_type
from strawberry.utils.str_converters import to_camel_case

from api.graphql import words
from api.graphql.execute import BELOW
from api.graphql.ids import ID_TYPES
from api.graphql.schema import printed, schema
from api.graphql.sources import BIG, CLASS_OF, EXTRA, HIDDEN, SOURCES
from kg import model, shapes
from kg.terms import XSD

COMMITTED = Path(__file__).parents[3] / "api" / "graphql" / "schema.graphql"
SCALARS = {
    XSD.boolean: "Boolean",
    XSD.date: "Date",
    XSD.dateTime: "DateTime",
    XSD.integer: "Int",
    XSD.decimal: "Float",
}
# Absent means false in the graph, so the field is never null.
STATED_WHEN_TRUE = {("Document", "superseded")}
# Shown in GraphQL only.
FRAMES = {"id", "iri", "kind", "label", "claims", "claimsAbout", "events", "actors", "mentions", "sayings"}


def test_the_committed_schema_is_the_schema() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == printed(), (
        "the schema changed: look at the difference; python -m api.graphql prints what to write to schema.graphql"
    )


def _fields(kind: str) -> GraphQLObjectType:
    found = schema().type_map[kind]
    assert isinstance(found, GraphQLObjectType)
    return found


@pytest.mark.parametrize("kind", sorted(CLASS_OF))
def test_fields_are_the_ontologys(kind: str) -> None:
    hidden = HIDDEN.get(kind, frozenset())
    ontology = {field.name: field for field in shapes.fields(CLASS_OF[kind]) if field.name not in hidden}
    shown = _fields(kind).fields
    own = {name for name in shown if name not in FRAMES} - set(map(to_camel_case, EXTRA.get(kind, {})))
    assert own == ontology.keys() - FRAMES
    for name, shape in ontology.items():
        field = shown[name]
        many = isinstance(getattr(field.type, "of_type", field.type), GraphQLList)
        required = isinstance(field.type, GraphQLNonNull)
        assert many == (shape.many and not shape.per_language), f"{kind}.{name}: list in one of the two only"
        if not many and (kind, name) not in STATED_WHEN_TRUE:
            assert required == shape.required, f"{kind}.{name}: nullable in one of the two only"
        assert field.description == shape.description["en"], f"{kind}.{name}"
        expected = _type_of(shape)
        if expected is not None:
            assert get_named_type(field.type).name == expected, f"{kind}.{name}"


def _type_of(shape: shapes.Field) -> str | None:
    names = {name: kind for kind, name in CLASS_OF.items()}
    if shape.classes and not shape.values and names.keys() >= set(shape.classes):
        return "Subject" if len(shape.classes) > 1 else names[shape.classes[0]]
    if shape.values:
        return None  # an enumeration: test_words
    return "BigInt" if shape.path in BIG else SCALARS.get(shape.datatype or "", "String")


@pytest.mark.parametrize("kind", sorted(CLASS_OF))
def test_types_are_described_by_the_ontology(kind: str) -> None:
    assert _fields(kind).description == shapes.classes()[CLASS_OF[kind]].definition["en"]


@pytest.mark.parametrize(
    ("of", "kept"),
    [
        (words.DocumentKind, model.DOCUMENT_KINDS),
        (words.ActorKind, model.ACTOR_KINDS),
        (words.EventKind, model.EVENT_KINDS),
        (words.Stance, model.STANCES),
        (words.Form, model.FORMS),
        (words.RoleKind, model.ROLES),
        (words.Precision, model.PRECISIONS),
        (words.MentionKind, model.MENTION_KINDS),
        (words.Marking, model.MARKINGS),
    ],
)
def test_words_are_the_models(of: type[Enum], kept: tuple[str, ...]) -> None:
    assert tuple(each.value for each in of) == kept
    assert tuple(each.name for each in of) == kept
    found = schema().type_map[of.__name__]
    assert isinstance(found, GraphQLEnumType)
    assert tuple(found.values) == kept


def test_every_type_has_ids() -> None:
    assert set(ID_TYPES) == CLASS_OF.keys()


def test_every_field_can_be_read() -> None:
    """What the schema shows of a node is either in the table of sources or looked up below the node."""
    for kind, sources in SOURCES.items():
        for name, field in _fields(kind).fields.items():
            python_name = field.extensions["strawberry-definition"].python_name
            assert name in BELOW or python_name in sources, f"{kind}.{name} has no source"


def test_relays_invariants() -> None:
    """Global Object Identification 2.0 and Cursor Connections, as far as the types tell."""
    types = schema().type_map
    assert str(_fields("Query").fields["node"].type) == "Node"
    assert str(_fields("Query").fields["node"].args["id"].type) == "ID!"
    assert {name: str(field.type) for name, field in _fields("PageInfo").fields.items()} == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }
    connections = [name for name in types if name.endswith("Connection")]
    assert len(connections) == 7
    for name in connections:
        fields = _fields(name).fields
        assert str(fields["pageInfo"].type) == "PageInfo!"
        assert str(fields["totalCount"].type) == "Int!"
        edge = _fields(get_named_type(fields["edges"].type).name).fields
        assert str(edge["cursor"].type) == "String!"
        assert "node" in edge
    for kind in types.values():
        for field in getattr(kind, "fields", {}).values():
            if get_named_type(getattr(field, "type", None)).name.endswith("Connection"):
                assert {"first", "after", "last", "before"} <= field.args.keys()


def test_everything_public_is_described() -> None:
    for name in ("Query", "Mutation", "Subscription", *CLASS_OF):
        for field_name, field in _fields(name).fields.items():
            assert field.description, f"{name}.{field_name} has no description"
            for argument_name, argument in field.args.items():
                assert argument.description, f"{name}.{field_name}({argument_name}:) has no description"
