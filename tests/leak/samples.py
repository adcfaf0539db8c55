"""Small inputs of every kind, made here so that no binary of unknown origin is needed.  All names are invented."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import struct
import tarfile
import zipfile
from datetime import UTC, datetime
from typing import Any

import bencode2
import py7zr
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfWriter

CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{last}</cp:lastModifiedBy>"
    "<cp:revision>{revision}</cp:revision><dc:language>fr-FR</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{modified}</dcterms:modified></cp:coreProperties>'
)
APP = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Template>{template}</Template><Application>{application}</Application><AppVersion>{version}</AppVersion>"
    "<Company>{company}</Company></Properties>"
)
DEFAULTS = {
    "title": "Budget de campagne",
    "author": "Jeanne Martin",
    "last": "Paul Durand",
    "revision": "7",
    "created": "2017-03-01T09:00:00Z",
    "modified": "2017-03-14T17:30:00Z",
    "template": "Normal.dotm",
    "application": "Microsoft Office Word",
    "version": "15.0000",
    "company": "Association Essai",
}
ARTICLE = (
    "La mairie a déposé plainte mardi après le vol de plusieurs fichiers, a annoncé le maire. "
    "Les enquêteurs examinent encore les machines du service."
)


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with *members*, each dated 2017-04-24 18:30."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as box:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2017, 4, 24, 18, 30, 0))
            info.compress_type = compression
            box.writestr(info, content)
    return out.getvalue()


def docx(part: str = "word/document.xml", core: str | None = None, **properties: str) -> bytes:
    """An Office Open XML file with *properties* over DEFAULTS; *core* replaces all of docProps/core.xml."""
    words = {**DEFAULTS, **properties}
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            part: b"<x/>",
            "docProps/core.xml": (core if core is not None else CORE.format(**words)).encode("utf-8"),
            "docProps/app.xml": APP.format(**words).encode("utf-8"),
        }
    )


def odt() -> bytes:
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<office:meta><meta:initial-creator>Jeanne Martin</meta:initial-creator><dc:creator>Paul Durand</dc:creator>"
        "<meta:creation-date>2017-03-01T09:00:00</meta:creation-date><dc:date>2017-03-02T09:00:00</dc:date>"
        "<meta:editing-cycles>3</meta:editing-cycles><meta:generator>LibreOffice/5.2</meta:generator></office:meta>"
        "</office:document-meta>"
    )
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "meta.xml": meta.encode()}, zipfile.ZIP_STORED
    )


# ------------------------------------------------------------------ OLE
def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of version 3 with *streams* at its root, each padded past the mini stream's limit."""
    sector, end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    padded = {name: data.ljust(max(4096, -(-len(data) // sector) * sector), b"\x00") for name, data in streams.items()}
    directory_sectors = -(-(len(padded) + 1) // 4)
    fat = [fat_mark, *range(2, directory_sectors + 1), end]
    body, entries, start = b"", [_entry("Root Entry", 5, 1 if padded else free, end, 0)], directory_sectors + 1
    for number, (name, data) in enumerate(padded.items(), start=1):
        right = number + 1 if number < len(padded) else free
        entries.append(_entry(name, 2, free, start, len(data), right))
        count = len(data) // sector
        fat += [*range(start + 1, start + count), end]
        body, start = body + data, start + count
    entries += [b"\x00" * 128] * (directory_sectors * 4 - len(entries))
    assert len(fat) <= 128, "one sector of the allocation table is enough for a sample"
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, end, 0, end, 0)  # fmt: skip
    return header + struct.pack("<109I", 0, *[free] * 108) + table + b"".join(entries) + body


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, right, child)
    return (
        written.ljust(64, b"\x00")
        + struct.pack("<H", len(written))
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
DOCUMENT_SUMMARY = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")


def summary(values: dict[int, str | datetime], code: bytes = SUMMARY) -> bytes:
    """A property set of the format *code* ([MS-OLEPS], appendix A) in code page 1252."""
    parts: list[tuple[int, bytes]] = [(1, struct.pack("<IhH", 2, 1252, 0))]
    for number, value in sorted(values.items()):
        if isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            parts.append((number, struct.pack("<IQ", 64, ticks)))
        else:
            text = value.encode("cp1252") + b"\x00"
            parts.append((number, struct.pack("<II", 30, len(text)) + text.ljust(-(-len(text) // 4) * 4, b"\x00")))
    offset, index, data = 8 + 8 * len(parts), b"", b""
    for number, value_bytes in parts:
        index += struct.pack("<II", number, offset + len(data))
        data += value_bytes
    section = struct.pack("<II", offset + len(data), len(parts)) + index + data
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0x00020006, 1) + code + struct.pack("<I", 48) + section


def doc(last: str = "Paul Durand", created: datetime = datetime(2017, 3, 1, 9, tzinfo=UTC)) -> bytes:
    """An old Word file with its summary; the stream of its text is empty."""
    properties: dict[int, str | datetime] = {
        2: "Note interne", 4: "Jeanne Martin", 7: "Normal.dot", 8: last, 9: "4",
        12: created, 13: datetime(2017, 3, 2, 9, tzinfo=UTC), 18: "Microsoft Word 10.0",
    }  # fmt: skip
    return ole(
        {
            "\x05SummaryInformation": summary(properties),
            "WordDocument": b"\xec\xa5\xc1\x00" + bytes(60),
            "\x05DocumentSummaryInformation": summary({14: "Paul Directeur", 15: "Atelier Éole"}, DOCUMENT_SUMMARY),
        }
    )


def encrypted_docx() -> bytes:
    return ole({"EncryptedPackage": b"\x00" * 64, "EncryptionInfo": b"\x04\x00\x04\x00"})


# ------------------------------------------------------------------ PDF, images
def pdf(**info: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    default = {
        "Title": "Rapport", "Author": "Jeanne Martin", "Creator": "Writer", "Producer": "LibreOffice 5.2",
        "CreationDate": "D:20170424183000+02'00'", "ModDate": "D:20170425080000Z",
    }  # fmt: skip
    writer.add_metadata({f"/{name}": value for name, value in {**default, **info}.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def jpeg(gps: dict[int, Any] | None = None) -> bytes:
    image = Image.new("RGB", (4, 4))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Essai", "Appareil 1", "Jeanne Martin"
    exif[0x0132] = "2017:04:24 18:30:00"
    exif.get_ifd(0x8769).update({0x9003: "2017:04:24 18:29:00", 0x9011: "+02:00"})
    place = {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 21.0, 0.0)} if gps is None else gps
    exif.get_ifd(0x8825).update(place)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


NOWHERE: dict[int, Any] = {1: "N", 2: (IFDRational(1, 0), 99.0, 999.0), 3: "Q", 4: (400.0, 0.0, 0.0)}
"""GPS values that are no place: a division by zero, 99 minutes, a hemisphere Q."""


# ------------------------------------------------------------------ torrents, lists, records
def torrent(version: int = 1) -> bytes:
    info: dict[bytes, Any] = {b"name": b"fuite", b"piece length": 262144}
    if version == 1:
        info[b"files"] = [{b"length": 700, b"path": [b"a.zip"]}, {b"length": 300, b"path": [b"b", b"c.txt"]}]
        info[b"pieces"] = bytes(20)
    else:
        info[b"meta version"] = 2
        info[b"file tree"] = {
            b"a.zip": {b"": {b"length": 700, b"pieces root": bytes(32)}},
            b"b": {b"c.txt": {b"": {b"length": 300}}},
        }
    return bencode2.bencode(
        {
            b"announce": b"udp://tracker.example:80",
            b"created by": b"Essai 1.0",
            b"creation date": 1493051400,
            b"info": info,
        }
    )


def manifest() -> bytes:
    lines = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in ("a.txt", "b/c.txt")]
    return "\n".join([*lines, ""]).encode()


LS = b"""./fuite:
total 12
drwxr-xr-x 2 u g 4096 2017-04-24 18:30 mails
-rw-r--r-- 1 u g 1200 2017-04-24 18:30 lisez moi.txt
lrwxrwxrwx 1 u g   10 2017-04-24 18:31 lien -> /etc/passwd

./fuite/mails:
total 4
-rw-r--r-- 1 u g  300 Apr 24  2017 un.eml
"""
TABLE = b"path;size;sha256\na.txt;100;" + b"ab" * 32 + b"\nb.txt;200;\n"


def breach() -> dict[str, Any]:
    return {
        "Name": "Essai", "Title": "Essai SA", "Domain": "essai.example", "BreachDate": "2016-05-17",
        "AddedDate": "2017-01-02T00:00:00Z", "PwnCount": 1234567, "Description": "<b>closed</b>",
        "DataClasses": ["Email addresses", "Passwords"], "IsVerified": True,
    }  # fmt: skip


def breaches() -> bytes:
    return json.dumps([breach(), {**breach(), "Name": "Autre"}]).encode()


RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Agence d'essai</title><link>https://agence.example/</link>
<item><title>Plainte de la mairie</title><link>https://agence.example/1</link>
<pubDate>Tue, 25 Apr 2017 10:00:00 +0200</pubDate><description>&lt;p&gt;{ARTICLE}&lt;/p&gt;</description></item>
<item><title>Bref</title><link>https://agence.example/2</link><description>Bref.</description></item>
</channel></rss>""".encode()


def warc() -> bytes:
    page = f"<html><head><title>Plainte</title></head><body><article><p>{ARTICLE}</p></article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        "WARC-Date: 2017-05-06T10:00:00Z\r\nWARC-Target-URI: https://agence.example/1\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# ------------------------------------------------------------------ archives
def tarred(members: dict[str, bytes], packing: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as box:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1493051400
            box.addfile(info, io.BytesIO(content))
    return out.getvalue()


def sevened(members: dict[str, bytes], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as box:
        for name, content in members.items():
            box.writestr(content, name)
    return out.getvalue()


def with_encrypted_flag(archive: bytes) -> bytes:
    """A zip whose members all claim to be encrypted, in both their headers."""
    data = bytearray(archive)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


MAIL = (
    b"From: a@essai.example\r\nTo: b@essai.example\r\nSubject: Essai\r\nDate: Mon, 24 Apr 2017 18:30:00 +0200\r\n"
    b"Message-ID: <1@essai.example>\r\n\r\nBonjour.\r\n"
)
MBOX = b"From a@essai.example Mon Apr 24 18:30:00 2017\nFrom: a@essai.example\nSubject: Essai\n\nBonjour.\n\n"


def every() -> dict[str, bytes]:
    """One input of every kind, by name: what the campaigns mutate."""
    members = {"a.docx": docx(), "b/c.txt": b"Un texte.", "d.pdf": pdf()}
    return {
        "a.docx": docx(),
        "a.xlsx": docx("xl/workbook.xml"),
        "a.odt": odt(),
        "a.doc": doc(),
        "locked.docx": encrypted_docx(),
        "a.pdf": pdf(),
        "a.jpg": jpeg(),
        "v1.torrent": torrent(),
        "v2.torrent": torrent(2),
        "SHA256SUMS": manifest(),
        "ls.txt": LS,
        "files.csv": TABLE,
        "breaches.json": breaches(),
        "feed.xml": RSS,
        "a.warc": warc(),
        "a.warc.gz": gzip.compress(warc(), mtime=0),
        "a.zip": zipped(members),
        "a.tar": tarred(members),
        "a.tar.gz": tarred(members, "gz"),
        "a.tar.bz2": tarred(members, "bz2"),
        "a.tar.xz": tarred(members, "xz"),
        "a.7z": sevened(members),
        "locked.7z": sevened({"a.txt": b"secret"}, "x"),
        "a.txt.gz": gzip.compress(b"Un texte."),
        "a.txt.bz2": bz2.compress(b"Un texte."),
        "a.txt.xz": lzma.compress(b"Un texte."),
        "locked.zip": with_encrypted_flag(zipped({"a.txt": b"secret"})),
        "zips.zip": zipped({"a.zip": zipped(members)}),
        "page.html": f"<html><body><p>{ARTICLE}</p></body></html>".encode(),
        "text.txt": ARTICLE.encode(),
        "mail.eml": MAIL,
        "box.mbox": MBOX,
    }
