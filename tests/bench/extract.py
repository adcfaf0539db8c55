"""Extraction against its limit, the bare spaCy pipeline, in the same run   (python -m tests.bench.extract).

The sample and development texts are repeated, with their words untouched, to the number of articles asked for; words
are those of the source.  Both sides run in one process on loaded models, in alternating slices, so that a slow moment
of the machine falls on both.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from kg.extract import LANGUAGES, Extractor
from kg.extract.nlp import load
from kg.model import Document
from kg.resolve.document import resolve
from kg.resolve.known import KnownActors
from kg.text import lay_out

ROOT = Path(__file__).resolve().parents[2]
SLICE = 50  # articles a turn


@dataclass
class Clock:
    """Processor and wall seconds, added up."""

    cpu: float = 0.0
    wall: float = 0.0

    def __enter__(self) -> Clock:
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu += time.process_time() - self._cpu
        self.wall += time.perf_counter() - self._wall


def main() -> None:
    parser = argparse.ArgumentParser(description="Extraction against the bare spaCy pipeline.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--language", choices=LANGUAGES, default="fr")
    parser.add_argument("--profile", action="store_true", help="also say where the rest goes")
    options = parser.parse_args()
    texts = list(islice(cycle(_texts(options.language)), options.articles))
    nlp, known = load(options.language), KnownActors.load()
    extractor = Extractor({language: known.names(language) for language in LANGUAGES})
    bare, whole, peaks = Clock(), Clock(), []
    _ours(texts[:4], options.language, extractor, known)
    for start in range(0, len(texts), SLICE):
        part = texts[start : start + SLICE]
        with bare:
            for _ in nlp.pipe(part):
                pass
        with whole:
            _ours(part, options.language, extractor, known)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words} words ({options.language})")
    print(f"bare nlp.pipe     {words / bare.cpu:8.0f} words/s of processor time, {words / bare.wall:8.0f} of wall time")
    print(
        f"whole extraction  {words / whole.cpu:8.0f} words/s of processor time, {words / whole.wall:8.0f} of wall time"
    )
    print(f"ratio             {bare.cpu / whole.cpu:8.2f}  (wall {bare.wall / whole.wall:.2f})")
    print(f"peak memory       {peaks[len(peaks) // 10]} MiB after a tenth, {peaks[-1]} MiB at the end")
    if options.profile:
        _profile(texts[: 2 * SLICE], options.language, extractor, known)


def _texts(language: str) -> list[str]:
    folders = (ROOT / "tests" / "gold" / "dev", ROOT / "data" / "articles")
    paths = sorted(path for folder in folders for path in folder.glob("*.txt"))
    mark = f"{language}_", f"-{language}-"
    return [p.read_text("utf-8") for p in paths if p.name.startswith(mark[0]) or mark[1] in p.name]


def _ours(texts: list[str], language: str, extractor: Extractor, known: KnownActors) -> None:
    documents = [Document(digest="0" * 64, text=text, language=language) for text in texts]
    for draft in extractor.extract((document, lay_out(document)) for document in documents):
        resolve(draft, known)


def _profile(texts: list[str], language: str, extractor: Extractor, known: KnownActors) -> None:
    profile = cProfile.Profile()
    profile.enable()
    _ours(texts, language, extractor, known)
    profile.disable()
    rooms: dict[str, float] = {}
    for (path, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        inside = path.rpartition("/kg/")[2] if "/kg/" in path else ""
        room = "kg/" + inside.rpartition("/")[0] if inside else "spaCy, thinc and Python"
        rooms[room] = rooms.get(room, 0.0) + own
    total = sum(rooms.values())
    for room, seconds in sorted(rooms.items(), key=lambda item: -item[1]):
        print(f"  {room:24s} {100 * seconds / total:5.1f} %")


if __name__ == "__main__":
    main()
