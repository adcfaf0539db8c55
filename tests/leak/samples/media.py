"""PDF and pictures with what their makers left in them.  All names are invented."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfWriter


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
