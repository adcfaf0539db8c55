"""DKIM signatures checked offline (RFC 6376) against a folder of stored keys; ARC seals noted (RFC 8617).

A key is the text of a DNS TXT record in a file named ``<selector>._domainkey.<domain>`` (``.txt`` may follow), as
``dig +short TXT`` prints it: quoted strings are joined, bare text is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from kg.errors import UsageError

VERDICTS = ("pass", "fail", "noKey", "unsigned")
"""`fail`: the key is at hand and the signature does not verify, or had expired; `noKey`: it cannot be told."""
LEEWAY = 36_000
"""Seconds that clocks may differ: what dkimpy allows, too."""
MOST = 8
"""Signatures looked at in one mail; more are a waste of time that somebody may intend."""
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signatures of a mail give: the *verdict*, the *domain* (d=) it is about, *notes*, *arc*'s verdict."""

    verdict: str = "unsigned"
    domain: str | None = None
    notes: tuple[str, ...] = ()
    arc: str | None = None


class Keys:
    """The stored keys of a folder, by ``selector._domainkey.domain`` in lower case."""

    def __init__(self, records: dict[str, bytes]) -> None:
        self._records = records
        self._parsed: dict[str, Any] = {}

    @classmethod
    def of(cls, folder: Path | None) -> Keys:
        """The keys in *folder* (None: no keys); UsageError where it cannot be read."""
        return _stored(folder)

    def record(self, name: bytes, timeout: float = 0) -> bytes | None:
        """The record *name*, asked for as dkimpy asks the DNS (its ``dnsfunc``); None where there is none."""
        return self._records.get(name.decode("ascii", "replace").rstrip(".").lower())

    def key(self, name: bytes) -> Any:
        """dkimpy's parsed key of *name*; raises its KeyFormatError for a record that holds none."""
        text = name.decode("ascii", "replace").rstrip(".").lower()
        if text not in self._parsed:
            self._parsed[text] = dkim.evaluate_pk(name, self._records[text])
        return self._parsed[text]


@cache
def _stored(folder: Path | None) -> Keys:
    records: dict[str, bytes] = {}
    try:
        for file in sorted(folder.iterdir()) if folder is not None else ():
            if "._domainkey." in file.name.lower() and file.is_file():
                data = file.read_bytes().strip()
                quoted = _QUOTED.findall(data)
                records[file.name.lower().removesuffix(".txt").rstrip(".")] = b"".join(quoted) if quoted else data
    except OSError as error:
        raise UsageError(f"{folder}: keys cannot be read ({error.strerror})") from None
    return Keys(records)


def check(message: bytes, arrived: datetime | None, keys: Keys) -> Signature:
    """The signatures of a *message* that *arrived* at an instant (None: it does not say): the best one counts.

    One that verifies vouches for the mail whatever others do; one that fails counts before one whose key is missing.
    """
    head = message[: _head_end(message)].lower()
    if b"dkim-signature" not in head and b"arc-seal" not in head:
        return Signature()
    try:
        mail = dkim.DKIM(message, minkey=512)
    except dkim.DKIMException as error:
        signed = b"dkim-signature" in head
        return Signature(
            "fail" if signed else "unsigned", None, (f"not to be parsed for its signature: {_line(error)}",)
        )
    found = list(_each(mail, message, arrived, keys))
    best = min(found, key=lambda one: VERDICTS.index(one.verdict), default=Signature())
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    return Signature(best.verdict, best.domain, notes, _arc(message, keys) if b"arc-seal" in head else None)


def _each(mail: dkim.DKIM, message: bytes, arrived: datetime | None, keys: Keys) -> Iterator[Signature]:
    headers = [header for header in mail.headers if header[0].lower() == b"dkim-signature"]
    for header in headers[:MOST]:
        yield _one(mail, header, arrived, keys)
    if len(headers) > MOST:
        yield Signature(notes=(f"{len(headers)} signatures, of which the first {MOST} were looked at",))


def _one(mail: dkim.DKIM, header: list[bytes], arrived: datetime | None, keys: Keys) -> Signature:
    try:
        tags: dict[bytes, bytes] = parse_tag_value(header[1])
        # the clock is the mail's, not today's, so dkimpy must not see t= and x=
        dkim.validate_signature_fields({name: value for name, value in tags.items() if name not in (b"t", b"x")})
    except (InvalidTagValueList, dkim.DKIMException, KeyError, ValueError, IndexError) as error:
        return Signature("fail", None, (f"a signature that cannot be read: {_line(error)}",))
    domain = tags[b"d"].decode("ascii", "replace").lower()
    name = tags[b"s"] + b"._domainkey." + tags[b"d"]
    if keys.record(name) is None:
        return Signature("noKey", domain, (f"no key {name.decode('ascii', 'replace').lower()}",))
    notes = tuple(_limits(mail, tags))
    try:
        mail.pk, mail.keysize, mail.ktag, mail.seqtlsrpt = keys.key(name)
        include = [each.lower() for each in re.split(rb"\s*:\s*", tags[b"h"])]
        sound = bool(mail.verify_sig_process(tags, include, header, keys.record))
        reason = "the signature does not verify"
    except (dkim.DKIMException, ValueError, TypeError) as error:
        sound, reason = False, _line(error)
    if sound and (late := _out_of_time(tags, arrived)):
        sound, reason = False, late
    return Signature("pass", domain, notes) if sound else Signature("fail", domain, (f"{domain}: {reason}", *notes))


def _limits(mail: dkim.DKIM, tags: dict[bytes, bytes]) -> Iterator[str]:
    """What of the body a limit l= leaves uncovered: anybody may have added that (RFC 6376, section 8.2)."""
    limit = int(tags.get(b"l", b"-1"))
    size = len(mail.body)
    if 0 <= limit < size:
        yield f"the signature covers {limit} of about {size} bytes of the body (l=)"


def _out_of_time(tags: dict[bytes, bytes], arrived: datetime | None) -> str | None:
    """Why the signature did not hold when the mail arrived, by t= and x= (RFC 6376, section 3.5); None if it did."""
    try:
        signed, ends = (int(tags[name]) if name in tags else None for name in (b"t", b"x"))
    except ValueError:
        return "its t= or x= is no number"
    if signed is not None and ends is not None and ends < signed:
        return "it expires (x=) before it was made (t=)"
    if arrived is None:
        return None
    at = arrived.timestamp()
    if ends is not None and ends < at - LEEWAY:
        return f"it had expired (x={ends}) when the mail arrived"
    if signed is not None and signed > at + LEEWAY:
        return f"it was made (t={signed}) after the mail arrived"
    return None


def _arc(message: bytes, keys: Keys) -> str:
    missing: list[bytes] = []

    def asked(name: bytes, timeout: float = 0) -> bytes | None:
        record = keys.record(name)
        if record is None:
            missing.append(name)
        return record

    try:
        verdict, _, _ = dkim.ARC(message, minkey=512).verify(dnsfunc=asked)
    except (dkim.DKIMException, InvalidTagValueList, KeyError, ValueError, TypeError, IndexError):
        verdict = None
    return "noKey" if missing else "pass" if verdict == dkim.CV_Pass else "fail"


def _head_end(message: bytes) -> int:
    ends = [at for at in (message.find(b"\n\n"), message.find(b"\n\r\n")) if at >= 0]
    return min(ends, default=len(message))


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
