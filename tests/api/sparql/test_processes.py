"""``kg serve`` from the outside: several server processes count their workers together, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from kg.store import open_writer
from tests.api.sparql.test_limits import ENDLESS


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "graph", create=True) as writer:
        writer.add(b"".join(b'<a:s> <a:p> "%d" <a:g> .\n' % number for number in range(2_000)))
    return tmp_path / "graph"


@contextmanager
def command(graph: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--graph", graph, "--port", "0", *options],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(graph.parent)},
    )  # fmt: skip
    assert server.stderr is not None
    try:
        url = next(word for word in server.stderr.readline().split() if word.startswith("http")).rstrip("/")
        log = threading.Thread(target=server.stderr.read)
        log.start()
        yield server, url
    finally:
        server.terminate()
        server.wait()
        log.join()
        server.stderr.close()


def workers(server: psutil.Process) -> list[psutil.Process]:
    return [one for one in server.children(recursive=True) if "api.sparql.worker" in one.cmdline()]


def test_two_server_processes_run_one_query_at_a_time_and_leave_nothing_behind(graph: Path) -> None:
    options = ("--workers", "2", "--sparql-workers", "1", "--sparql-seconds", "3")
    with command(graph, *options) as (server, url), ThreadPoolExecutor(8) as threads:
        wait_for(url)
        sent = [threads.submit(httpx.get, f"{url}/sparql", params={"query": ENDLESS}, timeout=20) for _ in range(8)]
        time.sleep(2.5)
        family = psutil.Process(server.pid).children(recursive=True)
        assert len(workers(psutil.Process(server.pid))) == 1  # one is started only by whoever has the slot
        assert {one.result().status_code for one in sent} == {503}
        threads.submit(httpx.get, f"{url}/sparql", params={"query": ENDLESS}, timeout=20)
        time.sleep(0.5)
        family += psutil.Process(server.pid).children(recursive=True)
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
        assert not psutil.wait_procs(family, timeout=2)[1]


def test_a_killed_supervisor_leaves_nothing_on_the_port(graph: Path) -> None:
    with command(graph, "--workers", "2") as (server, url):
        wait_for(url)
        family = psutil.Process(server.pid).children(recursive=True)
        assert len(family) >= 2
        server.kill()
        assert not psutil.wait_procs(family, timeout=10)[1]


@pytest.mark.parametrize("after", [0.0, 0.3, 0.8, 1.6])
def test_a_supervisor_killed_while_its_servers_start_leaves_nothing(graph: Path, after: float) -> None:
    with command(graph, "--workers", "2") as (server, _):
        time.sleep(after)
        family = psutil.Process(server.pid).children(recursive=True)
        server.kill()
        assert not psutil.wait_procs(family, timeout=15)[1]


def test_a_taken_port_is_one_line_and_exit_1(graph: Path) -> None:
    with command(graph) as (_, url):
        port = url.rpartition(":")[2]
        again = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--graph", graph, "--port", port],
            capture_output=True, text=True, timeout=30,
        )  # fmt: skip
    assert again.returncode == 1 and again.stdout == ""
    assert again.stderr.count("\n") == 1 and port in again.stderr


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
