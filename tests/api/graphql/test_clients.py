"""A client that people use, against a real server: ``gql``, which takes the schema by introspection."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport
from gql.transport.websockets import WebsocketsTransport

from api.app import create_app


@pytest.fixture(scope="module")
def address(graph: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(graph), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"127.0.0.1:{free.getsockname()[1]}/graphql"
        server.should_exit = True
        thread.join()


def test_gql_over_http(address: str) -> None:
    client = Client(transport=HTTPXTransport(f"http://{address}"), fetch_schema_from_transport=True)
    with client as session:
        query = gql("query($name: String) { claims(speaker: $name) { edges { node { stance evidence { exact } } } } }")
        query.variable_values = {"name": "WikiLeaks"}
        edges = session.execute(query)["claims"]["edges"]
        assert [edge["node"]["stance"] for edge in edges] == ["denies", "denies"]
        with pytest.raises(TransportQueryError, match="a page holds at most 200"):
            session.execute(gql("{ claims(first: 1000) { totalCount } }"))


def test_gql_over_a_web_socket(address: str) -> None:
    async def ask() -> dict[str, Any]:
        async with Client(transport=WebsocketsTransport(f"ws://{address}")) as session:
            return await session.execute(gql("{ events { totalCount } }"))

    assert asyncio.run(ask()) == {"events": {"totalCount": 1}}
