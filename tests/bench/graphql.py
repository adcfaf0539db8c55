"""Measures GraphQL on a made-up graph: ``python -m tests.bench.graphql --quads 100k``.

The bar is a ratio: a page of 50 claims with speaker, event and evidence, from query text to result, over the raw join
of 50 known IRIs, in the same run on the same graph.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from api.access import Access
from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import Settings
from kg.store import values
from tests.bench.store import JOIN, PAGE, SIZES, build, median, show

PAGE_QUERY = """query($after: String, $speaker: String, $stance: Stance, $text: String, $orderBy: ClaimOrder) {
  claims(first: 50, after: $after, speaker: $speaker, stance: $stance, text: $text, orderBy: $orderBy) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      text stance speaker { name } about { label } evidence { start end exact } reportedIn { title }
    } }
  }
}"""
OTHERS = {
    "search": '{ search(text: "%(word)s", first: 20) { totalCount edges { snippet node { id } } } }',
    "facets": "{ facets(by: [speaker, stance, outlet, language, month]) { by values { value count node { label } } } }",
    "timeline": "{ timeline(bucket: MONTH) { begin count } }",
    "between": '{ between(a: "%(a)s", b: "%(b)s") { exhaustive paths { length } } }',
    "actors with their claims": "{ actors(first: 20) { edges { node { name claims(first: 5) { totalCount edges { node {"
    " text } } } } } } }",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="benchmark of GraphQL")
    parser.add_argument("--quads", choices=sorted(SIZES), default="100k")
    parser.add_argument("--graph", type=Path, help="keep the graph here, and use it if it is there already")
    options = parser.parse_args()
    folder = options.graph or Path(tempfile.mkdtemp(prefix="claimgraph-bench-")) / "graph"
    try:
        if not (folder / "manifest.json").exists():
            build(folder, SIZES[options.quads], 1, optimize=True)
        measure(folder)
    finally:
        if options.graph is None:
            shutil.rmtree(folder.parent)


def measure(folder: Path) -> None:
    pool, engine, chance = Pool(folder), Engine(schema(), Settings(graph=folder)), random.Random(1)
    reader = pool.current()
    known = reader.index.find("claim", order="confidence", first=2_000).iris
    raw = median(lambda: reader.select(JOIN % values("c", chance.sample(known, PAGE))))
    show(f"raw join of {PAGE} IRIs", raw, "ms")

    def ask(query: str, **variables: Any) -> dict[str, Any]:
        result = engine.run(engine.prepare(GraphQLRequest(query, variables)), pool.current, Access())
        if result.errors or result.data is None:
            raise SystemExit(f"the query failed: {result.errors}")
        return result.data

    speakers = [word for word, _ in reader.index.facets("claim", ["speaker"], limit=100)["speaker"]]
    word = reader.index.find("claim", first=1).hits[0].body.split()[0]
    second = ask(PAGE_QUERY)["claims"]["pageInfo"]["endCursor"]
    pages: dict[str, dict[str, Any]] = {
        "newest first": {},
        "second page": {"after": second},
        "by confidence": {"orderBy": "CONFIDENCE"},
        "one stance": {"stance": "denies"},
        "a word": {"text": word},
        "one speaker": {"speaker": speakers[0]},
    }
    for name, variables in pages.items():
        page = median(lambda variables=variables: ask(PAGE_QUERY, **variables))  # type: ignore[misc]
        show(f"page {name}", page, f"ms = {page / raw:.2f} x the raw join")
    for name, query in OTHERS.items():
        text = query % {"word": word, "a": speakers[0], "b": speakers[-1]} if "%(" in query else query
        show(name, median(lambda text=text: ask(text)), "ms")  # type: ignore[misc]


if __name__ == "__main__":
    main()
