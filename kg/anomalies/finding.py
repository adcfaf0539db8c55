"""A finding: something unusual in metadata, with its values, its evidence and how it may have come about harmlessly."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.resources import read

Row = Mapping[str, Any]
Select = Callable[[str], Sequence[Row]]
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Finding:
    """*kind* as in data/anomalies/findings.toml; *document* the IRI it is about, *evidence* those of others that it is
    compared with; *values* what was compared, by name."""

    kind: str
    document: str
    values: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...] = ()

    @property
    def observed(self) -> str:
        """The values in one line."""
        return "; ".join(f"{name} {value}" for name, value in self.values)

    def told(self, language: str) -> str:
        """The finding as a sentence."""
        return str(words()[self.kind][language]).format(**dict(self.values))

    def harmless(self, language: str) -> list[str]:
        """How it may have come about without anybody meaning harm."""
        return list(words()[self.kind][f"harmless_{language}"])


@cache
def words() -> dict[str, dict[str, Any]]:
    """What every kind is called, by kind."""
    return tomllib.loads(read("data/anomalies/findings.toml"))


def share(part: int, whole: int) -> str:
    """``19 of 20`` as whole percents, never rounded up to all of them: ``95 %``."""
    return f"{min(99, 100 * part // whole) if part < whole else 100} %"
