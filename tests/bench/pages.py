"""Measures the pages on a made-up graph: ``python -m tests.bench.pages --quads 1m``.

The bar is 50 ms of the server's time a page at 1 M quads.  Processor time, the least of some rounds, is what is held
against it: beside other work, the clock on the wall counts the others too.  A line a page, with its verdict; exit 1
where one takes longer.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path

from api.app import create_app
from api.pool import pool_of
from tests.bench.store import SIZES, build

ROUNDS = 9
BAR = 50.0  # ms


def main() -> None:
    parser = argparse.ArgumentParser(description="benchmark of the pages")
    parser.add_argument("--quads", choices=sorted(SIZES), default="100k")
    parser.add_argument("--graph", type=Path, help="keep the graph here, and use it if it is there already")
    options = parser.parse_args()
    folder = options.graph or Path(tempfile.mkdtemp(prefix="claimgraph-bench-")) / "graph"
    try:
        if not (folder / "manifest.json").exists():
            build(folder, SIZES[options.quads], 1, optimize=True)
        slow = measure(folder)
    finally:
        if options.graph is None:
            shutil.rmtree(folder.parent)
    sys.exit(f"slower than {BAR:g} ms: {', '.join(slow)}" if slow else 0)


def paths_of(folder: Path) -> dict[str, str]:
    """A page of each kind; of actors the most frequent speaker and a rare one, and links between both sorts."""
    reader = pool_of(folder).current()
    speakers = [word for word, _ in reader.index.facets("claim", ["speaker"], limit=1_000)["speaker"]]
    about = reader.index.facets("claim", ["about"], limit=1)["about"][0][0]
    word = reader.index.find("claim", first=1).hits[0].body.split()[-1]

    def page(iri: str) -> str:
        return "/" + iri.removeprefix(reader.base)

    def between(a: str, b: str) -> str:
        return f"/between?a={a}&b={b}"

    def first(kind: str) -> str:
        return page(reader.index.find(kind, first=1, order="name").iris[0])

    return {
        "first page": "/", "one stance": "/?stance=denies", "one speaker": f"/?speaker={speakers[0]}",
        "a word": f"/?q={word}", "events": "/?show=events", "documents": "/?show=documents",
        "actors": "/?show=actors", "passages": f"/?show=passages&q={word}", "matrix": "/matrix",
        "contradictions": "/contradictions", "repeats": "/repeats", "checks": "/checks", "network": "/network",
        "network of one": f"/network?node={speakers[0]}", "SPARQL": "/query", "GraphQL": "/graphql",
        "a claim": first("claim"), "a document": first("document"), "an event": page(about),
        "a frequent actor": page(speakers[0]),
        "a rare actor": page(speakers[-1]), "two frequent": between(speakers[0], speakers[1]),
        "frequent and rare": between(speakers[0], speakers[-1]), "two rare": between(speakers[-2], speakers[-1]),
        "two in the middle": between(*speakers[len(speakers) // 50 :][:2]),
    }  # fmt: skip


def measure(folder: Path) -> list[str]:
    """Prints what each page takes; gives those that take longer than the bar."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    print(f"{len(pool_of(folder).current()):,} quads; bar {BAR:g} ms of processor, the least of {ROUNDS} rounds")
    slow = []
    with TestClient(create_app(folder), headers={"accept": "text/html"}) as client:
        for name, path in paths_of(folder).items():
            wall, spent, size = [], [], 0
            for _ in range(ROUNDS):
                begun, used = time.perf_counter(), time.process_time()
                response = client.get(path)
                wall.append((time.perf_counter() - begun) * 1000)
                spent.append((time.process_time() - used) * 1000)
                size = len(response.content)
                if response.status_code != 200:
                    raise SystemExit(f"{path} answered {response.status_code}")
            fits = min(spent) < BAR
            slow += [] if fits else [name]
            print(
                f"{'ok  ' if fits else 'SLOW'} {name:18} {min(spent):7.1f} ms of processor; on the wall "
                f"{min(wall):7.1f} ms at least, {wall[0]:7.1f} the first time; {size:7,} bytes"
            )
    return slow


if __name__ == "__main__":
    main()
