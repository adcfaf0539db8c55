"""What kind a file is, told from its first bytes and, for office files, from what their container holds.

Names are not trusted: an extension only tells apart kinds whose bytes are alike (plain text from a table).
"""

from __future__ import annotations

import zipfile
import zlib
from functools import lru_cache
from typing import BinaryIO

from kg.sources.reading import Source

ZIP, OLE = "application/zip", "application/x-ole-storage"
OOXML = "application/vnd.openxmlformats-officedocument."
WORD = f"{OOXML}wordprocessingml.document"
SHEET = f"{OOXML}spreadsheetml.sheet"
SLIDES = f"{OOXML}presentationml.presentation"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
TORRENT = "application/x-bittorrent"
TAR = "application/x-tar"
SEVEN = "application/x-7z-compressed"
PACKED = {"application/gzip": "gz", "application/x-bzip2": "bz2", "application/x-xz": "xz"}
CENTRAL_DIRECTORY = 64 * 2**20
"""Bytes of a zip's table of contents that is read: about 500,000 entries."""

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"7z\xbc\xaf\x27\x1c", SEVEN),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", TAR),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"%PDF-", "application/pdf"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_SHORT = 4
"""Bytes; a shorter mark may stand at the head of any text, so it counts only beside bytes that are no text."""
_PARTS = (("word/", WORD), ("xl/", SHEET), ("ppt/", SLIDES))
_BY_SUFFIX = {
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".xml": "application/xml",
    ".html": "text/html",
    ".htm": "text/html",
    ".eml": "message/rfc822",
}


def media_type(source: Source, declared: str | None = None) -> str | None:
    """The media type (RFC 6838) of *source*: by its bytes, else *declared*, else by puremagic; None when none tells."""
    head = source.head
    told = by_magic(head)
    if told == ZIP:
        return _inside_zip(source)
    if told == OLE and declared and declared.startswith(("application/vnd.ms-", "application/msword")):
        return declared
    if told is not None:
        return told
    if _is_torrent(head):
        return TORRENT
    if _is_text(head):
        said = declared if declared and declared.startswith("text/") else "text/plain"
        return _BY_SUFFIX.get(source.suffix) or said
    if declared and "/" in declared and declared != "application/octet-stream":
        return declared
    return _guessed(head)


@lru_cache(maxsize=4)  # every reader asks it of the same bytes in turn
def by_magic(head: bytes) -> str | None:
    """The kind that begins with such bytes."""
    for at, mark, kind in _MAGIC:
        if head[at : at + len(mark)] == mark and (len(mark) >= _SHORT or not _is_text(head)):
            return kind
    return None


def kind_of_zip(stream: BinaryIO) -> str:
    """An office format, EPUB, or plain zip, by the names of its parts; ZIP too for one that cannot be opened."""
    try:
        if directory_size(stream) > CENTRAL_DIRECTORY:
            return ZIP
        with zipfile.ZipFile(stream) as box:
            names = set(box.namelist())
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), ZIP)
            if "mimetype" in names and box.getinfo("mimetype").file_size < 256:
                declared = box.read("mimetype").decode("ascii", "replace").strip()
                return declared if declared.startswith((OPEN_DOCUMENT, "application/epub")) else ZIP
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error):
        return ZIP
    return ZIP


def directory_size(stream: BinaryIO) -> int:
    """Bytes of a zip's central directory (APPNOTE 4.3.16), read before any library loads it whole; 0 for no zip."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 65_557))  # a record of 22 bytes and a comment of at most 65,535
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    stream.seek(0)
    if at < 0 or len(tail) < at + 22:
        return 0
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    record = tail.rfind(b"PK\x06\x06", 0, at)  # the one of zip64 (4.3.14) holds what needs more than 32 bits
    if record >= 0 and size == 0xFFFFFFFF:
        return int.from_bytes(tail[record + 40 : record + 48], "little")
    return size


def _inside_zip(source: Source) -> str:
    with source.opened() as stream:
        return kind_of_zip(stream)


def _is_torrent(head: bytes) -> bool:
    return head[:1] == b"d" and head[1:2].isdigit() and (b"4:info" in head or b"8:announce" in head[:64])


@lru_cache(maxsize=4)
def _is_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) > 4000  # a character cut at the end of what was read
    return True


def _guessed(head: bytes) -> str | None:
    import puremagic  # reads its tables when loaded, and only odd files need them

    try:
        return str(puremagic.from_string(head, mime=True)) or None
    except (puremagic.PureError, ValueError, IndexError, KeyError):
        return None
