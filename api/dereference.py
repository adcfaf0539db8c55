"""Linked data: the IRI of everything in the graph is an address here, its base replaced by this server's.

``{base}actor/wikileaks`` is answered at ``/actor/wikileaks``, as HTML, Turtle, JSON-LD or another RDF format, whichever
the Accept header prefers.  What a request's marking hides is not there, like what was never there: both are 404.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

import anyio.to_thread
import jinja2
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.access import access_of
from api.errors import ApiError
from api.media import accepted
from api.pool import pool_of
from api.settings import Settings
from kg import shapes
from kg.errors import QueryError
from kg.store import IRI, Literal, Reader, sparql
from kg.store.answer import RDF_TYPES, print_rdf

HTML = "text/html"
OFFERED = (*RDF_TYPES, HTML)  # browsers ask for HTML by name; whoever takes anything gets Turtle
POINTING = 100  # nodes that point at this one, shown in HTML
_SAFE = "/:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Shown:
    """A term for people: a link where it leads somewhere, *note* a literal's datatype."""

    text: str
    href: str = ""
    language: str = ""
    note: str = ""


def routes(settings: Settings) -> list[BaseRoute]:
    """Every path that no other room took: this one comes last."""

    async def node(request: Request) -> Response:
        chosen = accepted(request.headers.get("accept"), OFFERED)
        if chosen is None:
            raise ApiError(406, f"what is known of it can be written as {', '.join(OFFERED)}")
        marking = access_of(request).marking

        def answer() -> Response:
            return _answer(pool_of(settings.graph).current(marking), request, chosen)

        response = await anyio.to_thread.run_sync(answer)
        response.headers.update({"vary": "accept, authorization", "cache-control": "no-cache"})
        return response

    return [Route("/{path:path}", node, methods=["GET", "HEAD"])]


def _answer(reader: Reader, request: Request, chosen: str) -> Response:
    if request.path_params["path"] == "ns":
        return _ontology(chosen)
    iri, triples = _found(reader, request.path_params["path"])
    if chosen == HTML:
        return Response(_page(reader, request, iri), media_type=HTML)
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


def _page(reader: Reader, request: Request, iri: str) -> str:
    said = reader.select("SELECT DISTINCT ?p ?o { ?node ?p ?o } ORDER BY ?p ?o", node=iri)
    pointing = reader.select(f"SELECT DISTINCT ?s ?p {{ ?s ?p ?node }} LIMIT {POINTING + 1}", node=iri)
    label = reader.select(
        "SELECT ?l { ?node ?p ?l VALUES ?p { skos:prefLabel kg:title kg:text } } ORDER BY ?l LIMIT 1", node=iri
    )
    root = request.scope.get("root_path", "")
    return _template().render(
        iri=iri,
        title=str(label[0]["l"]) if label else _short(iri, reader),
        said=[(_shown(row["p"], reader, root), _shown(row["o"], reader, root)) for row in said],
        pointing=[(_shown(row["s"], reader, root), _shown(row["p"], reader, root)) for row in pointing[:POINTING]],
        more=len(pointing) > POINTING,
        graph=_graph_url(request, iri) if reader.has_graph(iri) else "",
        root=root,
    )


def _shown(term: object, reader: Reader, root: str) -> Shown:
    if isinstance(term, Literal):
        plain = term.language or term.datatype.endswith("#string")
        return Shown(str(term), language=term.language or "", note="" if plain else _short(term.datatype, reader))
    text = str(term)
    if not isinstance(term, IRI):
        return Shown(text)  # a blank node, or a triple
    if text.startswith(reader.base):
        return Shown(_short(text, reader), href=f"{root}/{quote(text.removeprefix(reader.base), safe=_SAFE + '#%')}")
    return Shown(_short(text, reader), href=text if text.startswith(("http://", "https://")) else "")


def _short(iri: str, reader: Reader) -> str:
    """The IRI with its prefix where one of ours fits it."""
    fitting = [(name, start) for name, start in reader.prefixes.items() if iri.startswith(start) and iri != start]
    if not fitting:
        return iri
    name, start = max(fitting, key=lambda pair: len(pair[1]))
    return f"{name}:{iri.removeprefix(start)}"


def _graph_url(request: Request, iri: str) -> str:
    return f"{request.scope.get('root_path', '')}/rdf-graph-store?graph={quote(iri, safe='')}"


def _ontology(chosen: str) -> Response:
    """The vocabulary's own address; Turtle for people too, as it is written to be read."""
    if chosen == HTML:
        chosen = "text/turtle"
    body = shapes.graph().serialize(format="nt", encoding="utf-8").splitlines()
    printed = print_rdf([line for line in body if line], chosen, shapes.prefixes())
    return Response(printed, headers={"content-type": f"{chosen}; charset=utf-8"})


@cache
def _template() -> jinja2.Template:
    source = (files("api") / "assets" / "node.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True).from_string(source)
