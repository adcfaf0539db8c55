"""A container goes with all that stands in it; purged for good means that no file of the graph holds it any more."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import kg
from kg.decisions import Decision
from kg.ledger import find
from kg.purging import purge
from kg.session import Session
from kg.sources import Reading
from tests.leak.generate import SMALL

SECRET = "q7Xw0zVb93LkTfYpR2"
ONE = """From: Ada <ada@left.example>
To: bob@right.example
Date: Mon, 06 Mar 2017 10:00:00 +0100
Message-ID: <one.{name}@left.example>
Subject: {subject}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

{body}
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="{name}.bin"
Content-Transfer-Encoding: base64

{data}
--x--
"""


def mail(folder: Path, name: str, subject: str = "sujet", body: str = "corps", data: str = "AAECAwQF") -> Path:
    path = folder / f"{name}.eml"
    path.write_text(ONE.format(name=name, subject=subject, body=body, data=data), encoding="utf-8")
    return path


def test_a_mailbox_goes_with_its_mails_and_their_attachments(graph: Path, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    shutil.copytree(graph, root, symlinks=True)
    other = mail(tmp_path, "other")
    kg.build([other], root)
    with Session(root) as session:
        box = next(one for one in session.ledger if (one.path or "").endswith("campaign.mbox"))
        session.retract(box)
    with kg.open(root) as opened:
        reader = opened.reader
        left = {str(row["path"]) for row in reader.select("SELECT ?path { ?d a kg:Document ; kg:path ?path }")}
        assert left == {str(other), f"{other}!/1/other.bin"}
        assert reader.index.count("document") == 2
        assert not reader.select("SELECT ?c { ?c a kg:Collection }")
        assert SMALL.mails > 2


def test_an_attachment_that_another_mail_bears_stays(tmp_path: Path) -> None:
    first, second = mail(tmp_path, "first"), mail(tmp_path, "second")
    root = tmp_path / "graph"
    kg.build([first, second], root)
    with Session(root) as session:
        session.retract(find(session.ledger, str(first)))
    with kg.open(root) as opened:
        reader = opened.reader
        (row,) = reader.select("SELECT ?m ?name ?file { ?file a kg:File ; kg:containedIn ?m . ?m kg:title ?name }")
        assert str(row["name"]) == "sujet"
        assert not reader.select(f"SELECT ?d {{ ?d kg:path '{first}!/1/first.bin' }}")
        names = {str(row["n"]) for row in reader.select("SELECT ?n { ?f a kg:File ; skos:altLabel ?n }")}
        assert names == {"second.bin"}
    with Session(root) as session:
        session.retract(find(session.ledger, str(second)))
        assert not list(session.ledger)


def test_purged_is_gone_from_every_file(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    secret = mail(tmp_path, "secret", subject=f"objet {SECRET}", body=f"texte {SECRET}", data="MDEyMzQ1")
    kept = mail(tmp_path, "kept", subject="ordinaire")
    kg.build([secret, kept], root, reading=Reading(with_bodies=True))
    with Session(root) as session:
        held = find(session.ledger, str(secret))
        session.decide(Decision.now("annotate", held.iri, "ada", f"because {SECRET}"))
    with Session(root) as session:
        session.retract(held)
    assert _holding(root), "the control: without purging, words of what was removed stay in the files"
    kg.build([secret], root, reading=Reading(with_bodies=True))
    purge(root, [str(secret)])
    assert _holding(root) == []
    with kg.open(root) as opened:
        reader = opened.reader
        assert {str(row["t"]) for row in reader.select("SELECT ?t { ?d a kg:EmailMessage ; kg:title ?t }")} == {
            "ordinaire"
        }
        assert reader.index.count("document") == 2


def test_a_purged_article_is_gone_from_every_file(tmp_path: Path) -> None:
    secret, kept = tmp_path / "secret.txt", tmp_path / "kept.txt"
    for file, name in ((secret, "Théodule Zorvanek"), (kept, "Jean Perrot")):
        file.write_text(f"« La fuite de données est grave », a déclaré mardi {name}, le maire de Lille.\n")
    root, reading = tmp_path / "graph", Reading(language="fr", published=date(2020, 1, 2))
    kg.build([secret, kept], root, reading=reading)
    with kg.open(root) as opened:
        before = [claim.iri for claim in opened.claims(speaker="Jean Perrot")]
    held = _holding(root, "Zorvanek")
    assert [file for file in held if file.startswith("across/")], "the control: resolution keeps names"
    purge(root, [str(secret)])
    assert _holding(root, "Zorvanek") == []
    for file in (root / "across").glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as database:  # free pages would keep abstracts, packed
            assert database.execute("PRAGMA freelist_count").fetchone() == (0,), file.name
    with kg.open(root) as opened:
        assert [claim.iri for claim in opened.claims()] == before != []
    kg.build([secret], root, reading=reading)
    with kg.open(root) as opened:
        assert len(opened.documents()) == 2 and len(opened.claims()) == 2 * len(before)


def _holding(root: Path, secret: str = SECRET) -> list[str]:
    """The files below *root* with the *secret* in them, in any case."""
    found = []
    for file in sorted(root.rglob("*")):
        if file.is_file() and not file.is_symlink() and secret.lower().encode() in file.read_bytes().lower():
            found.append(str(file.relative_to(root)))
    return found


def test_a_mailbox_named_with_a_mail_of_it_goes_once(graph: Path, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    shutil.copytree(graph, root, symlinks=True)
    with Session(root) as session:
        box = next(one for one in session.ledger if (one.path or "").endswith("campaign.mbox"))
        inner = next(one for one in session.ledger if one.container == box.iri.rpartition("/")[2])
        both = [Decision.now("retract", one.iri, "ada", "an order") for one in (box, inner)]
        session.decide_all(both)
        assert not list(session.ledger)
        assert session.retracted == {box.iri, inner.iri}
        session.retract(inner)
