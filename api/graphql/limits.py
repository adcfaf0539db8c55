"""Where a request stops being reasonable, each limit with a message for people and a code for programs.

    TOO_MANY_TOKENS · TOO_DEEP · TOO_MANY_ALIASES · TOO_MANY_DIRECTIVES   of the document, before it is validated
    TOO_COSTLY                                                           of the compiled operation, before reading
    TIMEOUT                                                              while it is read

A fragment counts as often as it is spread (an alias hidden in a fragment is an alias), without being walked again.
The standard introspection query passes: introspection fields count for no depth here, and graphql-core's
MaxIntrospectionDepthRule bounds them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from api.graphql.compile import Selected
from api.graphql.problems import problem
from api.graphql.sources import SOURCES
from api.settings import GraphQLLimits

CONNECTION = "Connection"
# What a list of links without a page size counts for: claims have few spans, events few participants.
LIST = 3


class Size(NamedTuple):
    """Of a selection set, fragments spread: *depth* in fields, numbers of *aliases* and *directives*."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0


class Measure:
    """Sizes of one document's selection sets; each fragment is measured once."""

    def __init__(self, document: DocumentNode):
        self.fragments: Mapping[str, FragmentDefinitionNode] = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._known: dict[str, Size] = {}
        self._open: set[str] = set()

    def of(self, selection_set: SelectionSetNode | None) -> Size:
        depth = aliases = directives = 0
        for each in selection_set.selections if selection_set else ():
            size, own = Size(), 0
            if isinstance(each, FieldNode):
                aliases += each.alias is not None
                size, own = self.of(each.selection_set), 1
                if each.name.value.startswith("__"):
                    size, own = Size(0, size.aliases, size.directives), 0
            elif isinstance(each, InlineFragmentNode):
                size = self.of(each.selection_set)
            elif isinstance(each, FragmentSpreadNode):
                size = self.fragment(each.name.value)
            depth = max(depth, own + size.depth)
            aliases += size.aliases
            directives += size.directives + len(each.directives or ())
        return Size(depth, aliases, directives)

    def fragment(self, name: str) -> Size:
        """The size of a fragment; nothing for one that is unknown or spreads itself (validation names both)."""
        if name in self._known or name in self._open or name not in self.fragments:
            return self._known.get(name, Size())
        self._open.add(name)
        self._known[name] = self.of(self.fragments[name].selection_set)
        self._open.discard(name)
        return self._known[name]


def check_document(document: DocumentNode, limits: GraphQLLimits) -> None:
    """Raises the problem of the first operation or fragment that is larger than *limits* allow."""
    measure = Measure(document)
    for each in document.definitions:
        if not isinstance(each, (OperationDefinitionNode, FragmentDefinitionNode)):
            continue
        size = measure.of(each.selection_set)
        _bound("TOO_DEEP", "levels deep", size.depth, limits.depth)
        _bound("TOO_MANY_ALIASES", "aliases", size.aliases, limits.aliases)
        _bound("TOO_MANY_DIRECTIVES", "directives", size.directives + len(each.directives or ()), limits.directives)


def _bound(code: str, unit: str, found: int, limit: int) -> None:
    if found > limit:
        raise problem(code, f"the query has {found:,} {unit}; this server allows {limit:,}")


def check_cost(selected: Sequence[Selected], limits: GraphQLLimits) -> int:
    """The number of objects the answer could hold at most; a problem with code TOO_COSTLY if over the limit."""
    cost = sum(cost_of(each, limits) for each in selected)
    if cost > limits.cost:
        raise problem(
            "TOO_COSTLY",
            f"the answer could hold {cost:,} objects; this server allows {limits.cost:,}: "
            "ask for smaller pages or fewer levels",
        )
    return cost


def cost_of(selected: Selected, limits: GraphQLLimits) -> int:
    """*selected* and what is below it, times its page size where it is a connection."""
    inside = sum(cost_of(each, limits) for each in selected.selects)
    if selected.type_name.endswith(CONNECTION):
        asked = selected.arguments.get("first")
        asked = selected.arguments.get("last") if asked is None else asked
        size = limits.page if asked is None else min(max(0, asked), limits.page_cap)  # more is refused later
        return 1 + size * inside
    if not selected.selects:
        return 0
    many = any(_many(kind, selected.python_name) for kind in selected.on)
    return (LIST if many else 1) * (1 + inside)


def _many(kind: str, name: str) -> bool:
    source = SOURCES.get(kind, {}).get(name)
    return source is not None and source.many


@dataclass(slots=True)
class Deadline:
    """The moment by which an execution has to be over; every level and every object asks."""

    seconds: float
    until: float = 0.0

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.seconds

    def check(self) -> None:
        if time.monotonic() > self.until:
            raise problem("TIMEOUT", f"the query ran longer than the {self.seconds:g} seconds this server allows")
