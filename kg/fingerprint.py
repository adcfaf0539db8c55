"""Which extractor this is, down to its rules and word lists: what decides whether a document must be read again.

The version in a document's graph names the release and the models.  Between releases rules and lexicons change too;
their fingerprint is kept beside the stores, so that no graph differs for a comment in the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg.resources import resource

STAGES = (
    "sources",
    "text",
    "extract",
    "resolve",
    "rdf",
    "abstracts.py",
    "extractions.py",
    "iris.py",
    "model",
    "nquads.py",
)
"""The parts of the package that decide what a document's graph says."""
SAMPLES = ("articles", "leaks")
"""Folders of ``data/`` that hold inputs, not rules."""


@cache
def fingerprint() -> str:
    """16 hex digits of the SHA-256 of the stages' code and of the data they use; the same wherever they lie."""
    total = sha256()
    roots = [files("kg").joinpath(name) for name in STAGES]
    roots += [part for part in _sorted(resource("data")) if part.name not in SAMPLES]
    for root in roots:
        for name, content in _content(root, root.name):
            total.update(f"{name}\n{len(content)}\n".encode())
            total.update(content)
    return total.hexdigest()[:16]


def _content(part: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """The code and data files at or under *part*, by name."""
    if part.is_dir():
        for inner in _sorted(part):
            yield from _content(inner, f"{name}/{inner.name}")
    elif part.name.endswith((".py", ".toml", ".ttl", ".csv", ".json")):
        yield name, part.read_bytes()


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda part: part.name)
