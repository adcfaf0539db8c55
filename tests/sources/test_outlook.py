"""Outlook's forms: what they hold becomes mails, and without the optional library one line says what is missing."""

from __future__ import annotations

import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import SimpleNamespace
from typing import Any

import pytest

from kg.model import Document, Extraction
from kg.rdf import document_quads
from kg.sources import Item, Reading, Skipped, Source, read_source
from kg.sources.outlook import OLE, PST

HEADERS = (
    "From: Ada <ada@left.example>\r\nTo: bob@right.example\r\nSubject: sujet\r\n"
    "Received: from a.example by b.example; Mon, 06 Mar 2017 10:00:04 +0100\r\n"
    "Received: from b.example by c.example; Mon, 06 Mar 2017 10:00:09 +0100\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; d=left.example; s=k; h=from; bh=AAAA; b=AAAA\r\n"
    "Date: Mon, 06 Mar 2017 10:00:00 +0100\r\nContent-Type: text/html\r\n\r\n"
)


def items(name: str, content: bytes) -> list[Item]:
    return list(read_source(Source(name, content=content), Reading()))


@pytest.mark.parametrize(
    ("name", "content", "library"), [("a.msg", OLE, "extract_msg"), ("a.pst", PST, "pypff")], ids=["msg", "pst"]
)
def test_without_the_library_one_line_says_so(
    name: str, content: bytes, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    (skipped,) = items(name, content + b"\0" * 600)
    assert isinstance(skipped, Skipped)
    assert "claimgraph[outlook]" in skipped.reason


class Opened:
    """A message as extract_msg opens it."""

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None: ...

    def asEmailMessage(self) -> EmailMessage:
        mail: Any = message_from_bytes(HEADERS.replace("text/html", "text/plain").encode() + b"corps", policy=default)
        return mail


def test_a_message_is_a_mail_whose_signature_cannot_be_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "extract_msg", SimpleNamespace(openMsg=lambda data: Opened()))
    (found,) = items("a.msg", OLE + b"\0" * 600)
    _check(found)


def test_a_file_that_the_library_refuses_is_quarantined(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> None:
        raise RuntimeError("no")

    monkeypatch.setitem(sys.modules, "extract_msg", SimpleNamespace(openMsg=refuse))
    (skipped,) = items("a.msg", OLE + b"\0" * 600)
    assert isinstance(skipped, Skipped) and skipped.code == "UNREADABLE"


ATTACHMENT = SimpleNamespace(get_size=lambda: 3, read_buffer=lambda size: b"abc", get_long_filename=lambda: "a.bin")
MESSAGE = SimpleNamespace(
    get_transport_headers=lambda: HEADERS,
    get_subject=lambda: "sujet",
    get_plain_text_body=lambda: b"corps",
    get_number_of_attachments=lambda: 1,
    get_attachment=lambda at: ATTACHMENT,
)


def _broken() -> str:
    raise OSError("unable to read the item")


def folder(messages: list[Any], folders: list[Any]) -> Any:
    return SimpleNamespace(
        get_number_of_sub_messages=lambda: len(messages),
        get_sub_message=lambda at: messages[at],
        get_number_of_sub_folders=lambda: len(folders),
        get_sub_folder=lambda at: folders[at],
    )


def test_a_mailbox_gives_its_messages_and_says_which_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = SimpleNamespace(**{**vars(MESSAGE), "get_transport_headers": _broken})
    root = folder([MESSAGE], [folder([broken], [])])
    opened = SimpleNamespace(open_file_object=lambda stream: None, get_root_folder=lambda: root, close=lambda: None)
    monkeypatch.setitem(sys.modules, "pypff", SimpleNamespace(file=lambda: opened))
    found = items("a.pst", PST + b"\0" * 600)
    assert [type(each) for each in found] == [Document, Document, Skipped, Document]
    _check(found[0])
    file, box = found[1], found[3]
    assert isinstance(file, Document) and dict(file.facts)["fileName"] == "a.bin" and dict(file.facts)["byteSize"] == 3
    assert isinstance(box, Document) and (box.kind, dict(box.facts)["memberCount"]) == ("Archive", 2)


def _check(found: Item) -> None:
    assert isinstance(found, Document), found
    document_quads(Extraction(found), "https://kg.example/")
    told = dict(found.facts)
    assert (found.kind, found.title, told["senderAddress"]) == ("EmailMessage", "sujet", "ada@left.example")
    assert len(told["hop"]) == 2  # type: ignore[arg-type]
    assert told["signatureVerdict"] == "noKey"
    assert "cannot be checked" in told["signatureNote"][0]  # type: ignore[index]
