"""Errors of a GraphQL request: one sentence for people, ``extensions.code`` for programs."""

from __future__ import annotations

from collections.abc import Collection

from graphql import GraphQLError, Node


def problem(code: str, message: str, nodes: Collection[Node] | None = None) -> GraphQLError:
    """A GraphQL error that carries *code*; *nodes* are the places in the query it is about."""
    return GraphQLError(message, nodes=nodes, extensions={"code": code})


def coded(error: GraphQLError, code: str) -> GraphQLError:
    """*error* with *code* unless it has one already."""
    if error.extensions is None or "code" not in error.extensions:
        error.extensions = {**(error.extensions or {}), "code": code}
    return error
