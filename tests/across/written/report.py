"""Prints the figures of texts written by hand: ``python -m tests.across.written.report [-v] [FOLDER…]`` (dev)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.across import measure
from tests.across.written import gold, scores


def show(folder: Path, *, verbose: bool = False) -> None:
    """Prints every figure of the set in *folder*; with *verbose*, each cluster and pair that differs from the gold."""
    chosen = gold.load(folder)
    began = time.process_time()
    told = scores.tell(chosen)
    print(f"{folder.name}: {len(chosen.texts)} texts written by hand; {time.process_time() - began:.1f} s of CPU")
    for name, score in scores.scores(told).items():
        print(f"{name:15} {score}{measure.verdict(name, score)}")
    print("beside these    " + ", ".join(f"{k} {hits} of {of}" for k, (hits, of) in scores.relations(told).items()))
    if verbose:
        measure.show(*scores.actors(told))
        measure.show(*scores.events(told))
        print("\n".join(scores.contradictions(told)[1] + scores.silences(told)))


if __name__ == "__main__":
    for one in [Path(word) for word in sys.argv[1:] if word != "-v"] or [gold.DEV]:
        show(one, verbose="-v" in sys.argv)
