"""What each document says of the actors that no list knows, kept beside the stores: a file a document
(``actors/<digest>.nq``), with the fingerprint of the rules that read it."""

from __future__ import annotations

from pathlib import Path

from kg.fingerprint import fingerprint

MADE_BY = "# extracted by "
"""Begins the first line of a document's file: a comment, followed by the extractor's fingerprint."""


_STAGED = ".new"
"""Ends the name of a file that is not kept yet."""


class Contributions:
    """What each document says of unknown actors, by the document's digest; kept in *folder* when `commit` is called."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = {file.stem for file in folder.glob("*.nq")}
        self._staged: set[str] = set()
        self._gone: set[str] = set()
        self._drop_staged()  # a process that was killed left them

    def put(self, digest: str, lines: list[str]) -> None:
        """Keeps the quads of one document, in the place of what was kept of it."""
        self._folder.mkdir(exist_ok=True)
        content = "".join(line + "\n" for line in [MADE_BY + fingerprint(), *lines])
        self._file(digest).with_suffix(_STAGED).write_text(content, encoding="utf-8")
        self._staged.add(digest)
        self._gone.discard(digest)

    def remove(self, digest: str) -> None:
        self._staged.discard(digest)
        self._gone.add(digest)

    def is_recent(self, digest: str) -> bool:
        """Whether the document was extracted by the rules and word lists of today."""
        file = self._current(digest)
        if file is None:
            return False
        with file.open(encoding="utf-8") as opened:
            return opened.readline().rstrip("\n") == MADE_BY + fingerprint()

    def of(self, digest: str) -> list[str]:
        """The quads of a document; one without unknown actors has none."""
        file = self._current(digest)
        return [] if file is None else [line for line in file.read_text(encoding="utf-8").split("\n")[1:] if line]

    def commit(self) -> None:
        """Keeps what was put and forgets what was removed: the graph holds it so by now."""
        for digest in self._gone & self._kept:
            self._file(digest).unlink(missing_ok=True)
        for digest in self._staged:
            file = self._file(digest)
            file.with_suffix(_STAGED).replace(file)
        self._kept = (self._kept - self._gone) | self._staged
        self._gone, self._staged = set(), set()

    def close(self) -> None:
        """Forgets what was not committed."""
        self._drop_staged()

    def _drop_staged(self) -> None:
        for file in self._folder.glob(f"*{_STAGED}"):
            file.unlink()

    def _current(self, digest: str) -> Path | None:
        if digest in self._staged:
            return self._file(digest).with_suffix(_STAGED)
        return self._file(digest) if digest in self._kept and digest not in self._gone else None

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest}.nq"
