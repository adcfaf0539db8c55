"""Findings on mails: their date against the relays', habits of their senders, signatures within a thread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sys import intern

from kg.anomalies.files import shown
from kg.anomalies.finding import Finding, Select, share
from kg.anomalies.members import members, values
from kg.terms import KG

EARLY = timedelta(minutes=15)
"""How much later than the first relay's a Date may be: clocks differ."""
LATE = timedelta(days=2)
"""How long a mail may wait before a relay takes it, offline over a weekend for one."""
HABIT = 0.8
"""The share of a sender's mails from which on something is the sender's habit."""
FEWEST = 5
"""Mails; a sender of fewer has no habits."""
SEASON = timedelta(hours=1)
"""What summer time moves an offset by."""
OTHERS = 5
"""Mails named as evidence."""


@dataclass(frozen=True, slots=True)
class _Mail:
    """What is compared between mails: the domain of the Message-ID, the offset from UTC, the signature's verdict."""

    node: str
    domain: str | None
    offset: timedelta | None
    verdict: str | None


def on_mails(select: Select, collection: str) -> Iterator[Finding]:
    """The findings on the mails of *collection* (an IRI)."""
    by_sender: dict[str, list[_Mail]] = defaultdict(list)
    by_thread: dict[str, list[_Mail]] = defaultdict(list)
    asked = (KG.sentAt, KG.messageId, KG.senderAddress, KG.thread, KG.signatureVerdict, KG.hop)
    for node, held in values(select, members(select, collection, KG.EmailMessage), asked):
        sent = datetime.fromisoformat(held[KG.sentAt][0]) if KG.sentAt in held else None
        yield from _hops(node, sent, held.get(KG.hop, ()))
        identifier, verdict = (held.get(name, ("",))[0] for name in (KG.messageId, KG.signatureVerdict))
        domain = intern(identifier.rpartition("@")[2].lower()) if "@" in identifier else None
        mail = _Mail(node, domain, _offset(sent), intern(verdict) or None)
        for name, mails in ((KG.senderAddress, by_sender), (KG.thread, by_thread)):
            if name in held:
                mails[held[name][0]].append(mail)
    for sender in sorted(by_sender):
        yield from _identifiers(sender, by_sender[sender])
        yield from _zones(sender, by_sender[sender])
    for thread in sorted(by_thread):
        yield from _signatures(by_thread[thread])


def _offset(sent: datetime | None) -> timedelta | None:
    """The offset from UTC that a Date was written with."""
    return sent.utcoffset() if sent is not None else None


def _hops(node: str, sent: datetime | None, hops: Sequence[str]) -> Iterator[Finding]:
    """The Date header against the first relay, whose Received field is the one written first."""
    received = next((_stated(hop) for hop in hops if hop.startswith("1 ")), None)
    if received is None or sent is None or sent.tzinfo is None:
        return
    if sent - received > EARLY or received - sent > LATE:
        yield Finding("dateAgainstHops", node, (("sent", shown(sent)), ("received", shown(received))))


def _stated(hop: str) -> datetime | None:
    """When a relay says it received the mail: ``1 2017-04-24T18:30:00+02:00 from …``; None where it does not say."""
    try:
        at = datetime.fromisoformat(hop.split()[1])
    except (IndexError, ValueError):
        return None
    return at if at.tzinfo is not None else None


def _identifiers(sender: str, mails: list[_Mail]) -> Iterator[Finding]:
    """Mails whose Message-ID is of another domain than those of their sender are as a rule."""
    domains = {mail.node: mail.domain for mail in mails if mail.domain is not None}
    yield from _unlike("messageIdDomain", "domain", sender, domains)


def _zones(sender: str, mails: list[_Mail]) -> Iterator[Finding]:
    """Mails sent at an offset from UTC that is not their sender's, summer time left aside."""
    offsets = {mail.node: mail.offset for mail in mails if mail.offset is not None}
    if not offsets:
        return
    usual = Counter(offsets.values()).most_common(1)[0][0]
    near = {node: "usual" if abs(offset - usual) <= SEASON else told(offset) for node, offset in offsets.items()}
    for finding in _unlike("timezoneShift", "offset", sender, near):
        yield Finding(
            finding.kind,
            finding.document,
            tuple((name, told(usual) if value == "usual" else value) for name, value in finding.values),
            finding.evidence,
        )


def told(offset: timedelta) -> str:
    """``+02:00``."""
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _unlike(kind: str, what: str, sender: str, found: dict[str, str]) -> Iterator[Finding]:
    """A finding for each mail (IRI) whose value is not the one that its sender's mails have as a rule."""
    if len(found) < FEWEST:
        return
    usual, count = Counter(found.values()).most_common(1)[0]
    if not HABIT * len(found) <= count < len(found):
        return
    others = tuple(node for node, value in found.items() if value == usual)[:OTHERS]
    for node, value in found.items():
        if value != usual:
            compared = (
                (what, value), ("usual", usual), ("share", share(count, len(found))),
                ("count", str(len(found))), ("sender", sender),
            )  # fmt: skip
            yield Finding(kind, node, compared, others)


def _signatures(thread: list[_Mail]) -> Iterator[Finding]:
    """Mails whose signature fails in a thread where most others pass."""
    passing = [mail.node for mail in thread if mail.verdict == "pass"]
    failing = [mail.node for mail in thread if mail.verdict == "fail"]
    if len(passing) < 2 or len(failing) >= len(passing):
        return
    for node in failing:
        yield Finding("signatureFailsInThread", node, (("count", str(len(passing))),), tuple(passing[:OTHERS]))
