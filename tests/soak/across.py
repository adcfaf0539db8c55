"""How resolution across documents grows: made-up documents, resolved in batches, seconds for each 1,000 of them.

    python -m tests.soak.across FOLDER [COUNT]      (COUNT: 100,000 unless said)

Seeded, and resumable: the memory in FOLDER says how many documents it holds, and the run goes on behind them.  Each
batch is
what a build commits: documents settled, the changed lines told, the memory committed.
"""

from __future__ import annotations

import resource
import sys
import time
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kg.iris import BASE
from kg.resolve.across.abstract import Abstract
from kg.resolve.across.actors import known_as
from kg.resolve.across.memory import Memory
from kg.resolve.across.story import Story
from kg.telling import Teller
from tests.across.made import one as made

BATCH, SEED = 250, 1


def run(folder: Path, count: int, batch: int = BATCH) -> list[tuple[int, float]]:
    """Resolves *count* documents in all; ``(documents held, seconds for the last 1,000)`` at each 1,000."""
    folder.mkdir(parents=True, exist_ok=True)
    story = Story(Memory(folder / "across.sqlite"), _fetch)
    teller = Teller(story, BASE, _fetch)
    _numbers.update((digest, int(stamp.split()[1])) for digest, stamp in story.documents().items())
    known_as(["Nobody"], "Person")  # the lists of known actors are read once, whatever the number of documents
    found, spent, processor = [], 0.0, 0.0
    for first in range(len(story.documents()), count, batch):
        come = [made(number, SEED) for number in islice(range(first, count), batch)]
        _numbers.update((one.digest, number) for number, one in enumerate(come, first))
        _at_hand.update((one.digest, one) for one in come)
        began, worked = time.monotonic(), time.process_time()
        teller.tell(story.settle((), [(one.digest, _stamp(number), one) for number, one in enumerate(come, first)]))
        story.memory.commit(str(first + len(come)))
        spent, processor = spent + time.monotonic() - began, processor + time.process_time() - worked
        _at_hand.clear()
        if (first + len(come)) % 1000 == 0:
            found.append((first + len(come), spent))
            print(
                f"{first + len(come):7} documents: {spent:6.1f} s for the last 1,000 ({processor:.1f} s of processor); "
                f"{_megabytes()} MB at most",
                flush=True,
            )
            spent = processor = 0.0
    story.memory.close()
    return found


_numbers: dict[str, int] = {}
_at_hand: dict[str, Abstract] = {}
"""The documents of the batch, as a build has them in memory; others are made again."""


def _stamp(number: int) -> str:
    return f"made {number}"


@lru_cache(maxsize=512)
def _fetch(digest: str) -> Abstract:
    return _at_hand[digest] if digest in _at_hand else made(_numbers[digest], SEED)


def _megabytes() -> int:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
