"""Media types: what is offered against what the Accept header prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def accepted(header: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that *header* prefers; None where none will do.

    Of equally welcome types the more specifically named wins, then the one offered first.
    """
    ranges = [_range(part) for part in (header or "*/*").split(",") if part.strip()]
    best: tuple[float, int, int] | None = None
    chosen = None
    for place, media in enumerate(offered):
        matching = [(precision, quality) for name, quality in ranges if (precision := _match(name, media)) is not None]
        if not matching:
            continue
        precision, quality = max(matching)
        if quality > 0 and (best is None or (quality, precision, -place) > best):
            best, chosen = (quality, precision, -place), media
    return chosen


def media_type(header: str | None) -> tuple[str, str]:
    """The media type and the charset (``""``: not stated) of a Content-Type header, in lower case."""
    name, *parameters = (piece.strip().lower() for piece in (header or "").split(";"))
    charset = next((p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")), "")
    return name, charset


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((p[2:] for p in parameters if p.lower().startswith("q=")), "1")
    try:
        return name.lower(), min(1.0, max(0.0, float(quality)))
    except ValueError:
        return name.lower(), 0.0


def _match(name: str, media: str) -> int | None:
    """How specifically the range *name* covers *media*: 2 exactly, 1 its family, 0 anything; None not at all."""
    if name == media:
        return 2
    if name == media.split("/")[0] + "/*":
        return 1
    return 0 if name == "*/*" else None
