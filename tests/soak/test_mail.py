"""The campaign archive at its full size (`make soak`; a small one in `make test`): everything in it is found, at a pace
and in a memory that are printed, and a build that is killed is taken up without losses or duplicates."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from tests.leak.generate import FULL, SMALL, Size, figures, generate
from tests.leak.test_campaign import COUNTS, totals

RATE = 300
"""Mails a second, on two cores, with their signatures checked."""
MEMORY = 2**30
"""Bytes, all processes of the build together."""
pytestmark = pytest.mark.soak


@pytest.mark.parametrize("form", ["campaign.mbox", "campaign.zip"])
def test_the_campaign_goes_in_whole(
    form: str, campaign: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full = campaign > 1
    size = FULL if full else SMALL
    archive, root = tmp_path / "archive", tmp_path / "graph"
    generate(archive, size)
    began = time.monotonic()
    peak = _built(archive / form, root, archive / "keys")
    rate = size.mails / (time.monotonic() - began)
    with capsys.disabled():
        print(f"\n{form}: {size.mails:,} mails, {rate:.0f} mails/s, peak {peak / 2**20:.0f} MiB")
    _whole(root, size)
    assert peak < MEMORY
    if full:
        assert rate > RATE
        again = tmp_path / "taken up"
        _killed(archive / form, again, archive / "keys", after=40.0)
        held = _held(again)
        _built(archive / form, again, archive / "keys")
        with capsys.disabled():
            print(f"{form}: killed with {held:,} mails in the graph, then taken up")
        _whole(again, size)


def _whole(root: Path, size: Size) -> None:
    """Every figure of the graph at *root* is the generator's."""
    found = totals(root)
    told = {name: str(value) for name, value in asdict(figures(size)).items()}
    assert {ours: found[ours] for ours in COUNTS} == {ours: told[theirs] for ours, theirs in COUNTS.items()}
    assert int(found["memberCount"]) == size.mails + size.attachments + 1


def _command(source: Path, root: Path, keys: Path) -> list[str]:
    options = ["--into", str(root), "--collection", "Campagne", "--dkim-keys", str(keys)]
    return [sys.executable, "-m", "kg", "build", str(source), *options]


def _killed(source: Path, root: Path, keys: Path, after: float) -> None:
    """Builds for *after* seconds and until something is published, then ends it in a way that nothing can catch."""
    process = subprocess.Popen(_command(source, root, keys), start_new_session=True, stderr=subprocess.DEVNULL)
    time.sleep(after)
    while process.poll() is None and not _held(root):
        time.sleep(1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _held(root: Path) -> int:
    """The mails that a reader sees now."""
    if not (root / "current").exists():
        return 0
    import kg

    with kg.open(root) as opened:
        return int(totals(root)["messageCount"]) if opened.query("SELECT ?c { ?c a kg:Collection }") else 0


def _built(source: Path, root: Path, keys: Path) -> int:
    """Builds to the end; the most bytes of memory that all its processes held together (shared pages counted once
    for each of them)."""
    said = root.with_suffix(".log").open("w+", encoding="utf-8")
    process = subprocess.Popen(_command(source, root, keys), stderr=said)
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            peak = max(peak, sum(one.memory_info().rss for one in family))
        except psutil.NoSuchProcess:
            pass  # one of them has just ended
        time.sleep(0.25)
    with said:
        said.seek(0)
        assert process.returncode == 0, said.read()[-2_000:]
    return peak
