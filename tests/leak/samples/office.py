"""Office files of today: zips of XML with their properties.  All names are invented."""

from __future__ import annotations

import zipfile

from tests.leak.samples.archives import zipped

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
