"""Archives.  All names are invented."""

from __future__ import annotations

import io
import tarfile
import zipfile

import py7zr


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with *members*, each dated 2017-04-24 18:30."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as box:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2017, 4, 24, 18, 30, 0))
            info.compress_type = compression
            box.writestr(info, content)
    return out.getvalue()


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
