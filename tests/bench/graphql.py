"""Measures GraphQL on a made-up graph: ``python -m tests.bench.graphql --quads 100k``.

The bar is a ratio: a page of 50 claims with speaker, event and evidence, from query text to result, over the raw join
of 50 known IRIs, in the same run on the same graph; whatever the filter, the order and the place of the page.  With
``--smaller DIR`` the same pages are asked of a smaller graph, too, and what they have grown by is shown.

Samples are interleaved, so that what else the machine does meets all of them alike.  Beside the wall clock stands the
time of the processor, which other work disturbs less.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from api.access import Access
from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.paging import to_cursor
from api.graphql.schema import schema
from api.pool import Pool
from api.settings import Settings
from kg.store import Reader, values
from tests.bench.store import JOIN, PAGE, ROUNDS, SIZES, WARM_UP, build, median, show

ASKED = {
    "first": "Int", "last": "Int", "after": "String", "before": "String", "speaker": "String", "stance": "Stance",
    "text": "String", "outlet": "String", "language": "String", "since": "Date", "until": "Date",
    "orderBy": "ClaimOrder",
}  # fmt: skip
FIELDS = """pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node {
      text stance speaker { name } about { label } evidence { start end exact } reportedIn { title }
    } }"""
PAGE_QUERY = f"""query({", ".join(f"${name}: {kind}" for name, kind in ASKED.items())}) {{
  claims({", ".join(f"{name}: ${name}" for name in ASKED)}) {{ {FIELDS} }}
}}"""
COUNTED = PAGE_QUERY.replace("pageInfo", "totalCount pageInfo", 1)
OTHERS = {
    "search": '{ search(text: "%(word)s", first: 20) { totalCount edges { snippet node { id } } } }',
    "facets": "{ facets(by: [speaker, stance, outlet, language, month]) { by values { value count node { label } } } }",
    "timeline": "{ timeline(bucket: MONTH) { begin count } }",
    "between": '{ between(a: "%(a)s", b: "%(b)s") { exhaustive paths { length } } }',
    "actors with their claims": "{ actors(first: 20) { edges { node { name claims(first: 5) { totalCount edges { node {"
    " text } } } } } } }",
}


Samples = dict[str, list[tuple[float, float]]]  # name -> (wall, processor), milliseconds
BAR, GROWTH = 2.5, 1.5
RAW, NEWEST = f"raw join of {PAGE} IRIs", "newest first"
OWN = "raw join of "  # the page's own IRIs: what it is held against
UNFILTERED = ("oldest first", "by confidence", "by text")


def main() -> None:
    parser = argparse.ArgumentParser(description="benchmark of GraphQL")
    parser.add_argument("--quads", choices=sorted(SIZES), default="100k")
    parser.add_argument("--graph", type=Path, help="keep the graph here, and use it if it is there already")
    parser.add_argument("--smaller", type=Path, help="a graph that was kept: show what pages have grown by")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    folder = options.graph or Path(tempfile.mkdtemp(prefix="claimgraph-bench-")) / "graph"
    try:
        if not (folder / "manifest.json").exists():
            build(folder, SIZES[options.quads], 1, optimize=True)
        asked = Asked(folder)
        acts = {(folder.name, name): act for name, act in asked.acts().items()}
        if options.smaller:
            acts |= {("", name): act for name, act in Asked(options.smaller).acts().items()}
        found = interleaved(acts, options.rounds)
        judge({name: times for (graph, name), times in found.items() if graph})
        if options.smaller:
            grown(found, folder.name)
        asked.others()
    finally:
        if options.graph is None:
            shutil.rmtree(folder.parent)


def interleaved(acts: Mapping[Any, Callable[[], object]], rounds: int) -> dict[Any, list[tuple[float, float]]]:
    """Every act once a round, in the same order."""
    found: dict[Any, list[tuple[float, float]]] = {name: [] for name in acts}
    for number in range(WARM_UP + rounds):
        for name, act in acts.items():
            wall, processor = time.perf_counter(), time.thread_time()
            act()
            if number >= WARM_UP:
                found[name].append(((time.perf_counter() - wall) * 1000, (time.thread_time() - processor) * 1000))
    return found


class Asked:
    """The pages that are asked of one graph."""

    def __init__(self, folder: Path) -> None:
        self.pool, self.engine, self.chance = Pool(folder), Engine(schema(), Settings(graph=folder)), random.Random(1)
        self.reader = self.pool.current()
        index = self.reader.index
        self.speakers = [word for word, _ in index.facets("claim", ["speaker"], limit=100)["speaker"]]
        self.word = index.find("claim", first=1).hits[0].body.split()[0]
        self.outlet = index.facets("claim", ["outlet"], limit=1)["outlet"][0][0]

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        request = self.engine.prepare(GraphQLRequest(query, variables))
        result = self.engine.run(request, self.pool.current, Access())
        if result.errors or result.data is None:
            raise SystemExit(f"the query failed: {result.errors}")
        return result.data

    def acts(self) -> dict[str, Callable[[], object]]:
        known = self.reader.index.find("claim", order="confidence", first=2_000).iris
        acts: dict[str, Callable[[], object]] = {
            RAW: lambda: self.reader.select(JOIN % values("c", self.chance.sample(known, PAGE)))
        }
        for name, variables in self.pages().items():
            acts[name], acts[OWN + name] = self._page(PAGE_QUERY, variables)
        acts["newest first, counted"], acts[OWN + "newest first, counted"] = self._page(COUNTED, {})
        return acts

    def _page(self, query: str, variables: Mapping[str, Any]) -> tuple[Callable[[], object], Callable[[], object]]:
        """The page, and the raw join of its own IRIs."""
        asked = variables if "last" in variables else {"first": PAGE, **variables}
        edges = self.ask(query.replace("edges { cursor node {", "edges { cursor node { iri"), **asked)["claims"][
            "edges"
        ]
        iris = [edge["node"]["iri"] for edge in edges]
        if len(iris) != PAGE:
            raise SystemExit(f"{len(iris)} claims, not {PAGE}: {asked}")
        return lambda: self.ask(query, **asked), lambda: self.reader.select(JOIN % values("c", iris))

    def pages(self) -> dict[str, dict[str, Any]]:
        second = self.ask(PAGE_QUERY, first=PAGE)["claims"]["pageInfo"]["endCursor"]
        middle = middle_of(self.reader, "date", descending=True)
        text = middle_of(self.reader, "name", descending=False)
        confidence = middle_of(self.reader, "confidence", descending=True)
        year = {"since": "2016-01-01", "until": "2016-12-31"}
        return {
            NEWEST: {},
            "second page": {"after": second},
            "from the middle": {"after": middle},
            "before the middle": {"last": PAGE, "before": middle},
            "last page": {"last": PAGE},
            "oldest first": {"orderBy": "OLDEST"},
            "by confidence": {"orderBy": "CONFIDENCE"},
            "by confidence, from the middle": {"orderBy": "CONFIDENCE", "after": confidence},
            "by text": {"orderBy": "TEXT"},
            "by text, from the middle": {"orderBy": "TEXT", "after": text},
            "one speaker": {"speaker": self.speakers[0]},
            "one stance": {"stance": "denies"},
            "one outlet": {"outlet": self.outlet},
            "one language": {"language": "fr"},
            "one language, from the middle": {"language": "fr", "after": middle},
            "a year": year,
            "a year, second half by confidence": {**year, "orderBy": "CONFIDENCE", "after": confidence},
            "a word": {"text": self.word},
            "speaker and stance": {"speaker": self.speakers[0], "stance": "denies"},
            "language and year": {"language": "fr", **year},
        }

    def others(self) -> None:
        for name, query in OTHERS.items():
            known = {"word": self.word, "a": self.speakers[0], "b": self.speakers[-1]}
            text = query % known if "%(" in query else query
            show(name, median(lambda text=text: self.ask(text)), "ms")  # type: ignore[misc]


def middle_of(reader: Reader, order: str, *, descending: bool) -> str:
    """The GraphQL cursor of the claim in the middle of an order."""
    left, cursor = reader.index.count("claim") // 2, None
    while left > 0:
        page = reader.index.find("claim", order=order, descending=descending, first=min(left, 20_000), after=cursor)
        cursor, left = page.hits[-1].cursor, left - len(page.hits)
    return to_cursor(f"Claim:{order}:{descending}", str(cursor))


# ------------------------------------------------------------------ what is shown
def middle(times: list[tuple[float, float]]) -> tuple[float, float]:
    """Medians of wall clock and processor."""
    return statistics.median(wall for wall, _ in times), statistics.median(spent for _, spent in times)


def judge(found: Samples) -> None:
    show(RAW, middle(found[RAW])[0], "ms (any 50 of the 2,000 most certain claims)")
    ratios = {}
    for name, times in found.items():
        if name == RAW or name.startswith(OWN):
            continue
        (wall, spent), raw = middle(times), middle(found[OWN + name])
        low = lower(times) / lower(found[OWN + name])
        ratios[name] = wall / raw[0]
        said = f"ms = {wall / raw[0]:.2f} x the raw join of its IRIs (lower quartiles {low:.2f}"
        show(name, wall, f"{said}, processor {spent / raw[1]:.2f}; x of any IRIs {wall / middle(found[RAW])[0]:.2f})")
    worst = max(ratios, key=ratios.__getitem__)
    verdict(
        ratios[worst] <= BAR, f"every page at most {BAR} x its raw join: the dearest is {ratios[worst]:.2f} ({worst})"
    )
    ratio = middle(found[NEWEST])[0] / min(middle(found[name])[0] for name in UNFILTERED)
    verdict(ratio <= 1.1, f"newest first not slower than other orders of all claims: {ratio:.2f} x the fastest of them")


def grown(found: Mapping[tuple[str, str], list[tuple[float, float]]], larger: str) -> None:
    growths = {}
    for name in (name for graph, name in found if graph):
        (wall, spent), (before, spent_before) = middle(found[larger, name]), middle(found["", name])
        if name == RAW or not name.startswith(OWN):
            growths[name] = wall / before
            show(f"growth: {name}", growths[name], f"(processor {spent / spent_before:.2f})")
    most = max((name for name in growths if name != RAW), key=growths.__getitem__)
    verdict(growths[most] <= GROWTH, f"pages grow at most {GROWTH} x: the most is {growths[most]:.2f} ({most})")


def lower(times: list[tuple[float, float]]) -> float:
    return statistics.quantiles([wall for wall, _ in times])[0]


def verdict(met: bool, said: str) -> None:
    sys.stdout.write(f"{'met   ' if met else 'MISSED'}  {said}\n")


if __name__ == "__main__":
    main()
