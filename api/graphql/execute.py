"""One GraphQL operation from its text to its result, on one generation of the graph, in the calling thread.

    parse ─▶ limits ─▶ validate ─▶ compile ─▶ cost ─▶ load (index, one SPARQL a level) ─▶ execute (from memory)

Problems before ``load`` are request errors: there is no ``data`` (GraphQL, section 7.1.2).
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any, TypeGuard

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_operation_ast,
    get_variable_values,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import VariableValues

from api.access import Access
from api.graphql import between, relations, searching, stories
from api.graphql.compile import Compiler, Selected
from api.graphql.complete import Plan, Unusual
from api.graphql.facts import Facts
from api.graphql.limits import Deadline, check_cost, check_document
from api.graphql.load import Loader
from api.graphql.lookups import NESTED, ROOT, Lookups
from api.graphql.mutations import Mutations
from api.graphql.problems import coded, problem
from api.graphql.trace import Trace
from api.settings import GraphQLLimits, Settings
from kg.decisions import load
from kg.errors import KgError
from kg.store import Reader

KEPT_DOCUMENTS, KEPT_LENGTH = 500, 50_000  # characters: a longer one is parsed each time
# The parser's own limits have no type of error; these words of its messages tell them (a test holds them to it).
PARSER_LIMITS = {"tokens. Parsing aborted": "TOO_MANY_TOKENS", "nested too deeply. Parsing aborted": "TOO_DEEP"}
log = logging.getLogger("claimgraph.graphql")


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """The parameters of one request (GraphQL over HTTP, section 5.1)."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that may run: its operation, its coerced variables, what it selects and what that may cost."""

    request: GraphQLRequest
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: VariableValues
    selected: Sequence[Selected]
    cost: int


@dataclass(slots=True)
class Context:
    """What resolvers see: the request's facts."""

    facts: Facts

    def found(self, parent: str, nodes: Sequence[FieldNode]) -> object:
        """What ``load`` found for the field at *nodes* of *parent*, made of the facts known now."""
        make: Any = self.facts.found[parent, id(nodes[0])]
        return make(self.facts)


def _never(value: object) -> TypeGuard[Awaitable[Any]]:
    """Nothing of ours is awaited: everything is in memory when execution begins."""
    return False


class Refused(Exception):
    """The request is refused before anything is executed; *errors* say why."""

    def __init__(self, errors: Sequence[GraphQLError]):
        super().__init__("; ".join(error.message for error in errors))
        self.errors = list(errors)


# Every field that needs the index or a search, by name: of Query, and of nodes.
FIELDS = {**ROOT, **searching.FIELDS, **stories.FIELDS, "between": between.between}
BELOW = {**NESTED, **relations.FIELDS, **stories.BELOW}


def lookups(reader: Reader, limits: GraphQLLimits, trace: Trace | None = None) -> Lookups:
    return Lookups(reader, limits, trace or Trace(), FIELDS, BELOW)


class Engine:
    """A schema with its limits, and a cache of documents that were found valid."""

    def __init__(self, schema: GraphQLSchema, settings: Settings):
        self.schema = schema
        self.settings = settings
        self.limits: GraphQLLimits = settings.graphql
        hidden = () if settings.introspection else (NoSchemaIntrospectionCustomRule,)
        self.rules = [*specified_rules, *hidden]
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()
        self._lock = Lock()

    # ------------------------------------------------------------------ before execution
    def document(self, query: str) -> DocumentNode:
        """The valid document of *query*; Refused with every error otherwise."""
        with self._lock:
            known = self._documents.get(query)
            if known is not None:
                self._documents.move_to_end(query)
                return known
        document = self._parse(query)
        errors = validate(
            self.schema,
            document,
            self.rules,
            hide_suggestions=not self.settings.introspection,
            allow_empty_selection_sets=False,
        )
        if errors:
            raise Refused([coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors])
        if len(query) > KEPT_LENGTH:
            return document
        with self._lock:
            self._documents[query] = document
            while len(self._documents) > KEPT_DOCUMENTS:
                self._documents.popitem(last=False)
        return document

    def _parse(self, query: str) -> DocumentNode:
        try:
            document = parse(query, max_tokens=self.limits.tokens, allow_empty_selection_sets=False)
            check_document(document, self.limits)
        except GraphQLSyntaxError as error:
            code = next(
                (code for words, code in PARSER_LIMITS.items() if words in error.message), "GRAPHQL_PARSE_FAILED"
            )
            raise Refused([coded(error, code)]) from error
        except GraphQLError as error:
            raise Refused([error]) from error
        return document

    def prepare(self, request: GraphQLRequest) -> Prepared:
        """Everything that can be said of a request without reading the graph; Refused where it cannot run."""
        document = self.document(request.query)
        operation = get_operation_ast(document, request.operation_name)
        if operation is None:
            name = request.operation_name
            said = f"no operation is named {name!r}" if name else "operationName must name one of the operations"
            raise Refused([problem("BAD_OPERATION_NAME", said)])
        coerced = get_variable_values(
            self.schema, operation.variable_definitions or (), dict(request.variables), max_errors=20
        )
        if isinstance(coerced, list):
            raise Refused([coded(error, "BAD_VARIABLES") for error in coerced])
        try:
            selected = Compiler.of(self.schema, document, coerced).compile(operation)
            cost = check_cost(selected, self.limits)
        except GraphQLError as error:
            raise Refused([coded(error, "BAD_ARGUMENT")]) from error
        return Prepared(request, document, operation, coerced, selected, cost)

    # ------------------------------------------------------------------ execution
    def run(self, prepared: Prepared, current: Callable[[], Reader], access: Access) -> ExecutionResult:
        """Executes a query or mutation on the *current* generation; Refused where it cannot be answered at all."""
        context, deadline = Context(Facts()), Deadline(self.limits.seconds)
        begun = time.perf_counter()
        try:
            reader = current()
            loader = Loader(reader, context.facts, lookups(reader, self.limits), deadline)
            if prepared.operation.operation is OperationType.MUTATION:
                loader = self._mutate(prepared, loader, current, access)
            else:
                loader.load(prepared.selected)
            result = self.answer(prepared, context)
        except GraphQLError as error:
            raise Refused([coded(error, "BAD_ARGUMENT")]) from error
        except KgError as error:
            raise Refused([problem(error.code, str(error))]) from error
        if prepared.request.extensions.get("explain") is True:
            explained = loader.lookups.trace.explain(loader.reader, prepared.cost)
            explained["milliseconds"] = round((time.perf_counter() - begun) * 1000, 3)
            result.extensions = {**(result.extensions or {}), "explain": explained}
        return result

    def _mutate(self, prepared: Prepared, loader: Loader, current: Callable[[], Reader], access: Access) -> Loader:
        """Performs the fields in their order, and reads what each answer selects from the generation it made."""
        for selected in prepared.selected:
            base = loader.reader.base
            known = partial(load, loader.reader.select, base)
            mutations = Mutations(self.settings, access, base, loader.exists, known)
            answer = mutations.root(selected)
            reader = current()
            facts = Facts(found=loader.facts.found)  # what was read before the change may be so no longer
            loader = Loader(reader, facts, lookups(reader, self.limits, loader.lookups.trace), loader.deadline)
            loader.follow(selected, answer)
        return loader

    def answer(self, prepared: Prepared, context: Context) -> ExecutionResult:
        """The result, from what is loaded: by a plan in the regular case, else by the executor."""
        try:
            return ExecutionResult(Plan(self.schema, prepared, context.found).data())
        except Unusual:
            return self.executed(prepared, context)
        except Exception as error:  # a field failed: the executor meets that again, reports it, does the others
            log.debug("left to the executor: %s", error)
            return self.executed(prepared, context)

    def executed(self, prepared: Prepared, context: Context) -> ExecutionResult:
        """The result by graphql-core's executor; the words of a bug go to the log, not to the client."""
        result = execute(
            self.schema,
            prepared.document,
            context_value=context,
            variable_values=dict(prepared.request.variables),
            operation_name=prepared.request.operation_name,
            is_awaitable=_never,
        )
        assert isinstance(result, ExecutionResult), "every resolver is synchronous"
        if result.errors:
            result.errors = [self._told(error) for error in result.errors]
        return result

    def _told(self, error: GraphQLError) -> GraphQLError:
        """An error for the client: ours with its code; the words of a bug stay in the log."""
        original = error.original_error
        if isinstance(original, KgError):
            return GraphQLError(str(original), nodes=error.nodes, path=error.path, extensions={"code": original.code})
        if original is not None and not isinstance(original, GraphQLError):
            log.error("field %s failed", error.path, exc_info=original)
            said = "this field could not be answered; the server's log has the details"
            return GraphQLError(said, nodes=error.nodes, path=error.path, extensions={"code": "INTERNAL"})
        return coded(error, "BAD_REQUEST")
