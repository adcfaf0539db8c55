"""Commands that read articles: ``kg build`` and ``kg extract``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.options import (
    DEFAULT_GRAPH,
    Language,
    Marking,
    Paths,
    Published,
    PublishedFrom,
    base_of,
    reading_of,
    require_files,
)
from kg.commands.progress import bar, tell, tell_report, tell_skipped
from kg.errors import UsageError


def build(
    paths: Paths,
    into: Annotated[Path, typer.Option(envvar="KG_GRAPH", metavar="DIR", help="The graph's folder.")] = DEFAULT_GRAPH,
    published: Published = None,
    published_from: PublishedFrom = None,
    language: Language = None,
    marking: Annotated[Marking, typer.Option(help="TLP level of everything read.")] = "CLEAR",
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="Base of every IRI; fixed when the graph is made.")
    ] = None,
    relative_to: Annotated[
        Path | None, typer.Option(metavar="DIR", file_okay=False, help="Keep paths relative to this folder.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Extract unchanged documents again.")] = False,
    collection: Annotated[
        str | None, typer.Option(metavar="NAME", help="The leak all of it belongs to: its contents stay closed.")
    ] = None,
    with_bodies: Annotated[bool, typer.Option("--with-bodies", help="Keep the text of mails, too.")] = False,
    dkim_keys: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Public keys: SELECTOR._domainkey.DOMAIN.", exists=True, file_okay=False),
    ] = None,
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="Replace private addresses by keyed hashes.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read mails [default: one a core].")] = None,
) -> None:
    """Read articles, mails and files, and add what they say to a graph; exit 3 when some inputs were quarantined."""
    from kg.build import build as run
    from kg.sources.pseudonyms import key_of

    base = base_of(base)
    require_files(paths)
    reading = replace(
        reading_of(published, published_from, language, marking, relative_to),
        collection=collection,
        with_bodies=with_bodies,
        dkim_keys=dkim_keys,
        pseudonyms=key_of(into) if pseudonymise else None,
    )
    with bar("building", paths) as step:
        report = run(paths, into, reading=reading, base=base, rebuild=rebuild, workers=workers, step=step, waiting=tell)
    tell_report(report)
    raise typer.Exit(3 if report.quarantined else 0)


def extract(
    paths: Paths,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where NAME.json is written for each file.")],
    published: Published = None,
    published_from: PublishedFrom = None,
    language: Language = None,
) -> None:
    """Write what the extractors find as stand-off JSON, one file a document; no graph is made."""
    from kg.annotations import annotated
    from kg.extractions import extractions
    from kg.sources import Skipped, read

    reading = reading_of(published, published_from, language)
    require_files(paths)
    _distinct_stems(paths)
    out.mkdir(parents=True, exist_ok=True)
    skipped: list[Skipped] = []
    written: dict[str, str] = {}
    with bar("extracting", paths) as step:
        for found in extractions(item for path in paths for item in read(path, reading)):
            step(found)
            if isinstance(found, Skipped):
                skipped.append(found)
                continue
            path = found.document.path or found.document.digest
            stem = Path(path).stem
            if stem in written:
                raise UsageError(f"{written[stem]} and {path} would both be written to {stem}.json")
            written[stem] = path
            content = json.dumps(annotated(found), ensure_ascii=False, indent=1)
            (out / f"{stem}.json").write_text(content + "\n", encoding="utf-8")
    tell_skipped(skipped)
    tell(f"{len(written)} documents extracted into {out}, {len(skipped)} skipped")
    raise typer.Exit(3 if skipped else 0)


def explain(
    paths: Paths,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, help="Write a page with marked texts.")
    ] = None,
    published: Published = None,
    published_from: PublishedFrom = None,
    language: Language = None,
) -> None:
    """Show how each claim was found, and what was rejected and why."""
    from kg.explain import lines, page
    from kg.extractions import extractions
    from kg.sources import Skipped, read

    reading = reading_of(published, published_from, language)
    require_files(paths)
    found = list(extractions(item for path in paths for item in read(path, reading)))
    skipped = [one for one in found if isinstance(one, Skipped)]
    explained = [one for one in found if not isinstance(one, Skipped)]
    if html is not None:
        html.write_text(page(explained), encoding="utf-8")
    else:
        for extraction in explained:
            for line in lines(extraction):
                typer.echo(line)
    tell_skipped(skipped)
    raise typer.Exit(3 if skipped else 0)


def _distinct_stems(paths: list[Path]) -> None:
    """Raises UsageError before any work when two files would be written to one NAME.json."""
    from kg.sources import Skipped, files

    seen: dict[str, Path] = {}
    for path in paths:
        for file in files(path):
            if isinstance(file, Skipped):
                continue
            if file.stem in seen:
                raise UsageError(f"{seen[file.stem]} and {file} would both be written to {file.stem}.json")
            seen[file.stem] = file
