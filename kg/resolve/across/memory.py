"""What resolution keeps of the documents resolved so far, one SQLite file a marking level: derived, can be made again.

Tables: ``key`` says which nodes stand under a key, in a fixed order; ``node`` what is known of a node, and its keys;
``score`` the pairs that were found to be worth noting; ``member`` the cluster of a node, by its root and its name;
``tally`` what documents say of unknown actors, counted; ``out`` and ``line`` what the resolution graph says, by the
owner of each line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doc(digest TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS key(kind TEXT, key BLOB, place TEXT, node TEXT, PRIMARY KEY(kind, key, place, node))
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS node(kind TEXT, node TEXT, place TEXT, facts BLOB, keys BLOB, PRIMARY KEY(kind, node))
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS score(kind TEXT, a TEXT, b TEXT, label TEXT, score REAL, reason TEXT, PRIMARY KEY(kind, a,
b)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS score_b ON score(kind, b);
CREATE TABLE IF NOT EXISTS member(kind TEXT, node TEXT, root TEXT, PRIMARY KEY(kind, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_root ON member(kind, root);
CREATE TABLE IF NOT EXISTS occ(node TEXT, digest TEXT, iri TEXT, first TEXT, PRIMARY KEY(node, digest, iri)) WITHOUT
ROWID;
CREATE INDEX IF NOT EXISTS occ_digest ON occ(digest, iri);
CREATE INDEX IF NOT EXISTS occ_iri ON occ(iri, first);
CREATE INDEX IF NOT EXISTS occ_first ON occ(node, first);
CREATE TABLE IF NOT EXISTS tally(node TEXT, what TEXT, value TEXT, n INTEGER, PRIMARY KEY(node, what, value)) WITHOUT
ROWID;
CREATE TABLE IF NOT EXISTS bearer(iri TEXT, node TEXT, n INTEGER, PRIMARY KEY(iri, node)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS home(node TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS home_digest ON home(digest);
CREATE TABLE IF NOT EXISTS out(owner TEXT PRIMARY KEY, lines TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line(digest BLOB PRIMARY KEY, n INTEGER) WITHOUT ROWID;
"""


class Memory:
    """One level's memory; changes are kept when `commit` is called and forgotten when it is not."""

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(":memory:" if path is None else path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA cache_size=-196608")  # KiB: what a commit changes fits, and is written once
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
        for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            self.run(f"DROP TABLE {name}")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Forgets what was not committed."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()
