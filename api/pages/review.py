"""The review queue: what the machine left for an analyst to decide.  There only where the server is writable.

A decision is a GraphQL mutation with a token; the page shows the mutation to run, it writes nothing itself.
"""

from __future__ import annotations

from api.errors import ApiError
from api.pages import claims
from api.pages.page import Page, Table, Visit
from api.pages.retold import identity

MOST = 50
QUERY = (
    "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Claim { ...Row speakerCandidates { iri name } } } }" + claims.ROW
)


def build(visit: Visit) -> Page:
    if not visit.writable:
        raise ApiError(404, "this server is read-only: it was not started with --writable, so nothing is to be decided")
    pairs = visit.asking.select(f"""SELECT ?one ?other
(MIN(?n) AS ?name) (MIN(?m) AS ?otherName) (MIN(?why) AS ?reason) {{
  ?one kg:maybeSameAs ?other FILTER(STR(?one) < STR(?other) || NOT EXISTS {{ ?other kg:maybeSameAs ?one }})
  ?one skos:prefLabel ?n . ?other skos:prefLabel ?m
  OPTIONAL {{ ?left kg:concerns ?one , ?other ; kg:reason ?why ; kg:score ?score }}
}} GROUP BY ?one ?other ORDER BY ?name ?one ?other LIMIT {MOST}""")
    unsure = visit.asking.select(f"""SELECT ?claim (COUNT(?candidate) AS ?count) {{
  ?claim kg:speakerCandidate ?candidate
}} GROUP BY ?claim ORDER BY DESC(?count) ?claim LIMIT {MOST}""")
    iris = [str(row["claim"]) for row in unsure if "claim" in row]
    found = visit.asking.graphql(QUERY, ids=iris)["nodes"] if iris else []
    rows = [one for one in found if one]
    names = ("one", "other", "name", "otherName", "reason")
    same = [{name: str(row[name]) if name in row else None for name in names} for row in pairs if "one" in row]
    told = {str(one["reason"]): identity(str(one["reason"]), visit.words) for one in same if one["reason"]}
    table = Table(("kind", "node", "name", "other"), [
        *(("maybeSameAs", one["one"], one["name"], one["other"]) for one in same),
        *(("speakerCandidate", one["iri"], one["text"], "; ".join(c["name"] for c in one["speakerCandidates"]))
          for one in rows),
    ])  # fmt: skip
    return Page(
        "review",
        visit.words("review_title"),
        {"actors": same, "claims": rows},
        table,
        {"sentences": claims.sentences(rows), "most": MOST, "told": told},
    )
