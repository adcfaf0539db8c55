"""Claims, or figures that nobody is said to claim, compared with metadata: the rows that several pages show."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from api.pages.page import Visit
from api.pages.words import Words
from kg.store import values

MOST = 100
NAMES = ("check", "subject", "against", "name", "measure", "verdict", "expected", "observed", "reason", "query")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)")
ORDER = ("disagrees", "agrees", "cannotTell")


def checks(visit: Visit, which: str, limit: int = MOST) -> list[dict[str, Any]]:
    """The comparisons that *which* (SPARQL about ``?subject``, ``?against``) leaves, disagreements first."""
    # Each verdict for itself, unsorted: all checks of a large graph would be sorted before they are cut.
    arms = " UNION ".join(
        f'{{ SELECT DISTINCT ?check ("{verdict}" AS ?verdict) {{ {which} ?check kg:checkVerdict "{verdict}" ;'
        f" kg:checks ?subject ; kg:against ?against }} LIMIT {limit} }}"
        for verdict in ORDER
    )
    first = visit.asking.select(f"SELECT ?check ?verdict {{ {arms} }}")
    nodes = [str(row["check"]) for row in sorted(first, key=lambda row: ORDER.index(str(row["verdict"])))][:limit]
    return told_of(visit, nodes)


def told_of(visit: Visit, nodes: Sequence[str]) -> list[dict[str, Any]]:
    """These checks, disagreements first.

    Each has the fields ``NAMES``, None where the graph says nothing, the *words* compared with their *document*, and
    what people read, *told* in the visitor's language.
    """
    if not nodes:
        return []
    # Known nodes first: left joins to a subquery, or to several patterns, would be made with everything there is.
    rows = visit.asking.select(f"""SELECT {" ".join(f"?{name}" for name in NAMES)} {{
  {values("check", nodes)}
  ?check kg:checks ?subject ; kg:against ?against ; kg:measure ?measure ; kg:checkVerdict ?verdict
  OPTIONAL {{ ?check kg:expected ?expected }} OPTIONAL {{ ?check kg:observed ?observed }}
  OPTIONAL {{ ?check kg:reason ?reason }} OPTIONAL {{ ?check kg:query ?query }}
  OPTIONAL {{ ?against skos:prefLabel|kg:title ?name }}
}}""")
    evidence = visit.asking.select(f"""SELECT ?check ?start ?words ?document {{
  {values("check", nodes)}
  ?check kg:evidence ?span . ?span kg:exact ?words ; kg:start ?start ; kg:document ?document
}}""")
    found: dict[str, dict[str, Any]] = {}
    places: dict[str, dict[int, str]] = {}
    for row in rows:
        found.setdefault(str(row["check"]), {name: str(row[name]) if name in row else None for name in NAMES})
    for row in (row for row in evidence if str(row["check"]) in found):
        found[str(row["check"])]["document"] = str(row["document"])
        places.setdefault(str(row["check"]), {})[int(str(row["start"]))] = str(row["words"])
    for check, one in found.items():
        one.setdefault("document", None)
        one["words"] = " … ".join(words for _, words in sorted(places.get(check, {}).items()))
        one["start"] = min(places.get(check, {}), default=None)
        one["told"] = {name: told(one[name], visit.words) for name in ("expected", "observed", "reason")}
        one["told"]["measure"] = measured(one["measure"], visit.words)
    return sorted(found.values(), key=lambda one: (ORDER.index(one["verdict"]), one["check"]))


# ------------------------------------------------------------------ in the visitor's language
def told(text: str | None, words: Words) -> str:
    """What `kg.check_claims` says, with its phrases, numbers and days as people write them in the language of *words*.

    >>> told("8,500,000 to 10,200,547 bytes", Words("fr")).replace("\N{NARROW NO-BREAK SPACE}", "_")
    '8_500_000 à 10_200_547 octets'
    """
    said = text or ""
    phrases = _phrases(words.language)["phrases"]
    if phrases:
        said = _DAYS.sub(_phrases(words.language)["ranges"]["days"], said)
        said = re.sub(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", lambda match: phrases[match[0]], said)
        said = said.replace("; ", " ; ").replace(": ", " : ")
    said = re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda match: words.day(match[0]), said)
    return re.sub(r"\b\d{1,3}(?:,\d{3})+\b", lambda match: words.number(int(match[0].replace(",", ""))), said)


def measured(measure: str, words: Words) -> str:
    """The name of a measure, or of several joined by ``+``."""
    known = _phrases(words.language)["measures"]
    return " + ".join(known.get(one, one) for one in measure.split("+"))


@cache
def _phrases(language: str) -> dict[str, dict[str, str]]:
    """The phrases of *language*, the longest first; none for English, in which they are said."""
    if language == "en":
        return {"phrases": {}, "measures": {}, "ranges": {}}
    read = tomllib.loads((files("api.pages") / "locales" / f"figures.{language}.toml").read_text(encoding="utf-8"))
    return {name: dict(sorted(entries.items(), key=lambda pair: -len(pair[0]))) for name, entries in read.items()}
