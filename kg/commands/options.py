"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.errors import UsageError
from kg.iris import checked_base
from kg.sources import files
from kg.sources.reading import Reading

Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Files and folders to read.", show_default=False)]
Graph = Annotated[Path, typer.Option("--graph", envvar="KG_GRAPH", metavar="DIR", help="The graph's folder.")]
Marking = Literal["CLEAR", "GREEN", "AMBER", "RED"]
Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="DATE", help="Day of publication of every text (it wins over datelines)."
    ),
]
PublishedFrom = Annotated[
    Path | None,
    typer.Option(
        metavar="CSV", help="Days of publication of single files: rows name,date.", dir_okay=False, exists=True
    ),
]

Language = Annotated[
    Literal["fr", "en"] | None, typer.Option(help="Language of every text, instead of the one its words tell.")
]
UpTo = Annotated[Marking, typer.Option("--marking", help="See documents up to this TLP level.")]

DEFAULT_GRAPH = Path("graph")


def reading_of(
    published: datetime | None,
    published_from: Path | None,
    language: str | None,
    marking: str = "CLEAR",
    root: Path | None = None,
) -> Reading:
    """The reader's options, from those of the command line; raises UsageError for a CSV that cannot be used."""
    from kg.sources.published import read_published

    return Reading(
        published=published.date() if published else None,
        published_by_name=read_published(published_from) if published_from else {},
        language=language,
        marking=marking,
        root=root,
        retrieved=datetime.now(UTC),
    )


def base_of(base: str | None) -> str | None:
    """The base IRI as it was given; raises UsageError for what can be none."""
    try:
        return base if base is None else checked_base(base)
    except ValueError as error:
        raise UsageError(f"--base: {error}") from None


def require_files(paths: Sequence[Path]) -> None:
    """Raises UsageError where there is nothing at all to read: folders without files."""
    if not any(True for path in paths for _ in files(path)):
        raise UsageError(f"no files to read under {', '.join(map(str, paths))}")
