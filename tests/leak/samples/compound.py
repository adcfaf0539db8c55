"""Office files of old: compound files with property sets ([MS-CFB], [MS-OLEPS]).  All names are invented."""

from __future__ import annotations

import struct
from datetime import UTC, datetime


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
