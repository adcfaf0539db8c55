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
    found, spent, worked = [], 0.0, time.process_time()
    for first in range(len(story.documents()), count, batch):
        come = [made(number, SEED) for number in islice(range(first, count), batch)]
        _numbers.update((one.digest, number) for number, one in enumerate(come, first))
        began = time.monotonic()
        teller.tell(story.settle((), [(one.digest, _stamp(number), one) for number, one in enumerate(come, first)]))
        story.memory.commit(str(first + len(come)))
        spent += time.monotonic() - began
        if (first + len(come)) % 1000 == 0:
            found.append((first + len(come), spent))
            print(
                f"{first + len(come):7} documents: {spent:6.1f} s for the last 1,000 "
                f"({time.process_time() - worked:.1f} s of processor, making them included); {_megabytes()} MB",
                flush=True,
            )
            spent, worked = 0.0, time.process_time()
    story.memory.close()
    return found


_numbers: dict[str, int] = {}


def _stamp(number: int) -> str:
    return f"made {number}"


@lru_cache(maxsize=2048)
def _fetch(digest: str) -> Abstract:
    return made(_numbers[digest], SEED)


def _megabytes() -> int:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
