"""The lexicons as their files write them."""

from __future__ import annotations

import tomllib
from typing import Any

from kg.resources import read

LANGUAGES = ("fr", "en")


def raw(room: str, language: str) -> dict[str, Any]:
    """The file of *language* in the folder *room* of ``data/``."""
    return tomllib.loads(read(f"data/{room}/{language}.toml"))
