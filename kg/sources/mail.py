"""Mails: what the headers say, which files are attached, what the signatures are worth; the body only on demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message
from email.policy import EmailPolicy, default
from functools import lru_cache
from io import BytesIO
from typing import Any

from kg.errors import EmptyInput, OverBudget
from kg.model import Document, Interval
from kg.sources.headers import BROKEN, Headers
from kg.sources.reading import Found, Reading, Source
from kg.sources.signatures import Keys, Signature, check

SUFFIXES = (".eml", ".emlx")
REBUILT = "application/vnd.ms-outlook"
"""The media type of a mail that was put together from properties, so that its bytes are not those that were signed."""
BARE = ("", ".mail", ".msg_", ".txt")
"""Suffixes under which mails are stored whose first lines tell what they are."""
PARTS = 1_000
"""Attachments of one mail that are described; the number of all is always kept."""
_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]+):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_TELLING = {b"from", b"date", b"message-id", b"received", b"return-path", b"delivered-to", b"mime-version"}


class _Policy(EmailPolicy):
    """The default policy; fields that stand in thousands of mails (``Content-Type: text/plain``) are parsed once."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return _parsed(name, value) if len(value) <= 100 else super().header_fetch_parse(name, value)


class _ClosedPolicy(_Policy):
    """As `_Policy`, for mails whose bodies stay closed: of the fields that describe parts no more is asked than their
    text, and where that is in the plainest spelling, parsing it would give the same text back."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        plain = _PLAIN.get(name.lower())
        if plain is not None and plain.fullmatch(unfolded := _LINE_END.sub("", value)):
            return unfolded
        return super().header_fetch_parse(name, value)


@lru_cache(maxsize=256)  # with its parse tree a field takes 10 kB
def _parsed(name: str, value: str) -> Any:
    return default.header_fetch_parse(name, value)


_LINE_END = re.compile(r"\n|\r\n?")
_PARAMETERS = r"""(?:;[ \t]*[a-z-]+=(?:[\w.+'-]+|"[\w .,+='@-]*"))*"""
_PLAIN = {
    "content-type": re.compile(r"[\w.+-]+/[\w.+-]+" + _PARAMETERS, re.ASCII | re.IGNORECASE),
    "content-disposition": re.compile(r"[\w-]+" + _PARAMETERS, re.ASCII | re.IGNORECASE),
    "content-transfer-encoding": re.compile(r"[\w-]+", re.ASCII),
}
"""RFC 2045, section 5.1, without comments, escapes and the encodings of RFC 2231."""
_HEAD_END = re.compile(rb"(?>\r\n|\r|\n)(?>\r\n|\r|\n)")
"""The end of a line, and an empty line: what stands behind it is the body, whatever its head says."""
_SEPARATORS = re.compile(r"[\x00-\x1f\x7f/\\]+")
_POLICY, _CLOSED = _Policy(refold_source="none"), _ClosedPolicy(refold_source="none")


def read_mail(source: Source, reading: Reading) -> Iterator[Found] | None:
    """The mail as an EmailMessage, then its attachments, still to be read; None when *source* is no mail.

    Raises EmptyInput, and OverBudget for one that is larger or nested deeper than the budgets allow.
    """
    known = source.suffix in SUFFIXES or source.media_type in ("message/rfc822", REBUILT)
    if not known and not (source.suffix in BARE and begins_like_mail(source.head)):
        return None
    return read_message(source, reading)


def begins_like_mail(head: bytes) -> bool:
    """Whether *head* begins with header fields, three of those that mails have among them."""
    names: set[bytes] = set()
    at = 0
    while field := _FIELD.match(head, at):
        names.add(field[1].lower())
        at = field.end()
    return len(names & _TELLING) >= 3


def read_message(source: Source, reading: Reading, rebuilt: bytes | None = None) -> Iterator[Found]:
    """The mail in *source*, whatever it is called; *rebuilt* is the mail where *source* is no mail as it was sent."""
    data = rebuilt or source.bytes(reading.budgets.message_bytes)
    if source.suffix == ".emlx":
        data = _without_length(data)
    if not data.strip():
        raise EmptyInput("an empty message")
    try:
        message = _taken_apart(data, whole=reading.with_bodies)
        attachments = list(_attachments(message))
    except RecursionError:
        raise OverBudget("mails or parts nested too deeply to be taken apart") from None
    headers = Headers(message, reading.budgets.header_bytes)
    members = [_member(source, number, part, headers) for number, part in enumerate(attachments[:PARTS], start=1)]
    if len(attachments) > PARTS:
        headers.warn(f"{len(attachments)} attachments, of which the first {PARTS} are described")
    original = rebuilt is None and source.media_type != REBUILT
    yield _document(source, reading, data if original else b"", message, headers, members, len(attachments))
    yield from members


def _taken_apart(data: bytes, whole: bool) -> Message:
    """The mail in *data*; of one that is nothing but a text, which stays closed unless *whole*, the head alone."""
    if not whole and (end := _HEAD_END.search(data)) is not None:
        head = message_from_bytes(data[: end.end()], policy=_CLOSED)
        if head.get_content_maintype() == "text" and next(_attachments(head), None) is None:
            return head
    return message_from_bytes(data, policy=_POLICY if whole else _CLOSED)


def _document(
    source: Source,
    reading: Reading,
    data: bytes,
    message: Message,
    headers: Headers,
    members: list[Source],
    attachments: int,
) -> Document:
    sent, hops = headers.date(), headers.hops()
    arrived = next((when for when, _ in reversed(hops) if when is not None), sent)
    senders = headers.addresses("from") or headers.addresses("sender")
    if not senders:
        headers.warn("no sender")
    elif len(senders) > 1:
        headers.warn(f"{len(senders)} senders; the first one counts")
    shown, address = senders[0] if senders else ("", "")
    signature = check(data, arrived, Keys.of(reading.dkim_keys)) if data else _unchecked(headers)
    for defect in dict.fromkeys(type(defect).__name__ for defect in _defects(message)):
        headers.warn(f"broken structure: {defect}")
    facts = (
        *_header_facts(headers, hops),
        ("senderAddress", address),
        ("senderName", shown),
        ("recipientAddress", tuple(one for _, one in headers.addresses("to", "cc"))),
        ("sentAt", sent),
        *_signature_facts(signature),
        ("attachmentCount", attachments),
        ("byteSize", source.size),
    )
    return Document(
        digest=source.digest,
        text=_body(message, headers) if reading.with_bodies else "",
        kind="EmailMessage",
        title=headers.text("subject"),
        author=(f"{shown} <{address}>" if shown else address) or None,
        path=source.name,
        published=Interval.day(sent.date()) if sent else None,
        retrieved=reading.retrieved,
        marking=reading.marking,
        part_of=reading.collection,
        contained_in=source.container,
        attached=tuple((member.digest, member.file_name) for member in members),
        facts=tuple((name, value) for name, value in facts if value not in (None, "", ())),
        warnings=tuple(headers.warnings),
    )


def _header_facts(headers: Headers, hops: list[tuple[datetime | None, str]]) -> Iterator[tuple[str, object]]:
    """Identity, thread (RFC 5322, section 3.6.4: the first reference opened it) and way of the mail."""
    own, answers, references = headers.message_id(), headers.ids("in-reply-to"), headers.ids("references")
    yield "messageId", own
    yield "inReplyTo", answers[0] if answers else references[-1] if references else None
    yield "reference", tuple(references)
    yield "thread", next(iter((*references, *answers)), own)
    yield (
        "hop",
        tuple(
            f"{number} {when.isoformat() if when else '-'} {told}" for number, (when, told) in enumerate(hops, start=1)
        ),
    )


def _unchecked(headers: Headers) -> Signature:
    """The signature of a mail that is not as it was sent: whether it bears one is all that can be told."""
    if not headers.all("dkim-signature"):
        return Signature()
    return Signature("noKey", notes=("the mail was put together from Outlook's form: its signature cannot be checked",))


def _signature_facts(signature: Signature) -> Iterator[tuple[str, object]]:
    yield "signatureVerdict", signature.verdict
    yield "signatureDomain", signature.domain
    yield "signatureNote", signature.notes
    yield "arcVerdict", signature.arc


# ------------------------------------------------------------------ parts
def _attachments(message: Message) -> Iterator[Message]:
    """The parts that are files: named, called attachments, mails, or of a kind that is no text."""
    if message.get_content_maintype() == "message" and message.get_content_type() == "message/rfc822":
        yield message
        return
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _attachments(part)
        return
    closed = message.get_content_maintype() not in ("text", "multipart")
    if closed or _named(message) or _disposition(message) == "attachment":
        yield message


def _named(part: Message) -> str | None:
    try:
        return part.get_filename()
    except BROKEN:
        return "unreadable-name"  # a parameter that the parser chokes on: a file all the same


def _disposition(part: Message) -> str | None:
    try:
        return part.get_content_disposition()
    except BROKEN:
        return "attachment"


def _member(mail: Source, number: int, part: Message, headers: Headers) -> Source:
    """The attachment *number* of *mail*, decoded."""
    name = headers.clean("filename", _named(part) or "")
    name = _SEPARATORS.sub("_", name).strip(". ")[:255]
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        data = _bytes(inner[0], headers) if isinstance(inner, list) and inner else b""
        return mail.member(f"{number}/{name or 'message.eml'}", data, "message/rfc822")
    try:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
    except BROKEN as error:
        headers.warn(f"attachment {number} cannot be decoded ({type(error).__name__}): kept as it stands")
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return mail.member(f"{number}/{name or 'part'}", data, part.get_content_type())


def _bytes(message: Any, headers: Headers) -> bytes:
    """A mail inside a mail as it stood, as far as the parser kept it."""
    out = BytesIO()
    try:
        BytesGenerator(out, mangle_from_=False, policy=_POLICY).flatten(message)
    except BROKEN as error:
        headers.warn(f"a mail inside cannot be written out whole ({type(error).__name__})")
    return out.getvalue()


def _defects(message: Message) -> Iterator[object]:
    for part in message.walk():
        yield from part.defects


def _body(message: Any, headers: Headers) -> str:
    """The text of the body, plain or stripped of its markup; "" where there is none."""
    try:
        part = message.get_body(("plain", "html"))
        if part is None:
            return ""
        text = str(part.get_content())
        if part.get_content_type() == "text/html":
            from lxml.html import fromstring  # needed for such bodies only

            text = "".join(map(str, fromstring(text).itertext())) if text.strip() else ""
    except BROKEN as error:
        headers.warn(f"the body cannot be read ({type(error).__name__})")
        return ""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _without_length(data: bytes) -> bytes:
    """Apple's .emlx: a line with the message's length before it, a property list after it."""
    first, _, rest = data.partition(b"\n")
    return rest[: int(first)] if first.strip().isdigit() else data
