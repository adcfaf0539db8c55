"""Office files, PDF and images: their own metadata, exactly; what is built to break them is described all the same."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from kg.model import Document
from kg.sources import Reading, Source, read_source
from kg.sources.images import exif_time, position
from kg.sources.metadata import moment
from kg.sources.pdf import pdf_date
from tests.leak import samples


def document(name: str, data: bytes) -> Document:
    (found,) = read_source(Source(name, content=data), Reading(collection="essai"))
    assert isinstance(found, Document)
    assert found.kind == "File"
    assert found.text == ""
    return found


def facts(name: str, data: bytes) -> dict[str, object]:
    return dict(document(name, data).facts)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "wordprocessingml.document"),
        ("xl/workbook.xml", "spreadsheetml.sheet"),
        ("ppt/presentation.xml", "presentationml.presentation"),
    ],
)
def test_office_open_xml(part: str, kind: str) -> None:
    found = document("renamed.bin", samples.docx(part))
    assert (found.title, found.author, found.language) == ("Budget de campagne", "Jeanne Martin", "fr-FR")
    assert dict(found.facts) == {
        "fileName": "renamed.bin",
        "byteSize": len(samples.docx(part)),
        "mediaType": f"application/vnd.openxmlformats-officedocument.{kind}",
        "lastModifiedBy": "Paul Durand",
        "createdAt": datetime(2017, 3, 1, 9, tzinfo=UTC),
        "modifiedAt": datetime(2017, 3, 14, 17, 30, tzinfo=UTC),
        "revision": "7",
        "company": "Association Essai",
        "template": "Normal.dotm",
        "application": "Microsoft Office Word 15.0000",
    }


def test_open_document() -> None:
    found = facts("a.odt", samples.odt())
    assert found["mediaType"] == "application/vnd.oasis.opendocument.text"
    assert found["createdAt"] == datetime(2017, 3, 1, 9)
    assert (found["lastModifiedBy"], found["revision"], found["application"]) == ("Paul Durand", "3", "LibreOffice/5.2")


def test_ole() -> None:
    found = document("a.doc", samples.doc())
    assert (found.title, found.author) == ("Note interne", "Jeanne Martin")
    told = dict(found.facts)
    assert told["mediaType"] == "application/msword"
    assert told["createdAt"] == datetime(2017, 3, 1, 9, tzinfo=UTC)
    assert (told["lastModifiedBy"], told["template"], told["application"], told["revision"]) == (
        "Paul Durand", "Normal.dot", "Microsoft Word 10.0", "4",
    )  # fmt: skip
    assert told["company"] == "Atelier Éole"  # from the second property set
    assert "encrypted" not in told


def test_counts_in_a_property_set_are_not_believed() -> None:
    data = bytearray(samples.doc())
    start = data.index(b"\xe0\x85\x9f\xf2\xf9\x4f\x68\x10") + 20  # the section, right after its identifier and offset
    data[start + 4 : start + 8] = b"\xff\xff\xff\xff"  # four thousand million properties
    assert document("a.doc", bytes(data)).warnings
    (vector,) = struct.unpack_from("<I", data, start + 12)
    data[start + vector : start + vector + 8] = b"\x1e\x10\x00\x00\xff\xff\xff\xff"  # a vector of as many strings
    assert document("a.doc", bytes(data)).warnings


def test_an_encrypted_office_file_is_told_apart() -> None:
    assert facts("locked.docx", samples.encrypted_docx())["encrypted"] is True


def test_an_entity_bomb_is_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{levels}]><x><creator>&e11;</creator></x>'
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x><creator>&f;</creator></x>'
    for core in (bomb, outside):
        found = document("a.docx", samples.docx(core=core))
        assert found.author is None
        assert "document type" in found.warnings[0]


@pytest.mark.parametrize("core", ["", "<a>", "\x00\x00", "<a>" * 5_000, "x" * 2_000_000])
def test_broken_properties_are_a_warning(core: str) -> None:
    found = document("a.docx", samples.docx(core=core))
    assert found.warnings
    assert found.author is None


def test_nul_characters_and_lines_in_properties_are_cleaned() -> None:
    assert document("a.doc", samples.doc(last="Paul\x00\r\n Durand")).facts
    assert facts("a.doc", samples.doc(last="Paul \r\n Durand"))["lastModifiedBy"] == "Paul Durand"


def test_pdf() -> None:
    found = document("a.pdf", samples.pdf())
    assert (found.title, found.author) == ("Rapport", "Jeanne Martin")
    told = dict(found.facts)
    assert str(told["createdAt"]) == "2017-04-24 18:30:00+02:00"
    assert told["modifiedAt"] == datetime(2017, 4, 25, 8, tzinfo=UTC)
    assert told["application"] == "Writer / LibreOffice 5.2"
    assert document("a.pdf", samples.pdf()[:200]).warnings


def test_images() -> None:
    found = document("a.jpg", samples.jpeg())
    told = dict(found.facts)
    assert found.author == "Jeanne Martin"
    assert (told["latitude"], told["longitude"]) == (48.85833, 2.35)
    assert str(told["createdAt"]) == "2017-04-24 18:29:00+02:00"
    assert told["modifiedAt"] == datetime(2017, 4, 24, 18, 30)
    assert told["application"] == "Essai Appareil 1"


def test_gps_nonsense_is_no_place() -> None:
    found = document("a.jpg", samples.jpeg(samples.NOWHERE))
    assert "latitude" not in dict(found.facts)
    assert found.warnings == ("its GPS position is no place on Earth",)
    for place in (
        {}, {2: (1, 2), 4: (1, 2, 3)}, {2: "abc", 4: None}, {2: (float("nan"), 0, 0), 4: (0, 0, 0)},
        {1: "N", 2: (0, 0, 0), 3: "E", 4: (0, 0, 0)}, {1: "N", 2: (91, 0, 0), 3: "E", 4: (0, 0, 0)},
    ):  # fmt: skip
        assert position(place) is None
    assert position({1: "S", 2: (33, 52, 4), 3: "W", 4: (151, 12, 26)}) == (-33.86778, -151.20722)


def test_a_pixel_bomb_is_described_and_not_decoded() -> None:
    """Sixty thousand pixels each way, told by the header alone."""
    data = bytearray(samples.jpeg())
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = b"\xea\x60\xea\x60"
    found = document("a.jpg", bytes(data))
    assert "decompression bomb" in found.warnings[0]
    assert dict(found.facts)["mediaType"] == "image/jpeg"


@pytest.mark.parametrize(
    "text", ["2017", "2017-04", "2017-04-24", "2017-13-01T00:00:00Z", "1601-01-01T00:00:00Z", "x", ""]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment(text) is None


def test_dates_of_other_forms() -> None:
    assert pdf_date("D:20170424183000Z") == datetime(2017, 4, 24, 18, 30, tzinfo=UTC)
    assert pdf_date("D:2017") is None
    assert pdf_date("D:20171399999999") is None
    assert exif_time("0000:00:00 00:00:00") is None
    assert exif_time("2017:04:24 18:30:00", "nonsense") == datetime(2017, 4, 24, 18, 30)


# ------------------------------------------------------------------ bodies, on demand
PARAGRAPHS = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>La mairie a d\xc3\xa9pos\xc3\xa9 </w:t></w:r><w:r><w:t>plainte mardi.</w:t></w:r></w:p><w:p/>"
    b"<w:p><w:r><w:t>Une enqu\xc3\xaate est ouverte.</w:t></w:r></w:p></w:body></w:document>"
)


def test_the_text_is_kept_only_when_it_is_asked_for() -> None:
    data = samples.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": PARAGRAPHS})
    assert document("a.docx", data).text == ""
    (asked,) = read_source(Source("a.docx", content=data), Reading(collection="essai", with_bodies=True))
    assert isinstance(asked, Document)
    assert (asked.text, asked.language) == ("La mairie a déposé plainte mardi.\n\nUne enquête est ouverte.", "fr")


def test_a_text_that_cannot_be_read_is_a_warning() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + PARAGRAPHS
    data = samples.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": bomb})
    (asked,) = read_source(Source("a.docx", content=data), Reading(collection="essai", with_bodies=True))
    assert isinstance(asked, Document)
    assert asked.text == ""
    assert "text cannot be read" in asked.warnings[0]
    (page,) = read_source(Source("a.pdf", content=samples.pdf()), Reading(collection="essai", with_bodies=True))
    assert isinstance(page, Document)
    assert (page.text, page.warnings) == ("", ())
