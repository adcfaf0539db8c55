"""Finds what travels with the code: the ontology and the data.

In an installed wheel they lie inside the package (``kg/ontology``, ``kg/data``); in an editable checkout they
are the folders ``ontology/`` and ``data/`` beside ``kg/``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import GraphBroken

ROOMS = ("ontology", "data")


def resource(path: str) -> Traversable:
    """The file or folder *path*, such as ``ontology/kg.ttl`` or ``data/articles``.

    Raises ValueError for a path outside the two rooms, GraphBroken where the installation lacks it.
    """
    parts = path.split("/")
    if parts[0] not in ROOMS or ".." in parts:
        raise ValueError(f"resource {path!r} does not lie in {' or '.join(ROOMS)}")
    package = files("kg")
    checkout: Traversable = Path(__file__).resolve().parent.parent
    for root in (package, checkout):
        found = root.joinpath(*parts)
        if found.is_file() or found.is_dir():
            return found
    raise GraphBroken(f"this installation lacks {path}: install claimgraph again")


def read(path: str) -> str:
    """The text (UTF-8) of the resource *path*."""
    return resource(path).read_text(encoding="utf-8")


@cache
def software_version() -> str:
    """The version of claimgraph that runs: of the installed distribution, else of the checkout's pyproject.toml."""
    try:
        return version("claimgraph")
    except PackageNotFoundError:
        project = Path(__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
