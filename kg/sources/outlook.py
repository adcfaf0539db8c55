"""Outlook's own forms: single messages (.msg) and mailboxes (.pst, .ost), by libraries that are optional.

    pip install 'claimgraph[outlook]'

Both forms keep the headers of a received mail as text, and its body and attachments as properties.  The mail is put
together from them, so it is not the bytes that were signed: its signatures cannot be checked, which is said.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from types import ModuleType
from typing import Any

from kg.errors import OverBudget, UnreadableInput
from kg.sources.mail import REBUILT, read_message
from kg.sources.mbox import archive
from kg.sources.reading import Found, Reading, Skipped, Source

OLE, PST = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"!BDN"
FOLDERS = 64
"""Folders in folders; a mailbox with more is broken or built to be."""


def read_outlook(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The mail of a .msg file, or those of a .pst mailbox and the mailbox as an Archive; None for any other input.

    Raises UnreadableInput where the library is not installed, or cannot make anything of the file.
    """
    if source.suffix == ".msg" and source.head.startswith(OLE):
        return _message(source, reading)
    if source.head.startswith(PST):
        return _mailbox(source, reading)
    return None


def _library(name: str, suffix: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UnreadableInput(f"{suffix} files need an optional library: pip install 'claimgraph[outlook]'") from None


def _message(source: Source, reading: Reading) -> Iterator[Found]:
    library = _library("extract_msg", ".msg")
    data = source.bytes(reading.budgets.message_bytes)
    try:
        with library.openMsg(data) as opened:
            rebuilt: bytes = opened.asEmailMessage().as_bytes(policy=default.clone(refold_source="none"))
    except Exception as error:  # the library has no common base for what it raises
        raise UnreadableInput(f"not to be read as a .msg file: {type(error).__name__}: {error}"[:300]) from None
    yield from read_message(source, reading, rebuilt)


def _mailbox(source: Source, reading: Reading) -> Iterator[Found]:
    library = _library("pypff", ".pst")
    mailbox: Any = library.file()
    number = 0
    with source.opened() as stream:
        try:
            mailbox.open_file_object(stream)
            for message in _messages(mailbox.get_root_folder(), 0):
                number += 1
                yield _member(source, number, message, reading)
            mailbox.close()
        except OSError as error:
            yield Skipped(f"{source.name}!/{number + 1}", "UNREADABLE", f"the mailbox breaks off: {error}"[:300])
    yield archive(source, reading, "application/vnd.ms-outlook-pst", number)


def _messages(folder: Any, depth: int) -> Iterator[Any]:
    if depth > FOLDERS:
        raise OverBudget(f"more than {FOLDERS} folders in each other")
    yield from (folder.get_sub_message(at) for at in range(folder.get_number_of_sub_messages()))
    for at in range(folder.get_number_of_sub_folders()):
        yield from _messages(folder.get_sub_folder(at), depth + 1)


def _member(source: Source, number: int, message: Any, reading: Reading) -> Found:
    """One message of a mailbox as a mail still to be read; Skipped where its properties cannot be read."""
    try:
        return source.member(f"{number}.eml", _rebuilt(message, reading.budgets.message_bytes), REBUILT)
    except (OSError, ValueError, LookupError, TypeError) as error:
        return Skipped(f"{source.name}!/{number}.eml", "UNREADABLE", f"{type(error).__name__}: {error}"[:300])
    except OverBudget as error:
        return Skipped.of(f"{source.name}!/{number}.eml", error)


def _rebuilt(message: Any, limit: int) -> bytes:
    mail = EmailMessage(policy=default.clone(refold_source="none"))
    headers = message_from_string(message.get_transport_headers() or "", policy=default)
    for name, value in headers.raw_items():
        if name.lower() not in ("content-type", "content-transfer-encoding", "mime-version"):
            mail.set_raw(name, str(value))
    if "subject" not in mail and message.get_subject():
        mail["Subject"] = " ".join(message.get_subject().split())
    body = message.get_plain_text_body() or b""
    mail.set_content(body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body))
    size = len(body)
    for at in range(message.get_number_of_attachments()):
        attachment = message.get_attachment(at)
        size += attachment.get_size()
        if size > limit:
            raise OverBudget(f"a message of more than {limit:,} bytes")
        data = attachment.read_buffer(attachment.get_size()) if attachment.get_size() else b""
        name = attachment.get_long_filename() or f"attachment-{at + 1}"
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
