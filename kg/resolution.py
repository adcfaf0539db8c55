"""The resolution graph: what all documents of a level together say of the actors that no list knows.

What one document says of them is kept beside the stores, a file a document (``actors/<digest>.nq``); the graph of a
level is computed from the files of the documents it sees.  It is therefore the same whatever the order of builds
was, and a document that goes takes with it every name that only it gave.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from kg.fingerprint import fingerprint
from kg.terms import RDF, SKOS

MADE_BY = "# extracted by "
"""Begins the first line of a document's file: a comment, followed by the extractor's fingerprint."""
TYPE, NAME, ALIAS = f"<{RDF.type}>", f"<{SKOS.prefLabel}>", f"<{SKOS.altLabel}>"


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


def merge(contributions: Iterable[list[str]]) -> list[str]:
    """One graph of what all *contributions* (N-Quads lines of one graph, no blank nodes) say, sorted.

    Where documents differ on an actor's kind or name, most of them win (among equals the finer kind, the longer
    name, then the first in order of code points); names that lose become aliases.
    """
    kinds: dict[str, Counter[frozenset[str]]] = defaultdict(Counter)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    aliases: dict[str, set[str]] = defaultdict(set)
    rest: set[str] = set()
    tail = ""
    for lines in contributions:
        types: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            subject, predicate, value, tail = _split(line)
            if predicate == TYPE:
                types[subject].add(value)
            elif predicate == NAME:
                names[subject][value] += 1
            elif predicate == ALIAS:
                aliases[subject].add(value)
            else:
                rest.add(line)
        for subject, found in types.items():
            kinds[subject][frozenset(found)] += 1
    for subject, votes in kinds.items():
        best = max(votes, key=lambda types: (votes[types], len(types), sorted(types)))
        rest.update(f"{subject} {TYPE} {value} {tail}" for value in best)
    for subject, counted in names.items():
        name = min(counted, key=lambda value: (-counted[value], -len(value), value))
        rest.add(f"{subject} {NAME} {name} {tail}")
        aliases[subject].update(counted)
        aliases[subject].discard(name)
    rest.update(f"{subject} {ALIAS} {value} {tail}" for subject, values in aliases.items() for value in values)
    return sorted(rest)


def _split(line: str) -> tuple[str, str, str, str]:
    """``<s> <p> object <g> .`` as subject, predicate, object and ``<g> .``."""
    subject, predicate, others = line.split(" ", 2)
    value, graph, end = others.rsplit(" ", 2)
    return subject, predicate, value, f"{graph} {end}"
