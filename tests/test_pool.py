"""Processes that read for a build: none outlives it, however it ends."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import time

import psutil
import pytest

from kg.pool import Pool
from kg.sources import Reading, Skipped
from tests.leak.deadly import Deadly

STARTS = """
import time
from concurrent.futures import wait
from pathlib import Path
from kg.pool import Pool
from kg.sources import Reading

if __name__ == "__main__":
    pool = Pool(Reading(), "https://example.org/", workers=2)
    executor = pool._started()
    wait([executor.submit(time.sleep, 0.2) for _ in range(2)])
    print("ready", flush=True)
    time.sleep(600)
"""


def test_an_input_that_ends_its_process_ends_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pool.CHUNK", 1)
    other = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    other.start()
    try:
        with Pool(Reading(), "https://example.org/", workers=1) as pool:
            (lost,) = [*pool.give(Deadly("deadly.eml", content=b"x")), *pool.rest()]
        assert isinstance(lost, Skipped)
        assert other.is_alive(), "a process that is none of the pool's"
    finally:
        other.kill()
        other.join()


def test_helpers_leave_with_a_build_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", STARTS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        helpers = psutil.Process(process.pid).children(recursive=True)
        assert helpers
        process.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while any(helper.is_running() for helper in helpers) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [helper.pid for helper in helpers if helper.is_running()]
