"""A made-up campaign archive, the same bytes for the same size: nobody's mail, with figures known exactly.

    python -m tests.leak.generate OUT [--small]

writes ``OUT/campaign.mbox``, ``OUT/campaign.zip`` (the same mails as .eml files), ``OUT/keys/`` (public keys as TXT
records) and ``OUT/figures.json``.  The figures of the full size are those that were published of a real archive; every
person, domain and word is invented, and every domain ends in .example.
"""

from __future__ import annotations

import argparse
import base64
import json
import quopri
import struct
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.header import Header
from email.utils import format_datetime
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.leak.signing import Fields, Signer

FIRST, LAST = datetime(2009, 3, 20, 9, 12, tzinfo=UTC), datetime(2017, 4, 24, 17, 48, tzinfo=UTC)
GIVEN = (
    "Adèle", "Basile", "Camille", "Désiré", "Élodie", "Fabien", "Gaëlle", "Hugo", "Inès", "Joël", "Karine", "Loïc",
    "Maëlle", "Noé", "Océane", "Paul", "Rémi", "Sonia",
)  # fmt: skip
SYLLABLES = (
    "bar", "bel", "cor", "dan", "dor", "fal", "gar", "jol", "lan", "mar", "nel", "pol", "quin", "rav", "sel", "tor",
    "val", "ver",
)  # fmt: skip
WORDS = (
    "réunion", "budget", "affiche", "note", "salle", "équipe", "région", "presse", "dossier", "tract", "liste",
    "agenda", "visite", "version", "projet", "accord", "retour", "train", "devis", "imprimeur", "bénévole", "point",
    "semaine", "matin", "réponse", "question", "fichier", "tableau", "carte",
)  # fmt: skip
DOMAINS = ("campagne.example", "atelier.example", "conseil.example", "imprimerie.example", "courrier.example")


@dataclass(frozen=True)
class Size:
    """How many *mails*, *attachments*, *senders*; mails whose signature is to *pass*, to *fail*, to have no key; the
    most bytes that fill an attachment."""

    mails: int
    attachments: int
    senders: int
    passing: int
    failing: int
    keyless: int
    attachment_bytes: int


FULL = Size(71_848, 26_506, 4_493, 21_075, 611, 2_307, 6_000)
SMALL = Size(240, 88, 45, 70, 3, 8, 160)


@dataclass(frozen=True)
class Figures:
    """What a reader must find, exactly."""

    messages: int
    attachments: int
    senders: int
    first: str
    last: str
    passing: int
    failing: int
    keyless: int
    unsigned: int


def figures(size: Size) -> Figures:
    rest = size.mails - size.passing - size.failing - size.keyless
    return Figures(
        size.mails, size.attachments, size.senders, FIRST.date().isoformat(), LAST.date().isoformat(),
        size.passing, size.failing, size.keyless, rest,
    )  # fmt: skip


def generate(out: Path, size: Size, *, zipped: bool = True) -> Figures:
    """Writes the archive of *size* into the folder *out*."""
    (out / "keys").mkdir(parents=True, exist_ok=True)
    signers = [Signer.of(domain, "s2016", f"key of {domain}") for domain in DOMAINS]
    for signer in signers:
        (out / "keys" / signer.file_name).write_text(signer.record() + "\n", encoding="ascii")
    archive = ZipFile(out / "campaign.zip", "w", ZIP_DEFLATED, compresslevel=1) if zipped else None
    with (out / "campaign.mbox").open("wb") as mbox:
        for number, (moment, mail) in enumerate(mails(size, signers)):
            mbox.write(b"From - %s\n" % moment.astimezone(UTC).strftime("%a %b %d %H:%M:%S %Y").encode("ascii"))
            mbox.write(quoted(mail))
            mbox.write(b"\n")
            if archive is not None:
                name = f"mails/{moment.year}/{number:06}.eml"
                archive.writestr(ZipInfo(name, moment.timetuple()[:6]), mail, ZIP_DEFLATED, 1)
    if archive is not None:
        archive.close()
    told = figures(size)
    (out / "figures.json").write_text(json.dumps(asdict(told), indent=1) + "\n", encoding="ascii")
    return told


def quoted(mail: bytes) -> bytes:
    """*mail* as it stands in an mbox: a line that would look like the next message is quoted (RFC 4155's mboxrd)."""
    if b"From " not in mail:
        return mail
    lines = mail.split(b"\n")
    return b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)


# ------------------------------------------------------------------ mails
def mails(size: Size, signers: list[Signer]) -> Iterator[tuple[datetime, bytes]]:
    """Each mail with its date, from the first day to the last."""
    rng = Random("campaign")
    people = [_person(rng, number) for number in range(size.senders)]
    moments = _moments(rng, size.mails)
    carried = _spread(rng, size.mails, size.attachments)
    verdicts = ["pass"] * size.passing + ["fail"] * size.failing + ["noKey"] * size.keyless
    verdicts += ["unsigned"] * (size.mails - len(verdicts))
    rng.shuffle(verdicts)
    threads: list[tuple[list[str], str]] = []
    for number, moment in enumerate(moments):
        sender = people[number] if number < len(people) else people[int(len(people) * rng.random() ** 4)]
        recipients = [people[int(len(people) * rng.random() ** 3)] for _ in range(1 + int(4 * rng.random() ** 3))]
        answered = threads[-rng.randrange(1, 40) :][0] if threads and rng.random() < 0.45 else None
        identifier = f"{number:06x}.{rng.getrandbits(40):010x}@{sender[1].partition('@')[2]}"
        subject = answered[1] if answered else " ".join(rng.sample(WORDS, 3)).capitalize()
        references = answered[0] if answered else []
        threads.append(([*references, identifier][-12:], subject))
        zone = timezone(timedelta(hours=2 if 3 < moment.month < 11 else 1))
        fields: Fields = [
            ("From", _mailbox(*sender)),
            ("To", ", ".join(_mailbox(*one) for one in dict.fromkeys(recipients))),
            ("Subject", _encoded(("Re: " if answered else "") + subject)),
            ("Date", format_datetime(moment.astimezone(zone))),
            ("Message-ID", f"<{identifier}>"),
        ]
        if references:
            fields += [
                ("In-Reply-To", f"<{references[-1]}>"),
                ("References", " ".join(f"<{one}>" for one in references)),
            ]
        kind, body = _content(rng, number, carried[number], size.attachment_bytes)
        yield moment, _written(rng, fields, kind, body, moment, verdicts[number], signers)


def _written(
    rng: Random, fields: Fields, kind: Fields, body: bytes, moment: datetime, verdict: str, signers: list[Signer]
) -> bytes:
    signer = rng.choice(signers)
    top: Fields = [
        ("Received", f"from mx.{signer.domain} by mail.campagne.example with ESMTPS id {rng.getrandbits(32):08x}; "
                     f"{format_datetime(moment + timedelta(seconds=rng.randrange(2, 90)))}"),
    ]  # fmt: skip
    if verdict != "unsigned":
        signed = signer if verdict != "noKey" else Signer(f"absent-{signer.domain}", signer.selector, signer.key)
        over = body + b"\nune ligne de plus\n" if verdict == "fail" else body
        top.insert(0, ("DKIM-Signature", signed.header(fields, over, f"t={int(moment.timestamp())}; ")))
    head = "".join(f"{name}: {value}\n" for name, value in (*top, *fields, *kind))
    return head.encode("utf-8") + b"\n" + body


def _content(rng: Random, number: int, attachments: int, most: int) -> tuple[Fields, bytes]:
    text = "\n".join(" ".join(rng.choices(WORDS, k=rng.randrange(4, 12))) for _ in range(rng.randrange(1, 6))) + "\n"
    if number % 50 == 7:
        text = "Bonjour,\n\nFrom lundi on, " + text
    version: Fields = [("MIME-Version", "1.0")]
    if not attachments and number % 3:
        return [
            *version,
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ], text.encode()
    if not attachments:
        plain = [("Content-Type", "text/plain; charset=iso-8859-1"), ("Content-Transfer-Encoding", "quoted-printable")]
        return [*version, *plain], quopri.encodestring(text.encode("latin-1"))
    mark = f"=_{number:06x}"
    parts = [b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text.encode()]
    for each in range(attachments):
        suffix, media, made = rng.choice(KINDS)
        name = f"{rng.choice(WORDS)}-{number}-{each}.{suffix}"
        data = made(f"{number}-{each}-".encode() + rng.randbytes(rng.randrange(8, most // 2)).hex().encode())
        shown = f'filename="{name}"' if name.isascii() else f"filename*=utf-8''{_percent(name)}"
        head = f"Content-Type: {media}\nContent-Disposition: attachment; {shown}\nContent-Transfer-Encoding: base64\n\n"
        parts.append(head.encode("ascii") + base64.encodebytes(data))
    body = b"".join(b"--%s\n%s" % (mark.encode(), part) for part in parts) + f"--{mark}--\n".encode()
    return [*version, ("Content-Type", f'multipart/mixed; boundary="{mark}"')], body


# ------------------------------------------------------------------ files
def pdf(filling: bytes) -> bytes:
    """A PDF of one empty page (ISO 32000-1, section 7.5), with *filling* as a comment."""
    bodies = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
              b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")  # fmt: skip
    out, places = b"%PDF-1.4\n%" + filling + b"\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + (
        b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    )  # fmt: skip


def png(filling: bytes) -> bytes:
    """A PNG of one pixel, with *filling* as a text chunk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0", 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"Comment\0" + filling) + pixel + chunk(b"IEND", b"")


def csv(filling: bytes) -> bytes:
    return b"nom;valeur\n" + filling + b";1\n"


KINDS = (("pdf", "application/pdf", pdf), ("png", "image/png", png), ("csv", "text/csv", csv))


# ------------------------------------------------------------------ what is drawn
def _person(rng: Random, number: int) -> tuple[str, str]:
    given, name = rng.choice(GIVEN), "".join(rng.sample(SYLLABLES, 2)).capitalize()
    domain = rng.choice(DOMAINS) if rng.random() < 0.6 else f"{rng.choice(SYLLABLES)}{rng.choice(SYLLABLES)}.example"
    return f"{given} {name}", f"{name.lower()}.{number}@{domain}"


def _moments(rng: Random, count: int) -> list[datetime]:
    """Few mails at the beginning, most of them in the last year."""
    span = (LAST - FIRST).total_seconds()
    drawn = sorted(int(span * (1 - rng.random() ** 5)) for _ in range(count - 2))
    return [FIRST, *(FIRST + timedelta(seconds=seconds) for seconds in drawn), LAST]


def _spread(rng: Random, mails: int, attachments: int) -> list[int]:
    """How many attachments each mail carries: at least one in a quarter of them, the rest anywhere among those."""
    carried = [0] * mails
    bearing = rng.sample(range(mails), max(1, min(mails // 4, attachments)))
    for number in bearing:
        carried[number] = 1
    for _ in range(attachments - len(bearing)):
        carried[rng.choice(bearing)] += 1
    return carried


def _mailbox(name: str, address: str) -> str:
    return f"{_encoded(name)} <{address}>"


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()


def _percent(name: str) -> str:
    return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in name.encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the made-up campaign archive.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--small", action="store_true", help="a few hundred mails instead of 71,848")
    arguments = parser.parse_args()
    print(json.dumps(asdict(generate(arguments.out, SMALL if arguments.small else FULL))))
