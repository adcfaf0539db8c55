"""The second wall: a worker process can open no socket to anywhere, whatever a query's text got past the first."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = """
import socket, sys
from api.sparql.isolation import deny_network
from kg.store.answer import evaluate
import pyoxigraph
listening = socket.create_server(("127.0.0.1", 0))
port = listening.getsockname()[1]
if not deny_network():
    sys.exit("no filter here")
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family)
    except PermissionError:
        continue
    sys.exit(f"{family} was opened")
socket.socketpair()
calling = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
try:
    evaluate(pyoxigraph.Store(), calling).write(sys.stdout.buffer, "text/csv")
except OSError as error:
    sys.exit(0 if "ermission denied" in str(error) else str(error))
sys.exit("the service was called")
"""


def test_no_socket_can_be_opened() -> None:
    ended = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, timeout=30)
    if ended.stderr.strip() == "no filter here":
        pytest.skip("this system has no seccomp")
    assert ended.returncode == 0, ended.stderr
