"""Images: what EXIF (CIPA DC-008) says of the camera, the time and the place; no pixel is decoded."""

from __future__ import annotations

import math
import warnings as python_warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kg.model import Document
from kg.sources.media import by_magic
from kg.sources.metadata import EARLIEST, file_with, words, zone
from kg.sources.reading import Reading, Source

KINDS = ("image/jpeg", "image/png", "image/tiff", "image/webp")
ARTIST, MODEL, MAKER, SOFTWARE, CHANGED = 0x013B, 0x0110, 0x010F, 0x0131, 0x0132
EXIF, GPS = 0x8769, 0x8825
TAKEN, TAKEN_OFFSET, CHANGED_OFFSET = 0x9003, 0x9011, 0x9010


def read_image(source: Source, reading: Reading) -> Iterator[Document] | None:
    """One File with the EXIF properties of an image; None when *source* is none.  Pixel bombs cost nothing: only the
    headers are read."""
    kind = by_magic(source.head)
    return _one(source, reading, kind) if kind in KINDS and kind is not None else None


def _one(source: Source, reading: Reading, kind: str) -> Iterator[Document]:
    facts: dict[str, Any] = {}
    warnings: list[str] = []
    try:
        if source.size > reading.budgets.metadata_bytes:
            raise ValueError(f"{source.size:,} bytes, too large to look inside")
        facts = _properties(source, warnings)
    except RecursionError:
        warnings.append("its properties cannot be read: nested too deep")
    except Exception as error:  # Pillow's plugins let errors of every kind out of broken files
        warnings.append(f"its properties cannot be read: {words(str(error)) or type(error).__name__}")
    author = facts.pop("author", None)
    yield file_with(source, reading, kind, facts, author=author, warnings=tuple(warnings))


def _properties(source: Source, warnings: list[str]) -> dict[str, Any]:
    from PIL import Image

    with python_warnings.catch_warnings(), source.opened() as stream:
        python_warnings.simplefilter("ignore")  # a bomb is none where no pixel is decoded; odd EXIF is told below
        with Image.open(stream, formats=("JPEG", "PNG", "TIFF", "WEBP")) as image:
            tags = image.getexif()
            detail, place = tags.get_ifd(EXIF), tags.get_ifd(GPS)
    camera = " ".join(dict.fromkeys(each for each in (words(tags.get(MAKER)), words(tags.get(MODEL))) if each))
    at = position(place)
    if place and at is None:
        warnings.append("its GPS position is no place on Earth")
    return {
        "author": words(tags.get(ARTIST)),
        "application": words(tags.get(SOFTWARE)) or camera or None,
        "createdAt": exif_time(detail.get(TAKEN), detail.get(TAKEN_OFFSET)),
        "modifiedAt": exif_time(tags.get(CHANGED), detail.get(CHANGED_OFFSET)),
        "latitude": at[0] if at else None,
        "longitude": at[1] if at else None,
    }


def exif_time(value: object, offset: object = None) -> datetime | None:
    """``2017:04:24 18:30:00`` as EXIF writes times, in the zone of *offset* if one is stated."""
    try:
        at = datetime.strptime(str(value).strip("\x00 "), "%Y:%m:%d %H:%M:%S")
        given = words(offset)
        if given and (given == "Z" or (given[0] in "+-" and len(given) == 6)):
            at = at.replace(tzinfo=zone(given))
    except ValueError:
        return None
    return at if at.year >= EARLIEST else None


def position(place: Mapping[int, Any]) -> tuple[float, float] | None:
    """Degrees north and east (WGS 84) of a GPS directory, to about a metre; None where it names no place on Earth."""
    try:
        latitude, longitude = _degrees(place[2]), _degrees(place[4])
        south, west = str(place.get(1, "N")).strip("\x00 ").upper(), str(place.get(3, "E")).strip("\x00 ").upper()
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError, OverflowError):
        return None
    if not (south in ("N", "S") and west in ("E", "W") and 0 <= latitude <= 90 and 0 <= longitude <= 180):
        return None
    if latitude == longitude == 0:  # what cameras write that never found a satellite
        return None
    return round(-latitude if south == "S" else latitude, 5), round(-longitude if west == "W" else longitude, 5)


def _degrees(parts: Any) -> float:
    """Degrees, minutes and seconds as one number; raises ValueError where they are no angle."""
    degrees, minutes, seconds = (float(part) for part in parts)
    if not all(map(math.isfinite, (degrees, minutes, seconds))) or not (0 <= minutes <= 60 and 0 <= seconds <= 60):
        raise ValueError("no angle")
    return degrees + minutes / 60 + seconds / 3600
