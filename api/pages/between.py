"""How two actors are linked: the shortest chains of claims and events from one to the other."""

from __future__ import annotations

from api.pages.naming import NAMED
from api.pages.network import chains, words
from api.pages.page import Page, Table, Visit

QUERY = """query($a: String!, $b: String!) {
  between(a: $a, b: $b, maxLength: 4, first: 5) {
    exhaustive
    paths { length steps {
      source { iri name kind } target { iri name kind }
      via {
        ... on Claim {
          iri text stance speaker { iri name } about { iri } addressee { iri } attributedTo { iri }
          reportedIn { ...Source }
        }
        ... on Event { ...Named reportedIn { ...Source } }
      }
    } }
  }
}
fragment Source on Document { iri title publisher published publishedPrecision }"""
QUERY += NAMED
KNOWN = "query($a: String!, $b: String!) { a: actor(name: $a) { iri } b: actor(name: $b) { iri } }"
NAMES = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { iri name } } }"


def build(visit: Visit) -> Page:
    a, b = visit.given("a"), visit.given("b")
    found = visit.asking.graphql(QUERY, a=a, b=b)["between"] if a and b else None
    paths = found["paths"] if found else []
    rows = [
        (number, step["source"]["name"], step["via"]["iri"], step["via"].get("stance") or step["via"].get("kind"),
         step["via"].get("text") or step["via"].get("label"), step["target"]["name"],
         step["via"]["reportedIn"]["title"])
        for number, path in enumerate(paths, 1) for step in path["steps"]
    ]  # fmt: skip
    iris = [one for one in (a, b) if one and "://" in one]
    named = {one["iri"]: one["name"] for one in visit.asking.graphql(NAMES, ids=iris)["nodes"] if one} if iris else {}
    picture = {"network": chains(visit, paths)} if paths else {}
    return Page(
        "between",
        visit.words("between_title"),
        {"a": a, "b": b, "paths": paths, "exhaustive": found["exhaustive"] if found else None, **picture},
        Table(("path", "source", "via", "kind", "words", "target", "title"), rows),
        {
            "names": [named.get(one or "", one or "") for one in (a, b)],
            "searched": found is not None,
            "unknown": _unknown(visit, a, b) if found and not paths else [],
            "island": words(visit),
        },
    )


def _unknown(visit: Visit, a: str | None, b: str | None) -> list[str]:
    """Those of the two that nobody in the graph is called: that no chain links them would say too much."""
    known = visit.asking.graphql(KNOWN, a=a, b=b)
    return [str(name) for key, name in (("a", a), ("b", b)) if known[key] is None]
