"""A writing session: what goes in comes out whole, and nothing of it stays when it goes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import kg.contributions
from kg import iris
from kg.decisions import Decision
from kg.errors import GraphBroken, UsageError
from kg.graph import Graph
from kg.index.schema import FORMAT_FILE
from kg.ledger import find
from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Mention, Span
from kg.session import Session
from kg.store import open_reader
from kg.terms import KG, PROV

BASE = iris.BASE
KNOWN = BASE + "actor/wikileaks"


def article(
    text: str, path: str = "a.txt", speaker: str = "Marie Duval", marking: str = "CLEAR", kind: str = "Person"
) -> Extraction:
    """An extraction of one claim by *speaker*, whose name *text* begins with: « NAME dit que … »."""
    cue = text.index(" dit que ") + 1
    name = Span.of(text, 0, cue - 1)
    content = Span.of(text, cue + len("dit que "), len(text))
    return Extraction(
        Document(
            hashlib.sha256(text.encode()).hexdigest(),
            text,
            language="fr",
            path=path,
            marking=marking,
            published=Interval.day(date(2020, 1, 2)),
        ),
        mentions=(Mention(name, "proper"),),
        actors=(Actor("a1", kind, speaker, aliases=(name.exact,) if name.exact != speaker else (), mentions=(0,)),),
        events=(Event("e1", "DataLeak", "fuite", Span.of(text, text.index("fuite"), text.index("fuite") + 5)),),
        claims=(
            Claim(
                "c1", Span.of(text, cue, cue + 3), "dire", (content,), "asserts", "indirect", "svq",
                speaker="a1", speaker_mention=0, about=("e1",),
            ),
        ),
        model="test-1",
    )  # fmt: skip


FIRST = "Marie Duval dit que la fuite est grave"
SECOND = "Marie Duval dit que la fuite est sans suite"


def dump(root: Path, marking: str = "RED", provenance: bool = False) -> list[str]:
    """Every quad that somebody sees who may read up to *marking*, sorted."""
    hidden = "" if provenance else iris.provenance_graph(BASE)
    with open_reader(root, marking) as reader:
        return sorted(
            f"{triple.decode()} {graph}"
            for graph, triples in reader.graph_iter()
            if graph != hidden
            for triple in triples
        )


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        assert session.put(article(FIRST))
    with Graph(tmp_path / "g") as graph:
        (claim,) = graph.claims(speaker="marie DUVAL")
        assert claim.speaker is not None
        assert (claim.speaker.name, claim.speaker.kind) == ("Marie Duval", "Person")
        assert (claim.cue, claim.stance, claim.text) == ("dit", "asserts", "la fuite est grave")
        (evidence,) = claim.evidence
        assert FIRST[evidence.start : evidence.end] == evidence.exact == "la fuite est grave"
        assert evidence.paragraph == FIRST
        (event,) = graph.events(kind="DataLeak")
        assert claim.about == (event.iri,)
        assert graph.claims(speaker="Personne") == []
        (document,) = graph.documents()
        assert (document.path, document.published, document.superseded) == ("a.txt", date(2020, 1, 2), False)


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST))
        first = session.commit()
    before = dump(tmp_path / "g", provenance=True)
    with Session(tmp_path / "g") as session:
        assert not session.put(article(FIRST))
        assert session.commit() == first
    assert dump(tmp_path / "g", provenance=True) == before


def test_a_retracted_document_leaves_no_quad(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST, "a.txt"))
    before = dump(tmp_path / "g", provenance=True)
    other = article("Le maire Zorbec dit que la fuite est close", "b.txt", "Paul Zorbec")
    with Session(tmp_path / "g") as session:
        session.put(other)
    assert len(dump(tmp_path / "g")) > len(before)
    with Session(tmp_path / "g") as session:
        session.retract(find(session.ledger, "b.txt"))
    left = dump(tmp_path / "g", provenance=True)
    assert not [quad for quad in left if "Zorbec" in quad or other.document.digest[:32] in quad]
    assert [quad for quad in left if iris.provenance_graph(BASE) not in quad] == [
        quad for quad in before if iris.provenance_graph(BASE) not in quad
    ]


def test_names_that_documents_give_differently_make_one_actor_whatever_the_order(tmp_path: Path) -> None:
    texts = [
        article("MARIE DUVAL dit que la fuite est grave", "a.txt", "MARIE DUVAL"),
        article("Marie Duval dit que la fuite est close", "b.txt"),
        article("Marie Duval dit que la fuite est vieille", "c.txt"),
    ]
    for name, order in (("g", texts), ("h", texts[::-1])):
        for one in order:
            with Session(tmp_path / name, create=True) as session:
                session.put(one)
        with Graph(tmp_path / name) as graph:
            (actor,) = graph.actors(name="Marie Duval")
            assert (actor.name, actor.aliases) == ("Marie Duval", ("MARIE DUVAL",))
    assert dump(tmp_path / "g") == dump(tmp_path / "h")


def test_new_bytes_at_a_path_are_a_revision_and_its_retraction_restores_the_old_one(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST))
    before = dump(tmp_path / "g")
    with Session(tmp_path / "g") as session:
        session.put(article(SECOND))
    with Graph(tmp_path / "g") as graph:
        assert [claim.text for claim in graph.claims()] == ["la fuite est sans suite"]
        assert len(graph.claims(superseded=True)) == 2
        assert graph.query("ASK { ?new prov:wasRevisionOf ?old . ?old kg:superseded true }") is True
    with Session(tmp_path / "g") as session:
        assert not session.put(article(SECOND)), "the revision stays one when it is written again"
        assert not session.put(article(FIRST)), "and the old document stays superseded"
    with Graph(tmp_path / "g") as graph:
        graph.retract("a.txt")
    assert dump(tmp_path / "g") == before


def test_retracting_the_old_revision_leaves_the_new_one_alone(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(SECOND))
    alone = dump(tmp_path / "g")
    with Session(tmp_path / "h", create=True) as session:
        session.put(article(FIRST))
    with Session(tmp_path / "h") as session:
        session.put(article(SECOND))
        session.retract(find(session.ledger, iris.document(BASE, article(FIRST).document.digest)))
    assert dump(tmp_path / "h") == alone


THIRD = "Marie Duval dit que la fuite est ancienne"


def revised(root: Path, *texts: str) -> None:
    """One path whose content was each of *texts*, in turn."""
    for text in texts:
        with Session(root, create=True) as session:
            session.put(article(text)) or session.seen_again(article(text).document)


def current(root: Path) -> list[str]:
    with Graph(root) as graph:
        return sorted(claim.text for claim in graph.claims())


def test_a_file_that_goes_back_to_earlier_bytes_is_current_again(tmp_path: Path) -> None:
    revised(tmp_path / "g", FIRST, SECOND, FIRST)
    assert current(tmp_path / "g") == ["la fuite est grave"]
    revised(tmp_path / "g", SECOND)
    assert current(tmp_path / "g") == ["la fuite est sans suite"]
    revised(tmp_path / "h", FIRST, SECOND)
    assert dump(tmp_path / "g") == dump(tmp_path / "h")
    revised(tmp_path / "g", FIRST)
    with Graph(tmp_path / "g") as graph:
        graph.retract("a.txt")
    assert current(tmp_path / "g") == ["la fuite est sans suite"], "its place is not left without a current document"


def test_a_revision_taken_out_of_the_middle_leaves_one_current_document(tmp_path: Path) -> None:
    revised(tmp_path / "g", FIRST, SECOND, THIRD)
    with Session(tmp_path / "g") as session:
        session.retract(find(session.ledger, iris.document(BASE, article(SECOND).document.digest)))
    assert current(tmp_path / "g") == ["la fuite est ancienne"]
    revised(tmp_path / "h", FIRST, THIRD)
    assert dump(tmp_path / "g") == dump(tmp_path / "h")


def test_a_marking_is_a_wall(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST, "a.txt"))
    clear = dump(tmp_path / "g", provenance=True)
    secret = article("La source Noire dit que la fuite est close", "b.txt", "Source Noire", "AMBER")
    with Session(tmp_path / "g") as session:
        session.put(secret)
    assert dump(tmp_path / "g", "CLEAR", provenance=True) == clear
    assert [quad for quad in dump(tmp_path / "g", "AMBER") if "Source Noire" in quad]
    with Session(tmp_path / "g") as session:
        session.retract(find(session.ledger, "b.txt"))
    assert not [quad for quad in dump(tmp_path / "g", "RED", provenance=True) if "Noire" in quad]


def node_of(text: str) -> str:
    return iris.document(BASE, article(text).document.digest)


def stated(root: Path, marking: str, node: str, word: str) -> bool:
    """Whether who may read up to *marking* sees the property *word* of *node*."""
    return any(line.startswith(f"<{node}> <{KG.NS}{word}> ") for line in dump(root, marking))


def test_a_public_revision_of_a_closed_document_does_not_name_it(tmp_path: Path) -> None:
    for text, marking in ((FIRST, "AMBER"), (SECOND, "CLEAR")):
        with Session(tmp_path / "g", create=True) as session:
            session.put(article(text, marking=marking))
    closed = node_of(FIRST)
    assert not [line for line in dump(tmp_path / "g", "CLEAR", provenance=True) if closed in line]
    assert stated(tmp_path / "g", "AMBER", closed, "superseded")
    assert [line for line in dump(tmp_path / "g", "AMBER") if f"{PROV.wasRevisionOf}> <{closed}>" in line]
    before = dump(tmp_path / "g", "RED")
    with Session(tmp_path / "g") as session:
        assert not session.put(article(SECOND)), "the same again changes nothing"
        assert session.put(article(SECOND, speaker="Marie D."))
        session.put(article(SECOND))
    assert not [line for line in dump(tmp_path / "g", "CLEAR", provenance=True) if closed in line]
    assert dump(tmp_path / "g", "RED") == before


def test_who_does_not_see_the_newer_revision_keeps_the_older_one_whatever_is_written_again(tmp_path: Path) -> None:
    for text, marking in ((FIRST, "CLEAR"), (SECOND, "AMBER")):
        with Session(tmp_path / "g", create=True) as session:
            session.put(article(text, marking=marking))
    with Session(tmp_path / "g") as session:
        assert not session.put(article(FIRST)), "the same again changes nothing"
        assert session.put(article(FIRST, speaker="Marie D."))
    assert not stated(tmp_path / "g", "CLEAR", node_of(FIRST), "superseded")
    assert stated(tmp_path / "g", "AMBER", node_of(FIRST), "superseded")


def test_a_revision_supersedes_all_that_its_readers_saw_before(tmp_path: Path) -> None:
    for text, marking in ((FIRST, "CLEAR"), (SECOND, "AMBER"), (THIRD, "CLEAR")):
        with Session(tmp_path / "g", create=True) as session:
            session.put(article(text, marking=marking))
    for level in ("CLEAR", "AMBER"):
        with Graph(tmp_path / "g", marking=level) as graph:
            assert [claim.text for claim in graph.claims()] == ["la fuite est ancienne"], level


def test_each_level_has_one_current_revision_whatever_goes_or_is_marked_anew(tmp_path: Path) -> None:
    for text, marking in ((FIRST, "CLEAR"), (SECOND, "AMBER"), (THIRD, "CLEAR")):
        with Session(tmp_path / "g", create=True) as session:
            session.put(article(text, marking=marking))

    def told() -> list[list[str]]:
        found = []
        for level in ("CLEAR", "AMBER"):
            with Graph(tmp_path / "g", marking=level) as graph:
                found.append([claim.text.removeprefix("la fuite est ") for claim in graph.claims()])
        return found

    assert told() == [["ancienne"], ["ancienne"]]
    with Session(tmp_path / "g") as session:
        session.retract(find(session.ledger, node_of(THIRD)))
    assert told() == [["grave"], ["sans suite"]]
    for marking, clear in (("CLEAR", "sans suite"), ("AMBER", "grave")):
        with Session(tmp_path / "g") as session:
            session.put(article(SECOND, marking=marking))
        assert told() == [[clear], ["sans suite"]], marking


def test_a_revision_that_a_file_went_back_from_tells_no_story(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article("Marie Duval dit que la fuite est grave", "b.txt"))
        session.put(article(SECOND, "a.txt"))
    revised(tmp_path / "g", THIRD, SECOND)
    story = [line for line in dump(tmp_path / "g") if line.endswith(iris.resolution_graph(BASE))]
    assert not [line for line in story if node_of(THIRD) in line]


def test_what_becomes_more_secret_is_named_nowhere_below(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST))
        session.put(article(SECOND, "b.txt"))
    closed = node_of(FIRST)
    with Session(tmp_path / "g") as session:
        first = session.decide(Decision.now("annotate", closed, "ada", "zealous reading"))
        session.decide(Decision.now("undo", first.iri(BASE), "ada", "yawned at"))
        session.decide(Decision.now("annotate", node_of(SECOND), "ada", "stays"))
    with Session(tmp_path / "g") as session:
        session.put(article(FIRST, marking="AMBER"))
    clear, amber = (dump(tmp_path / "g", level, provenance=True) for level in ("CLEAR", "AMBER"))
    assert not [line for line in clear if closed in line or "zealous" in line or "yawned at" in line]
    assert [line for line in clear if "stays" in line]
    for said in ("zealous", "yawned at", f"{PROV.generated}> <{closed}>"):
        assert [line for line in amber if said in line], said


def test_an_exception_undoes_the_session(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST))
    before = dump(tmp_path / "g", provenance=True)
    with pytest.raises(RuntimeError), Session(tmp_path / "g") as session:
        session.put(article(SECOND, "b.txt"))
        raise RuntimeError
    with Session(tmp_path / "g") as session:
        assert len(list(session.ledger)) == 1
    assert dump(tmp_path / "g", provenance=True) == before


def test_what_an_undone_session_read_by_other_rules_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = article(FIRST)
    with Session(tmp_path / "g", create=True) as session:
        session.put(found)
        assert session.unchanged(found.document, "test-1", None)
    monkeypatch.setattr(kg.contributions, "fingerprint", lambda: "that of other rules")
    other = replace(found, claims=())
    with pytest.raises(ZeroDivisionError), Session(tmp_path / "g") as session:
        assert not session.unchanged(found.document, "test-1", None)
        session.put(other)
        assert session.unchanged(found.document, "test-1", None)
        raise ZeroDivisionError
    with Session(tmp_path / "g") as session:
        assert not session.unchanged(found.document, "test-1", None), "the graph holds what the old rules found"
        session.put(other)
    with Session(tmp_path / "g") as session:
        assert session.unchanged(found.document, "test-1", None)


def test_what_an_undone_session_retracted_is_told_as_before(tmp_path: Path) -> None:
    found = article(FIRST)
    with Session(tmp_path / "g", create=True) as session:
        session.put(found)
    with pytest.raises(ZeroDivisionError), Session(tmp_path / "g") as session:
        session.retract(find(session.ledger, "a.txt"))
        raise ZeroDivisionError
    with Session(tmp_path / "g") as session:
        assert session.unchanged(found.document, "test-1", None)


def test_no_such_document_is_a_usage_error(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session, pytest.raises(UsageError, match="no document"):
        find(session.ledger, "nowhere.txt")


def test_a_text_that_two_documents_share_goes_with_the_last_of_them(tmp_path: Path) -> None:
    one = article(FIRST, "a.html")
    two = replace(one, document=replace(one.document, digest="f" * 64, path="b.html"))
    with Session(tmp_path / "g", create=True) as session:
        session.put(one)
        session.put(two)
    text = iris.text(BASE, FIRST)
    for path, left in (("a.html", True), ("b.html", False)):
        with Session(tmp_path / "g") as session:
            session.retract(find(session.ledger, path))
        with Graph(tmp_path / "g") as graph:
            assert graph.query(f"ASK {{ <{text}> kg:content ?text }}") is left
            assert [claim.evidence[0].paragraph for claim in graph.claims()] == ([FIRST] if left else [])


def test_an_index_of_an_older_version_is_made_anew_by_the_next_session(tmp_path: Path) -> None:
    with Session(tmp_path / "g", create=True) as session:
        session.put(article(FIRST))
    for index in (*tmp_path.glob("g/live/*/index"), *tmp_path.glob("g/generations/*/*/index")):
        (index / FORMAT_FILE).write_text("of old")
    with pytest.raises(GraphBroken, match="kg reindex"):
        Graph(tmp_path / "g")
    with Session(tmp_path / "g") as session:
        assert not session.put(article(FIRST))
    assert current(tmp_path / "g") == ["la fuite est grave"]
