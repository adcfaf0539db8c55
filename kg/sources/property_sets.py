"""Property sets of compound files ([MS-OLEPS]): the strings and times in them, whatever their counts claim.

The library that opens compound files reads these too, but believes the counts it finds: one number in a broken file
keeps it busy for hours.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

LARGEST = 256 * 2**10
"""Bytes of a property set that are looked at."""
MOST = 512
"""Properties of one set; real ones have some twenty."""
I2, I4, LPSTR, LPWSTR, FILETIME = 2, 3, 30, 31, 64
CODE_PAGE = 1
CODE_PAGES = {65001: "utf-8", 1200: "utf-16-le", 10000: "mac_roman"}
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
Value = str | int | datetime


def properties(data: bytes) -> dict[int, Value]:
    """The properties of the first section by number: strings, small integers and times, others left out.

    Raises struct.error where the set breaks off, ValueError where it is none.
    """
    data = data[:LARGEST]
    if data[:2] != b"\xfe\xff":
        raise ValueError("no property set")
    (start,) = struct.unpack_from("<I", data, 44)
    _, count = struct.unpack_from("<II", data, start)
    places = [struct.unpack_from("<II", data, start + 8 + 8 * number) for number in range(min(count, MOST))]
    raw = {number: start + offset for number, offset in places}
    page = _value(data, raw[CODE_PAGE], "ascii") if CODE_PAGE in raw else 1252
    encoding = CODE_PAGES.get(page % 65536, f"cp{page % 65536}") if isinstance(page, int) else "cp1252"
    found = {number: _value(data, at, encoding) for number, at in raw.items() if number != CODE_PAGE}
    return {number: value for number, value in found.items() if value is not None}


def _value(data: bytes, at: int, encoding: str) -> Value | None:
    (kind,) = struct.unpack_from("<I", data, at)
    if kind == I2:
        return int(struct.unpack_from("<h", data, at + 4)[0])
    if kind == I4:
        return int(struct.unpack_from("<i", data, at + 4)[0])
    if kind == FILETIME:
        return _time(struct.unpack_from("<Q", data, at + 4)[0])
    if kind in (LPSTR, LPWSTR):
        (size,) = struct.unpack_from("<I", data, at + 4)
        size, encoding = (size, encoding) if kind == LPSTR else (2 * size, "utf-16-le")
        try:
            return data[at + 8 : at + 8 + size].decode(encoding, "replace").split("\x00")[0]
        except LookupError:  # a code page that nobody has heard of
            return data[at + 8 : at + 8 + size].decode("cp1252", "replace").split("\x00")[0]
    return None


def _time(ticks: int) -> datetime | None:
    """A FILETIME: tenths of a microsecond since 1601, in UTC."""
    try:
        return EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
