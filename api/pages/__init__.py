"""Pages for people: rendered on the server, readable without JavaScript, in French and English.

``routes(settings)`` gives the pages that have a name of their own; the page of a node is at the node's IRI, so
``api.dereference`` asks `Pages` for it once it knows that the node is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.access import access_of
from api.errors import ApiError, status_of
from api.graphql.execute import Engine
from api.graphql.schema import schema
from api.media import accepted
from api.pages import (
    actor,
    between,
    claim,
    collection,
    document,
    event,
    matrix,
    network,
    node,
    query,
    relations,
    retold,
    review,
    search,
)
from api.pages import bundle as bundled
from api.pages.asking import Asking
from api.pages.page import HTML, Build, Page, Place, Visit, render, respond, words_of
from api.pool import pool_of
from api.settings import Settings
from kg.errors import KgError
from kg.store import Reader
from kg.terms import KG, RDF

# The pages in plain sight: each path and what builds it.
NAMED: Mapping[str, Build] = {
    "/": search.build,
    "/matrix": matrix.build,
    "/contradictions": relations.contradictions,
    "/repeats": relations.repeats,
    "/checks": relations.tests,
    "/between": between.build,
    "/network": network.build,
    "/review": review.build,
}
# The pages of nodes, by their classes; what is of none of these has the plain page.
OF_CLASS: Mapping[str, Callable[[Visit, str], Page]] = {
    KG.Claim: claim.build,
    KG.Actor: actor.build,
    KG.Event: event.build,
    KG.Document: document.build,
    KG.Collection: collection.build,
}
FORMS = {"csv": "text/csv", "json": "application/json", "html": "text/html"}
HEADERS = {"vary": "accept, accept-language, authorization", "cache-control": "no-cache"}


class Pages:
    """The pages over one graph."""

    def __init__(self, settings: Settings):
        self.settings = settings
        # Pages ask within the usual limits, whatever a server allows its clients.
        self.engine = Engine(schema(), Settings(graph=settings.graph))

    def named(self, request: Request, build: Build) -> Response:
        def answer() -> Response:
            visit = self._visit(request, pool_of(self.settings.graph).current(access_of(request).marking))
            return respond(build(visit), visit, form_of(request))

        return guarded(request, answer)

    def node(self, request: Request, reader: Reader, iri: str) -> Response:
        """The page of a node that is known to be in the graph."""

        def answer() -> Response:
            visit = self._visit(request, reader)
            types = {str(row["t"]) for row in reader.select(f"SELECT ?t {{ ?node <{RDF.type}> ?t }}", node=iri)}
            build = next((build for kind, build in OF_CLASS.items() if kind in types), node.build)
            return respond(build(visit, iri), visit, form_of(request))

        return guarded(request, answer)

    def _visit(self, request: Request, reader: Reader) -> Visit:
        asking = Asking(self.engine, reader, access_of(request))
        return Visit(request, words_of(request), asking, self.settings.writable)


@cache
def pages_of(settings: Settings) -> Pages:
    """The one `Pages` of these settings, which the named pages and the pages of nodes share."""
    return Pages(settings)


def routes(settings: Settings) -> list[BaseRoute]:
    """The named pages and what they are drawn with."""
    pages = pages_of(settings)

    def route(path: str, build: Build) -> Route:
        async def page(request: Request) -> Response:
            return await anyio.to_thread.run_sync(pages.named, request, build)

        return Route(path, page, methods=["GET", "HEAD"])

    asking = query.routes(settings, pages.named)
    return [*(route(path, build) for path, build in NAMED.items()), *asking, *bundled.routes()]


def form_of(request: Request) -> str | None:
    """``csv`` or ``json`` where ``?format=`` or the Accept header asks for it; None for HTML."""
    asked = request.query_params.get("format")
    if asked:
        if asked not in FORMS:
            raise ApiError(400, f"format: one of {', '.join(FORMS)}")
        return None if asked == "html" else asked
    chosen = accepted(request.headers.get("accept"), (FORMS["html"], FORMS["json"], FORMS["csv"]))
    return next((form for form, media in FORMS.items() if media == chosen and form != "html"), None)


def wants_html(request: Request) -> bool:
    """Whether who asks is a person with a browser: HTML is named, not merely taken among anything."""
    asked = request.query_params.get("format")
    return asked == "html" or (asked is None and "text/html" in request.headers.get("accept", ""))


def guarded(request: Request, answer: Callable[[], Response]) -> Response:
    """The answer with the headers of pages; for people, an error is a page too."""
    try:
        response = answer()
    except (ApiError, KgError) as error:
        if not wants_html(request):
            raise
        response = failed(request, error)
    response.headers.update(HEADERS)
    return response


def failed(request: Request, error: ApiError | KgError) -> Response:
    """An error as a page, with the status that it has in the API."""
    status = error.status if isinstance(error, ApiError) else status_of(error)
    said = error.message if isinstance(error, ApiError) else str(error)
    words = words_of(request)
    body = render("error", Place(request, words), status=status, said=said, told=retold.error(said, words))
    return Response(body, status, media_type=HTML)
