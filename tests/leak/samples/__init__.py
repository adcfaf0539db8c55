"""Small inputs of every kind, made here so that no binary of unknown origin is needed.  All names are invented."""

from __future__ import annotations

import bz2
import gzip
import lzma

from tests.leak.samples.archives import sevened, tarred, with_encrypted_flag, zipped
from tests.leak.samples.compound import doc, encrypted_docx
from tests.leak.samples.lists import LS, TABLE, breaches, manifest, torrent
from tests.leak.samples.media import NOWHERE, jpeg, pdf
from tests.leak.samples.news import ARTICLE, RSS, warc
from tests.leak.samples.office import docx, odt

__all__ = [
    "ARTICLE", "LS", "MAIL", "MBOX", "NOWHERE", "RSS", "TABLE", "breaches", "doc", "docx", "encrypted_docx",
    "every", "jpeg", "manifest", "odt", "pdf", "sevened", "tarred", "torrent", "warc", "with_encrypted_flag",
    "zipped",
]  # fmt: skip

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
