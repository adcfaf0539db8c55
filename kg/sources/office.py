"""Office files: Office Open XML (ECMA-376), OpenDocument and OLE compound files; their properties, not their text."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from kg.model import Document
from kg.sources.bodies import with_body
from kg.sources.media import OLE, OPEN_DOCUMENT, SHEET, SLIDES, WORD, media_type
from kg.sources.metadata import file_with, moment, plausible, words
from kg.sources.property_sets import LARGEST, Value, properties
from kg.sources.reading import Reading, Source

OOXML = (WORD, SHEET, SLIDES)
PART = 2**20
"""Bytes of one part with properties; real ones have a few hundred."""
OLE_KINDS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)
ENCRYPTED_PART = "EncryptedPackage"
BROKEN = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError, EOFError, OSError, RuntimeError,
    NotImplementedError, IndexError, OverflowError, TypeError, AttributeError, UnicodeError, struct.error,
)  # fmt: skip
"""What the libraries raise for office files that are not what they promise."""


def read_office(source: Source, reading: Reading) -> Iterator[Document] | None:
    """One File with the properties of an office file; None when *source* is none.

    A file whose properties cannot be read is described all the same, with a warning that says why.
    """
    kind = media_type(source, source.media_type)
    if kind in OOXML or (kind or "").startswith(OPEN_DOCUMENT):
        return _one(source, reading, kind or "", _zipped)
    return (
        _one(source, reading, kind or OLE, _compound)
        if source.head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        else None
    )


def _one(source: Source, reading: Reading, kind: str, properties: Any) -> Iterator[Document]:
    facts: dict[str, Any] = {}
    warnings: tuple[str, ...] = ()
    try:
        if source.size > reading.budgets.metadata_bytes:
            raise ValueError(f"{source.size:,} bytes, too large to look inside")
        with source.opened() as stream:
            facts = properties(stream)
    except BROKEN as error:
        warnings = (f"its properties cannot be read: {words(str(error)) or type(error).__name__}",)
    title, author, language = (facts.pop(name, None) for name in ("title", "author", "language"))
    kind = facts.pop("mediaType", kind)
    file = file_with(source, reading, kind, facts, title=title, author=author, language=language, warnings=warnings)
    yield with_body(file, source, reading, kind)


# ------------------------------------------------------------------ zipped formats
def _zipped(stream: BinaryIO) -> dict[str, Any]:
    with zipfile.ZipFile(stream) as box:
        if "meta.xml" in box.namelist():
            return _open_document(_xml(box, "meta.xml"))
        core = _values(_xml(box, "docProps/core.xml"))
        app = _values(_xml(box, "docProps/app.xml"))
    version = words(app.get("AppVersion"))
    application = words(app.get("Application"))
    return {
        "author": words(core.get("creator")),
        "title": words(core.get("title")),
        "language": words(core.get("language")),
        "lastModifiedBy": words(core.get("lastModifiedBy")),
        "createdAt": moment(core.get("created")),
        "modifiedAt": moment(core.get("modified")),
        "revision": words(core.get("revision")),
        "company": words(app.get("Company")),
        "template": words(app.get("Template")),
        "application": f"{application} {version}" if application and version else application,
    }


def _open_document(root: etree._Element | None) -> dict[str, Any]:
    """The properties of OpenDocument 1.3, part 3, section 4.3."""
    found = _values(root)
    template = None
    if root is not None:
        template = next((value for node in root.iter("{*}template") for value in node.values()), None)
    return {
        "author": words(found.get("initial-creator")),
        "title": words(found.get("title")),
        "language": words(found.get("language")),
        "lastModifiedBy": words(found.get("creator")),
        "createdAt": moment(found.get("creation-date")),
        "modifiedAt": moment(found.get("date")),
        "revision": words(found.get("editing-cycles")),
        "template": words(template),
        "application": words(found.get("generator")),
    }


def _xml(box: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part as XML without entities, documents types or network; None where the file has no such part."""
    if name not in box.NameToInfo:
        return None
    with box.open(name) as part:
        data = part.read(PART + 1)
    if len(data) > PART:
        raise ValueError(f"{name} has more than {PART:,} bytes")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError(f"{name} declares a document type, which office files never do")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _values(root: etree._Element | None) -> dict[str, str]:
    """The text of each element by its local name; the first one of a name counts."""
    found: dict[str, str] = {}
    for node in root.iter() if root is not None else ():
        if isinstance(node.tag, str) and node.text:
            found.setdefault(etree.QName(node).localname, node.text)
    return found


# ------------------------------------------------------------------ OLE
TITLE, AUTHOR, TEMPLATE, LAST_AUTHOR, REVISION, CREATED, SAVED, SOFTWARE = 2, 4, 7, 8, 9, 12, 13, 18
COMPANY = 15
"""Numbers of the properties ([MS-OSHARED] 2.3.3.2), the company's in the second set."""


def _compound(stream: BinaryIO) -> dict[str, Any]:
    """The summary information of a compound file ([MS-OLEPS] 2.25)."""
    import olefile

    with olefile.OleFileIO(stream) as box:
        kind = next((kind for name, kind in OLE_KINDS if box.exists(name)), None)
        if box.exists(ENCRYPTED_PART):
            return {"encrypted": True, "mediaType": OLE}
        summary = _set(box, "\x05SummaryInformation")
        more = _set(box, "\x05DocumentSummaryInformation")
    return {
        "author": words(summary.get(AUTHOR)),
        "title": words(summary.get(TITLE)),
        "lastModifiedBy": words(summary.get(LAST_AUTHOR)),
        "createdAt": plausible(summary.get(CREATED)),
        "modifiedAt": plausible(summary.get(SAVED)),
        "revision": words(summary.get(REVISION)),
        "company": words(more.get(COMPANY)),
        "template": words(summary.get(TEMPLATE)),
        "application": words(summary.get(SOFTWARE)),
        "encrypted": True if _locked(stream) else None,
        **({"mediaType": kind} if kind else {}),
    }


def _set(box: Any, name: str) -> dict[int, Value]:
    """The properties of the stream *name*; none where the file has no such stream."""
    if not box.exists(name):
        return {}
    with box.openstream(name) as stream:
        return properties(stream.read(LARGEST))


def _locked(stream: BinaryIO) -> bool:
    """Whether an old binary format needs a password; False where that cannot be told."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, ParseError

    try:
        stream.seek(0)
        return bool(msoffcrypto.OfficeFile(stream).is_encrypted())
    except (DecryptionError, FileFormatError, ParseError, *BROKEN):
        return False
