"""The data of an answer by a plan: what each selected field reads and how its value is written, decided once a type.

    Claim ─▶ (text, read, as it is) (stance, read, name of the enumeration) (speaker, read, Actor ─▶ (name, …))

This is the regular case only.  Whatever is out of the ordinary (an error, a null where there may be none,
introspection, a value of a form the plan does not know) raises ``Unusual``, and graphql-core's executor, the reference,
answers instead from the same facts; a test holds the two equal.  Fields are collected by graphql-core's own functions
(GraphQL, section 6.3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Protocol, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_abstract_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from api.graphql.node import Node
from api.graphql.sources import SOURCES

Read: TypeAlias = Callable[[Any], Any]
Write: TypeAlias = Callable[[Any], Any]
Found: TypeAlias = Callable[[str, list[FieldNode]], object]
# Scalars whose value of this very type is written as it is; any other value goes through the scalar's own function.
PLAIN: Mapping[str, type] = {"String": str, "ID": str, "Boolean": bool}


class Unusual(Exception):
    """Not for a plan: the executor decides what the answer is."""


class Operation(Protocol):
    """What a plan is made of; see ``execute.Prepared``."""

    @property
    def document(self) -> DocumentNode: ...
    @property
    def operation(self) -> OperationDefinitionNode: ...
    @property
    def variables(self) -> VariableValues: ...


class Plan:
    """One operation's plan; *found* gives what ``load`` found for a field of a parent (its IRI, "" for the root)."""

    def __init__(self, schema: GraphQLSchema, asked: Operation, found: Found) -> None:
        self._schema = schema
        self._asked = asked
        self._found = found
        fragments = (each for each in asked.document.definitions if isinstance(each, FragmentDefinitionNode))
        self._fragments = {each.name.value: FragmentDetails(each, None) for each in fragments}

    def data(self) -> dict[str, Any]:
        """The answer's data; Unusual where it takes the executor."""
        operation = self._asked.operation
        root = self._schema.get_root_type(operation.operation)
        if root is None:
            raise Unusual
        grouped = collect_fields(self._schema, self._fragments, self._asked.variables, root, operation)
        written: dict[str, Any] = self._object(root, grouped.grouped_field_set)(None)
        return written

    def _below(self, kind: GraphQLObjectType, details: list[FieldDetails]) -> Write:
        asked = self._asked
        found = collect_subfields(self._schema, self._fragments, asked.variables, asked.operation, kind, details)
        return self._object(kind, found.grouped_field_set)

    # ------------------------------------------------------------------ how a value is written
    def _object(self, kind: GraphQLObjectType, grouped: GroupedFieldSet) -> Write:
        fields = [(key, *self._field(kind, details)) for key, details in grouped.items()]

        def write(value: Any) -> Any:
            return {key: complete(read(value)) for key, read, complete in fields}

        return write

    def _field(self, kind: GraphQLObjectType, details: list[FieldDetails]) -> tuple[Read, Write]:
        name = details[0].node.name.value
        if name == "__typename":
            return lambda value: kind.name, lambda value: value
        definition = kind.fields.get(name)
        if definition is None:  # __schema, __type
            raise Unusual
        return self._read(kind, definition, details), self._write(definition.type, details)

    def _read(self, kind: GraphQLObjectType, definition: GraphQLField, details: list[FieldDetails]) -> Read:
        """As ``node.read`` and ``arguments.found`` do it."""
        stated = definition.extensions["strawberry-definition"]
        if stated.base_resolver is not None:
            nodes, found = [each.node for each in details], self._found
            return lambda value: found(getattr(value, "_iri", ""), nodes)
        if kind.name in SOURCES:
            of_facts = SOURCES[kind.name][stated.python_name].read
            return lambda node: of_facts(node._facts, node._iri)
        return attrgetter(stated.python_name)

    def _write(self, kind: GraphQLOutputType, details: list[FieldDetails]) -> Write:
        if isinstance(kind, GraphQLNonNull):
            return self._present(kind.of_type, details)
        write = self._present(kind, details)
        return lambda value: None if value is None else write(value)

    def _present(self, kind: Any, details: list[FieldDetails]) -> Write:
        """How a value of *kind* is written that may not be null."""
        if isinstance(kind, GraphQLList):
            write = self._write(kind.of_type, details)
            return lambda value: [write(each) for each in _listed(value)]
        if isinstance(kind, GraphQLScalarType):
            return _scalar(kind)
        if isinstance(kind, GraphQLEnumType):
            return _choice(kind)
        if isinstance(kind, GraphQLObjectType):
            return self._one(kind, self._below(kind, details))
        if is_abstract_type(kind):
            return self._any(kind, details)
        raise Unusual

    def _one(self, kind: GraphQLObjectType, write: Write) -> Write:
        def present(value: Any) -> Any:
            if value is None or (isinstance(value, Node) and type(value).__name__ != kind.name):
                raise Unusual
            return write(value)

        return present

    def _any(self, kind: Any, details: list[FieldDetails]) -> Write:
        """An object of whichever type it turns out to be; each type's part of the plan is made when first met."""
        possible = {each.name: each for each in self._schema.get_possible_types(kind)}
        known: dict[str, Write] = {}

        def present(value: Any) -> Any:
            name = type(value).__name__
            if name not in known:
                if name not in possible:
                    raise Unusual
                known[name] = self._below(possible[name], details)
            return known[name](value)

        return present


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unusual
    return value


def _scalar(kind: GraphQLScalarType) -> Write:
    serialize, plain = kind.serialize, PLAIN.get(kind.name)

    def write(value: Any) -> Any:
        if type(value) is plain:
            return value
        if value is None:
            raise Unusual
        written = serialize(value)
        if written is None:
            raise Unusual
        return written

    return write


def _choice(kind: GraphQLEnumType) -> Write:
    known: dict[Any, Any] = {}

    def write(value: Any) -> Any:
        if value not in known:
            if value is None:
                raise Unusual
            known[value] = kind.serialize(value)
        return known[value]

    return write
