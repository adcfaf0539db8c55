"""What a graph says about itself: graph/manifest.json (fixed when it is made) and generations/N/manifest.json."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphBroken, GraphNewer, GraphNotFound

SCHEMA = "0.1.0"  # owl:versionInfo of ontology/kg.ttl, which this code writes and reads; a test holds the two equal
FORMAT = 1  # of the folder; raised when an older claimgraph could not read it
PENDING = "pending.json"  # stands while the live stores differ from the last generation
DEFAULT_BASE = "https://claimgraph.example/"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A graph's own facts: *base* every IRI starts with, *schema* version (kg.ttl's owl:versionInfo) and *format*."""

    base: str
    schema: str
    extractor: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class GenerationManifest:
    """One generation: its *number* and the marking *levels* in use."""

    number: int
    levels: tuple[str, ...]
    schema: str
    extractor: str = ""
    format: int = FORMAT


def version_key(text: str) -> tuple[int, ...]:
    """``0.10.1`` → (0, 10, 1), so that versions compare as numbers; a part that is none counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def write_json(path: Path, content: object, *, sync: bool = True) -> None:
    """Write atomically: a reader sees the old file or the new one, also after a power cut.

    Without *sync* its name is durable only once the caller has synced the folder.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in *folder* durable."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def mark_pending(root: Path, generation: int) -> None:
    """Say on disk that the live stores differ from *generation*: that the file stands is what counts, not its words."""
    (root / PENDING).write_text(json.dumps({"generation": generation, "writer": os.getpid()}) + "\n", encoding="ascii")
    sync_folder(root)


def write(root: Path, manifest: Manifest) -> None:
    """Write the graph's manifest where it does not say so already."""
    path = root / "manifest.json"
    if not path.exists() or _load(path) != asdict(manifest):
        write_json(path, asdict(manifest))


def read(root: Path, schema: str = SCHEMA) -> Manifest:
    """The graph's manifest.  GraphNotFound, GraphBroken, or GraphNewer when its *schema* is above ours."""
    path = root / "manifest.json"
    if not path.is_file():
        if (root / "generations").exists():
            raise GraphBroken(f"{root}: has generations but no manifest.json")
        raise GraphNotFound(f"{root}: no graph here (make one with: kg build PATH… --into {root})")
    fields = _load(path)
    found = fields.get("format")
    if isinstance(found, int) and found > FORMAT:
        raise GraphNewer(f"{root}: written in format {found}, this claimgraph reads up to {FORMAT}: update it")
    try:
        manifest = Manifest(str(fields["base"]), str(fields["schema"]), str(fields["extractor"]), int(fields["format"]))
    except (KeyError, TypeError, ValueError) as error:
        raise GraphBroken(f"{path}: does not hold base, schema, extractor and format") from error
    if version_key(manifest.schema) > version_key(schema):
        raise GraphNewer(f"{root}: written with schema {manifest.schema}, this claimgraph knows {schema}: update it")
    return manifest


def read_generation(folder: Path) -> GenerationManifest:
    path = folder / "manifest.json"
    fields = _load(path)
    try:
        return GenerationManifest(
            int(fields["number"]), tuple(fields["levels"]), str(fields["schema"]),
            str(fields["extractor"]), int(fields["format"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise GraphBroken(f"{path}: is not a generation's manifest") from error


def _load(path: Path) -> dict[str, Any]:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise GraphBroken(f"{path}: cannot be read ({error})") from error
    if not isinstance(fields, dict):
        raise GraphBroken(f"{path}: not a JSON object")
    return fields
