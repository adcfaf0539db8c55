"""The made-up campaign archive goes in whole: what the graph says of it equals the generator's figures."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from email.message import EmailMessage
from pathlib import Path

import pytest

import kg
import kg.intake
from kg.build import prepared
from kg.graph import Graph
from kg.prepared import Prepared
from kg.quarantine import quarantined
from kg.session import Session
from kg.sources import unread
from tests.leak import samples
from tests.leak.conftest import NAME, reading
from tests.leak.generate import SMALL, figures, generate

COUNTS = {
    "messageCount": "messages",
    "attachmentCount": "attachments",
    "senderCount": "senders",
    "begin": "first",
    "end": "last",
    "passCount": "passing",
    "failCount": "failing",
    "noKeyCount": "keyless",
    "unsignedCount": "unsigned",
}


def totals(root: Path) -> dict[str, str]:
    """What the graph says of the collection."""
    with kg.open(root) as opened:
        rows = opened.query(f"SELECT ?p ?o {{ ?c a kg:Collection ; skos:prefLabel '{NAME}' ; ?p ?o }}")
        return {str(row["p"]).rpartition("#")[2]: str(row["o"]) for row in rows}


def told() -> dict[str, str]:
    return {name: str(value) for name, value in asdict(figures(SMALL)).items()}


def test_the_generator_gives_the_same_bytes_again(archive: Path, tmp_path: Path) -> None:
    generate(tmp_path, SMALL)
    for file in ("campaign.mbox", "campaign.zip", "figures.json"):
        assert (tmp_path / file).read_bytes() == (archive / file).read_bytes()


def test_the_totals_of_the_collection_are_the_figures(graph: Path) -> None:
    found = totals(graph)
    assert {ours: found[ours] for ours in COUNTS} == {ours: told()[theirs] for ours, theirs in COUNTS.items()}


def test_every_mail_and_every_attachment_is_a_document_in_a_graph_of_its_own(archive: Path, graph: Path) -> None:
    with kg.open(graph) as opened:
        reader = opened.reader
        rows = reader.select("SELECT ?kind (COUNT(?d) AS ?n) { GRAPH ?d { ?d a kg:Document, ?kind } } GROUP BY ?kind")
        counted = {str(row["kind"]).rpartition("#")[2]: int(str(row["n"])) for row in rows}
        assert counted["EmailMessage"] == SMALL.mails
        assert counted["Archive"] == 1
        assert counted["Document"] == SMALL.mails + SMALL.attachments + 1
        (box,) = reader.select(
            "SELECT ?members ?size { ?d a kg:Archive ; kg:memberCount ?members ; kg:byteSize ?size }"
        )
        assert (int(str(box["members"])), int(str(box["size"]))) == (
            SMALL.mails,
            (archive / "campaign.mbox").stat().st_size,
        )
        assert reader.index.count("document") == SMALL.mails + SMALL.attachments + 1
        assert not reader.select("SELECT ?d { ?d kg:storedText ?t } LIMIT 1")


def test_the_graph_fits_the_ontology(graph: Path) -> None:
    from kg.snapshot import dump
    from kg.validate import validate

    with kg.open(graph) as opened:
        lines = dump(opened.reader, ".nq", with_provenance=True).decode("utf-8").split("\n")
    assert validate(lines).lines()[:3] == []


def test_the_same_mails_in_a_zip_are_the_same_documents(archive: Path, graph: Path, tmp_path: Path) -> None:
    shutil.copytree(graph, tmp_path / "graph", symlinks=True)
    report = kg.build([archive / "campaign.zip"], tmp_path / "graph", reading=reading(archive))
    assert (report.documents, report.unchanged) == (1, SMALL.mails)  # the zip itself is new
    assert totals(tmp_path / "graph")["messageCount"] == str(SMALL.mails)


def test_building_again_changes_nothing(archive: Path, graph: Path, tmp_path: Path) -> None:
    shutil.copytree(graph, tmp_path / "graph", symlinks=True)
    before = os.readlink(graph / "current")
    report = kg.build([archive / "campaign.mbox"], tmp_path / "graph", reading=reading(archive))
    assert report.documents == 0
    assert report.unchanged == SMALL.mails + 1
    assert os.readlink(tmp_path / "graph" / "current") == before


def test_a_killed_build_is_taken_up_without_losses_or_duplicates(archive: Path, tmp_path: Path) -> None:
    """Killed in the middle, after a first commit, by a signal that nothing can catch."""
    root = tmp_path / "graph"
    command = [sys.executable, "-m", "tests.leak.slow_build", str(archive), str(root)]
    process = subprocess.Popen(command, start_new_session=True)
    deadline = time.monotonic() + 60
    while not _generation(root) > 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with Session(root) as session:
        held = sum(1 for _ in session.ledger)
    assert 0 < held < SMALL.mails + SMALL.attachments
    report = kg.build([archive / "campaign.mbox"], root, reading=reading(archive))
    assert report.unchanged > 0
    found = totals(root)
    assert {ours: found[ours] for ours in COUNTS} == {ours: told()[theirs] for ours, theirs in COUNTS.items()}
    with kg.open(root) as opened:
        reader = opened.reader
        assert reader.index.count("document") == SMALL.mails + SMALL.attachments + 1


def test_whatever_is_published_of_a_mail_is_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As often as it may be: a mail that stands in the graph is not read again, so that what is left out is lost."""
    archive = samples.tarred({"a.txt": bytes(range(256)) * 40}, "gz")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "a@essai.example", "Essai", "<1@essai.example>"
    mail.set_content("Bonjour.")
    mail.add_attachment(archive[:-40], maintype="application", subtype="gzip", filename="broken.tgz")
    mail.add_attachment(archive, maintype="application", subtype="gzip", filename="whole.tgz")
    mail.add_attachment(b"good", maintype="application", subtype="octet-stream", filename="good.bin")
    box, root = tmp_path / "box.mbox", tmp_path / "graph"
    box.write_bytes(b"From a@essai.example Mon Apr 24 18:30:00 2017\n" + mail.as_bytes() + b"\n" + samples.MBOX)
    commit, seen = Session.commit, []

    def watched(session: Session) -> int:
        number = commit(session)
        paths = {(one.path or "").rpartition("/")[2] for one in session.ledger if one.path != str(box)}
        told = [one.path.rpartition("/")[2] for one in quarantined(root)]
        seen.append((frozenset(paths), tuple(told)))
        return number

    monkeypatch.setattr(Session, "commit", watched)
    monkeypatch.setattr(kg.intake, "COMMIT_SECONDS", -1.0)
    monkeypatch.setattr(kg.intake, "COMMIT_SHARE", 0)
    kg.build([box], root, workers=1)
    whole = {"1", "broken.tgz", "whole.tgz", "a.txt", "good.bin"}
    assert len(seen) > 2, "it is published between mails"
    for paths, told in seen:
        assert not whole & paths or (whole <= paths and told == ("broken.tgz",)), (paths, told)


LATE = b"""From a@essai.example Mon Apr 24 18:30:00 2017
Received: from a.example by b.example; Tue, 25 Apr 2017 18:30:00 +0000
From: a@essai.example
Date: Mon, 01 May 2017 18:30:00 +0000
Subject: Essai
Message-ID: <1@essai.example>

Bonjour.

"""


def test_what_a_killed_build_published_last_is_examined_by_the_next(archive: Path, tmp_path: Path) -> None:
    box, root, how = tmp_path / "box.mbox", tmp_path / "graph", reading(archive)
    box.write_bytes(LATE)
    kg.build([box], tmp_path / "whole", reading=how)
    with Session(root, create=True) as session:
        for one in prepared(unread(box, how), how, session.base, 1):
            assert isinstance(one, Prepared)
            session.write(one)
    assert _findings(root) == [], "published in between: examined at the end"
    assert kg.build([box], root, reading=how).documents == 0
    assert _findings(root) == _findings(tmp_path / "whole") != []


def _findings(root: Path) -> list[str]:
    with kg.open(root) as opened:
        rows = opened.reader.select("SELECT ?f { ?f a kg:Finding } ORDER BY ?f")
        return [str(row["f"]) for row in rows]


def _generation(root: Path) -> int:
    try:
        return int(os.readlink(root / "current").rpartition("/")[2])
    except OSError:
        return 0


def test_documents_of_a_collection_inherit_its_marking(archive: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    mails = (archive / "campaign.mbox").read_bytes().split(b"\nFrom - ")
    for number in (0, 1):
        start = b"" if number == 0 else b"From - "
        (tmp_path / f"{number}.mbox").write_bytes(start + mails[number] + b"\n")
    strict = replace(reading(archive), marking="AMBER")
    kg.build([tmp_path / "0.mbox"], tmp_path / "graph", reading=strict)
    kg.build([tmp_path / "1.mbox"], tmp_path / "graph", reading=reading(archive))
    with Graph(tmp_path / "graph", "AMBER") as opened:
        assert {document.marking for document in opened.documents()} == {"AMBER"}
        assert len([document for document in opened.documents() if document.kind == "EmailMessage"]) == 2
    with Graph(tmp_path / "graph", "CLEAR") as opened:
        assert opened.documents() == []
        assert opened.query("SELECT ?c { ?c a kg:Collection }") == []


@pytest.mark.parametrize("marking", ["CLEAR", "RED"])
def test_a_lower_level_counts_only_what_it_sees(archive: Path, tmp_path: Path, marking: str) -> None:
    first, second = (archive / "campaign.mbox").read_bytes().split(b"\nFrom - ")[:2]
    (tmp_path / "0.mbox").write_bytes(first + b"\n")
    (tmp_path / "1.mbox").write_bytes(b"From - " + second + b"\n")
    from dataclasses import replace

    kg.build([tmp_path / "0.mbox"], tmp_path / "graph", reading=reading(archive))
    kg.build([tmp_path / "1.mbox"], tmp_path / "graph", reading=replace(reading(archive), marking="RED"))
    with Graph(tmp_path / "graph", marking) as opened:
        (row,) = opened.query("SELECT ?n { ?c a kg:Collection ; kg:messageCount ?n }")
        assert str(row["n"]) == ("1" if marking == "CLEAR" else "2")
