"""Mails in whatever state: headers decoded, attachments described, nothing lost, nothing opened that stays closed."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import getaddresses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Extraction
from kg.pool import Pool
from kg.prepared import Prepared
from kg.rdf import document_quads
from kg.resolve.headers import addressed
from kg.sources import Item, Reading, Skipped, Source, read, read_source
from kg.sources.headers import mailboxes
from tests.leak.deadly import Deadly, Endless

PLAIN = b"""Return-Path: <ada@left.example>
Received: from b.example (b.example [192.0.2.2]) by c.example with ESMTPS id 2; Mon, 06 Mar 2017 10:00:09 +0100
Received: from a.example (a.example [192.0.2.1]) by b.example with SMTP id 1; Mon, 06 Mar 2017 10:00:04 +0100
From: =?utf-8?q?Ad=C3=A8le?= Martin <Adele.Martin@Left.EXAMPLE>
To: "Dupont, Jean" <jean@right.example>, undisclosed-recipients:;
Cc: jean@right.example, =?iso-8859-1?B?RWxvZOll?= <elodie@right.example>
Subject: =?utf-8?q?R=C3=A9union_?=
 =?utf-8?q?de_mars?=
Date: Mon, 06 Mar 2017 10:00:00 +0100
Message-ID: <3@left.example>
In-Reply-To: <2@right.example>
References: <1@left.example>
 <2@right.example>

Bonjour.
"""
READING = Reading()


def items(data: bytes, reading: Reading = READING, name: str = "a.eml") -> list[Item]:
    return list(read_source(Source(name, content=data), reading))


def mail(data: bytes, reading: Reading = READING) -> Document:
    """The mail in *data*, which must be read."""
    found = items(data, reading)[0]
    assert isinstance(found, Document), found
    assert found.kind == "EmailMessage"
    document_quads(Extraction(found), "https://kg.example/")  # its facts fit the ontology
    return found


def facts(data: bytes) -> dict[str, object]:
    return dict(mail(data).facts)


def parted(*parts: bytes, head: bytes = b"From: a@left.example\nDate: Mon, 06 Mar 2017 10:00:00 +0100\n") -> bytes:
    body = b"".join(b"--x\n" + part + b"\n" for part in parts)
    return head + b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n' + body + b"--x--\n"


# ------------------------------------------------------------------ headers
def test_headers_are_decoded_and_addresses_normalised() -> None:
    found = mail(PLAIN)
    assert found.title == "Réunion de mars"
    assert found.author == "Adèle Martin <adele.martin@left.example>"
    assert found.warnings == ()
    assert found.digest == hashlib.sha256(PLAIN).hexdigest()
    told = dict(found.facts)
    assert told["senderAddress"] == "adele.martin@left.example"
    assert told["senderName"] == "Adèle Martin"
    assert told["recipientAddress"] == ("jean@right.example", "elodie@right.example")
    assert told["sentAt"] == datetime.fromisoformat("2017-03-06T10:00:00+01:00")
    assert found.published is not None and str(found.published.begin) == "2017-03-06"


def test_threads_and_hops() -> None:
    told = facts(PLAIN)
    assert (told["messageId"], told["inReplyTo"]) == ("3@left.example", "2@right.example")
    assert told["reference"] == ("1@left.example", "2@right.example")
    assert told["thread"] == "1@left.example"
    assert told["hop"] == (
        "1 2017-03-06T10:00:04+01:00 from a.example by b.example with SMTP",
        "2 2017-03-06T10:00:09+01:00 from b.example by c.example with ESMTPS",
    )
    assert facts(b"From: a@b.example\nMessage-ID: <own@b.example>\n\n.")["thread"] == "own@b.example"


def test_the_body_is_kept_only_on_demand() -> None:
    assert mail(PLAIN).text == ""
    assert mail(PLAIN, replace(READING, with_bodies=True)).text == "Bonjour.\n"
    html = b"From: a@b.example\nContent-Type: text/html\n\n<p>Bon<b>jour</b></p>"
    assert mail(html, replace(READING, with_bodies=True)).text == "Bonjour"


@pytest.mark.parametrize(
    ("field", "value", "warning"),
    [
        (b"Date", b"yesterday", "date field cannot be read"),
        (b"Date", b"Mon, 99 Mar 2017 10:00:00 +0100", "date field cannot be read"),
        (b"Subject", b"=?utf-8?b?####?= fin", None),
        (b"Subject", b"=?klingon?q?abc?=", "broken encoded word"),
        (b"Subject", b"caf\xc3\xa9", "not ASCII"),
        (b"Subject", b"caf\xe9", "not ASCII"),
        (b"Subject", b"a\x00b", "control characters"),
        (b"From", b'"unclosed <a@b.example', None),
        (b"From", b"@@@@ <<>> ,,,", None),
        (b"Message-ID", b"no brackets", "not in angle brackets"),
        (b"Received", b"by the wind; at noon", "received field cannot be read whole"),
        (b"X-Other", b"\xff\xfe\x00", None),
    ],
)
def test_a_broken_header_is_kept_with_a_warning(field: bytes, value: bytes, warning: str | None) -> None:
    base = {b"From": b"a@left.example", b"Date": b"Mon, 06 Mar 2017 10:00:00 +0100"} | {field: value}
    found = mail(b"".join(name + b": " + each + b"\n" for name, each in base.items()) + b"\nx")
    assert warning is None or any(warning in each for each in found.warnings), found.warnings


def test_bytes_that_are_no_ascii_are_told_as_utf_8_or_windows_1252() -> None:
    assert mail(b"From: a@b.example\nSubject: caf\xc3\xa9\n\n").title == "café"
    assert mail(b"From: a@b.example\nSubject: caf\xe9\n\n").title == "café"
    assert mail(b"From: a@b.example\nSubject: a\x00b\n\n").title == "ab"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (b"Mon, 06 Mar 2017 10:00:00 -0000", datetime(2017, 3, 6, 10, tzinfo=UTC)),
        (b"Mon, 06 Mar 2017 10:00:00 +2359", datetime(2017, 3, 5, 10, 1, tzinfo=UTC)),
        (b"6 Mar 17 10:00 GMT", datetime(2017, 3, 6, 10, tzinfo=UTC)),
    ],
)
def test_dates_in_every_form(written: bytes, read_as: datetime) -> None:
    assert facts(b"From: a@b.example\nDate: " + written + b"\n\n")["sentAt"] == read_as


def test_a_missing_date_is_said() -> None:
    found = mail(b"From: a@left.example\nSubject: x\n\n")
    assert found.published is None
    assert "sentAt" not in dict(found.facts)
    assert "no date field" in found.warnings


def test_ten_megabytes_of_headers_cost_little_and_are_said() -> None:
    data = b"From: a@left.example\nTo: " + b"<a@b.example>, " * 700_000 + b"\nSubject: x\n\nbody"
    began = time.process_time()
    found = mail(data)
    assert time.process_time() - began < 5
    assert "recipientAddress" not in dict(found.facts)
    assert any("a to field of" in each and "not read" in each for each in found.warnings)


def test_a_million_header_fields_end() -> None:
    began = time.process_time()
    found = mail(b"From: a@left.example\n" + b"Received: x\n" * 300_000 + b"\n")
    assert time.process_time() - began < 10
    assert len(dict(found.facts)["hop"]) == 64  # type: ignore[arg-type]


def test_a_mail_of_nuls_and_an_empty_one_are_quarantined_or_kept() -> None:
    assert isinstance(items(b"\n \n")[0], Skipped)
    assert mail(b"\x00" * 5_000).warnings


# ------------------------------------------------------------------ attachments
ATTACHED = (
    b"Content-Type: application/x-thing; name=other\n"
    b"Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.bin\n"
    b"Content-Transfer-Encoding: base64\n\nAAECAwQF"
)


def test_attachments_are_files_with_digest_size_and_name() -> None:
    whole = parted(b"Content-Type: text/plain\n\nBonjour", ATTACHED)
    found = items(whole)
    assert [each.kind for each in found if isinstance(each, Document)] == ["EmailMessage", "File"]
    letter, file = found
    assert isinstance(letter, Document) and isinstance(file, Document)
    data = bytes(range(6))
    assert file.digest == hashlib.sha256(data).hexdigest()
    assert dict(file.facts)["byteSize"] == 6
    assert dict(file.facts)["fileName"] == "résumé.bin"
    assert file.contained_in == letter.digest
    assert file.path == "a.eml!/1/résumé.bin"
    assert file.text == ""
    assert letter.attached == ((file.digest, "résumé.bin"),)
    assert dict(letter.facts)["attachmentCount"] == 1


def test_a_text_attached_stays_closed() -> None:
    part = b"Content-Type: text/plain\nContent-Disposition: attachment; filename=secret.txt\n\nUn secret."
    letter, file = items(parted(part), replace(READING, with_bodies=True))
    assert isinstance(file, Document)
    assert (file.kind, file.text) == ("File", "")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\b", "..", "", "x" * 4_000, "a\r\nb"])
def test_names_of_attachments_lead_nowhere(name: str) -> None:
    part = b'Content-Type: application/x-thing\nContent-Disposition: attachment; filename="%s"\n\nx' % name.encode()
    file = items(parted(part))[1]
    assert isinstance(file, Document) and file.path is not None
    assert file.path.startswith("a.eml!/1/") and "/" not in file.path.removeprefix("a.eml!/1/")
    assert ".." not in file.path.split("/") and len(file.path) < 300


def test_mails_inside_mails_are_mails_down_to_the_budget() -> None:
    data = b"From: a@left.example\nSubject: 0\n\nx"
    for level in range(1, 15):
        data = b"From: a@left.example\nSubject: %d\nContent-Type: message/rfc822\n\n" % level + data
    found = [each for each in items(data) if isinstance(each, Document)]
    assert [each.title for each in found if each.kind == "EmailMessage"] == [str(14 - level) for level in range(11)]
    assert found[-1].kind == "File"
    assert "containers around it" in found[-1].warnings[0]


def test_endless_nesting_is_quarantined() -> None:
    data = b"From: a@left.example\n" + b"Content-Type: message/rfc822\n\n" * 3_000
    began = time.process_time()
    found = items(data)
    assert time.process_time() - began < 10
    assert [each.code for each in found if isinstance(each, Skipped)] == ["OVER_BUDGET"]


def test_ten_thousand_parts_are_counted_and_a_thousand_described() -> None:
    found = items(parted(*[b"Content-Type: image/x-thing\n\nx"] * 1_200))
    letter = found[0]
    assert isinstance(letter, Document)
    assert dict(letter.facts)["attachmentCount"] == 1_200
    assert len(found) == 1_001
    assert "1200 attachments, of which the first 1000 are described" in letter.warnings


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: application/x-thing\nContent-Transfer-Encoding: base64\n\n!!not base64!!",
        b"Content-Type: application/x-thing\nContent-Transfer-Encoding: klingon\n\nx",
        b"Content-Type: application/x-thing; name*0*=utf-8''a%ZZ; name*2=b\n\nx",
        b"Content-Type: image/png; charset=unknown-8bit\n\n\xff\xfe",
        b"Content-Type: ;;;=\n\nx",
        b"Content-Type: message/rfc822\n\n",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x',
    ],
)
def test_broken_parts_are_no_crash(part: bytes) -> None:
    found = items(parted(part))
    assert isinstance(found[0], Document)
    assert not [each for each in found if isinstance(each, Skipped) and each.code == "READER_FAILED"]


@given(st.data())
def test_mutated_mails_are_read_or_quarantined_without_a_fault(data: st.DataObject) -> None:
    text = b"Content-Type: text/plain\n\nBonjour"
    whole = bytearray(parted(text, ATTACHED, head=PLAIN.partition(b"\n\n")[0] + b"\n"))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    for item in items(bytes(whole)):
        assert not (isinstance(item, Skipped) and item.code == "READER_FAILED"), item
        if isinstance(item, Document):
            document_quads(Extraction(item), "https://kg.example/")


# ------------------------------------------------------------------ what is a mail
def test_mails_without_a_suffix_are_told_by_their_first_lines_and_articles_are_not(tmp_path: Path) -> None:
    (tmp_path / "12.").write_bytes(PLAIN)
    (tmp_path / "article.txt").write_text("Paris\n\nDate: demain. From: ici.\n", encoding="utf-8")
    kinds = {Path(each.path or "").name: each.kind for each in read(tmp_path) if isinstance(each, Document)}
    assert kinds == {"12.": "EmailMessage", "article.txt": "Article"}


def test_maildirs_with_their_subfolders(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / ".Sent"):
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)
        (folder / "cur" / "1.M2P3.host:2,S").write_bytes(PLAIN + folder.name.encode())
    (tmp_path / "tmp" / "4.M5P6.host").write_bytes(b"half a ma")
    found = list(read(tmp_path / "cur")) + list(read(tmp_path / ".Sent"))
    assert [each.kind for each in found if isinstance(each, Document)] == ["EmailMessage"] * 2
    whole = [each for each in read(tmp_path) if isinstance(each, Document) and each.kind == "EmailMessage"]
    assert len(whole) == 2


# ------------------------------------------------------------------ who wrote it
@pytest.mark.parametrize(
    ("sender", "verdict", "parties"),
    [
        ("WikiLeaks <press@wikileaks.org>", "unsigned", (("sender", "wikileaks"),)),
        ("press@wikileaks.org", "pass", (("sender", "wikileaks"),)),
        ("press@wikileaks.org", "fail", (("senderCandidate", "wikileaks"),)),
        ("WikiLeaks <someone@elsewhere.example>", "pass", (("senderCandidate", "wikileaks"),)),
        ("j.doe@wikileaks.org", "pass", ()),
        ("Nobody Known <press@elsewhere.example>", "pass", ()),
    ],
)
def test_a_known_actor_is_the_sender_only_where_name_and_domain_agree(
    sender: str, verdict: str, parties: tuple[tuple[str, str], ...]
) -> None:
    found = mail(b"From: %s\n\n" % sender.encode())
    told = tuple((name, verdict if name == "signatureVerdict" else value) for name, value in found.facts)
    resolved = addressed(replace(found, facts=told)).parties
    assert tuple((name, actor.rpartition("/")[2]) for name, actor in resolved) == parties


# ------------------------------------------------------------------ pseudonyms
def test_private_addresses_become_keyed_hashes_and_roles_stay() -> None:
    hidden = mail(PLAIN, replace(READING, pseudonyms=b"k" * 32))
    quads = "\n".join(document_quads(Extraction(hidden), "https://kg.example/")).lower()
    for private in ("adele.martin", "jean@", "elodie@", "adèle martin"):
        assert private not in quads
    again = dict(mail(PLAIN, replace(READING, pseudonyms=b"k" * 32)).facts)
    other = dict(mail(PLAIN, replace(READING, pseudonyms=b"z" * 32)).facts)
    assert again["senderAddress"] == dict(hidden.facts)["senderAddress"] != other["senderAddress"]
    assert str(again["senderAddress"]).endswith("@left.example")
    role = mail(b"From: Presse <presse@left.example>\n\n", replace(READING, pseudonyms=b"k" * 32))
    assert dict(role.facts)["senderAddress"] == "presse@left.example"


def test_the_key_stands_beside_the_graph_for_its_owner_only(tmp_path: Path) -> None:
    from kg.sources.pseudonyms import key_of

    key = key_of(tmp_path / "graph")
    file = tmp_path / "graph.pseudonyms"
    assert key_of(tmp_path / "graph") == key
    assert file.stat().st_mode & 0o077 == 0


# ------------------------------------------------------------------ other processes
def test_the_pool_gives_results_in_order() -> None:
    sources = [
        Source(f"{number}.eml", content=b"From: a@left.example\nSubject: %d\n\n" % number, container="0" * 64, depth=1)
        for number in range(70)
    ]
    with Pool(READING, "https://kg.example/", workers=1) as pool:
        results = [one for source in sources for one in pool.give(source)] + list(pool.rest())
    assert [one.document.title for one in results if isinstance(one, Prepared)] == [str(n) for n in range(70)]


def test_an_input_that_ends_its_process_or_holds_it_is_found_out_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.pool.CHUNK", 3)
    monkeypatch.setattr("kg.pool.PATIENCE", 4.0)
    sources = [Source(f"{n}.eml", content=b"From: a@left.example\nSubject: %d\n\n" % n, depth=1) for n in range(7)]
    sources[1:1] = [Deadly("deadly.eml", content=b"x"), Endless("endless.eml", content=b"x")]
    with Pool(READING, "https://kg.example/", workers=1) as pool:
        results = [one for source in sources for one in pool.give(source)] + list(pool.rest())
    assert {one.document.title for one in results if isinstance(one, Prepared)} == set("0123456")
    lost = {(one.path, one.code) for one in results if isinstance(one, Skipped)}
    assert lost == {("deadly.eml", "READER_FAILED"), ("endless.eml", "OVER_BUDGET")}


# ------------------------------------------------------------------ the short ways say what the long ways say
@given(
    st.lists(
        st.sampled_from([
            "Ada", "L.", "J.-P.", "=?utf-8?q?Ad=C3=A8le?=", " ", "  ", ",", "<", ">", "@", ".", "ada@x.example",
            "\t", "a.b@c.example", "<b@y.fr>", '"Dupont, J"', "(home)", "group:", ";", "o'neil", "a..b@c", "@x", "é",
        ]),
        max_size=9,
    )
)  # fmt: skip
def test_mailboxes_are_those_of_the_standard_library(pieces: list[str]) -> None:
    assert mailboxes("".join(pieces)) == getaddresses(["".join(pieces)])


KINDS = (
    b"text/plain", b"TEXT/HTML; charset=utf-8", b"text/plain;\n charset=\"us-ascii\"", b"text", b"message/rfc822",
    b"application/pdf; name=\"a b.pdf\"", b"application/pdf; name*=utf-8''%C3%A9.pdf", b"text/plain; name=x.txt",
    b"multipart/mixed; boundary=\"=_1\"", b"multipart/mixed;\r\n\tboundary=b_1", b"multipart/mixed",
    b"text/plain; charset=utf-8 (comment)",
)  # fmt: skip
DISPOSITIONS = (None, b"inline", b'attachment; filename="\xc3\xa9 1.txt"', b"attachment; filename=b.txt", b"inline;")
BODIES = (b"Bonjour\n", b"--=_1\n\nx\n--=_1\nContent-Type: image/png\n\nUE5H\n--=_1--\n", b"--b_1\n\n\n", b"")


@given(
    st.sampled_from(KINDS),
    st.sampled_from(DISPOSITIONS),
    st.sampled_from((b"\n\n", b"\r\n\r\n", b"\nno field\n\n", b"\n", b"")),
    st.sampled_from(BODIES),
)
def test_what_stays_closed_is_told_as_if_all_of_it_had_been_parsed(
    kind: bytes, disposition: bytes | None, end: bytes, body: bytes
) -> None:
    """Heads alone, and fields in plain spelling, are read by short ways; bodies are read by the long ones."""
    head = b"From: ada@left.example\nContent-Type: " + kind
    if disposition is not None:
        head += b"\nContent-Disposition: " + disposition
    source = Source("a.eml", content=head + end + body)
    closed, whole = (list(read_source(source, replace(READING, with_bodies=asked))) for asked in (False, True))
    assert [_bare(item) for item in closed] == [_bare(item) for item in whole]


def _bare(item: Item) -> Item:
    if isinstance(item, Skipped):
        return item
    warnings = tuple(one for one in item.warnings if "body" not in one)
    return replace(item, text="", language=None, warnings=warnings)
