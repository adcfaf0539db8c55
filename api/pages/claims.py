"""Claims in lists: the fields that every list asks for, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.pages.marks import sentence
from api.pages.page import Table, Visit

ROW = """
fragment Row on Claim {
  iri text stance form hedged negated confidence
  speaker { iri name } attributedTo { iri name } about { iri label }
  cue { start end exact } evidence { start end exact paragraph }
  uttered { begin end precision }
  reportedIn { iri title publisher published publishedPrecision language }
}"""
BY_IRI = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Claim { ...Row } } }" + ROW
COLUMNS = (
    "claim", "speaker", "speakerIri", "stance", "text", "attributedTo", "cue", "start", "end",
    "document", "title", "outlet", "published",
)  # fmt: skip


def nodes(connection: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in connection["edges"]]


def by_iri(visit: Visit, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The claims *iris*, in their order, in one request; those that the visitor's marking hides are not there."""
    wanted = list(dict.fromkeys(iris))
    return {one["iri"]: one for one in visit.asking.graphql(BY_IRI, ids=wanted)["nodes"] if one} if wanted else {}


def sentences(claims: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """The sentence behind each claim, by IRI."""
    return {claim["iri"]: sentence(claim) for claim in claims}


def table(claims: Iterable[Mapping[str, Any]]) -> Table:
    return Table(COLUMNS, [_row(claim) for claim in claims])


def _row(claim: Mapping[str, Any]) -> Sequence[object]:
    speaker, imputed, document = claim["speaker"] or {}, claim["attributedTo"] or {}, claim["reportedIn"]
    return (
        claim["iri"], speaker.get("name", ""), speaker.get("iri", ""), claim["stance"], claim["text"],
        imputed.get("name", ""), claim["cue"]["exact"], claim["evidence"][0]["start"], claim["evidence"][-1]["end"],
        document["iri"], document["title"] or "", document["publisher"] or "", document["published"] or "",
    )  # fmt: skip


def day(claim: Mapping[str, Any]) -> str:
    """The day of the utterance, else of the publication; "" where neither is known."""
    uttered = claim["uttered"] or {}
    return str(uttered.get("begin") or claim["reportedIn"]["published"] or "")
