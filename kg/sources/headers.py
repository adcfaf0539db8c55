"""The header fields of a mail (RFC 5322, RFC 2047), in whatever state: what is broken is kept, with a warning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache

MESSAGE_ID = re.compile(r"<([^<>\s]{1,998})>")
HOPS = 64
REFERENCES = 256
"""More relays or references than that are a loop or a trick; the number left out is said."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff]")
_HOP = re.compile(r"\b(from|by|with)\s+([^\s;()]+)", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile(r'[^\x20-\x7e]|["()\[\]\\:;]')
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_MAILBOX = re.compile(
    rf" *(?:(?P<name>{_ATOM}\.?(?: {_ATOM}\.?)*) <(?P<named>{_ATOM}(?:\.{_ATOM})*@{_ATOM}(?:\.{_ATOM})*)>"
    rf"|(?P<bare>{_ATOM}(?:\.{_ATOM})*@{_ATOM}(?:\.{_ATOM})*)) *",
    re.ASCII,
)
"""A mailbox in the plainest form of RFC 5322, section 3.4: words without quotes or comments, an address."""
_ZONE = timedelta(hours=14)
"""The farthest from UTC that a time zone may be (XML Schema 1.1 part 2, section 3.3.7)."""
BROKEN = (ValueError, LookupError, AttributeError, TypeError, AssertionError, MessageError)
"""What the standard library's parsers raise at input that they did not foresee."""
Address = tuple[str, str]
"""Display name and address, either may be empty."""


class Headers:
    """The fields of *message*; *warnings* grows with what could not be read as it should.  No field of more than
    *limit* bytes is read."""

    def __init__(self, message: Message, limit: int) -> None:
        self._message = message
        self._limit = limit
        self.warnings: list[str] = []
        self._raw: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._raw.setdefault(name.lower(), []).append(str(value))

    def all(self, name: str) -> list[str]:
        """The field's values as they stand, unfolded, in the order of the message; those too long are left out."""
        return [" ".join(value.split()) for value in self._raw.get(name, ()) if self._fits(name, value)]

    def one(self, name: str) -> str | None:
        """The first value of a field that may stand once."""
        found = self.all(name)
        if len(found) > 1:
            self.warn(f"{len(found)} {name} fields; the first one counts")
        return found[0] if found else None

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def _fits(self, name: str, value: str) -> bool:
        if len(value) <= self._limit:
            return True
        self.warn(f"a {name} field of {len(value):,} characters, more than {self._limit:,}: not read")
        return False

    # -------------------------------------------------------------- values
    def text(self, name: str) -> str | None:
        """Unstructured text, encoded words decoded; None where there is none."""
        value = self.one(name)
        return self._decoded(name, value) or None if value else None

    def _decoded(self, name: str, value: str) -> str:
        if "=?" in value:
            try:
                value = _words(value)
            except BROKEN as error:
                self.warn(f"the {name} field has a broken encoded word ({type(error).__name__}): kept as it stands")
        return self.clean(name, value)

    def clean(self, name: str, value: str) -> str:
        """*value* as Unicode text: raw bytes told as UTF-8 or Windows-1252, controls taken out."""
        if not value.isascii() and _SURROGATE.search(value):
            data = value.encode("utf-8", "surrogateescape" if _escaped(value) else "replace")
            try:
                value = data.decode("utf-8")
            except UnicodeDecodeError:
                value = data.decode("cp1252", "replace")
            self.warn(f"the {name} field has bytes that are not ASCII")
        if _CONTROL.search(value):
            self.warn(f"the {name} field has control characters: taken out")
            value = _CONTROL.sub("", value)
        return unicodedata.normalize("NFC", " ".join(value.split()))

    def addresses(self, *names: str) -> list[Address]:
        """The addresses of the fields *names*, each once, in lower case; one without ``@`` is kept as it stands."""
        found: dict[str, str] = {}
        for name in names:
            for value in self.all(name):
                for shown, address in self._parsed(name, value):
                    found.setdefault(address, shown)
        return [(shown, address) for address, shown in found.items()]

    def _parsed(self, name: str, value: str) -> Iterator[Address]:
        read = False
        for shown, address in mailboxes(value):
            address = self.clean(name, address).strip("<>'\" ").replace(" ", "").lower()
            shown = self._decoded(name, shown).strip("'\" ")
            if not address:
                continue
            read = True
            if "@" not in address.strip("@"):
                self.warn(f"the {name} field has a mailbox that is no address")
            yield ("" if shown.lower() == address else shown), address
        if not read and value.strip() and not value.rstrip("; ").endswith(":"):  # an empty group has no members
            self.warn(f"the {name} field cannot be read: {self.clean(name, value)[:200]}")

    def ids(self, name: str) -> list[str]:
        """The message identifiers in a field, without their angle brackets, each once."""
        found = dict.fromkeys(self.clean(name, one) for value in self.all(name) for one in MESSAGE_ID.findall(value))
        if len(found) > REFERENCES:
            self.warn(f"{len(found)} identifiers in {name}, of which the first {REFERENCES} are kept")
        return list(found)[:REFERENCES]

    def message_id(self) -> str | None:
        value = self.one("message-id")
        if value is None:
            return None
        found = MESSAGE_ID.search(value)
        if found is None:
            self.warn("the message-id field is not in angle brackets: kept as it stands")
        return self.clean("message-id", found[1] if found else value)[:998] or None

    def date(self) -> datetime | None:
        """The instant of the Date field, in the zone it is written in; None, with a warning, where none can be told."""
        value = self.one("date")
        if value is None:
            self.warn("no date field")
            return None
        found = instant(value)
        if found is None:
            self.warn(f"the date field cannot be read: {self.clean('date', value)[:100]}")
        return found

    def hops(self) -> list[tuple[datetime | None, str]]:
        """The relays from the first to the last: when each says it received the mail, and from and by whom."""
        values = self.all("received")[::-1]
        if len(values) > HOPS:
            self.warn(f"{len(values)} received fields, of which the {HOPS} first relays are kept")
        return [self._hop(self.clean("received", value)) for value in values[:HOPS]]

    def _hop(self, value: str) -> tuple[datetime | None, str]:
        before, _, when = value.rpartition(";")
        words = {name.lower(): word for name, word in reversed(_HOP.findall(before or value))}
        told = " ".join(f"{name} {words[name]}" for name in ("from", "by", "with") if name in words)
        moment = instant(when)
        if not told or moment is None:
            self.warn("a received field cannot be read whole")
        return moment, told or value[:200]


def mailboxes(value: str) -> list[Address]:
    """The mailboxes of an address field as `email.utils.getaddresses` reads them; plain ones take a third of its time.

    >>> mailboxes("Ada L. <ada@x.example>, bob@y.example")
    [('Ada L.', 'ada@x.example'), ('', 'bob@y.example')]
    """
    if _SPECIAL.search(value):
        return getaddresses([value])
    found: list[Address] = []
    for part in value.split(","):
        plain = _MAILBOX.fullmatch(part)
        if plain is None:
            return getaddresses([value])
        found.append((plain["name"] or "", plain["named"] or plain["bare"]))
    return found


@lru_cache(maxsize=2048)
def _words(value: str) -> str:
    """*value* with its encoded words (RFC 2047) decoded; raises what is in `BROKEN`.  Names come back in many mails."""
    return str(make_header(decode_header(value)))


def instant(text: str) -> datetime | None:
    """The instant that *text* says in the form of RFC 5322, section 3.3; None where it says none.

    ``-0000`` is UTC of a writer whose zone is not known; a zone beyond what exists becomes UTC.
    """
    try:
        found = parsedate_to_datetime(text.strip()[:200])
        if found.tzinfo is None:
            return found.replace(tzinfo=UTC)
        zone = found.utcoffset()
        if zone is None or abs(zone) > _ZONE or zone.total_seconds() % 60:
            return found.astimezone(UTC)
        return found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _escaped(value: str) -> bool:
    """Whether every surrogate in *value* stands for a raw byte, as the parser leaves them."""
    return all("\udc80" <= one <= "\udcff" for one in value if "\ud800" <= one <= "\udfff")
