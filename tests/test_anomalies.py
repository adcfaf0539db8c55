"""Findings: each rule fires on what it is about, is silent on what is usual, and always tells harmless explanations."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import kg
from kg.anomalies.files import after, script, time, usual_script, version_of
from kg.anomalies.finding import LANGUAGES, share, words
from kg.anomalies.mails import told
from kg.session import Session
from kg.sources import Reading
from tests.leak import samples
from tests.leak.signing import Fields, Signer

COLLECTION = "https://claimgraph.example/collection/"
LEAKED = date(2017, 5, 5)


def mail(
    number: int,
    sent: str = "Mon, 24 Apr 2017 18:30:00 +0200",
    received: str | None = None,
    domain: str = "essai.example",
    sender: str = "jeanne@essai.example",
    attached: tuple[str, bytes] | None = None,
) -> bytes:
    out = io.BytesIO()
    if received:
        out.write(f"Received: from a.example by b.example with ESMTP; {received}\r\n".encode())
    out.write(
        f"From: {sender}\r\nTo: b@essai.example\r\nSubject: Essai {number}\r\nDate: {sent}\r\n"
        f"Message-ID: <{number}@{domain}>\r\n".encode()
    )
    if attached is None:
        out.write(b"\r\nBonjour.\r\n")
    else:
        name, content = attached
        out.write(
            b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nBonjour.\r\n--x\r\n'
        )
        out.write(f'Content-Type: text/plain; name="{name}"\r\nContent-Disposition: attachment\r\n\r\n'.encode())
        out.write(content + b"\r\n--x--\r\n")
    return out.getvalue()


def leak(folder: Path) -> None:
    """A small leak with one case for each rule among usual files and mails."""
    files = {f"{n}.docx": samples.docx(last=f"Auteur {'abcdef'[n]}") for n in range(6)}
    files["late.docx"] = samples.docx(last="Paul Durand", modified="2017-05-09T08:00:00Z")
    files["order.docx"] = samples.docx(last="Paul Durand", created="2017-03-20T00:00:00Z")
    files["script.docx"] = samples.docx(last="Иван Петров")
    files["early.docx"] = samples.docx(
        last="Paul Durand", created="2012-01-01T00:00:00Z", modified="2012-02-01T00:00:00Z"
    )
    files["old.doc"] = samples.doc()
    mails = [mail(n) for n in range(8)]
    mails.append(mail(20, domain="autre.example"))
    mails.append(mail(21, sent="Tue, 25 Apr 2017 03:30:00 +1000"))
    mails.append(mail(22, received="Mon, 24 Apr 2017 12:00:00 +0200"))
    mails.append(mail(23, sender="b@essai.example", attached=("note.txt", b"Un texte.")))
    mails.append(mail(24, sender="c@essai.example", attached=("copie.txt", b"Un texte.")))
    files["brouillon.docx"] = files["0.docx"]
    mails += thread()
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for number, content in enumerate(mails):
        (folder / f"{number:02}.eml").write_bytes(content)


SIGNER = Signer.of("essai.example", "s1", "key of the findings", 512)


def thread() -> list[bytes]:
    """A signed mail and two signed answers, another answer whose text was changed after it was signed, and a lone mail
    whose signature fails as well."""
    mails = []
    for number, changed, answers in (
        (30, False, None),
        (31, False, 30),
        (32, True, 30),
        (33, False, 30),
        (34, True, None),
    ):
        head: Fields = [("From", "signe@essai.example"), ("Date", "Mon, 24 Apr 2017 18:30:00 +0200")]
        head.append(("Message-ID", f"<{number}@essai.example>"))
        if answers:
            head.append(("References", f"<{answers}@essai.example>"))
        signed = SIGNER.header(head, b"Bonjour.\r\n")
        text = "".join(f"{name}: {value}\r\n" for name, value in (("DKIM-Signature", signed), *head))
        mails.append(f"{text}\r\nBon{'soir' if changed else 'jour'}.\r\n".encode())
    return mails


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("anomalies")
    leak(root / "leak")
    (root / "keys").mkdir()
    (root / "keys" / SIGNER.file_name).write_text(SIGNER.record(), encoding="ascii")
    reading = Reading(collection="Essai", root=root, dkim_keys=root / "keys")
    kg.build([root / "leak"], into=root / "graph", reading=reading, workers=1)
    with kg.open(root / "graph") as opened, Session(root / "graph") as session:
        (row,) = opened.query("SELECT ?c { ?c a kg:Collection }")  # type: ignore[misc,union-attr]
        session.examine({str(row["c"]): LEAKED})
    return root / "graph"


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[kg.Graph]:
    with kg.open(graph) as opened:
        yield opened


def found(opened: kg.Graph) -> set[tuple[str, str]]:
    rows = opened.query("SELECT ?kind ?path { ?f a kg:Finding ; kg:findingKind ?kind ; kg:concerns/kg:path ?path }")
    assert isinstance(rows, list)
    return {(str(row["kind"]), str(row["path"]).rpartition("/")[2]) for row in rows}


def test_each_rule_finds_its_case_and_nothing_else(opened: kg.Graph) -> None:
    copies = {"note.txt", "copie.txt"}  # one document, under the name of either
    assert {(kind, "a copy" if path in copies else path) for kind, path in found(opened)} == {
        ("createdAfterModified", "order.docx"),
        ("modifiedAfterLeak", "late.docx"),
        ("authorScript", "script.docx"),
        ("softwareNotYetReleased", "early.docx"),
        ("softwareLongReplaced", "old.doc"),
        ("messageIdDomain", "08.eml"),
        ("timezoneShift", "09.eml"),
        ("dateAgainstHops", "10.eml"),
        ("duplicatedContent", "a copy"),
        ("duplicatedContent", "0.docx"),
        ("signatureFailsInThread", "15.eml"),
    }


def test_a_finding_tells_its_values_its_evidence_and_harmless_explanations(opened: kg.Graph) -> None:
    rows = opened.query(
        """SELECT ?told ?observed (COUNT(DISTINCT ?why) AS ?harmless) (COUNT(DISTINCT ?other) AS ?others) {
          ?f kg:findingKind "timezoneShift" ; kg:description ?told ; kg:observed ?observed ;
             kg:harmlessExplanation ?why ; kg:comparedWith ?other FILTER(LANG(?told) = "fr" && LANG(?why) = "fr")
        } GROUP BY ?told ?observed"""
    )
    assert isinstance(rows, list)
    (row,) = rows
    assert (
        str(row["told"])
        == "Envoyé avec le décalage +10:00, quand 90 % des 11 messages de jeanne@essai.example ont +02:00."
    )
    assert str(row["observed"]).startswith("offset +10:00; usual +02:00")
    assert (str(row["harmless"]), str(row["others"])) == ("3", "5")


def test_a_failed_signature_is_told_beside_those_of_its_thread_that_pass(opened: kg.Graph) -> None:
    rows = opened.query(
        """SELECT ?observed (COUNT(?other) AS ?others) { ?f kg:findingKind "signatureFailsInThread" ;
          kg:observed ?observed ; kg:comparedWith ?other . ?other kg:signatureVerdict "pass" } GROUP BY ?observed"""
    )
    assert isinstance(rows, list)
    assert [(str(row["observed"]), str(row["others"])) for row in rows] == [("count 3", "3")]


def test_the_same_file_under_two_names_in_a_folder_is_one_document_with_both(opened: kg.Graph) -> None:
    rows = opened.query(
        """SELECT ?path ?name ?observed { ?f kg:findingKind "duplicatedContent" ; kg:concerns ?d ;
          kg:observed ?observed . GRAPH ?d { ?d kg:path ?path ; skos:altLabel ?name } }"""
    )
    assert isinstance(rows, list)
    assert [tuple(str(row[name]) for name in ("path", "name", "observed")) for row in rows] == [
        ("leak/0.docx", "brouillon.docx", "count 2; names 0.docx, brouillon.docx")
    ]


def test_a_copy_that_comes_later_is_found_and_a_file_that_was_renamed_is_none(tmp_path: Path) -> None:
    reading = Reading(collection="Essai", root=tmp_path)
    (tmp_path / "leak").mkdir()
    (tmp_path / "leak" / "a.docx").write_bytes(samples.docx())

    def copies() -> int:
        kg.build([tmp_path / "leak"], into=tmp_path / "graph", reading=reading, workers=1)
        with kg.open(tmp_path / "graph") as opened:
            return sum(kind == "duplicatedContent" for kind, _ in found(opened))

    assert copies() == 0
    (tmp_path / "leak" / "a.docx").rename(tmp_path / "leak" / "b.docx")
    assert copies() == 0
    (tmp_path / "leak" / "a.docx").write_bytes(samples.docx())
    assert copies() == 1
    assert copies() == 1


def test_the_graph_with_findings_is_valid(opened: kg.Graph) -> None:
    from kg.snapshot import dump
    from kg.validate import validate

    report = validate(dump(opened.reader, ".nq").decode().split("\n"))
    assert report.conforms, "\n".join(report.lines())


def test_findings_go_with_their_document(graph: Path, tmp_path: Path) -> None:
    leak(tmp_path / "leak")
    kg.build(
        [tmp_path / "leak"], into=tmp_path / "graph", reading=Reading(collection="Essai", root=tmp_path), workers=1
    )
    with kg.open(tmp_path / "graph") as opened:
        assert ("authorScript", "script.docx") in found(opened)
        opened.retract("leak/script.docx")
        assert "authorScript" not in {kind for kind, _ in found(opened)}
        assert opened.query('ASK { ?x ?p ?o FILTER(CONTAINS(STR(?o), "Петров")) }') is False


# ------------------------------------------------------------------ rules by themselves
def test_every_kind_has_its_words_in_both_languages() -> None:
    for kind, texts in words().items():
        fields = [{name for _, name, _, _ in Formatter().parse(texts[language]) if name} for language in LANGUAGES]
        assert fields[0] == fields[1], kind
        assert len(texts["harmless_fr"]) == len(texts["harmless_en"]) >= 2, kind


def test_times_with_and_without_a_zone_are_compared_with_care() -> None:
    def at(text: str) -> object:
        return time({"t": text}, "t")

    assert after(at("2017-01-02T00:00:00"), at("2017-01-01T00:00:00"))  # type: ignore[arg-type]
    assert not after(at("2017-01-02T00:00:00"), at("2017-01-01T00:00:00Z"))  # type: ignore[arg-type]
    assert after(at("2017-01-03T12:00:00"), at("2017-01-01T00:00:00Z"))  # type: ignore[arg-type]
    assert not after(at("2017-01-01T00:01:00Z"), at("2017-01-01T00:00:00Z"))  # type: ignore[arg-type]


def test_scripts() -> None:
    assert [script(name) for name in ("Jeanne", "Иван", "Νίκος", "42 ?")] == ["LATIN", "CYRILLIC", "GREEK", None]
    assert usual_script(["Ana", "Bob", "Cid", "Иван"]) is None
    assert usual_script([*"abcdefghi", "Иван"]) == ("LATIN", "90 %")
    assert usual_script([*"abcde", *"абвгд"]) is None
    assert usual_script([*"abcdefghij"]) is None


def test_versions_of_software() -> None:
    def name(software: str) -> str | None:
        known = version_of(software)
        return str(known["name"]) if known else None

    assert name("Microsoft Office Word 16.0000") == "Microsoft Office 2016"
    assert name("Microsoft Word 10.0") == "Microsoft Office XP"
    assert name("LibreOffice/5.2.7$Linux") == "LibreOffice 5"
    assert name("Essai 1.0") is None
    assert name("") is None


def test_small_words() -> None:
    assert (share(199, 200), share(4, 5), share(5, 5)) == ("99 %", "80 %", "100 %")
    from datetime import timedelta

    assert [told(timedelta(minutes=minutes)) for minutes in (120, -210, 0)] == ["+02:00", "-03:30", "+00:00"]
