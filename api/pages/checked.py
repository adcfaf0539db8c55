"""Claims, or figures that nobody is said to claim, compared with metadata: the rows that several pages show."""

from __future__ import annotations

from typing import Any

from api.pages.page import Visit
from kg.store import values

MOST = 100
NAMES = ("check", "subject", "against", "name", "measure", "verdict", "expected", "observed", "reason", "query")
ORDER = ("disagrees", "agrees", "cannotTell")


def checks(visit: Visit, which: str, limit: int = MOST) -> list[dict[str, Any]]:
    """The comparisons that *which* (SPARQL about ``?subject``, ``?against``) leaves, disagreements first.

    Each has the fields ``NAMES``, None where the graph says nothing, and the *words* compared with their *document*.
    """
    which = f"{which} ?check kg:checks ?subject ; kg:against ?against ; kg:checkVerdict ?verdict"
    order = 'ORDER BY DESC(?verdict = "disagrees") ?verdict ?check'
    nodes = visit.asking.select(f"SELECT DISTINCT ?check ?verdict {{ {which} }} {order} LIMIT {limit}")
    if not nodes:
        return []
    # Known nodes first: left joins to a subquery would be made with everything there is.
    rows = visit.asking.select(f"""SELECT {" ".join(f"?{name}" for name in NAMES)} ?start ?words ?document {{
  {values("check", [str(row["check"]) for row in nodes])}
  ?check kg:checks ?subject ; kg:against ?against ; kg:measure ?measure ; kg:checkVerdict ?verdict
  OPTIONAL {{ ?check kg:expected ?expected }} OPTIONAL {{ ?check kg:observed ?observed }}
  OPTIONAL {{ ?check kg:reason ?reason }} OPTIONAL {{ ?check kg:query ?query }}
  OPTIONAL {{ ?against skos:prefLabel|kg:title ?name }}
  OPTIONAL {{ ?check kg:evidence ?span . ?span kg:exact ?words ; kg:start ?start ; kg:document ?document }}
}}""")
    found: dict[str, dict[str, Any]] = {}
    places: dict[str, dict[int, str]] = {}
    for row in rows:
        check = str(row["check"])
        found.setdefault(check, {name: str(row[name]) if name in row else None for name in NAMES})
        found[check].setdefault("document", str(row["document"]) if "document" in row else None)
        if "words" in row:
            places.setdefault(check, {})[int(str(row["start"]))] = str(row["words"])
    for check, one in found.items():
        one["words"] = " … ".join(words for _, words in sorted(places.get(check, {}).items()))
        one["start"] = min(places.get(check, {}), default=None)
    return sorted(found.values(), key=lambda one: (ORDER.index(one["verdict"]), one["check"]))
