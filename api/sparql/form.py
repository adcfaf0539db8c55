"""Parameters as forms write them (application/x-www-form-urlencoded), long ones in C.

A query of a megabyte, as clients send it with long VALUES, keeps ``urllib`` busy for 90 ms, and with it everybody else.
Quoted-printable is the same code with another sign, and the standard library decodes it in C.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterator
from urllib.parse import parse_qsl

_LONG = 20_000  # characters
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def parameters(encoded: str) -> Iterator[tuple[str, str]]:
    """Names and values in order, empty values too; UnicodeDecodeError (a ValueError) for what is not UTF-8.

    >>> list(parameters("query=ASK+%7B%7D&a="))
    [('query', 'ASK {}'), ('a', '')]
    """
    if len(encoded) < _LONG:
        yield from parse_qsl(encoded, keep_blank_values=True, errors="strict")
        return
    for part in encoded.split("&"):
        name, _, value = part.partition("=")
        if part:
            yield _decoded(name), _decoded(value)


def _decoded(text: str) -> str:
    written = text.encode("utf-8", "strict").replace(b"+", b" ")
    if _BROKEN.search(written):  # a per cent sign by itself stays as it is
        written = _BROKEN.sub(b"%25", written)
    return a2b_qp(written.replace(b"=", b"%3D").replace(b"%", b"=")).decode("utf-8", "strict")
