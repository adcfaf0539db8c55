"""A server over a graph, in this process but spoken to over a real socket: what clients see when one is cut off."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from uvicorn import Config, Server

from api.app import create_app
from api.settings import Settings
from kg import tokens


@dataclass(frozen=True, slots=True)
class Served:
    """*url* without a final slash; *graph* the folder served; the tokens made for it."""

    url: str
    graph: Path
    admin: str
    amber: str

    def client(self, token: str | None = None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)


@contextmanager
def serving(settings: Settings) -> Iterator[Served]:
    """Serves on a free port of 127.0.0.1 until the block is left."""
    server = Server(Config(create_app(settings=settings), port=0, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        admin = tokens.create(settings.graph, "admin")
        amber = tokens.create(settings.graph, "read", "AMBER")
        yield Served(f"http://127.0.0.1:{port}", settings.graph, admin, amber)
    finally:
        server.should_exit = True
        thread.join()
