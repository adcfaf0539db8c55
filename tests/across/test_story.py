"""Documents through a session: what resolution finds is in the graph, document graphs point to it, and all of it can
go."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

import kg.story
from kg import iris, shapes
from kg.decisions import Decision
from kg.iris import BASE
from kg.ledger import find
from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Mention, Span
from kg.session import Session
from kg.store import open_reader

LAB = "Laboratoire Ferroval"
DAY = date(2021, 3, 4)


def told(text: str, path: str, day: date, speaker: str, stance: str = "asserts", marking: str = "CLEAR") -> Extraction:
    """An article in which *speaker* says something of a leak at the Laboratoire Ferroval: « SPEAKER: WORDS fuite …
    »."""
    at = text.index(": ")
    trigger = Span.of(text, text.index("fuite"), text.index("fuite") + 5)
    lab = Span.of(text, text.index(LAB), text.index(LAB) + len(LAB))
    return Extraction(
        Document(
            hashlib.sha256(text.encode()).hexdigest(), text, language="fr", path=path, marking=marking,
            published=Interval.day(day),
        ),
        mentions=(Mention(Span.of(text, 0, at), "proper", "Person"), Mention(lab, "proper", "Organization")),
        actors=(Actor("a1", "Person", speaker, mentions=(0,)), Actor("a2", "Organization", LAB, mentions=(1,))),
        events=(
            Event("e1", "DataLeak", "fuite", trigger, roles=(("target", "a2"),), interval=Interval.day(DAY)),
        ),
        claims=(
            Claim("c1", Span.of(text, at, at + 1), "dire", (Span.of(text, at + 2, len(text)),), stance, "direct",
            "colon",
                  speaker="a1", speaker_mention=0, about=("e1", "a2")),
        ),
        model="test-1",
    )  # fmt: skip


FR = told(
    f"Evgueni Solonine: la fuite du {LAB} vient d'un sous-traitant étranger",
    "fr.txt",
    date(2021, 3, 5),
    "Evgueni Solonine",
)
EN = told(
    f"Yevgeny Solonin: la fuite du {LAB} vient d'un sous-traitant étranger",
    "en.txt",
    date(2021, 3, 6),
    "Yevgeny Solonin",
)
NO = told(
    f"Anne Morvan: la fuite du {LAB} ne vient pas d'un sous-traitant étranger",
    "no.txt",
    date(2021, 3, 7),
    "Anne Morvan",
    "denies",
)
OTHER = told(f"Luc Ferrand: une fuite touche le {LAB} depuis lundi matin", "other.txt", date(2021, 3, 6), "Luc Ferrand")
TWO = iris.unknown_actor(BASE, "Person", "Yevgeny Solonin")
ONE = iris.unknown_actor(BASE, "Person", "Evgueni Solonine")


def build(root: Path, *articles: Extraction) -> None:
    with Session(root, create=True) as session:
        for one in articles:
            session.put(one)


def dump(root: Path, marking: str = "RED") -> list[str]:
    hidden = {iris.provenance_graph(BASE), iris.decisions_graph(BASE)}
    with open_reader(root, marking) as reader:
        return sorted(f"{t.decode()} {graph}" for graph, ts in reader.graph_iter() if graph not in hidden for t in ts)


def ask(root: Path, sparql: str, marking: str = "CLEAR") -> list[tuple[str, ...]]:
    with open_reader(root, marking, prefixes=shapes.prefixes()) as reader:
        return sorted(tuple(str(value) for value in row.values()) for row in reader.select(sparql))


SPEAKERS = "SELECT DISTINCT ?s WHERE { ?c kg:speaker ?s }"


def test_two_spellings_of_one_name_are_one_actor_in_every_graph(tmp_path: Path) -> None:
    build(tmp_path / "g", FR, EN)
    assert ask(tmp_path / "g", SPEAKERS) == [(ONE,)]
    assert not [line for line in dump(tmp_path / "g") if TWO in line]
    assert ask(tmp_path / "g", f"SELECT ?n WHERE {{ <{ONE}> skos:prefLabel|skos:altLabel ?n }}") == [
        ("Evgueni Solonine",), ("Yevgeny Solonin",),
    ]  # fmt: skip


def test_the_reports_of_one_event_share_a_node(tmp_path: Path) -> None:
    build(tmp_path / "g", FR, EN, OTHER)
    rows = ask(
        tmp_path / "g", "SELECT ?s (COUNT(?e) AS ?n) WHERE { ?e kg:sharedEvent ?s . ?s a kg:DataLeak } GROUP BY ?s"
    )
    assert [number for _, number in rows] == ["3"]


def test_relations_have_a_kind_a_reason_and_a_score_and_sources_are_counted(tmp_path: Path) -> None:
    build(tmp_path / "g", FR, EN, NO)
    query = """SELECT ?kind ?from ?to WHERE {
      ?r a kg:ClaimRelation ; kg:relationKind ?kind ; kg:reason ?why ; kg:score ?score ;
      kg:fromClaim/kg:reportedIn/kg:path ?from ; kg:toClaim/kg:reportedIn/kg:path ?to }"""
    assert ask(tmp_path / "g", query) == [
        ("contradicts", "no.txt", "en.txt"), ("contradicts", "no.txt", "fr.txt"), ("repeats", "en.txt", "fr.txt"),
    ]  # fmt: skip
    assert ask(tmp_path / "g", "SELECT ?p ?n WHERE { ?c kg:independentSources ?n ; kg:reportedIn/kg:path ?p }") == [
        ("en.txt", "2"), ("fr.txt", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize("order", [(FR, EN, NO, OTHER), (OTHER, NO, EN, FR)])
def test_one_by_one_is_all_at_once_and_what_goes_leaves_no_trace(order: tuple[Extraction, ...], tmp_path: Path) -> None:
    build(tmp_path / "all", FR, EN, NO, OTHER)
    for one in order:
        build(tmp_path / "one", one)
    assert dump(tmp_path / "one") == dump(tmp_path / "all")
    with Session(tmp_path / "one") as session:
        session.retract(find(session.ledger, "fr.txt"))
        session.retract(find(session.ledger, "no.txt"))
    build(tmp_path / "rest", EN, OTHER)
    assert dump(tmp_path / "one") == dump(tmp_path / "rest")
    build(tmp_path / "one", FR, NO)
    assert dump(tmp_path / "one") == dump(tmp_path / "all")


@pytest.mark.parametrize("part", [1, 500])
def test_many_commits_of_one_session_are_one(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.story, "_PART", part)
    secret = told(FR.document.text, "fr.txt", date(2021, 3, 5), "Evgueni Solonine", marking="AMBER")
    newer = told(EN.document.text + " selon lui", "en.txt", date(2021, 3, 8), "Yevgeny Solonin")
    with Session(tmp_path / "one", create=True) as session:
        for article in (NO, EN, OTHER, FR):
            session.put(article)
            session.commit()
        session.put(newer)  # the one before it is superseded: it tells nothing any more
        session.commit()
        session.put(secret)  # it leaves the lowest level
        session.commit()
        session.retract(find(session.ledger, "other.txt"))
    build(tmp_path / "all", EN, newer, secret, NO)
    for level in ("CLEAR", "AMBER"):
        assert dump(tmp_path / "one", level) == dump(tmp_path / "all", level)
    with Session(tmp_path / "one") as session:
        session.retract(find(session.ledger, "en.txt"))
    build(tmp_path / "rest", EN, secret, NO)
    assert dump(tmp_path / "one") == dump(tmp_path / "rest"), "the older one is current again"


def test_a_memory_that_was_lost_is_made_again(tmp_path: Path) -> None:
    build(tmp_path / "g", FR, EN)
    for file in (tmp_path / "g" / "across").glob("CLEAR*"):
        file.unlink()
    build(tmp_path / "g", NO)
    build(tmp_path / "all", FR, EN, NO)
    assert dump(tmp_path / "g") == dump(tmp_path / "all")


def test_what_a_secret_document_tells_moves_nothing_below_its_level(tmp_path: Path) -> None:
    secret = told(EN.document.text, "en.txt", date(2021, 3, 1), "Yevgeny Solonin", marking="AMBER")
    build(tmp_path / "g", FR)
    clear = dump(tmp_path / "g", "CLEAR")
    build(tmp_path / "g", secret)
    assert dump(tmp_path / "g", "CLEAR") == clear
    assert ask(tmp_path / "g", SPEAKERS, "AMBER") == [(TWO,)], "the first of both names was in the secret document"


def test_a_document_written_again_is_not_written(tmp_path: Path) -> None:
    build(tmp_path / "g", FR, EN)
    with Session(tmp_path / "g") as session:
        assert not session.put(EN), "its graph points to the merged actor, and says the same all the same"


def test_what_analysts_decide_wins_and_can_be_taken_back(tmp_path: Path) -> None:
    root = tmp_path / "g"
    build(root, FR, EN, NO)
    before = dump(root)
    with Session(root) as session:
        split = session.decide(
            Decision.now("split", ONE, "ana", "two men", documents=[iris.document(BASE, EN.document.digest)])
        )
    assert len(ask(root, SPEAKERS)) == 3
    build(root, OTHER)
    assert len(ask(root, SPEAKERS)) == 4, "and it holds when documents come"
    with Session(root) as session:
        session.retract(find(session.ledger, "other.txt"))
        session.decide(Decision.now("undo", split.iri(BASE), "ana", "one man after all"))
    assert dump(root) == before
    with Session(root) as session:
        morvan = iris.unknown_actor(BASE, "Person", "Anne Morvan")
        merge = session.decide(Decision.now("merge", [ONE, morvan], "ana", "a pen name"))
    assert len(ask(root, SPEAKERS)) == 1
    with Session(root) as session:
        session.decide(Decision.now("undo", merge.iri(BASE), "ana", "no"))
    assert dump(root) == before
