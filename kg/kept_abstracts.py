"""The abstracts of documents, kept in one file beside the stores."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

from kg.resolve.across.abstract import Abstract

_KEPT = 512
"""Abstracts held in memory."""


class Abstracts:
    """The abstracts of documents, by digest: one file beside the stores, changed when `commit` is called."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS abstract(digest TEXT, stamp TEXT, body BLOB, PRIMARY KEY(digest, stamp))"
            " WITHOUT ROWID"
        )
        self._db.execute("CREATE TABLE IF NOT EXISTS current(digest TEXT PRIMARY KEY, stamp TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")
        self._read: dict[tuple[str, str], Abstract] = {}
        self._stale = self._renewing = False

    def put(self, digest: str, text: str) -> bool:
        """Keeps *text* as the abstract of the document *digest* as it is now; False where it was the same before."""
        stamp = hashlib.sha256(text.encode()).hexdigest()[:32]
        if self._db.execute("SELECT 1 FROM current WHERE digest = ? AND stamp = ?", (digest, stamp)).fetchone():
            return False
        self._db.execute(
            "INSERT OR IGNORE INTO abstract VALUES (?, ?, ?)", (digest, stamp, zlib.compress(text.encode(), 3))
        )
        self._db.execute("INSERT OR REPLACE INTO current VALUES (?, ?)", (digest, stamp))
        self._stale = True
        return True

    def remove(self, digest: str) -> None:
        self._db.execute("DELETE FROM current WHERE digest = ?", (digest,))
        self._stale = True

    def current(self, among: Iterable[str] | None = None) -> dict[str, str]:
        """Digest -> stamp of the abstract that a document has now, of those *among* them or of all."""
        if among is None:
            return dict(self._db.execute("SELECT digest, stamp FROM current"))
        one = "SELECT digest, stamp FROM current WHERE digest = ?"
        return dict(row for digest in among for row in self._db.execute(one, (digest,)))

    def get(self, digest: str, stamp: str) -> Abstract:
        if (digest, stamp) not in self._read:
            if len(self._read) >= _KEPT:
                self._read.clear()
            (body,) = self._db.execute(
                "SELECT body FROM abstract WHERE digest = ? AND stamp = ?", (digest, stamp)
            ).fetchone()
            self._read[digest, stamp] = Abstract.loads(zlib.decompress(body).decode())
        return self._read[digest, stamp]

    def renew(self) -> None:
        """At the next commit, writes the file anew, so that nothing of what was removed stays in its free pages."""
        self._stale = self._renewing = True
        self._read.clear()

    def commit(self) -> None:
        """Keeps what was changed; abstracts that no document has any more go."""
        if self._stale:
            self._db.execute(
                "DELETE FROM abstract WHERE NOT EXISTS (SELECT 1 FROM current c"
                " WHERE c.digest = abstract.digest AND c.stamp = abstract.stamp)"
            )
        self._db.execute("COMMIT")
        if self._renewing:
            self._db.execute("VACUUM")
        self._db.execute("BEGIN")
        self._stale = self._renewing = False

    def close(self) -> None:
        """Forgets what was not committed."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()
