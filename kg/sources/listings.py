"""Listings: checksum manifests (``sha256sum`` and its like), ``ls -lR``, and tables of files in CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kg.errors import OverBudget, UnreadableInput
from kg.model import Document, Entry
from kg.sources.media import by_magic
from kg.sources.metadata import file_with, moment
from kg.sources.reading import Reading, Source

ENTRIES = 100_000
"""Files that are named one by one; all are counted."""
LONGEST = 8_192
"""Characters of a line; a longer one is no line of a list."""
DIGESTS = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
COREUTILS = re.compile(r"\\?(?P<sum>[0-9a-fA-F]{32,128}) [ *](?P<path>.+)\Z")
BSD = re.compile(
    r"(?P<algorithm>MD5|SHA1|SHA224|SHA256|SHA384|SHA512) \((?P<path>.+)\) = (?P<sum>[0-9a-fA-F]{32,128})\Z"
)
_WHEN = (
    r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?(?: [+-]\d{4})?)?"
    r"|[A-Z][a-z]{2}\s+\d{1,2}\s+(?:\d{4}|\d\d:\d\d)"
)
LS = re.compile(
    r"(?P<type>[-dlbcps])[-rwxsStT]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+(?P<size>\d+|\d+,\s*\d+)\s+"
    rf"(?P<when>{_WHEN})\s"
    r"(?P<path>.+)\Z"
)
FOLDER = re.compile(r"(?P<path>\S.*):\Z")
COLUMNS = {
    "path": ("path", "name", "file", "filename", "file name", "file_name", "fichier", "chemin", "nom"),
    "size": ("size", "bytes", "length", "size in bytes", "taille", "octets"),
    "modified": ("modified", "mtime", "last modified", "last_modified", "modifié", "modification"),
    "sum": ("sha256", "sha1", "md5", "sha512", "checksum", "hash", "digest"),
}
"""Names of columns, in English and French, in lower case."""


@dataclass(slots=True)
class Total:
    """What is counted of all entries, named or not."""

    count: int = 0
    size: int = 0
    sized: bool = False

    def add(self, entry: Entry) -> None:
        self.count += 1
        if entry.size is not None:
            self.size, self.sized = self.size + entry.size, True


Parse = Callable[[Iterable[str]], Iterator[Entry]]


def read_listing(source: Source, reading: Reading) -> Iterator[Document] | None:
    """One Listing; None when *source* is none: each of its first lines has to be of one form."""
    head = source.head
    if not head.strip() or b"\x00" in head or by_magic(head) is not None:
        return None
    lines = head.decode("utf-8-sig", "replace").splitlines()
    form = _form(lines if source.size <= len(head) else lines[:-1])
    return _one(source, reading, *form) if form is not None else None


def _form(lines: list[str]) -> tuple[str, Parse] | None:
    filled = [line for line in lines if line.strip()]
    if not filled:
        return None
    if all(_sum(line) is not None for line in filled):
        return "text/plain", manifest
    if any(LS.match(line) for line in filled) and all(_of_ls(line) for line in filled):
        return "text/plain", long_list
    columns = _columns(filled[0])
    if "path" in columns and {"size", "sum"} & columns.keys():
        return "text/csv", table
    return None


def _one(source: Source, reading: Reading, media_type: str, parse: Parse) -> Iterator[Document]:
    if source.size > reading.budgets.metadata_bytes:
        raise OverBudget(f"a list of {source.size:,} bytes, more than {reading.budgets.metadata_bytes:,}")
    total, kept = Total(), []
    with source.opened() as stream:
        try:
            for entry in parse(_lines(io.TextIOWrapper(stream, "utf-8-sig", "backslashreplace", newline=""))):
                total.add(entry)
                if total.count <= ENTRIES:
                    kept.append(entry)
        except csv.Error as error:
            raise UnreadableInput(f"a table that breaks off: {error}") from None
    facts = {"memberCount": total.count, "contentSize": total.size if total.sized else None}
    warnings = () if total.count <= ENTRIES else (f"of {total.count:,} files the first {ENTRIES:,} are named",)
    document = file_with(source, reading, media_type, facts, kind="Listing", warnings=warnings)
    yield replace(document, entries=_unique(kept))


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(LONGEST):
        yield line.replace("\x00", "")


def _unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry a path: the first one, so that two lines of one path do not become one file of two sizes."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.path, entry)
    return tuple(found.values())


# ------------------------------------------------------------------ checksums
def manifest(lines: Iterable[str]) -> Iterator[Entry]:
    for line in lines:
        if (entry := _sum(line.rstrip("\r\n"))) is not None:
            yield entry


def _sum(line: str) -> Entry | None:
    found = COREUTILS.match(line) or BSD.match(line)
    if found is None:
        return None
    algorithm = DIGESTS.get(len(found["sum"]))
    return Entry(found["path"], checksum=f"{algorithm}:{found['sum'].lower()}") if algorithm else None


# ------------------------------------------------------------------ ls -l, ls -lR
def _of_ls(line: str) -> bool:
    return bool(LS.match(line) or FOLDER.match(line) or re.match(r"total(?: \d\S*)?\Z", line))


def long_list(lines: Iterable[str]) -> Iterator[Entry]:
    """The files of ``ls -l`` or ``ls -lR``, below the folders whose names stand above them."""
    folder = ""
    for line in (each.rstrip("\r\n") for each in lines):
        if (found := LS.match(line)) is not None:
            if found["type"] in "-l":
                path = found["path"].split(" -> ")[0] if found["type"] == "l" else found["path"]
                size = int(found["size"]) if found["type"] == "-" and found["size"].isdigit() else None
                link = "a link" if found["type"] == "l" else None
                yield Entry(f"{folder}{path}", size, _listed_time(found["when"]), reason=link)
        elif (heading := FOLDER.match(line)) is not None:
            folder = heading["path"].removeprefix("./").rstrip("/") + "/"
            folder = "" if folder == "./" else folder


def _listed_time(text: str) -> datetime | None:
    """``2017-04-24 18:30`` (``--time-style=long-iso`` and ``full-iso``); None for a day without its year or hour."""
    if text[:4].isdigit():
        return moment(text)
    return None


# ------------------------------------------------------------------ tables
def _columns(line: str) -> dict[str, int]:
    """Which column of a CSV heading holds what."""
    cells = [cell.strip().strip('"').lower() for cell in line.split(_delimiter(line))]
    return {
        what: next(place for place, cell in enumerate(cells) if cell in names)
        for what, names in COLUMNS.items()
        if any(cell in names for cell in cells)
    }


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def table(lines: Iterable[str]) -> Iterator[Entry]:
    """The files of a table whose first line names its columns; rows without a path are no files."""
    rest = iter(lines)
    heading = next((line for line in rest if line.strip()), "")
    columns = _columns(heading.rstrip("\r\n"))
    for row in csv.reader(rest, delimiter=_delimiter(heading)):
        cells = {what: row[place].strip() for what, place in columns.items() if place < len(row)}
        if not cells.get("path"):
            continue
        size, total = cells.get("size", "").replace(" ", ""), cells.get("sum", "").lower()
        algorithm = DIGESTS.get(len(total)) if re.fullmatch(r"[0-9a-f]+", total) else None
        yield Entry(
            cells["path"],
            int(size) if size.isdigit() and len(size) < 19 else None,
            moment(cells.get("modified")),
            f"{algorithm}:{total}" if algorithm else None,
        )
