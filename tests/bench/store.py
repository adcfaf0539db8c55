"""Measures the store and the index on a made-up graph: ``python -m tests.bench.store --quads 100k``.

Times depend on the machine, so what counts are the ratios: a page of 50 claims with speaker, events and evidence (found
by the index, joined by the store) over the raw join of 50 known IRIs, in the same run on the same graph.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import psutil

from kg.index import Filters
from kg.store import Reader, Writer, open_reader, open_writer, values
from kg.terms import KG, SKOS
from tests.bench.generate import World, documents

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
PAGE = 50
ROUNDS = 30
WARM_UP = 5
JOIN = f"""
    SELECT ?c ?text ?stance ?speaker ?name ?event ?label ?document ?title ?start ?end ?exact {{
      %s
      ?c <{KG.text}> ?text ; <{KG.stance}> ?stance ; <{KG.reportedIn}> ?document ; <{KG.evidence}> ?span .
      ?span <{KG.start}> ?start ; <{KG.end}> ?end ; <{KG.exact}> ?exact .
      OPTIONAL {{ ?c <{KG.speaker}> ?speaker . ?speaker <{SKOS.prefLabel}> ?name }}
      OPTIONAL {{ ?c <{KG.about}> ?event . ?event <{SKOS.prefLabel}> ?label }}
      OPTIONAL {{ ?document <{KG.title}> ?title }}
    }}"""


def main() -> None:
    parser = argparse.ArgumentParser(description="benchmark of the store and the index")
    parser.add_argument("--quads", choices=sorted(SIZES), default="100k")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--graph", type=Path, help="keep the graph here, and use it if it is there already")
    parser.add_argument("--no-optimize", action="store_true", help="measure the graph as it was loaded")
    options = parser.parse_args()
    folder = options.graph or Path(tempfile.mkdtemp(prefix="claimgraph-bench-")) / "graph"
    try:
        if not (folder / "manifest.json").exists():
            build(folder, SIZES[options.quads], options.seed, optimize=not options.no_optimize)
        with open_reader(folder) as reader:
            measure(reader, random.Random(options.seed))
        small_writes(folder)
    finally:
        if options.graph is None:
            shutil.rmtree(folder.parent)


# ------------------------------------------------------------------ writing
def build(folder: Path, quads: int, seed: int, *, optimize: bool) -> None:
    spent = dict.fromkeys(("put", "commit", "optimize"), 0.0)

    def timed(name: str, act: Callable[[], object]) -> None:
        begun = time.perf_counter()
        act()
        spent[name] += time.perf_counter() - begun

    made = 0
    with open_writer(folder, create=True) as writer:
        stream = documents(quads, seed)
        while some := list(islice(stream, 64)):
            made += sum(one.quads.count(b"\n") for one in some)

            def put(writer: Writer = writer, some: Sequence[object] = some) -> None:
                for one in some:
                    writer.put(one.quads, [one.iri])  # type: ignore[attr-defined]
                writer.add(b"".join(one.actors for one in some))  # type: ignore[attr-defined]

            timed("put", put)
        timed("commit", writer.commit)
        if optimize:
            timed("optimize", writer.optimize)
    show("quads", made, "")
    show("put", made / spent["put"], "quads/s")
    show("first commit (index and checkpoint)", made / spent["commit"], "quads/s")
    show("optimize", spent["optimize"], "s")
    show("peak memory", psutil.Process().memory_info().rss / 1e6, "MB")


def small_writes(folder: Path) -> None:
    """What one more document costs on a graph of this size, opening and publishing included."""
    world = World(99)
    times = []
    for number in range(5):
        one = world.document(number)
        begun = time.perf_counter()
        with open_writer(folder) as writer:
            writer.put(one.quads, [one.iri])
            writer.add(one.actors)
        times.append(time.perf_counter() - begun)
    show("one document more, opened to published", statistics.median(times) * 1000, "ms")


# ------------------------------------------------------------------ reading
def measure(reader: Reader, chance: random.Random) -> None:
    index = reader.index
    total = index.count("claim")
    deep = cursor_at(reader, total // 2)
    speakers = [word for word, _ in index.facets("claim", ["speaker"], limit=100)["speaker"]]
    word = index.find("claim", first=1).hits[0].body.split()[0]
    known = index.find("claim", order="confidence", first=2_000).iris
    show("claims", total, "")

    def join(iris: Sequence[str]) -> None:
        if not reader.select(JOIN % values("c", iris)):
            raise SystemExit("the join found nothing: the graph is not of the shape this measures")

    raw = median(lambda: join(chance.sample(known, PAGE)))
    show(f"raw join of {PAGE} IRIs", raw, "ms")
    pages: dict[str, Callable[[], Sequence[str]]] = {
        "newest first": lambda: index.find("claim", first=PAGE).iris,
        "oldest first": lambda: index.find("claim", first=PAGE, descending=False).iris,
        "by confidence": lambda: index.find("claim", first=PAGE, order="confidence").iris,
        "from the middle": lambda: index.find("claim", first=PAGE, after=deep).iris,
        "one speaker": lambda: (
            index.find("claim", Filters(words={"speaker": [chance.choice(speakers)]}), first=PAGE).iris
        ),
        "one stance": lambda: index.find("claim", Filters(words={"stance": ["denies"]}), first=PAGE).iris,
        "a word": lambda: index.find("claim", text=word, first=PAGE).iris,
        "a word with a typing error": lambda: index.find("claim", text="x" + word, first=PAGE).iris,
    }
    for name, find in pages.items():
        found = median(find)
        page = median(lambda find=find: join(find()))  # type: ignore[misc]
        show(f"page {name}", page, f"ms = {page / raw:.2f} x the raw join (index {found:.2f} ms)")
    facets = ["speaker", "stance", "outlet", "language", "month"]
    show("five facets over all claims", median(lambda: index.facets("claim", facets)), "ms")
    show("pool: is there a newer generation?", median(lambda: (reader.root / "current").readlink()) * 1000, "us")


def cursor_at(reader: Reader, place: int) -> str:
    """The cursor of the claim at *place*, newest first."""
    cursor = None
    while place > 0:
        page = reader.index.find("claim", first=min(place, 20_000), after=cursor)
        cursor, place = page.hits[-1].cursor, place - len(page.hits)
    return str(cursor)


def median(act: Callable[[], object]) -> float:
    """Milliseconds, warm."""
    times = []
    for number in range(WARM_UP + ROUNDS):
        begun = time.perf_counter()
        act()
        if number >= WARM_UP:
            times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def show(name: str, value: float, unit: str) -> None:
    sys.stdout.write(f"{name:42} {value:12,.2f} {unit}\n")


if __name__ == "__main__":
    main()
