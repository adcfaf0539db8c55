"""What ``GET /sparql`` says of the service (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.errors import ApiError
from api.settings import Settings
from api.sparql.room import rdf_media
from kg.store import sparql
from kg.store.answer import RDF_TYPES, print_rdf

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
GRAPHS = ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML")


def response(request: Request, settings: Settings) -> Response:
    """The description in the RDF format that Accept prefers; Turtle for whoever takes none of them."""
    chosen = rdf_media(request.headers.get("accept")) or ("text/turtle" if _for_people(request) else None)
    if chosen is None:
        raise ApiError(406, f"the service's description is written as {', '.join(RDF_TYPES)}")
    body = print_rdf(triples(str(request.url.replace(query="", fragment="")), settings), chosen, {"sd": SD})
    typed = f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen
    return Response(body, headers={"content-type": typed, "vary": "accept"})


def triples(endpoint: str, settings: Settings) -> list[bytes]:
    """N-Triples of the description; the service's node is the endpoint's address."""
    service, dataset = endpoint, f"{endpoint}#dataset"
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if settings.writable else [])]
    said = [
        (service, RDF_TYPE, f"{SD}Service"),
        (service, f"{SD}endpoint", endpoint),
        *((service, f"{SD}supportedLanguage", SD + language) for language in languages),
        (service, f"{SD}feature", f"{SD}UnionDefaultGraph"),
        (service, f"{SD}feature", f"{SD}EmptyGraphs"),
        (service, f"{SD}defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple"),
        *((service, f"{SD}resultFormat", FORMATS + name) for name in (*RESULTS, *GRAPHS)),
        *((service, f"{SD}inputFormat", FORMATS + name) for name in (GRAPHS if settings.writable else ())),
        (service, f"{SD}defaultDataset", dataset),
        (dataset, RDF_TYPE, f"{SD}Dataset"),
        (dataset, f"{SD}defaultGraph", f"{endpoint}#union"),
        (f"{endpoint}#union", RDF_TYPE, f"{SD}Graph"),
    ]
    return [f"{sparql(one)} {sparql(two)} {sparql(three)} .".encode() for one, two, three in said]


def _for_people(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
