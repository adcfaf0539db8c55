"""One page: what it shows, the same as a table (CSV) and as data (JSON), and the queries that made it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import Asking
from api.pages.bundle import bundle
from api.pages.naming import NAMED, full, title
from api.pages.words import LANGUAGES, SIGNS, Words, chosen

HTML = "text/html; charset=utf-8"
NAMES = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { iri name } ... on Event { ...Named } } }" + NAMED
SAFE = "/:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows, as rows of plain values."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Page:
    """*template* without its suffix; *shown* is what the template sees and JSON gives; *view* the template only.

    *iri* is the node that the page is about, if it is about one.
    """

    template: str
    title: str
    shown: Mapping[str, Any]
    table: Table
    view: Mapping[str, Any] = field(default_factory=dict)
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request stands: in what words it is answered, and what addresses look like from there."""

    request: Request
    words: Words

    def given(self, name: str) -> str | None:
        """A parameter of the query string, None where it is missing or empty."""
        return self.request.query_params.get(name, "").strip() or None

    def url(self, path: str, **parameters: object) -> str:
        """The address of *path* here; an explicit choice of language is kept."""
        if "lang" not in parameters and self.request.query_params.get("lang") in LANGUAGES:
            parameters["lang"] = self.request.query_params["lang"]
        query = urlencode({name: value for name, value in parameters.items() if value not in (None, "")})
        return f"{self.root}{path}{'?' if query else ''}{query}"

    def here(self, **changes: object) -> str:
        """This page's own address with other parameters; None or "" takes one away."""
        path = self.request.url.path.removeprefix(self.root)
        kept: dict[str, object] = dict(self.request.query_params)
        return self.url(quote(path, safe=SAFE), **{**kept, **changes})

    @property
    def root(self) -> str:
        """Where the application is mounted: "" or a path."""
        return str(self.request.scope.get("root_path", ""))


@dataclass(frozen=True, slots=True)
class Visit(Place):
    """One request for a page, with what it may ask of the graph."""

    asking: Asking
    writable: bool = False

    def href(self, iri: str | None, fragment: str = "") -> str:
        """The page of a node of this graph; the IRI itself where it lies elsewhere on the web; else nothing."""
        base = self.asking.reader.base
        if iri is None:
            return ""
        if iri.startswith(base):
            return self.url("/" + quote(iri.removeprefix(base), safe=SAFE + "%#")) + fragment
        return iri if iri.startswith(("http://", "https://")) else ""

    def names(self, iris: Iterable[str]) -> dict[str, str]:
        """What each actor and event among *iris* is called, in one request."""
        if not (wanted := list(dict.fromkeys(iris))):
            return {}
        found = self.asking.graphql(NAMES, ids=wanted)["nodes"]
        return {one["iri"]: one["name"] if "name" in one else full(one, self.words) for one in found if one}


def words_of(request: Request) -> Words:
    return Words(chosen(request.query_params.get("lang"), request.headers.get("accept-language")))


Build = Callable[[Visit], Page]


def respond(page: Page, visit: Visit, form: str | None) -> Response:
    """*page* as HTML, or as ``csv`` or ``json``."""
    if form == "csv":
        return Response(_csv(page.table), media_type="text/csv; charset=utf-8", headers=_saved(page, "csv"))
    if form == "json":
        asked = [{"language": q.language, "query": q.text, "variables": q.variables} for q in visit.asking.asked]
        body = {"page": page.template, "iri": page.iri or None, "queries": asked, **page.shown}
        return Response(orjson.dumps(body, option=orjson.OPT_INDENT_2), media_type="application/json")
    context = {**page.shown, **page.view, "page": page, "asked": visit.asking.asked}
    return Response(render(page.template, visit, **context), media_type=HTML)


def render(template: str, place: Place, **context: object) -> str:
    """*template* with the words and addresses of *place*."""
    about: dict[str, object] = {"place": place, "t": place.words, "url": place.url, "here": place.here}
    about |= {"titled": partial(title, words=place.words), "called": partial(full, words=place.words)}
    if isinstance(place, Visit):
        about |= {"href": place.href, "base": place.asking.reader.base, "writable": place.writable}
    return templates().get_template(f"{template}.html").render(**about, **context)


@cache
def templates() -> jinja2.Environment:
    """Everything is escaped unless it is a template's own; a name that is not there is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("api.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals |= {"signs": SIGNS, "bundle": bundle}
    return environment


def _csv(table: Table) -> str:
    """RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _saved(page: Page, suffix: str) -> dict[str, str]:
    return {"content-disposition": f'inline; filename="{page.template}.{suffix}"'}
