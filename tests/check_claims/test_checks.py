"""Claims held against metadata: what agrees, what does not, and what cannot be told, with figures on both sides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.check_claims import Check, check_claims
from kg.check_claims.statements import Range
from kg.check_claims.words import words
from kg.sources import Reading
from tests.cli.conftest import Run, run
from tests.leak import samples

__all__ = ["run"]  # a fixture

ARTICLE = (
    "Ceci est un texte d'essai sur une fuite inventée, baptisée EssaiLeaks par un forum.\n\n"
    "Au total, il y a 12 courriels dans cette archive, selon le forum.\n\n"
    "« Il y a des dizaines de milliers de mails dans cette fuite », a affirmé un porte-parole.\n\n"
    "Les documents pèsent 9 Go, selon un second porte-parole.\n\n"
    "Les fichiers, datant du 24 avril 2017 au plus tard, sont authentiques, selon un témoin.\n\n"
    "Les courriels, datant du 3 mars 2016 au plus tard, sont anciens, selon un autre témoin.\n\n"
    "La fuite contient 500 mots de passe, selon une rumeur.\n\n"
    "Trois cents policiers ont été mobilisés, a indiqué la préfecture.\n"
)


def build(folder: Path) -> Path:
    """The graph of the article and of a leak of twelve mails."""
    (folder / "leak").mkdir()
    for number in range(12):
        text = samples.MAIL.replace(b"<1@", f"<{number}@".encode())
        (folder / "leak" / f"{number:02}.eml").write_bytes(text)
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    published = Reading(published=date(2017, 5, 6), root=folder)
    kg.build([folder / "article.txt"], into=folder / "graph", reading=published)
    kg.build([folder / "leak"], into=folder / "graph", reading=Reading(collection="EssaiLeaks", root=folder), workers=1)
    return folder / "graph"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("checks"))


def rows(graph: Path) -> list[dict[str, str]]:
    with kg.open(graph) as opened:
        found = opened.query(
            """SELECT ?words ?verdict ?expected ?observed ?query ?reason ?kind {
              ?c a kg:Check ; kg:checkVerdict ?verdict ; kg:expected ?expected ; kg:evidence/kg:exact ?words ;
                 kg:reason ?reason ; kg:checks ?subject . ?subject a ?kind
              FILTER(?kind IN (kg:Claim, kg:Quantity, kg:TimeExpression))
              OPTIONAL { ?c kg:observed ?observed } OPTIONAL { ?c kg:query ?query } }"""
        )
    assert isinstance(found, list)
    return [{name: str(value) for name, value in row.items() if value is not None} for row in found]


def test_claims_agree_disagree_or_cannot_be_told(graph: Path) -> None:
    assert {(row["words"], row["verdict"]) for row in rows(graph)} == {
        ("12 courriels", "agrees"),
        ("des dizaines de milliers de mails", "disagrees"),
        ("9 Go", "disagrees"),
        ("24 avril 2017", "agrees"),
        ("3 mars 2016", "disagrees"),
        ("500 mots", "cannotTell"),
    }


def test_both_figures_and_the_query_are_there(graph: Path) -> None:
    found = {row["words"]: row for row in rows(graph)}
    mails = found["des dizaines de milliers de mails"]
    assert (mails["expected"], mails["observed"]) == ("10,000 to 99,999", "12 e-mail messages")
    assert found["3 mars 2016"]["observed"] == "the messages' dates: 2017-04-24 to 2017-04-24"
    assert found["500 mots"]["reason"] == "metadata do not show what is counted"
    with kg.open(graph) as opened:
        answer = opened.query(mails["query"])
    assert isinstance(answer, list)
    assert [str(row["value"]) for row in answer] == ["12"]


def test_a_check_goes_with_its_article_and_follows_the_collection(tmp_path: Path) -> None:
    graph = build(tmp_path)
    with kg.open(graph) as opened:
        for number in range(3):
            opened.retract(f"leak/{number:02}.eml")
    assert {(row["words"], row["verdict"]) for row in rows(graph)} >= {("12 courriels", "disagrees")}
    with kg.open(graph) as opened:
        opened.retract("article.txt")
    assert rows(graph) == []


def test_the_command(run: Run, graph: Path) -> None:
    done = run("check", "EssaiLeaks", "--graph", graph, "--json")
    assert done.code == 0
    assert {each["exact"]: each["verdict"] for each in json.loads(done.out)["checks"]}["9 Go"] == "disagrees"
    told = run("check", "EssaiLeaks", "--graph", graph)
    assert "DISAGREES    “9 Go”  (size)" in told.out
    unknown = run("check", "Autre", "--graph", graph)
    assert (unknown.code, "there are: EssaiLeaks" in unknown.err) == (2, True)


def test_the_seed_against_the_published_figures(shared: Path, tmp_path: Path) -> None:
    """The three claims of the seed article, with a stand-in for the archive that has the figures published of it."""
    kg.build([shared / "seed" / "macronleaks.txt"], into=tmp_path, reading=Reading(published=date(2017, 5, 6)))
    figures = {
        "kg:contentSize": {"value": "9056117760"},
        "a kg:EmailMessage }": {"value": "71848"},
        "kg:attachmentCount": {"value": "26506"},
        "MIN(?day)": {"begin": "2009-03-20", "end": "2017-04-24"},
    }
    with kg.open(tmp_path) as opened:

        def select(query: str) -> Sequence[Mapping[str, Any]]:
            if "kg:partOf" not in query:
                return opened.reader.select(query)
            return [next((row for mark, row in figures.items() if mark in query), {})]

        found = check_claims(select, "https://claimgraph.example/collection/x", ["MacronLeaks"])
    by_words = {check.exact: check for check in found}
    assert {words: check.verdict for words, check in by_words.items() if words != "milliers de documents"} == {
        "9 Go": "agrees",
        "des dizaines de milliers d'emails": "agrees",
        "24 avril": "agrees",
    }
    assert by_words["24 avril"].expected == "until 2017-04-24"
    assert by_words["des dizaines de milliers d'emails"].observed == "71,848 e-mail messages + 26,506 attachments"


# ------------------------------------------------------------------ tolerances
def stated(language: str, text: str, value: str | None, unit: str | None = None, kind: str = "count") -> Range | None:
    """The range that the figure at the beginning of *text* (before ``|``) states in the words around it."""
    from kg.check_claims.statements import _count, _size

    before, figure, after = text.split("|")
    row = {"kind": kind, **({"value": value} if value else {}), **({"unit": unit} if unit else {})}
    read = (_size if kind == "size" else _count)(
        row, before + figure + after, len(before), len(before + figure), words(language)
    )
    return read[1] if read else None


@pytest.mark.parametrize(
    ("language", "text", "value", "low", "high"),
    [
        ("fr", "|71 848 courriels|", "71848", 71_848, 71_848),
        ("fr", "|20 000 mails|", "20000", 19_500, 20_500),
        ("fr", "environ |20 000 mails|", "20000", 17_550, 22_550),
        ("fr", "plus de |20 000 mails|", "20000", 19_500, None),
        ("fr", "moins de |20 000 mails|", "20000", None, 20_500),
        ("fr", "|des centaines de milliers de documents|", None, 100_000, 999_999),
        ("fr", "|des milliers| de fichiers et de photos", None, 1_000, 99_999),
        ("en", "|tens of thousands of emails|", None, 10_000, 99_999),
        ("en", "|4,493 senders|", "4493", 4_493, 4_493),
        ("en", "nearly |100 attachments|", "100", 85.5, 115.5),
    ],
)
def test_counts(language: str, text: str, value: str | None, low: float | None, high: float | None) -> None:
    found = stated(language, text, value)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low) if low else low, pytest.approx(high) if high else high)


@pytest.mark.parametrize("text", ["|300 policiers|", "|des dizaines de milliers de policiers|", "|37 ans|"])
def test_what_no_metadata_count_is_no_statement(text: str) -> None:
    assert stated("fr", text, "300" if "300" in text else "37" if "37" in text else None) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "size", "holds"),
    [
        ("Des documents : |9 Go|.", "9", "Go", 9_000_000_000, True),
        ("Des documents : |9 Go|.", "9", "Go", 9 * 2**30, True),
        ("Des documents : |9 Go|.", "9", "Go", 10_500_000_000, False),
        ("Des documents : |1.5 Go|.", "1.5", "Go", 1_540_000_000, True),
        ("Des documents : |1.5 Go|.", "1.5", "Go", 1_800_000_000, False),
        ("Des documents, plus de |9 Go|.", "9", "Go", 10**12, True),
        ("Des documents : |700 Mo|.", "700", "Mo", 702_000_000, True),
    ],
)
def test_sizes_in_decimal_and_binary_units(text: str, value: str, unit: str, size: int, holds: bool) -> None:
    found = stated("fr", text, value, unit, "size")
    assert found is not None
    assert found.holds(size) is holds


def test_a_size_of_something_else_is_no_statement() -> None:
    assert stated("fr", "Son téléphone a |64 Go| de mémoire.", "64", "Go", "size") is None


def test_a_small_figure_may_be_of_a_part_and_a_denial_is_not_compared() -> None:
    from kg.check_claims import _check
    from kg.check_claims.statements import Statement

    def select(query: str) -> Sequence[Mapping[str, Any]]:
        return [{"value": "71848"}]

    def checked(limits: Range, denied: bool) -> Check:
        statement = Statement("urn:c", ("urn:d/span/0-1",), "x", ("messages",), limits, denied)
        return _check(select, "urn:collection", statement)

    assert checked(Range(3, 3), False).reason == "it may speak of a part of the collection"
    assert checked(Range(71_848, 71_848), False).verdict == "agrees"
    assert (checked(Range(71_848, 71_848), True).verdict, checked(Range(50_000, 60_000), False).verdict) == (
        "cannotTell", "disagrees",
    )  # fmt: skip
