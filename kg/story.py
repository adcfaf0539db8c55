"""One story across documents, in a graph: abstracts kept beside the stores, and what resolution finds written as RDF.

Each marking level has a memory of its own, made from the documents it sees.  ``graph/resolution`` of a level changes
by its differences, and so do the documents whose actors are given other IRIs: `Session` calls `resolve` for each level
before it commits, and `published` behind it.  A memory that is not of the generation at hand is made again from the
abstracts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg import iris
from kg.abstracts import bare, points
from kg.decisions import Decisions, load
from kg.fingerprint import fingerprint
from kg.kept_abstracts import Abstracts
from kg.rdf.actors import rebased
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.decided import Decided
from kg.resolve.across.meaning import Meaning, asked_for
from kg.resolve.across.memory import Memory
from kg.resolve.across.story import Story
from kg.resolve.known import KnownActors
from kg.resources import software_version
from kg.store import Writer
from kg.telling import Teller

Said = Callable[[str], list[str]]
"""What a document, by its digest, says of unknown actors, as an older claimgraph kept it."""
_OLD = "~"
"""Ends the stamp of a superseded document."""
_ABSTRACTS = "abstracts.sqlite"
_PART = 500
"""Documents that are settled together."""


class Stories:
    """The stories of all levels of the graph in *root*, written by *writer*."""

    def __init__(self, root: Path, writer: Writer, said: Said) -> None:
        self._folder, self._writer, self._said = root / "across", writer, said
        self._base = writer.base
        self._folder.mkdir(exist_ok=True)
        self.abstracts = Abstracts(self._folder / _ABSTRACTS)
        self._levels: dict[str, Story] = {}
        self.touched: set[str] = set()
        """Digests whose abstract came, went or changed since the last commit."""
        self._meaning = Meaning(self._folder) if asked_for() else None

    # -------------------------------------------------------------- documents
    def put(self, digest: str, abstract: str) -> bool:
        """Takes note of the *abstract* of a document that was written; False where it was the same before."""
        self.touched.add(digest)
        return self.abstracts.put(digest, abstract)

    def remove(self, digest: str) -> None:
        self.touched.add(digest)
        self.abstracts.remove(digest)

    def as_stored(self, document: str, lines: Iterable[str]) -> list[str]:
        """*lines* of the graph *document* with the actors' IRIs as the highest level writes them."""
        story = self._story(self._writer.levels_in_use[-1])
        assigned = {
            f"<{old}>": f"<{new}>" for old, new in story.assigned(story.digest_of(document)).items() if old != new
        }
        return [_renamed(line, assigned, self._base) for line in lines] if assigned else list(lines)

    # -------------------------------------------------------------- a level
    def resolve(self, level: str, seen: Mapping[str, bool], decided: Decided, moved: set[str] | None = None) -> None:
        """Brings the story of *level* up to date and writes it, obeying what was *decided*.

        *seen* are the digests of the documents it sees, and whether they are superseded: those keep their actors, but
        what they told is told by the newer revision now.  *moved* says that only these digests need be looked at, of
        which *seen* holds those that the level sees; None: all.
        """
        story = self._story(level)
        whole = not story.memory.stamp()
        among = None if whole else moved
        held, stamps = story.documents(among), self.abstracts.current(among)
        now = {digest: stamps.get(digest, "") + (_OLD if old else "") for digest, old in seen.items()}
        gone = sorted(digest for digest, stamp in held.items() if now.get(digest) != stamp)
        come = [digest for digest, stamp in now.items() if held.get(digest) != stamp]
        if not gone and not come and not whole and story.applied() == decided.dumps():
            return
        teller = Teller(story, self._base, self._fetch(story))
        changed: set[str] = set()
        for left, entered in _parts(gone, come):  # as much as memory holds: the order makes no difference
            part = story.settle(
                ((digest, self._abstract(digest, held[digest])) for digest in left),
                ((digest, now[digest], self._abstract(digest, now[digest])) for digest in entered),
                decided,
            )
            differences = teller.tell(part)
            changed |= part.documents
            if not whole:
                self._writer.exchange(iris.resolution_graph(self._base), *differences, level)
        if whole:
            self._put_whole(level, teller)
        entered_anew = set(come)
        for digest in sorted(changed):
            if story.holds(digest):
                abstract, assigned = self._fetch(story)(digest), story.assigned(digest)
                self._point(level, abstract, assigned, whole or digest not in entered_anew)

    def _put_whole(self, level: str, teller: Teller) -> None:
        graph = iris.resolution_graph(self._base)
        quads = b"".join(f"{line} <{graph}> .\n".encode() for line in teller.lines())
        self._writer.put(quads, [graph], level, exact=True)

    def _point(self, level: str, abstract: Abstract, assigned: dict[str, str], moved: bool) -> None:
        """Makes the graph of a document point to the actors as they are *assigned* now."""
        if not moved and all(old == new for old, new in assigned.items()):
            return  # it was written as minted, a moment ago
        terms = {f"<{old}>": f"<{new}>" for old, new in assigned.items()}
        wanted = {f"{s} {p} {terms.get(o, o)} .".encode() for s, p, o in abstract.points}
        if not wanted:
            return
        stands = {line for line in self._writer.triples(abstract.iri, level) if _points(line, self._base)}
        if stands != wanted:
            self._writer.exchange(abstract.iri, stands - wanted, wanted - stands, level)

    # -------------------------------------------------------------- its state
    def published(self, number: int) -> None:
        """Keeps what was found out: it belongs to the generation *number*."""
        self.abstracts.commit()
        self.touched.clear()
        for story in self._levels.values():
            story.memory.commit(self._stamp(number))

    def renew(self) -> None:
        """Makes every memory again at the next commit: theirs, unlike the abstracts, name what they ever told of."""
        self._close_memories()
        for file in self._folder.iterdir():
            if not file.name.startswith(_ABSTRACTS):
                file.unlink()
        self._levels.clear()
        self._meaning = Meaning(self._folder) if asked_for() else None
        self.abstracts.renew()

    def close(self) -> None:
        self._close_memories()
        self.abstracts.close()

    def _close_memories(self) -> None:
        for story in self._levels.values():
            story.memory.close()
        if self._meaning is not None:
            self._meaning.close()

    def _story(self, level: str) -> Story:
        if level not in self._levels:
            memory = Memory(self._folder / f"{level}.sqlite")
            if memory.stamp() != self._stamp(self._writer.number):
                memory.clear()
            self._levels[level] = story = Story(
                memory, lambda digest: self._fetch(story)(digest), rebase=self._rebased, similar=self._meaning
            )
            decisions = load(lambda query: [dict(row) for row in self._writer.select(query, level)], self._base)
            story.decided = story.actors.decided = decided(decisions, self._base)  # `as_stored` comes before `resolve`
        return self._levels[level]

    def _rebased(self, known: str) -> str:
        return rebased(known, self._base)

    def _stamp(self, number: int) -> str:
        return (
            f"{number} {software_version()} {fingerprint()} {'by words and meaning' if self._meaning else 'by words'}"
        )

    def _fetch(self, story: Story) -> Callable[[str], Abstract]:
        return lambda digest: self._abstract(digest, story.stamp_of(digest))

    def _abstract(self, digest: str, stamp: str) -> Abstract:
        plain = stamp.removesuffix(_OLD)
        found = self.abstracts.get(digest, plain) if plain else bare(digest, self._base, self._said(digest))
        return found if plain == stamp else replace(found, events=(), claims=(), signature=())


def _parts(gone: list[str], come: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Digests that go and that come, `_PART` at a time, what goes first; once at least, for decisions alone."""
    if len(gone) + len(come) <= _PART:
        yield gone, come
        return
    for at in range(0, len(gone), _PART):
        yield gone[at : at + _PART], []
    for at in range(0, len(come), _PART):
        yield [], come[at : at + _PART]


def _renamed(line: str, assigned: dict[str, str], base: str) -> str:
    subject, predicate, others = line.split(" ", 2)
    if not others.startswith(f"<{base}actor/") or not points(predicate, others, base):
        return line
    value, graph, end = others.rsplit(" ", 2)
    return f"{subject} {predicate} {assigned.get(value, value)} {graph} {end}"


def _points(triple: bytes, base: str) -> bool:
    _, predicate, value = triple.decode().split(" ", 2)
    return points(predicate, value, base)


def decided(decisions: Decisions, base: str) -> Decided:
    """What holds by *decisions* about who is who."""
    known = frozenset(rebased(one, base) for one in KnownActors.load().by_iri)
    splits = frozenset(
        (split.actor, document, split.node) for split in decisions.splits for document in split.documents
    )
    return Decided(decisions.merges, decisions.different, splits, known)
