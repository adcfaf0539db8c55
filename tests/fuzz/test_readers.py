"""Broken inputs of every kind through all readers: no crash, no hang, nothing written, memory bounded.

`make test` reads 100 mutated inputs, `make soak` 10,000.
"""

from __future__ import annotations

import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from kg.extractions import extractions
from kg.model import Document, Extraction
from kg.rdf import document_quads
from kg.sources import FAILED, Reading, Skipped, Source, read_source
from tests.fuzz.mutate import mutants
from tests.leak import samples

SEED = 20170424
SECONDS = 5
MEMORY = 600 * 2**20
"""Bytes the process may grow by over the whole campaign; a leak or a bomb takes far more."""
BASE = "https://claimgraph.example/"


class Hangs(BaseException):
    """Nothing in the readers may catch it, so it is no Exception."""


@pytest.fixture
def alarm() -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_no_mutated_input_crashes_hangs_or_writes(
    alarm: None, campaign: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, slowest, kinds = _resident(), 0.0, set[str]()
    for number, (name, data) in enumerate(mutants(samples.every(), 100 * campaign, SEED)):
        reading = Reading(collection="essai" if number % 2 else None)
        began = time.monotonic()
        signal.alarm(SECONDS if campaign > 1 else 6 * SECONDS)
        try:
            items = list(read_source(Source(name, content=data), reading))
        except Hangs:
            pytest.fail(f"input {number} ({name}) takes more than {SECONDS} s")
        signal.alarm(0)
        slowest = max(slowest, time.monotonic() - began)
        assert items, f"input {number} ({name}) is neither read nor skipped"
        failed = [item.reason for item in items if isinstance(item, Skipped) and item.code == FAILED]
        assert not failed, f"input {number} ({name}): {failed}"
        for item in items:
            kinds.add(item.kind if isinstance(item, Document) else item.code)
            if isinstance(item, Document):
                assert document_quads(Extraction(item), BASE)
    assert list(tmp_path.rglob("*")) == []
    assert _resident() - before < MEMORY
    assert {"File", "Archive", "UNREADABLE"} <= kinds
    print(f"{100 * campaign} inputs, the slowest took {slowest:.2f} s", file=sys.stderr)


def test_the_campaign_is_the_same_every_time() -> None:
    assert list(mutants({"a": b"abc", "b": b"def"}, 50, 1)) == list(mutants({"a": b"abc", "b": b"def"}, 50, 1))


def test_every_sample_is_read_whole() -> None:
    """What the campaign mutates is sound, so that its findings are the mutations'."""
    for name, data in samples.every().items():
        items = list(read_source(Source(name, content=data), Reading(collection="essai")))
        assert not [item for item in items if isinstance(item, Skipped)], name
        assert all(document_quads(found, BASE) for found in extractions(items) if isinstance(found, Extraction))


def _resident() -> int:
    """The largest resident size of this process so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
