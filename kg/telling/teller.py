"""Who tells which line.

Every line has its owners: an actor, a pair of profiles, an event, a claim, a document.  An owner is told anew when it
may have changed; a line comes with its first owner and goes with its last one.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable

from kg.nquads import iri
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.story import Changed, Story
from kg.telling.actors import ActorLines
from kg.telling.claims import ClaimLines
from kg.telling.events import EventLines
from kg.terms import KG

Fetch = Callable[[str], Abstract]


class Teller:
    """Tells *story*, in a graph whose base is *base*; *fetch* gives the abstract of a document of it."""

    def __init__(self, story: Story, base: str, fetch: Fetch) -> None:
        self.story, self.memory, self._fetch = story, story.memory, fetch
        self._actors, self._events = ActorLines(story, base, fetch), EventLines(story, base)
        self._claims = ClaimLines(story, base)
        self._counts: Counter[str] = Counter()
        self._gone: set[str] = set()
        self._come: set[str] = set()

    def tell(self, changed: Changed) -> tuple[set[bytes], set[bytes]]:
        """The triples (N-Triples) that go and that come because of what *changed*."""
        for actor in sorted(changed.actors):
            self._say(f"actor {actor}", self._actors.of(actor))
        for profile in sorted(self._actors.with_partners(changed.profiles)):
            self._say(f"maybe {profile}", self._actors.left_open(profile))
        for root in sorted(changed.roots):
            self._say(f"event {root}", self._events.of(root), alone=True)
        for claim in sorted(changed.claims):
            self._say(f"claim {claim}", self._claims.of(claim), alone=True)
        for digest in sorted(changed.documents):
            self._say(f"document {digest}", self._document(digest))
        return self._settle()

    def lines(self) -> list[str]:
        """Everything that is told, as ``subject predicate object``, sorted."""
        return sorted({line for (told,) in self.memory.each("SELECT lines FROM out") for line in unpack(told)})

    # -------------------------------------------------------------- owners
    def _say(self, owner: str, lines: Iterable[str], *, alone: bool = False) -> None:
        """Tells *owner* anew; *alone* says that no other owner tells any of its lines, so that none need be counted."""
        now = sorted(set(lines))
        what, name = owner.split(" ", 1)
        node = self.memory.id(name)
        kept = self.memory.one("SELECT lines FROM out WHERE node = ? AND what = ?", node, what)
        before = [] if kept is None else unpack(kept)
        if before == now:
            return
        if alone:
            self._gone.update(set(before).difference(now))
            self._come.update(set(now).difference(before))
        else:
            self._counts.subtract(before)
            self._counts.update(now)
        self.memory.run("DELETE FROM out WHERE node = ? AND what = ?", node, what)
        if now:
            self.memory.run("INSERT INTO out VALUES (?, ?, ?)", self.memory.number(name), what, _pack(now))

    def _settle(self) -> tuple[set[bytes], set[bytes]]:
        # What goes with one owner and comes with another stays.
        gone = {f"{line} .".encode() for line in self._gone - self._come}
        come = {f"{line} .".encode() for line in self._come - self._gone}
        self._gone, self._come = set(), set()
        for line, by in self._counts.items():
            if not by:
                continue
            digest = hashlib.blake2b(line.encode(), digest_size=16).digest()
            before = int(self.memory.one("SELECT n FROM line WHERE digest = ?", digest) or 0)
            if before + by:
                self.memory.run("INSERT OR REPLACE INTO line VALUES (?, ?)", digest, before + by)
            else:
                self.memory.run("DELETE FROM line WHERE digest = ?", digest)
            if not before:
                come.add(f"{line} .".encode())
            elif not before + by:
                gone.add(f"{line} .".encode())
        self._counts.clear()
        return gone, come

    # -------------------------------------------------------------- documents
    def _document(self, digest: str) -> Iterable[str]:
        """What it copies, and what it alone says of unknown actors."""
        if not self.story.holds(digest):
            return
        abstract = self._fetch(digest)
        root = self.story.families.root(abstract.iri)
        if root != abstract.iri:
            yield f"{iri(abstract.iri)} {iri(KG.copyOf)} {iri(root)}"
        terms = {f"<{old}>": f"<{new}>" for old, new in self.story.assigned(digest).items()}
        for subject, predicate, value in abstract.rest:
            one, two = terms.get(subject, subject), terms.get(value, value)
            if one != two:
                yield f"{one} {predicate} {two}"


def _pack(lines: Iterable[str]) -> bytes:
    """*lines* as they are kept: they repeat the same IRIs over and over, so that packed they take a tenth."""
    return zlib.compress("\n".join(lines).encode(), 1)


def unpack(kept: bytes) -> list[str]:
    """The lines that `_pack` packed."""
    return zlib.decompress(kept).decode().split("\n")
