"""A claim: who said it, by which words the text says so, where it stands, and what other claims and metadata say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages import claims
from api.pages.checked import checks
from api.pages.marks import Mark, around, marks_of, stretches
from api.pages.page import Page, Visit
from api.pages.spread import ECHO, MOST, SOURCE, carriers, spread
from kg.store import sparql, values

RELATED = 100
QUERY = (
    """query($id: ID!) {
  claim(id: $id) {
    ...Row frame cueLemma nested credibility
    speakerMention { kind span { start end exact } refersTo { iri name } }
    speakerCandidates { iri name } addressee { iri name }
    reportedIn { text marking digest }
  }
}"""
    + claims.ROW
)


def build(visit: Visit, iri: str) -> Page:
    claim = visit.asking.graphql(QUERY, id=iri)["claim"]
    relations = _relations(visit, iri)
    others = claims.by_iri(visit, [one["other"] for one in relations])
    relations = [{**one, "claim": others[one["other"]]} for one in relations if one["other"] in others]
    ways = {"repeats": SOURCE, "echoes": ECHO}
    again = [(one["claim"], ways[one["kind"]]) for one in relations if one["kind"] in ways]
    carried = carriers(visit, [(claim, SOURCE), *again])
    text = claim["reportedIn"].pop("text")
    return Page(
        "claim",
        claim["text"],
        {
            "claim": claim,
            "relations": relations,
            "independent": _independent(visit, iri),
            "spread": carried,
            "checks": checks(visit, values("subject", [iri])),
        },
        claims.table([claim, *others.values()]),
        {
            "paragraph": _paragraph(claim, text),
            "picture": spread(carried, visit.words),
            "most": MOST,
            "about": visit.names(one["iri"] for one in claim["about"]),
            "sentences": claims.sentences(others.values()),
        },
        iri,
    )


def _paragraph(claim: Mapping[str, Any], text: str | None) -> object:
    """The lines of the text that hold the evidence, the cue and the words for the speaker, all marked."""
    if text is None:
        return []
    marks = marks_of(claim)
    if claim["speakerMention"]:
        span = claim["speakerMention"]["span"]
        marks.append(Mark(span["start"], span["end"], "speaker"))
    said = [mark for mark in marks if mark.kind != "speaker"]
    low, high = around(text, min(mark.start for mark in said), max(mark.end for mark in said))
    return stretches(text, marks, low, high)


def _relations(visit: Visit, iri: str) -> list[dict[str, Any]]:
    """The links that resolution proposes between this claim and others, either way round."""
    node = sparql(iri)
    rows = visit.asking.select(f"""SELECT ?relation ?kind ?other ?later ?reason ?code ?score {{
  {{ ?relation kg:fromClaim {node} ; kg:toClaim ?other BIND(true AS ?later) }}
  UNION {{ ?relation kg:toClaim {node} ; kg:fromClaim ?other BIND(false AS ?later) }}
  ?relation kg:relationKind ?kind
  OPTIONAL {{ ?relation kg:reason ?reason }} OPTIONAL {{ ?relation kg:reasonCode ?code }}
  OPTIONAL {{ ?relation kg:score ?score }}
}} ORDER BY ?kind ?relation LIMIT {RELATED}""")
    names = ("relation", "kind", "other", "later", "reason", "code", "score")
    return [{name: str(row[name]) if name in row else None for name in names} for row in rows]


def _independent(visit: Visit, iri: str) -> int:
    """How many families of documents report that the speaker said so, copies counted once."""
    rows = visit.asking.select(f"SELECT ?n {{ {sparql(iri)} kg:independentSources ?n }}")
    return int(str(rows[0]["n"])) if rows else 1
