"""Torrents, lists of files, records of breaches.  All names are invented."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import bencode2


def torrent(version: int = 1) -> bytes:
    info: dict[bytes, Any] = {b"name": b"fuite", b"piece length": 262144}
    if version == 1:
        info[b"files"] = [{b"length": 700, b"path": [b"a.zip"]}, {b"length": 300, b"path": [b"b", b"c.txt"]}]
        info[b"pieces"] = bytes(20)
    else:
        info[b"meta version"] = 2
        info[b"file tree"] = {
            b"a.zip": {b"": {b"length": 700, b"pieces root": bytes(32)}},
            b"b": {b"c.txt": {b"": {b"length": 300}}},
        }
    return bencode2.bencode(
        {
            b"announce": b"udp://tracker.example:80",
            b"created by": b"Essai 1.0",
            b"creation date": 1493051400,
            b"info": info,
        }
    )


def manifest() -> bytes:
    lines = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in ("a.txt", "b/c.txt")]
    return "\n".join([*lines, ""]).encode()


LS = b"""./fuite:
total 12
drwxr-xr-x 2 u g 4096 2017-04-24 18:30 mails
-rw-r--r-- 1 u g 1200 2017-04-24 18:30 lisez moi.txt
lrwxrwxrwx 1 u g   10 2017-04-24 18:31 lien -> /etc/passwd

./fuite/mails:
total 4
-rw-r--r-- 1 u g  300 Apr 24  2017 un.eml
"""
TABLE = b"path;size;sha256\na.txt;100;" + b"ab" * 32 + b"\nb.txt;200;\n"


def breach() -> dict[str, Any]:
    return {
        "Name": "Essai", "Title": "Essai SA", "Domain": "essai.example", "BreachDate": "2016-05-17",
        "AddedDate": "2017-01-02T00:00:00Z", "PwnCount": 1234567, "Description": "<b>closed</b>",
        "DataClasses": ["Email addresses", "Passwords"], "IsVerified": True,
    }  # fmt: skip


def breaches() -> bytes:
    return json.dumps([breach(), {**breach(), "Name": "Autre"}]).encode()
