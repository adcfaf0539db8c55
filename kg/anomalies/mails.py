"""Findings on mails: their date against the relays', habits of their senders, signatures within a thread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from kg.anomalies.files import shown, time
from kg.anomalies.finding import Finding, Row, Select, share
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


def on_mails(select: Select, collection: str) -> Iterator[Finding]:
    """The findings on the mails of *collection* (an IRI)."""
    mails = select(
        f"""SELECT ?d ?sent ?id ?from ?thread ?verdict WHERE {{
          ?d <{KG.partOf}> <{collection}> ; a <{KG.EmailMessage}> .
          OPTIONAL {{ ?d <{KG.sentAt}> ?sent }} OPTIONAL {{ ?d <{KG.messageId}> ?id }}
          OPTIONAL {{ ?d <{KG.senderAddress}> ?from }} OPTIONAL {{ ?d <{KG.thread}> ?thread }}
          OPTIONAL {{ ?d <{KG.signatureVerdict}> ?verdict }} }} ORDER BY ?d"""
    )
    yield from _hops(select, collection)
    by_sender: dict[str, list[Row]] = defaultdict(list)
    by_thread: dict[str, list[Row]] = defaultdict(list)
    for row in mails:
        if "from" in row:
            by_sender[str(row["from"])].append(row)
        if "thread" in row:
            by_thread[str(row["thread"])].append(row)
    for sender in sorted(by_sender):
        yield from _identifiers(sender, by_sender[sender])
        yield from _zones(sender, by_sender[sender])
    for thread in sorted(by_thread):
        yield from _signatures(by_thread[thread])


def _hops(select: Select, collection: str) -> Iterator[Finding]:
    """The Date header against the first relay, whose Received field is the one written first."""
    rows = select(
        f"""SELECT ?d ?sent ?hop WHERE {{
          ?d <{KG.partOf}> <{collection}> ; <{KG.sentAt}> ?sent ; <{KG.hop}> ?hop FILTER(STRSTARTS(?hop, "1 "))
        }} ORDER BY ?d"""
    )
    for row in rows:
        received, sent = _stated(str(row["hop"])), time(row, "sent")
        if received is None or sent is None or sent.tzinfo is None:
            continue
        if sent - received > EARLY or received - sent > LATE:
            yield Finding("dateAgainstHops", str(row["d"]), (("sent", shown(sent)), ("received", shown(received))))


def _stated(hop: str) -> datetime | None:
    """When a relay says it received the mail: ``1 2017-04-24T18:30:00+02:00 from …``; None where it does not say."""
    try:
        at = datetime.fromisoformat(hop.split()[1])
    except (IndexError, ValueError):
        return None
    return at if at.tzinfo is not None else None


def _identifiers(sender: str, mails: list[Row]) -> Iterator[Finding]:
    """Mails whose Message-ID is of another domain than those of their sender are as a rule."""
    domains = {
        str(row["d"]): str(row["id"]).rpartition("@")[2].lower() for row in mails if "@" in str(row.get("id", ""))
    }
    yield from _unlike("messageIdDomain", "domain", sender, domains)


def _zones(sender: str, mails: list[Row]) -> Iterator[Finding]:
    """Mails sent at an offset from UTC that is not their sender's, summer time left aside."""
    offsets: dict[str, timedelta] = {}
    for row in mails:
        sent = time(row, "sent")
        offset = sent.utcoffset() if sent is not None else None
        if offset is not None:
            offsets[str(row["d"])] = offset
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


def _unlike(kind: str, what: str, sender: str, values: dict[str, str]) -> Iterator[Finding]:
    """A finding for each mail (IRI) whose value is not the one that its sender's mails have as a rule."""
    if len(values) < FEWEST:
        return
    usual, count = Counter(values.values()).most_common(1)[0]
    if not HABIT * len(values) <= count < len(values):
        return
    others = tuple(node for node, value in values.items() if value == usual)[:OTHERS]
    for node, value in values.items():
        if value != usual:
            compared = (
                (what, value), ("usual", usual), ("share", share(count, len(values))),
                ("count", str(len(values))), ("sender", sender),
            )  # fmt: skip
            yield Finding(kind, node, compared, others)


def _signatures(thread: list[Row]) -> Iterator[Finding]:
    """Mails whose signature fails in a thread where most others pass."""
    passing = [str(row["d"]) for row in thread if row.get("verdict") == "pass"]
    failing = [str(row["d"]) for row in thread if row.get("verdict") == "fail"]
    if len(passing) < 2 or len(failing) >= len(passing):
        return
    for node in failing:
        yield Finding("signatureFailsInThread", node, (("count", str(len(passing))),), tuple(passing[:OTHERS]))
