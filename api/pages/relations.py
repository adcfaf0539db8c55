"""Across documents: contradictions, claims that several documents carry, and claims that metadata test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.pages import claims
from api.pages.checked import ORDER, told_of
from api.pages.page import Page, Table, Visit
from api.pages.walking import leaf
from kg.store import values

SIZE = 20  # pairs of a page, of twice as many claims: many more would take more than 50 ms
CHECKS = 30  # of a page
KINDS: Mapping[str, tuple[str, ...]] = {
    "contradictions": ("contradicts", "withdraws"),
    "repeats": ("repeats", "echoes"),
}


def contradictions(visit: Visit) -> Page:
    return _related(visit, "contradictions")


def repeats(visit: Visit) -> Page:
    """Claims that more than one document carries; the earliest report of each first."""
    return _related(visit, "repeats")


def _related(visit: Visit, name: str) -> Page:
    page = leaf(visit, [f'?node kg:relationKind "{kind}"' for kind in KINDS[name]], SIZE)
    pairs = _pairs(visit, page.nodes)
    found = claims.by_iri(visit, [str(pair[end]) for pair in pairs for end in ("earlier", "later")])
    pairs = [pair for pair in pairs if pair["earlier"] in found and pair["later"] in found]
    pairs.sort(key=lambda pair: (claims.day(found[str(pair["later"])]), str(pair["relation"])), reverse=True)
    columns = ("kind", "earlier", "earlierText", "earlierOutlet", "later", "laterText", "laterOutlet", "reason")
    table = Table(columns, [_row(pair, found) for pair in pairs])
    both = [_pair(pair, found[str(pair["earlier"])], found[str(pair["later"])]) for pair in pairs]
    view = {"name": name, "sentences": claims.sentences(found.values()), "leaf": page}
    return Page("relations", visit.words(f"{name}_title"), {"pairs": both, "pageInfo": page.info}, table, view)


def _pairs(visit: Visit, relations: Sequence[str]) -> list[dict[str, str | None]]:
    """What the graph says of these relations: which claims they join, and why."""
    if not relations:
        return []
    rows = visit.asking.select(f"""SELECT ?relation ?kind ?later ?earlier ?reason ?code ?score {{
  {values("relation", relations)}
  ?relation kg:relationKind ?kind ; kg:fromClaim ?later ; kg:toClaim ?earlier
  OPTIONAL {{ ?relation kg:reason ?reason }} OPTIONAL {{ ?relation kg:reasonCode ?code }}
  OPTIONAL {{ ?relation kg:score ?score }}
}}""")
    names = ("relation", "kind", "later", "earlier", "reason", "code", "score")
    return [{one: str(row[one]) if one in row else None for one in names} for row in rows]


def _pair(pair: Mapping[str, Any], earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """*pair* with its claims; which of two claims of one day came first is not known."""
    return {**pair, "earlier": earlier, "later": later, "sameDay": claims.day(earlier) == claims.day(later)}


def _row(pair: Mapping[str, Any], found: Mapping[str, Mapping[str, Any]]) -> tuple[object, ...]:
    earlier, later = found[pair["earlier"]], found[pair["later"]]
    return (
        pair["kind"], earlier["iri"], earlier["text"], earlier["reportedIn"]["publisher"],
        later["iri"], later["text"], later["reportedIn"]["publisher"], pair["reason"] or "",
    )  # fmt: skip


def tests(visit: Visit) -> Page:
    """Claims, and figures of texts, compared with metadata; those that the metadata contradict first."""
    page = leaf(visit, [f'?node kg:checkVerdict "{verdict}"' for verdict in ORDER], CHECKS)
    found = told_of(visit, page.nodes)
    known = claims.by_iri(visit, [one["subject"] for one in found])
    shown = [{**one, "claim": known.get(one["subject"])} for one in found]
    columns = ("verdict", "measure", "subject", "words", "expected", "observed", "against", "reason")
    table = Table(columns, [
        (one["verdict"], one["measure"], one["subject"], one["claim"]["text"] if one["claim"] else one["words"],
         one["expected"] or "", one["observed"] or "", one["against"], one["reason"] or "") for one in shown
    ])  # fmt: skip
    return Page("checks", visit.words("checks_title"), {"checks": shown, "pageInfo": page.info}, table, {"leaf": page})
