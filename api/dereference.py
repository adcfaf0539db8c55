"""Linked data: the IRI of everything in the graph is an address here, its base replaced by this server's.

``{base}actor/wikileaks`` is answered at ``/actor/wikileaks``, as HTML, Turtle, JSON-LD or another RDF format, whichever
the Accept header prefers.  What a request's marking hides is not there, like what was never there: both are 404.
"""

from __future__ import annotations

from urllib.parse import quote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.access import access_of
from api.errors import ApiError
from api.media import accepted
from api.pages import Pages, guarded, pages_of
from api.pool import pool_of
from api.settings import Settings
from kg import shapes
from kg.errors import QueryError
from kg.store import Reader, sparql
from kg.store.answer import RDF_TYPES, print_rdf

HTML = "text/html"
OFFERED = (*RDF_TYPES, HTML)  # browsers ask for HTML by name; whoever takes anything gets Turtle
# ``?format=`` for browsers, which cannot choose their Accept header; csv and json are what the page shows.
FORMATS = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json", "html": HTML}
PAGE_FORMATS = ("csv", "json")
_SAFE = "/:@!$&'()*+,;=~"


def routes(settings: Settings) -> list[BaseRoute]:
    """Every path that no other room took: this one comes last."""

    async def node(request: Request) -> Response:
        chosen = _chosen(request)
        marking = access_of(request).marking

        def answer() -> Response:
            return _answer(pool_of(settings.graph).current(marking), request, chosen, pages_of(settings))

        response = await anyio.to_thread.run_sync(guarded, request, answer)
        response.headers.setdefault("vary", "accept, authorization")
        response.headers.setdefault("cache-control", "no-cache")
        return response

    return [Route("/{path:path}", node, methods=["GET", "HEAD"])]


def _chosen(request: Request) -> str:
    """The media type that ``?format=`` or else the Accept header asks for; ApiError where there is none such."""
    asked = request.query_params.get("format")
    if asked in PAGE_FORMATS:
        return HTML  # the page gives these itself
    if asked is not None and asked not in FORMATS:
        raise ApiError(400, f"format: one of {', '.join((*FORMATS, *PAGE_FORMATS))}")
    chosen = FORMATS[asked] if asked else accepted(request.headers.get("accept"), OFFERED)
    if chosen is None:
        raise ApiError(406, f"what is known of it can be written as {', '.join(OFFERED)}")
    return chosen


def _answer(reader: Reader, request: Request, chosen: str, pages: Pages) -> Response:
    if request.path_params["path"] == "ns":
        return _ontology(chosen)
    iri, triples = _found(reader, request.path_params["path"])
    if chosen == HTML:
        return pages.node(request, reader, iri)
    if not triples and reader.has_graph(iri):
        return RedirectResponse(_graph_url(request, iri), 303)
    typed = f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen
    return Response(print_rdf(triples, chosen, reader.prefixes), headers={"content-type": typed})


def _found(reader: Reader, path: str) -> tuple[str, list[bytes]]:
    """The IRI that *path* stands for and what is said of it; ApiError 404 where nothing is known of either spelling."""
    for spelled in dict.fromkeys((path, quote(path, safe=_SAFE))):
        iri = reader.base + spelled
        try:
            sparql(iri)
        except QueryError:
            continue  # no IRI, so it names nothing here
        triples = reader.construct("CONSTRUCT { ?node ?p ?o } WHERE { ?node ?p ?o }", node=iri).splitlines()
        if triples or reader.ask("ASK { ?s ?p ?node }", node=iri) or reader.has_graph(iri):
            return iri, triples
    raise ApiError(404, f"nothing is known of {reader.base}{path[:300]}")


def _graph_url(request: Request, iri: str) -> str:
    return f"{request.scope.get('root_path', '')}/rdf-graph-store?graph={quote(iri, safe='')}"


def _ontology(chosen: str) -> Response:
    """The vocabulary's own address; Turtle for people too, as it is written to be read."""
    if chosen == HTML:
        chosen = "text/turtle"
    body = shapes.graph().serialize(format="nt", encoding="utf-8").splitlines()
    printed = print_rdf([line for line in body if line], chosen, shapes.prefixes())
    return Response(printed, headers={"content-type": f"{chosen}; charset=utf-8"})
