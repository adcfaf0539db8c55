"""The schema: types, queries, mutations, subscriptions; ``schema.graphql`` is its print, reviewed as a contract."""

from __future__ import annotations

from functools import cache

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from api.graphql.changes import Mutation
from api.graphql.node import read
from api.graphql.queries import Query
from api.graphql.subscriptions import Subscription
from api.graphql.words import BigInt

SCALARS: dict[object, ScalarDefinition] = {
    BigInt: strawberry.scalar(
        name="BigInt", description="A whole number of any size, as a JSON number.", serialize=int, parse_value=int
    )
}


@cache
def schema() -> GraphQLSchema:
    """The executable schema (graphql-core's; strawberry has done its part once the types are made)."""
    made = strawberry.Schema(
        Query, Mutation, Subscription, config=StrawberryConfig(default_resolver=read, scalar_map=SCALARS)
    )
    return made._schema


def printed() -> str:
    """The schema in GraphQL's own language, as committed in ``schema.graphql``."""
    return print_schema(schema()) + "\n"
