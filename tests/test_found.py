"""What a question finds is a list, flat records, and a table of pandas."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import found
from kg.found import Found

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "articles" / "2017-05-06-fr-macronleaks.txt"


@pytest.fixture(scope="module")
def g(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    folder = tmp_path_factory.mktemp("found")
    kg.build([SAMPLE], into=folder / "graph")
    with kg.open(folder / "graph") as opened:
        yield opened


QUESTIONS: dict[str, Any] = {
    "claims": lambda g: g.claims(),
    "events": lambda g: g.events(),
    "actors": lambda g: g.actors(),
    "documents": lambda g: g.documents(),
    "query": lambda g: g.query("SELECT ?span ?start ?exact { ?span kg:start ?start ; kg:exact ?exact } ORDER BY ?span"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_records_are_flat_and_have_the_columns_in_order(g: kg.Graph, question: str) -> None:
    answer = QUESTIONS[question](g)
    assert isinstance(answer, kg.Found) and isinstance(answer, list) and answer
    records = answer.records()
    assert len(records) == len(answer)
    assert all(list(record) == answer.columns for record in records)


def test_a_claim_says_who_what_where_and_when(g: kg.Graph) -> None:
    claims = g.claims(speaker="WikiLeaks")
    for claim, record in zip(claims, claims.records(), strict=True):
        first = claim.evidence[0]
        assert (record["speaker"], record["speaker_kind"]) == ("WikiLeaks", "Organization")
        assert (record["evidence_start"], record["evidence_end"]) == (first.start, first.end)
        assert record["evidence_exact"] in record["paragraph"] and record["spans"] == len(claim.evidence)
        assert record["published"] == date(2017, 5, 6) and record["document"] == first.document
    assert claims


def test_filters_find_what_the_claims_say_of_themselves(g: kg.Graph) -> None:
    claims = g.claims()
    for name in ("stance", "form"):
        for word in {getattr(claim, name) for claim in claims}:
            assert g.claims(**{name: word}) == [claim for claim in claims if getattr(claim, name) == word]
    assert {claim.stance for claim in claims} > {"denies"}
    for event in g.events():
        assert event in g.events(kind=event.kind)


def test_a_claim_of_nobody_has_no_speaker() -> None:
    claim = kg.StoredClaim("urn:c", None, "est", "asserts", "indirect", "x", (), ("urn:e",), "urn:d", 0.5, None, None)
    record = found.claims([claim]).records()[0]
    assert record["speaker"] is record["speaker_iri"] is record["paragraph"] is None
    assert record["about"] == ["urn:e"] and record["spans"] == 0


def test_tables_have_the_columns_even_without_rows_and_days_are_days(g: kg.Graph) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is missing: pip install 'claimgraph[notebook]'")
    for question in QUESTIONS.values():
        answer = question(g)
        table = answer.to_pandas()
        assert list(table.columns) == answer.columns and len(table) == len(answer)
    empty = g.claims(speaker="Nobody Known").to_pandas()
    assert len(empty) == 0 and list(empty.columns) == list(found.CLAIM)
    documents = g.documents().to_pandas()
    assert str(documents["published"].dtype) == "datetime64[s]"
    assert documents["published"][0] == pandas.Timestamp("2017-05-06")
    together = g.claims().to_pandas().merge(documents, left_on="document", right_on="iri", suffixes=("", "_document"))
    assert len(together) == len(g.claims()) and together["digest"].notna().all()
    spans = QUESTIONS["query"](g).to_pandas()
    assert spans["start"].dtype.kind == "i" and (spans["start"] >= 0).all()


def test_old_days_and_missing_ones_are_kept() -> None:
    pytest.importorskip("pandas", reason="pandas is missing: pip install 'claimgraph[notebook]'")
    rows = Found([date(1492, 10, 12), None], ["day"], lambda day: {"day": day})
    days = rows.to_pandas()["day"]
    assert days.dt.year[0] == 1492 and days.isna().tolist() == [False, True]


def test_without_pandas_one_line_says_how_to_get_it() -> None:
    code = (
        "import sys; sys.modules['pandas'] = None\n"
        "from kg.found import actors\n"
        "try: actors([]).to_pandas()\n"
        "except ImportError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "to_pandas() needs pandas: pip install 'claimgraph[notebook]'\n"
