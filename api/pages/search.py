"""``/``: search with facets over claims, events, documents, actors and passages."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from api.errors import ApiError
from api.pages import claims
from api.pages.page import Page, Table, Visit
from api.pages.pictures import timeline

SIZE = 20
SHOWN = ("claims", "events", "documents", "actors", "passages")
COMMON = ("text", "since", "until", "outlet", "language")
# what each list can be filtered by; the parameters of the page have the same names
FILTERS: Mapping[str, tuple[str, ...]] = {
    "claims": (*COMMON, "speaker", "about", "stance"),
    "events": (*COMMON, "kind", "participant"),
    "documents": (*COMMON, "kind"),
    "actors": ("text", "kind"),
    "passages": ("text",),
}
TYPES = {
    "since": "Date", "until": "Date", "stance": "Stance", "first": "Int", "last": "Int",
}  # fmt: skip
KINDS = {"events": "EventKind", "documents": "DocumentKind", "actors": "ActorKind"}
NODE = {
    "claims": "...Row",
    "events": "iri label kind begin end precision alleged roles { role actor { iri name } } trigger { exact paragraph }"
    " reportedIn { iri title publisher published publishedPrecision }",
    "documents": "iri title kind publisher published publishedPrecision language path claims(first: 0) { totalCount }",
    "actors": "iri name kind aliases claims(first: 0) { totalCount } claimsAbout(first: 0) { totalCount }",
}
FACETS = {
    "claims": ("claim", "speaker, stance, outlet, language, month"),
    "events": ("event", "kind, participant, outlet, language, month"),
    "documents": ("document", "kind, outlet, language, month"),
}
# facet -> the parameter it sets, where the names differ
PARAMETER = {"month": "month"}


def build(visit: Visit) -> Page:
    show = visit.given("show") or "claims"
    if show not in SHOWN:
        raise ApiError(400, f"show: one of {', '.join(SHOWN)}")
    given = _given(visit)
    data = _passages(visit, given) if show == "passages" else _list(visit, show, given)
    found = data["found"]
    rows = claims.nodes(found)
    facets = {facet["by"]: facet["values"] for facet in data.get("facets", [])}
    totals = {name: data[name]["totalCount"] for name in SHOWN if name in data} | {show: found["totalCount"]}
    landing = not any(visit.given(name) for name in (*_parameters(), "show", "after", "before"))
    return Page(
        "search",
        visit.words("search_title"),
        {"show": show, "results": rows, "facets": facets, "totals": totals, "pageInfo": found["pageInfo"]},
        _table(show, found, rows),
        {
            "given": {name: given.get(name) for name in ("text", *_parameters())},
            "month": visit.given("month"),
            "tabs": SHOWN,
            "landing": landing,
            "pair": _pair(visit, facets.get("speaker", [])) if landing else None,
            "sentences": claims.sentences(rows) if show == "claims" else {},
            "snippets": [_lit(edge) for edge in found["edges"]] if show == "passages" else [],
            "picture": timeline(rows, visit.words) if show == "events" else None,
            "kinds": {facet["value"]: facet["count"] for facet in _kinds(data)},
            "labels": _labels(visit, given, facets),
        },
    )


def _given(visit: Visit) -> dict[str, str]:
    """The filters asked for; a month is its first and last day.  ApiError 400 for a day that is none."""
    given = {name: value for name in _parameters() if (value := visit.given(name)) and name not in ("month", "q")}
    if text := visit.given("q"):
        given["text"] = text
    if month := visit.given("month"):
        try:
            year, number = (int(part) for part in month.split("-"))
            given |= {
                "since": date(year, number, 1).isoformat(),
                "until": date(year, number, monthrange(year, number)[1]).isoformat(),
            }
        except ValueError as error:
            raise ApiError(400, f"{month!r} is no month (YYYY-MM)") from error
    return given


def _parameters() -> list[str]:
    names = [name for filters in FILTERS.values() for name in filters if name != "text"]
    return [*dict.fromkeys(names), "q", "month"]


def _list(visit: Visit, show: str, given: Mapping[str, str]) -> dict[str, Any]:
    variables: dict[str, Any] = {name: given[name] for name in FILTERS[show] if name in given}
    variables |= _paging(visit)
    return visit.asking.graphql(_query(show, variables), **variables)


def _paging(visit: Visit) -> dict[str, Any]:
    if before := visit.given("before"):
        return {"last": SIZE, "before": before}
    after = visit.given("after")
    return {"first": SIZE, **({"after": after} if after else {})}


def _query(show: str, variables: Mapping[str, Any]) -> str:
    """One request: the page of results, how many there are of each kind, and the facets."""
    typed = {**TYPES, "kind": KINDS.get(show, "")}
    declared = ", ".join(f"${name}: {typed.get(name, 'String')}" for name in variables)

    def arguments(names: tuple[str, ...], more: str = "") -> str:
        said = [f"{name}: ${name}" for name in names if name in variables]
        return ", ".join([*said, more] if more else said)

    page = ("first", "last", "after", "before")
    parts = [
        f"found: {show}({arguments((*FILTERS[show], *page))}) {{ totalCount"
        f" pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} edges {{ node {{ {NODE[show]} }} }} }}"
    ]
    shared = {name for name in COMMON if name in variables}
    parts += [
        f"{name}({arguments(tuple(one for one in FILTERS[name] if one in shared), 'first: 0')}) {{ totalCount }}"
        for name in ("claims", "events", "documents", "actors")
        if name != show
    ]
    if show in FACETS:
        of, by = FACETS[show]
        filters = tuple(name for name in FILTERS[show] if name != "kind")
        parts.append(
            f"facets({arguments(filters, f'of: {of}, by: [{by}], limit: 12')})"
            " { by values { value count node { label } } }"
        )
        if show not in ("events", "documents"):  # they have kinds of their own
            common = arguments(tuple(shared), "of: event, by: [kind], limit: 12")
            parts.append(f"kinds: facets({common}) {{ by values {{ value count }} }}")
    fragment = claims.ROW if show == "claims" else ""
    return f"query({declared}) {{\n  " + "\n  ".join(parts) + "\n}" + fragment


def _passages(visit: Visit, given: Mapping[str, str]) -> dict[str, Any]:
    if "text" not in given:
        return {"found": {"totalCount": 0, "edges": [], "pageInfo": {"hasNextPage": False, "hasPreviousPage": False}}}
    query = """query($text: String!, $first: Int, $last: Int, $after: String, $before: String) {
  found: search(text: $text, kinds: [passage], first: $first, last: $last, after: $after, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { snippet highlights { start end } start node {
      ... on Document { iri title publisher published publishedPrecision }
    } }
  }
  claims(first: 0, text: $text) { totalCount } events(first: 0, text: $text) { totalCount }
  documents(first: 0, text: $text) { totalCount } actors(first: 0, text: $text) { totalCount }
}"""
    return visit.asking.graphql(query, text=given["text"], **_paging(visit))


def _lit(edge: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """A snippet as pieces, each with whether it answers the words asked for."""
    text, at, pieces = edge["snippet"], 0, []
    for place in edge["highlights"]:
        pieces += [(text[at : place["start"]], False), (text[place["start"] : place["end"]], True)]
        at = place["end"]
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _kinds(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The kinds of documents for a list of them, else those of events, from the facet of the list or from their own."""
    facets = [*data.get("kinds", []), *data.get("facets", [])]
    return next((facet["values"] for facet in facets if facet["by"] == "kind"), [])


def _labels(visit: Visit, given: Mapping[str, str], facets: Mapping[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Names of the nodes that filters name, for the list of filters: from the facets, else asked for."""
    known = {one["value"]: one["node"]["label"] for values in facets.values() for one in values if one.get("node")}
    wanted = [given[name] for name in ("speaker", "about", "participant") if name in given and "://" in given[name]]
    if missing := [iri for iri in wanted if iri not in known]:
        known |= visit.names(missing)
    return known


def _pair(visit: Visit, speakers: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Two actors that are linked, to ask how: one of the most frequent speakers, and whom it speaks about most."""
    some = {f"s{place}": one for place, one in enumerate(speakers[:4])}
    if not some:
        return None
    declared = ", ".join(f"${name}: String" for name in some)
    parts = [
        f"{name}: facets(of: claim, by: [about], speaker: ${name}, limit: 5)"
        " { values { value node { label ... on Actor { kind } } } }"
        for name in some
    ]
    query = f"query({declared}) {{\n  " + "\n  ".join(parts) + "\n}"
    data = visit.asking.graphql(query, **{name: one["value"] for name, one in some.items()})
    for name, speaker in some.items():
        for other in data[name][0]["values"]:
            if other["node"] and "kind" in other["node"] and other["value"] != speaker["value"]:
                return speaker, other
    return None


def _table(show: str, found: Mapping[str, Any], rows: list[dict[str, Any]]) -> Table:
    if show == "claims":
        return claims.table(rows)
    if show == "events":
        columns = ("event", "label", "kind", "begin", "end", "precision", "alleged", "roles", "document", "published")
        return Table(columns, [
            (row["iri"], row["label"], row["kind"], row["begin"], row["end"], row["precision"], row["alleged"],
             "; ".join(f"{one['role']}: {one['actor']['name']}" for one in row["roles"]),
             row["reportedIn"]["iri"], row["reportedIn"]["published"]) for row in rows
        ])  # fmt: skip
    if show == "documents":
        names = ("iri", "title", "kind", "publisher", "published", "language", "path")
        return Table((*names, "claims"), [(*(row[n] for n in names), row["claims"]["totalCount"]) for row in rows])
    if show == "actors":
        return Table(("iri", "name", "kind", "aliases", "claims", "claimsAbout"), [
            (row["iri"], row["name"], row["kind"], "; ".join(row["aliases"]), row["claims"]["totalCount"],
             row["claimsAbout"]["totalCount"]) for row in rows
        ])  # fmt: skip
    return Table(("document", "title", "start", "snippet"), [
        (edge["node"]["iri"], edge["node"]["title"], edge["start"], edge["snippet"]) for edge in found["edges"]
    ])  # fmt: skip
