"""A collection: what it holds, its mail over time, senders and signatures, and what is unusual in it."""

from __future__ import annotations

from typing import Any

from api.pages.checked import checks
from api.pages.page import Page, Table, Visit
from kg.store import sparql, values

MOST = 50
QUERY = """query($id: ID!) {
  mails: documents(kind: EmailMessage, first: 0) { totalCount }
  node(id: $id) { ... on Collection {
    iri name marking memberCount byteSize begin end messageCount attachmentCount senderCount
    passCount failCount noKeyCount unsignedCount
  } }
}"""


def build(visit: Visit, iri: str) -> Page:
    data = visit.asking.graphql(QUERY, id=iri)
    collection, node = data["node"], sparql(iri)
    # Where it holds every mail there is, it is not asked of each: that join takes twenty times as long as the count.
    within = "" if collection["messageCount"] == data["mails"]["totalCount"] else f"?mail kg:partOf {node} ."
    months = _months(visit, within)
    # Sorted by the number alone: by the names too takes seven times as long.
    senders = visit.asking.summed(
        f"SELECT ?sender (COUNT(?mail) AS ?count) {{ {within} ?mail kg:senderAddress ?sender }}"
        f" GROUP BY ?sender ORDER BY DESC(?count) LIMIT {MOST}"
    )
    senders = sorted(senders, key=lambda row: (-int(str(row["count"])), str(row.get("sender", ""))))
    compared = checks(visit, f"VALUES ?against {{ {node} }}")
    shown: dict[str, Any] = {
        "collection": collection,
        "months": months,
        "senders": [
            {"sender": str(row["sender"]), "count": int(str(row["count"]))} for row in senders if "sender" in row
        ],
        "findings": _findings(visit, node),
        "members": _members(visit, node),
        "checks": compared,
    }
    table = Table(("month", "mails"), [(one["month"], one["count"]) for one in months])
    return Page("collection", collection["name"], shown, table, {"most": MOST}, iri)


def _members(visit: Visit, node: str) -> list[dict[str, Any]]:
    """Some of its documents; title and path None where there is none (a mail may have no subject)."""
    # Known nodes first, in the store's own order: else all of a large collection is joined and sorted before it is cut.
    first = visit.asking.select(f"SELECT ?document {{ ?document kg:partOf {node} }} LIMIT {MOST}")
    rows = visit.asking.select(f"""SELECT ?document ?title ?path {{
  {values("document", [str(row["document"]) for row in first])}
  OPTIONAL {{ ?document kg:title ?title }} OPTIONAL {{ ?document kg:path ?path }}
}}""")
    names = ("document", "title", "path")
    found = {str(row["document"]): {name: str(row[name]) if name in row else None for name in names} for row in rows}
    return [found[iri] for iri in sorted(found)]


def _months(visit: Visit, within: str) -> list[dict[str, Any]]:
    """Mails a month by their Date headers, empty months left out; *within*: the pattern that narrows ``?mail``."""
    rows = visit.asking.summed(
        f"SELECT ?year ?month (COUNT(?mail) AS ?count) {{ {within} ?mail kg:sentAt ?at }}"
        " GROUP BY (YEAR(?at) AS ?year) (MONTH(?at) AS ?month) ORDER BY ?year ?month"
    )
    return [
        {"month": f"{int(str(row['year'])):04}-{int(str(row['month'])):02}", "count": int(str(row["count"]))}
        for row in rows
        if "month" in row
    ]


def _findings(visit: Visit, node: str) -> list[dict[str, Any]]:
    """What is unusual in its documents, told in the visitor's language where the graph does."""
    language = visit.words.language
    nodes = visit.asking.select(f"SELECT ?finding {{ ?finding kg:against {node} ; kg:findingKind ?kind }} LIMIT {MOST}")
    if not nodes:
        return []
    rows = visit.asking.select(f"""SELECT ?finding ?kind ?document ?title ?observed ?told ?harmless {{
  {values("finding", [str(row["finding"]) for row in nodes])}
  ?finding kg:findingKind ?kind ; kg:concerns ?document
  OPTIONAL {{ ?document kg:title|kg:fileName ?title }} OPTIONAL {{ ?finding kg:observed ?observed }}
  OPTIONAL {{ ?finding kg:description ?told FILTER(LANG(?told) IN ("", "{language}")) }}
  OPTIONAL {{ ?finding kg:harmlessExplanation ?harmless FILTER(LANG(?harmless) IN ("", "{language}")) }}
}}""")
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        names = ("finding", "kind", "document", "title", "observed", "told")
        one = found.setdefault(str(row["finding"]), {name: str(row[name]) if name in row else None for name in names})
        harmless = one.setdefault("harmless", [])
        if "harmless" in row and str(row["harmless"]) not in harmless:
            harmless.append(str(row["harmless"]))
    return sorted(found.values(), key=lambda one: (one["kind"], one["finding"]))
