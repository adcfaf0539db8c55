"""Executions, once or over time, in threads: queries, mutations, and the subscription ``claimAdded``.

A subscription watches the switch of generations.  What is new are the claims of documents that the old generation did
not show to this caller; a document that is only read anew by a newer extractor is not announced again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import anyio
import anyio.to_thread
import strawberry
from graphql import ExecutionResult, GraphQLError, OperationType
from strawberry import UNSET

from api.access import Access, Tokens
from api.graphql import arguments as a
from api.graphql import filters as f
from api.graphql.compile import Selected
from api.graphql.execute import Context, Engine, Prepared, Refused, lookups
from api.graphql.facts import Facts
from api.graphql.fields import node
from api.graphql.limits import Deadline
from api.graphql.load import Loader
from api.graphql.lookups import Answer
from api.graphql.mutations import check_scope
from api.graphql.problems import coded, problem
from api.graphql.types import Claim
from api.pool import Pool
from kg.errors import KgError
from kg.store import Reader

THREADS = 8  # executions at a time; the others wait their turn
STREAMS = 100  # subscriptions open at a time
GRAPHS_A_QUERY, CLAIMS_A_STEP = 500, 100


def _claim_added() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        speaker: a.Speaker = UNSET,
        about: a.About = UNSET,
        stance: a.StanceIs = UNSET,
        text: a.Text = UNSET,
        since: a.Since = UNSET,
        until: a.Until = UNSET,
        outlet: a.Outlet = UNSET,
        language: a.Language = UNSET,
    ) -> Any:
        return a.found(root, info)

    return strawberry.field(resolver=resolve, description="Each claim of a document that comes in from now on.")


@strawberry.type(description="What happens to the graph, over graphql-transport-ws or Server-Sent Events.")
class Subscription:
    claim_added: Claim = _claim_added()


def _batches(iris: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(iris[at : at + size]) for at in range(0, len(iris), size))


class Streams:
    """Runs operations, once or over time, on the generations of one graph."""

    def __init__(self, engine: Engine, pool: Pool, tokens: Tokens):
        self.engine = engine
        self.pool = pool
        self.tokens = tokens
        self.threads = anyio.CapacityLimiter(THREADS)
        self.open = 0

    async def run(self, prepared: Prepared, access: Access) -> ExecutionResult:
        """Executes a query or mutation in a thread, on the then current generation; Refused if it may not run."""
        try:
            check_scope(prepared, access, self.engine.settings)
        except GraphQLError as error:
            raise Refused([error]) from error

        def current() -> Reader:
            return self.pool.current(access.marking)

        return await anyio.to_thread.run_sync(self.engine.run, prepared, current, access, limiter=self.threads)

    async def results(
        self, prepared: Prepared, access: Access, secret: str | None = None
    ) -> AsyncIterator[ExecutionResult]:
        """One result of a query or mutation; of a subscription one a claim, until nobody listens or the token that
        *secret* is has been revoked."""
        if prepared.operation.operation is not OperationType.SUBSCRIPTION:
            yield await self.run(prepared, access)
            return
        if not prepared.selected:
            raise Refused([problem("BAD_REQUEST", "the subscription selects nothing")])
        if self.open >= STREAMS:
            raise Refused([problem("TOO_MANY_SUBSCRIPTIONS", f"{STREAMS} subscriptions are open already")])
        self.open += 1
        try:
            async for old, new in self._switches(access.marking, secret):
                for claims in _batches(await self._thread(self._added, prepared, old, new), CLAIMS_A_STEP):
                    for result in await self._thread(self._answers, prepared, new, claims):
                        yield result
        finally:
            self.open -= 1

    async def _thread(self, call: Any, *arguments: Any) -> Any:
        """Calls in a thread; what is wrong with the request or the graph ends the stream as a refusal."""
        try:
            return await anyio.to_thread.run_sync(call, *arguments, limiter=self.threads)
        except GraphQLError as error:
            raise Refused([coded(error, "BAD_ARGUMENT")]) from error
        except KgError as error:
            raise Refused([problem(error.code, str(error))]) from error

    async def _switches(self, marking: str, secret: str | None) -> AsyncIterator[tuple[Reader, Reader]]:
        """Each pair of consecutive generations this caller sees; looking costs two system calls."""
        old = await self._thread(self._current, marking, secret)
        while True:
            await anyio.sleep(self.engine.settings.poll_seconds)
            new = await self._thread(self._current, marking, secret)
            if new.number != old.number:
                yield old, new
                old = new

    # ------------------------------------------------------------------ in a thread
    def _current(self, marking: str, secret: str | None) -> Reader:
        if secret is not None and self.tokens.find(secret) is None:
            raise problem("NOT_ALLOWED", "the token has been revoked")
        return self.pool.current(marking)

    def _added(self, prepared: Prepared, old: Reader, new: Reader) -> list[str]:
        """The claims of documents that *new* has and *old* has not, as far as the filter takes them, oldest first."""
        (selected,) = prepared.selected
        graphs = sorted(set(new.graphs()) - set(old.graphs()))
        return [iri for some in _batches(graphs, GRAPHS_A_QUERY) for iri in self._claims(selected, new, some)]

    def _claims(self, selected: Selected, reader: Reader, graphs: tuple[str, ...]) -> Iterator[str]:
        filters = f.filters_of("Claim", selected.arguments, {"graph": graphs}, lookups(reader, self.engine.limits))
        cursor = None
        while filters is not None:
            text = selected.arguments.get("text")
            page = reader.index.find("claim", filters, text=text, descending=False, after=cursor, first=CLAIMS_A_STEP)
            yield from page.iris
            if not page.has_next:
                return
            cursor = page.hits[-1].cursor

    def _answers(self, prepared: Prepared, reader: Reader, claims: tuple[str, ...]) -> list[ExecutionResult]:
        """One result a claim, from one loading of them all."""
        (selected,) = prepared.selected
        facts, limits = Facts(), self.engine.limits
        loader = Loader(reader, facts, lookups(reader, limits), Deadline(limits.seconds))
        loader.follow(selected, Answer(lambda facts: None, claims, "Claim"))
        results = []
        for claim in claims:
            for place in selected.nodes:
                facts.found["", id(place)] = lambda facts, iri=claim: node(facts, "Claim", iri)
            results.append(self.engine.answer(prepared, Context(facts)))
        return results
