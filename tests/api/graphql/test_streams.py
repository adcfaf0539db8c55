"""Subscriptions: ``claimAdded`` over web sockets (graphql-transport-ws) and as Server-Sent Events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.access import Access, Tokens
from api.app import create_app
from api.graphql import websocket
from api.graphql.events import response
from api.graphql.execute import Engine, GraphQLRequest
from api.graphql.schema import schema
from api.graphql.subscriptions import Streams
from api.graphql.websocket import PROTOCOL, bearer
from api.pool import Pool
from api.settings import Settings
from kg.model import Extraction
from kg.session import Session
from kg.tokens import create, revoke
from tests.api.graphql.story import english

WATCH = "subscription($stance: Stance) { claimAdded(stance: $stance) { text speaker { name } reportedIn { title } } }"

SUBSCRIBE = json.dumps({"type": "subscribe", "id": "1", "payload": {"query": WATCH}})


@pytest.fixture
def client(own_graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(settings=Settings(graph=own_graph, poll_seconds=0.02))) as client:
        yield client


def another(marking: str = "CLEAR") -> Extraction:
    """The English document once more, as another outlet's: three more claims, one of them a denial."""
    found = english()
    text = found.document.text + " "
    document = replace(
        found.document, text=text, digest=sha256(text.encode()).hexdigest(), publisher="The Echo", path="echo.txt",
        title="The Echo", marking=marking,
    )  # fmt: skip
    return replace(found, document=document)


def put(graph: Path, extraction: Extraction) -> None:
    with Session(graph) as session:
        session.put(extraction)


def say(socket: Any, kind: str, **more: Any) -> None:
    socket.send_text(json.dumps({"type": kind, **more}))


def test_a_new_document_is_announced_to_whom_it_concerns(client: TestClient, own_graph: Path) -> None:
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        assert socket.accepted_subprotocol == PROTOCOL
        say(socket, "connection_init")
        assert socket.receive_json() == {"type": "connection_ack"}
        say(socket, "subscribe", id="1", payload={"query": WATCH, "variables": {"stance": "denies"}})
        say(socket, "ping")
        assert socket.receive_json() == {"type": "pong"}
        say(socket, "subscribe", id="q", payload={"query": "{ claims { totalCount } }"})
        assert socket.receive_json() == {"type": "next", "id": "q", "payload": {"data": {"claims": {"totalCount": 6}}}}
        assert socket.receive_json() == {"type": "complete", "id": "q"}
        put(own_graph, another())
        claim = {
            "text": "it did not take part in the hacking",
            "speaker": {"name": "WikiLeaks"},
            "reportedIn": {"title": "The Echo"},
        }
        assert socket.receive_json() == {"type": "next", "id": "1", "payload": {"data": {"claimAdded": claim}}}
        say(socket, "complete", id="1")
        put(own_graph, replace(another(), document=replace(another().document, published=None)))
        say(socket, "subscribe", id="1", payload={"query": "{ events { totalCount } }"})  # the id is free again
        assert socket.receive_json()["payload"]["data"]["events"]["totalCount"] == 1


def test_what_is_above_the_marking_is_not_announced(client: TestClient, own_graph: Path) -> None:
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        say(socket, "connection_init")
        socket.receive_json()
        say(
            socket,
            "subscribe",
            id="1",
            payload={"query": "subscription { claimAdded(stance: denies) { reportedIn { marking } } }"},
        )
        say(socket, "ping")
        socket.receive_json()
        put(own_graph, another("AMBER"))
        put(own_graph, another("CLEAR"))
        assert socket.receive_json()["payload"]["data"]["claimAdded"]["reportedIn"]["marking"] == "CLEAR"


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ x }"}}'], 4401),
        (['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429),
        (["no json"], 4400),
        (['["a list"]'], 4400),
        (['{"type": "dance"}'], 4400),
        (['{"type": "connection_init"}', '{"type": "subscribe", "id": "", "payload": {}}'], 4400),
        (['{"type": "connection_init", "payload": {"Authorization": "Bearer x"}}'], 4403),
        (['{"type": "connection_init"}', SUBSCRIBE, SUBSCRIBE], 4409),
    ],
)  # fmt: skip
def test_close_codes(client: TestClient, messages: list[str], code: int) -> None:
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        for message in messages:
            socket.send_text(message)
        with pytest.raises(WebSocketDisconnect) as closed:
            while True:
                assert socket.receive_json()["type"] == "connection_ack"
        assert closed.value.code == code


def test_silence_is_not_waited_for(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "INIT_SECONDS", 0.05)
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 4408


def test_other_pages_may_not_open_a_socket(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/graphql", subprotocols=[PROTOCOL], headers={"origin": "http://elsewhere.example"}),
    ):
        pass
    with client.websocket_connect(
        "/graphql", subprotocols=[PROTOCOL], headers={"origin": "http://testserver"}
    ) as socket:
        say(socket, "connection_init")
        assert socket.receive_json() == {"type": "connection_ack"}


def test_errors_end_an_operation_not_the_connection(client: TestClient) -> None:
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        say(socket, "connection_init")
        socket.receive_json()
        for query, code in (("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), (None, "BAD_REQUEST")):
            say(socket, "subscribe", id="1", payload={"query": query})
            answer = socket.receive_json()
            assert (answer["type"], answer["id"]) == ("error", "1")
            assert answer["payload"][0]["extensions"]["code"] == code
        mutation = 'mutation { annotateClaim(id: "urn:a", note: "n") { generation } }'
        say(socket, "subscribe", id="2", payload={"query": mutation})
        assert socket.receive_json()["payload"][0]["extensions"]["code"] == "NOT_ALLOWED"


def test_tokens_of_the_handshake(own_graph: Path, client: TestClient) -> None:
    """Browsers cannot send headers with a web socket: the token comes in the first message."""
    secret = create(own_graph, "read", "AMBER", "desk")
    assert bearer({"authorization": f"bearer {secret}"}) == bearer({"Authorization": secret}) == secret
    assert bearer({}) is bearer(None) is None
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        say(socket, "connection_init", payload={"Authorization": f"Bearer {secret}"})
        socket.receive_json()
        say(socket, "subscribe", id="1", payload={"query": "{ claims { totalCount } }"})
        assert socket.receive_json()["payload"]["data"]["claims"]["totalCount"] == 7
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        say(socket, "connection_init", payload={"Authorization": "Bearer bad"})
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 4403


def test_a_revoked_token_ends_its_subscriptions(own_graph: Path, client: TestClient) -> None:
    secret = create(own_graph, "read", "AMBER", "desk")
    with client.websocket_connect("/graphql", subprotocols=[PROTOCOL]) as socket:
        say(socket, "connection_init", payload={"Authorization": f"Bearer {secret}"})
        socket.receive_json()
        socket.send_text(SUBSCRIBE)
        revoke(own_graph, "desk")
        ended = socket.receive_json()
        assert ended["type"] == "error" and ended["payload"][0]["extensions"]["code"] == "NOT_ALLOWED"


def test_a_query_as_events(client: TestClient) -> None:
    body = {"query": "{ claims(stance: denies) { totalCount } }"}
    answer = client.post("/graphql", json=body, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == 'event: next\ndata: {"data":{"claims":{"totalCount":2}}}\n\nevent: complete\ndata:\n\n'


def test_a_subscription_as_events(own_graph: Path) -> None:
    """The stream is read while a document comes in; leaving it ends the subscription."""
    settings = Settings(graph=own_graph, poll_seconds=0.02)
    pool = Pool(own_graph)
    streams = Streams(Engine(schema(), settings), pool, Tokens(own_graph))
    prepared = streams.engine.prepare(GraphQLRequest(WATCH, {"stance": "denies"}))

    async def listen() -> bytes:
        stream = response(streams, prepared, Access()).body_iterator
        first = asyncio.ensure_future(anext(aiter(stream)))
        await asyncio.sleep(0.1)
        assert streams.open == 1
        await asyncio.to_thread(put, own_graph, another())
        event = await asyncio.wait_for(first, 5)
        await stream.aclose()  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        return bytes(event)  # type: ignore[arg-type]

    event = asyncio.run(listen())
    assert event.startswith(b"event: next\ndata: ") and b"The Echo" in event
    assert streams.open == 0


def test_a_document_read_anew_is_not_announced(own_graph: Path) -> None:
    """Only documents that were not there: the same document with another day brings no claim twice."""
    pool = Pool(own_graph)
    streams = Streams(Engine(schema(), Settings(graph=own_graph)), pool, Tokens(own_graph))
    prepared = streams.engine.prepare(GraphQLRequest("subscription { claimAdded { text } }"))
    old = pool.current()
    found = english()
    put(own_graph, replace(found, document=replace(found.document, published=found.document.published and replace(
        found.document.published, begin=date(2031, 5, 8)))))  # fmt: skip
    new = pool.current()
    assert new.number > old.number
    assert streams._added(prepared, old, new) == []
    put(own_graph, another())
    assert len(streams._added(prepared, new, pool.current())) == 3
