"""What each document says of the actors that no list knows, kept beside the stores: a file a document
(``actors/<digest>.nq``), with the fingerprint of the rules that read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.fingerprint import fingerprint

MADE_BY = "# extracted by "
"""Begins the first line of a document's file: a comment, followed by the extractor's fingerprint."""


class Contributions:
    """What each document says of unknown actors, by the document's digest; kept in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = {file.stem for file in folder.glob("*.nq")}

    def put(self, digest: str, lines: list[str]) -> None:
        """Keeps the quads of one document, in the place of what was kept of it."""
        self._folder.mkdir(exist_ok=True)
        self._kept.add(digest)
        content = "".join(line + "\n" for line in [MADE_BY + fingerprint(), *lines])
        self._file(digest).write_text(content, encoding="utf-8")

    def remove(self, digest: str) -> None:
        if digest in self._kept:
            self._kept.discard(digest)
            self._file(digest).unlink(missing_ok=True)

    def is_recent(self, digest: str) -> bool:
        """Whether the document was extracted by the rules and word lists of today."""
        if digest not in self._kept:
            return False
        with self._file(digest).open(encoding="utf-8") as file:
            return file.readline().rstrip("\n") == MADE_BY + fingerprint()

    def of(self, digests: Iterable[str]) -> Iterable[list[str]]:
        """The quads of each of these documents; one without unknown actors has none."""
        return (self._read(digest) for digest in digests)

    def _read(self, digest: str) -> list[str]:
        if digest not in self._kept:
            return []
        return [line for line in self._file(digest).read_text(encoding="utf-8").split("\n")[1:] if line]

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest}.nq"
