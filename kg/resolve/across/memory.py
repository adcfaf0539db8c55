"""What resolution keeps of the documents resolved so far, one SQLite file a marking level: derived, can be made again.

Tables: ``name`` numbers IRIs and digests in the order in which they come, all others tell of them by number, so that
what belongs to documents of one time stands together on disk and what is written stays in the cache; ``key`` says
which nodes stand under a key, in a fixed order; ``node`` what is known of a node, and its keys; ``score`` the pairs
that were found to be worth noting; ``member`` the cluster of a node, by its root and its name; ``tally`` what documents
say of unknown actors, counted; ``out`` and ``line`` what the resolution graph says, by the owner of each line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

_FORMAT = 8
"""Of the tables, as ``user_version`` of the file; a memory of another one is made again."""
_SCHEMA = f"""
PRAGMA user_version = {_FORMAT};
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name(id INTEGER PRIMARY KEY, hash INTEGER, text TEXT);
CREATE INDEX IF NOT EXISTS name_hash ON name(hash);
CREATE TABLE IF NOT EXISTS doc(digest TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS key(key INTEGER, place TEXT, tie INTEGER, node INTEGER, PRIMARY KEY(key, place, tie, node))
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS node(node INTEGER PRIMARY KEY, place TEXT, keys BLOB, facts BLOB);
CREATE TABLE IF NOT EXISTS score(a INTEGER, b INTEGER, label TEXT, score REAL, reason TEXT, PRIMARY KEY(a, b)) WITHOUT
ROWID;
CREATE INDEX IF NOT EXISTS score_b ON score(b);
CREATE TABLE IF NOT EXISTS member(kind TEXT, node INTEGER, root INTEGER, PRIMARY KEY(kind, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_root ON member(kind, root);
CREATE TABLE IF NOT EXISTS occ(node INTEGER, first TEXT, digest INTEGER, iri INTEGER, PRIMARY KEY(node, first, digest,
iri)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS occ_digest ON occ(digest, iri);
CREATE INDEX IF NOT EXISTS occ_iri ON occ(iri, first);
CREATE TABLE IF NOT EXISTS tally(node INTEGER, what TEXT, value TEXT, n INTEGER, PRIMARY KEY(node, what, value)) WITHOUT
ROWID;
CREATE TABLE IF NOT EXISTS bearer(iri INTEGER, node INTEGER, n INTEGER, PRIMARY KEY(iri, node)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS home(node INTEGER PRIMARY KEY, digest INTEGER);
CREATE INDEX IF NOT EXISTS home_digest ON home(digest);
CREATE TABLE IF NOT EXISTS out(node INTEGER, what TEXT, lines BLOB, PRIMARY KEY(node, what)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line(digest BLOB PRIMARY KEY, n INTEGER) WITHOUT ROWID;
"""
_NAMES = 200_000
"""Names held in memory."""


class Memory:
    """One level's memory; changes are kept when `commit` is called and forgotten when it is not."""

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(":memory:" if path is None else path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA cache_size=-196608")  # KiB: what a commit changes fits, and is written once
        self._ids: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        if self.one("PRAGMA user_version") != _FORMAT:
            self._drop()
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def run(self, sql: str, *values: object) -> None:
        self._db.execute(sql, values)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:
        """The first column of the first row; None where there is none."""
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def each(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        yield from self._db.execute(sql, values)

    # -------------------------------------------------------------- names
    def id(self, text: str) -> int:
        """The number of an IRI or digest; 0, which none has, where it was never told of."""
        found = self._ids.get(text)
        if found is None:
            # Two texts with one hash are told apart by the text itself.
            rows = self.rows("SELECT id, text FROM name WHERE hash = ?", short_hash(text))
            found = next((number for number, other in rows if other == text), 0)
            if found:
                self._hold(found, text)
        return found

    def number(self, text: str) -> int:
        """The number of an IRI or digest, given now where it has none."""
        found = self.id(text)
        if not found:
            found = int(
                self._db.execute("INSERT INTO name(hash, text) VALUES (?, ?)", (short_hash(text), text)).lastrowid or 0
            )
            self._hold(found, text)
        return found

    def text(self, number: int) -> str:
        """The IRI or digest with this *number*."""
        found = self._texts.get(number)
        if found is None:
            found = str(self.one("SELECT text FROM name WHERE id = ?", number))
            self._hold(number, found)
        return found

    def _hold(self, number: int, text: str) -> None:
        if len(self._ids) >= _NAMES or len(self._texts) >= _NAMES:
            self._ids = dict(islice(self._ids.items(), _NAMES // 2, None))
            self._texts = dict(islice(self._texts.items(), _NAMES // 2, None))
        self._ids[text] = number
        self._texts[number] = text

    # -------------------------------------------------------------- clusters
    def root(self, kind: str, node: str) -> str:
        """The root of the cluster of *node* among those of a *kind*; "" where it is in none."""
        found = self.one("SELECT root FROM member WHERE kind = ? AND node = ?", kind, self.id(node))
        return self.text(found) if found else ""

    def members(self, kind: str, root: str) -> list[str]:
        """The nodes of the cluster of a *kind* under *root*, sorted."""
        rows = self.rows("SELECT node FROM member WHERE kind = ? AND root = ?", kind, self.id(root))
        return sorted(self.text(number) for (number,) in rows)

    def enter(self, kind: str, node: str, root: str) -> None:
        self.run("INSERT INTO member VALUES (?, ?, ?)", kind, self.number(node), self.number(root))

    def leave(self, kind: str, node: str) -> None:
        self.run("DELETE FROM member WHERE kind = ? AND node = ?", kind, self.id(node))

    # -------------------------------------------------------------- its state
    def stamp(self) -> str:
        """What the memory belongs to, as `commit` was told; "" for a new one."""
        return str(self.one("SELECT value FROM meta WHERE name = 'stamp'") or "")

    def commit(self, stamp: str) -> None:
        """Keeps what was changed, as belonging to *stamp*."""
        self.run("INSERT OR REPLACE INTO meta VALUES ('stamp', ?)", stamp)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def clear(self) -> None:
        """Forgets everything, tables of an older claimgraph too."""
        self._db.execute("ROLLBACK")
        self._drop()
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def _drop(self) -> None:
        self._ids, self._texts = {}, {}
        for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            self.run(f"DROP TABLE {name}")

    def close(self) -> None:
        """Forgets what was not committed."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()


@lru_cache(maxsize=1024)  # a node's is asked for at each of its keys
def short_hash(text: str) -> int:
    """Eight bytes of *text*, as SQLite keeps an integer."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
