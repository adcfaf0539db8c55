"""From a GraphQL operation to what must be read: the selection set as a tree, arguments coerced, fragments spread.

    claims(first: 2) { edges { node { speaker { name } } } }
      Selected(claims, {first: 2}) ─ selects ─▶ edges ─▶ node ─▶ Selected(speaker) ─▶ Selected(name)

Nothing is executed here.  The tree may hold more than one concrete object needs (fragments on interfaces), never less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
    get_named_type,
    is_composite_type,
)
from graphql.execution.values import VariableValues

from api.graphql.sources import SOURCES


@dataclass(slots=True)
class Selected:
    """One field of one parent type: *on* are the object types it is selected on, *nodes* its places in the query."""

    name: str
    python_name: str
    on: frozenset[str]
    arguments: Mapping[str, Any]
    type_name: str
    nodes: list[FieldNode]
    selects: list[Selected] = field(default_factory=list)

    @property
    def is_node(self) -> bool:
        """Whether the field leads to objects with facts of their own, rather than to a frame around them."""
        return self.type_name in SOURCES or self.type_name in ("Node", "Subject")


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the operations of one validated document against one schema."""

    schema: GraphQLSchema
    document: DocumentNode
    variables: VariableValues
    fragments: Mapping[str, FragmentDefinitionNode]

    @classmethod
    def of(cls, schema: GraphQLSchema, document: DocumentNode, variables: VariableValues) -> Compiler:
        found = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        return cls(schema, document, variables, found)

    def compile(self, operation: OperationDefinitionNode) -> list[Selected]:
        """The operation's fields, selected on its root type."""
        root = self.schema.get_root_type(operation.operation)
        assert root is not None, "the document was validated against the schema"
        return self._select([(operation.selection_set, root)])

    def _select(self, sets: list[tuple[SelectionSetNode, GraphQLCompositeType]]) -> list[Selected]:
        """Fields of the same key on the same types are one, as in execution (CollectFields, MergeSelectionSets)."""
        found: dict[tuple[str, str], Selected] = {}
        inside: dict[tuple[str, str], list[tuple[SelectionSetNode, GraphQLCompositeType]]] = {}
        spread: set[tuple[str, str]] = set()
        for selection_set, parent in sets:
            for node, on in self._fields(selection_set, parent, spread):
                key = (node.alias.value if node.alias else node.name.value, on.name)
                definition = self._definition(on, node.name.value)
                if definition is None:  # __typename, __schema, __type: nothing of ours to load
                    continue
                below = get_named_type(definition.type)
                if key in found:
                    found[key].nodes.append(node)
                else:
                    found[key] = self._selected(node, on, definition, below.name)
                if node.selection_set and is_composite_type(below):
                    inside.setdefault(key, []).append((node.selection_set, below))
        for key, sets_inside in inside.items():
            found[key].selects = self._select(sets_inside)
        return list(found.values())

    def _definition(self, on: GraphQLCompositeType, name: str) -> GraphQLField | None:
        return getattr(on, "fields", {}).get(name)

    def _selected(self, node: FieldNode, on: GraphQLCompositeType, definition: GraphQLField, below: str) -> Selected:
        extensions = definition.extensions.get("strawberry-definition")
        return Selected(
            name=node.name.value,
            python_name=extensions.python_name if extensions else node.name.value,
            on=frozenset([on.name] if isinstance(on, GraphQLObjectType) else self._possible(on)),
            arguments=get_argument_values(definition, node, self.variables),
            type_name=below,
            nodes=[node],
        )

    def _possible(self, on: GraphQLCompositeType) -> list[str]:
        return [each.name for each in self.schema.get_possible_types(on)]  # type: ignore[arg-type]

    def _fields(
        self, selection_set: SelectionSetNode, parent: GraphQLCompositeType, spread: set[tuple[str, str]]
    ) -> Iterator[tuple[FieldNode, GraphQLCompositeType]]:
        """Each field of the set with the type it is selected on, @skip and @include obeyed.

        A fragment is spread once a type (*spread* remembers), or spreads within spreads would double at every step.
        """
        for each in selection_set.selections:
            if not self._included(each):
                continue
            if isinstance(each, FieldNode):
                yield each, parent
                continue
            fragment: InlineFragmentNode | FragmentDefinitionNode
            if isinstance(each, FragmentSpreadNode):
                if (each.name.value, parent.name) in spread:
                    continue
                spread.add((each.name.value, parent.name))
                fragment = self.fragments[each.name.value]
            else:
                assert isinstance(each, InlineFragmentNode)
                fragment = each
            named = fragment.type_condition
            inner = self.schema.type_map[named.name.value] if named else parent
            yield from self._fields(fragment.selection_set, self._narrower(parent, inner), spread)

    def _narrower(self, parent: GraphQLCompositeType, inner: Any) -> GraphQLCompositeType:
        """``... on Node { … on Claim }``: of two types in a row the one that is an object, else the inner."""
        return parent if isinstance(parent, GraphQLObjectType) and not isinstance(inner, GraphQLObjectType) else inner

    def _included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])


def below(selected: list[Selected]) -> list[Selected]:
    """The fields selected on nodes somewhere inside frames (connections, edges, roles, paths) directly below."""
    found: list[Selected] = []
    for each in selected:
        found += each.selects if each.is_node else below(each.selects)
    return found


def wants(selected: Selected, name: str) -> bool:
    """Whether a frame's own field is selected, such as ``totalCount``."""
    return any(each.name == name for each in selected.selects)
