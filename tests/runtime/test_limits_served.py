"""Over a limit, under too much load, or while it stops: the server says when to come again, and danger is answered."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.runtime.server import ROOT, Served, early_in_a_minute

DANGER = "he is in my house with a knife and i am hiding"
PATIENCE = 240  # seconds for a start on a busy machine
LONG = "my friend is sad and i would like to say all of it. " * 100


def is_urgent(reply: httpx.Response) -> bool:
    """The first thing said is to call 999, and it is marked as urgent."""
    first = reply.json()[0]
    return reply.status_code == 200 and "999" in first["text"].splitlines()[0] and first["custom"]["urgent"] is True


@pytest.fixture(autouse=True)
def _early() -> None:
    early_in_a_minute()


@pytest.fixture(scope="module")
def proxied(model: Path) -> Iterator[Served]:
    """Behind one proxy; each test is a client, or a visitor's network, of its own."""
    server = Served(
        SIGNPOST_MESSAGES_PER_MINUTE="3",
        SIGNPOST_CONVERSATIONS_PER_MINUTE="2",
        SIGNPOST_ALL_MESSAGES_PER_MINUTE="1000",
        SIGNPOST_PROXIES="1",
    )
    try:
        yield server.wait(PATIENCE)
    finally:
        server.stop()


@pytest.fixture(scope="module")
def direct(model: Path) -> Iterator[Served]:
    """Behind nothing, with room for one turn at a time."""
    server = Served(SIGNPOST_TURNS_AT_ONCE="1")
    try:
        yield server.wait(PATIENCE)
    finally:
        server.stop()


class Client:
    """One client of the server, at an address."""

    def __init__(self, served: Served, address: str) -> None:
        self.base, self.address = served.base, address

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        sent = {"X-Forwarded-For": self.address, **headers}
        return httpx.post(f"{self.base}/api/{path}", json=body, headers=sent, timeout=30)

    def begin(self) -> str:
        reply = self.post("conversations", {})
        assert reply.status_code == 201
        return str(reply.json()["conversation"])

    def say(self, conversation: str, text: str, **headers: str) -> httpx.Response:
        return self.post("messages", {"conversation": conversation, "text": text}, **headers)


def test_a_limited_client_hears_when_to_come_again_and_whom_to_call(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.1")
    conversation = client.begin()
    replies = [client.say(conversation, "hello") for _ in range(4)]
    assert [r.status_code for r in replies] == [200, 200, 200, 429]
    assert 1 <= int(replies[3].headers["retry-after"]) <= 60
    assert replies[3].json()["error"]["code"] == "too_many"
    assert "call 999" in replies[3].json()["error"]["message"]
    other = Client(proxied, "192.0.2.2")
    assert other.say(other.begin(), "hello").status_code == 200


def test_a_limited_client_in_danger_is_answered_each_time(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.3")
    conversation = client.begin()
    for _ in range(4):
        client.say(conversation, "hello")
    assert all(is_urgent(client.say(conversation, text)) for text in (DANGER, DANGER, "i want to kill myslef"))
    streamed = client.say(conversation, DANGER, accept="text/event-stream")
    assert streamed.headers["content-type"].startswith("text/event-stream")
    messages = [json.loads(line[6:]) for line in streamed.text.splitlines() if line.startswith('data: {"')]
    assert messages[0]["custom"]["urgent"] is True
    assert client.say(conversation, "hello").status_code == 429


def test_a_forged_header_does_not_make_another_client(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.4")
    conversation = client.begin()
    forged = [
        httpx.post(
            f"{proxied.base}/api/messages",
            json={"conversation": conversation, "text": "hello"},
            headers={"X-Forwarded-For": f"203.0.113.{n}, 192.0.2.4", "X-Real-IP": f"203.0.113.{n}"},
        ).status_code
        for n in range(5)
    ]
    assert forged == [200, 200, 200, 429, 429]


def test_the_addresses_of_one_ipv6_network_are_one_client(proxied: Served) -> None:
    conversation = Client(proxied, "2001:db8:7:7::1").begin()
    codes = [Client(proxied, f"2001:db8:7:7::{n}").say(conversation, "hello").status_code for n in range(1, 6)]
    assert codes == [200, 200, 200, 429, 429]


def test_a_conversation_beyond_the_limit_waits_danger_in_it_is_answered_and_then_it_begins(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.5")
    *kept, spare = [client.begin() for _ in range(3)]
    assert client.say(kept[-1], "hello").status_code == 200
    refused = client.say(spare, "hello")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many")
    assert is_urgent(client.say(spare, DANGER))
    elsewhere = Client(proxied, "192.0.2.105")  # the same visitor, whose next network is within its limit
    assert elsewhere.say(spare, "how many in cambridgeshire in 2014").status_code == 200
    assert "155" in elsewhere.say(spare, "and in 2015").text


def test_an_id_that_was_not_given_out_begins_nothing(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.106")
    refused = client.say("a" * 32, "hello")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "no_such_conversation")


def test_a_message_that_is_too_long_says_what_to_do_and_danger_at_its_end_is_seen(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.6")
    conversation = client.begin()
    refused = client.say(conversation, LONG)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "long_text")
    message = refused.json()["error"]["message"]
    assert "call 999" in message
    assert "short sentences" in message
    assert is_urgent(client.say(conversation, LONG + DANGER))


def test_feedback_is_counted_and_limited_and_nothing_else_is_taken(proxied: Served) -> None:
    client = Client(proxied, "192.0.2.7")
    assert [client.post("feedback", {"helped": helped}).status_code for helped in (True, False)] == [204, 204]
    wrong: Any
    for wrong in ({}, {"helped": "yes"}, {"helped": 1}, []):
        reply = client.post("feedback", wrong)
        assert reply.status_code == 400
        assert reply.json()["error"]["code"] in ("bad_feedback", "bad_json")
    codes = {client.post("feedback", {"helped": True}).status_code for _ in range(25)}
    assert codes == {204, 429}


def test_without_a_trusted_proxy_a_header_changes_nothing(model: Path) -> None:
    server = Served(SIGNPOST_MESSAGES_PER_MINUTE="2").wait(PATIENCE)
    try:
        conversation = server.begin()
        early_in_a_minute()
        codes = [Client(server, f"203.0.113.{n}").say(conversation, "hello").status_code for n in range(4)]
    finally:
        server.stop()
    assert codes == [200, 200, 429, 429]


def test_beyond_what_it_can_do_it_says_so_and_danger_is_still_answered(direct: Served) -> None:
    conversations = [direct.begin() for _ in range(30)]
    danger = {5, 12, 19, 26}

    async def all_at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=60)) as client:
            bodies = [
                {"conversation": c, "text": DANGER if n in danger else "how many in cambridgeshire in 2014"}
                for n, c in enumerate(conversations)
            ]
            return await asyncio.gather(*(client.post(f"{direct.base}/api/messages", json=body) for body in bodies))

    replies = asyncio.run(all_at_once())
    assert all(is_urgent(replies[n]) for n in danger)
    others = [reply for n, reply in enumerate(replies) if n not in danger]
    # Whoever arrives first is let in, and that may be one of those in danger: then all the others are sent away.
    assert {503} <= {reply.status_code for reply in others} <= {200, 503}
    shed = [reply for reply in others if reply.status_code == 503]
    assert {reply.json()["error"]["code"] for reply in shed} == {"busy"}
    assert all(1 <= int(reply.headers["retry-after"]) <= 5 for reply in shed)
    assert all("call 999" in reply.json()["error"]["message"] for reply in shed)
    assert direct.say(conversations[0], "hello").status_code == 200


def test_told_to_stop_it_ends_the_turns_under_way_refuses_new_ones_and_goes(model: Path) -> None:
    server = Served().wait(PATIENCE)
    conversations = [server.begin() for _ in range(40)]
    address = ("127.0.0.1", int(server.base.rpartition(":")[2]))
    idle = [socket.create_connection(address) for _ in range(2)]  # kept open, as a proxy does
    idle[0].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert idle[0].recv(100).startswith(b"HTTP/1.1 200")

    text = "and in 2016? my son is worried about a man online"

    async def stop_amid() -> list[httpx.Response | BaseException]:
        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=60)) as client:
            bodies = [{"conversation": conversation, "text": text} for conversation in conversations]
            turns = [asyncio.create_task(client.post(f"{server.base}/api/messages", json=body)) for body in bodies]
            await asyncio.wait(turns, return_when=asyncio.FIRST_COMPLETED)
            server.process.terminate()
            return await asyncio.gather(*turns, return_exceptions=True)

    replies = asyncio.run(stop_amid())
    answered = [reply for reply in replies if isinstance(reply, httpx.Response)]
    assert all(reply.status_code in (200, 503) for reply in answered)
    assert all(reply.json()["error"]["code"] == "stopping" for reply in answered if reply.status_code == 503)
    assert sum(reply.status_code == 200 for reply in answered) >= 1
    assert len(answered) == len(replies)  # nobody's connection was cut
    end = time.monotonic() + 30
    while server.process.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    assert server.process.poll() == 0
    for connection in idle:
        connection.close()


STOPPED_WHILE_IT_STARTS = """
import os, signal
from runtime import server

whole = server.application

def application(agent, endpoints):
    app = whole(agent, endpoints)

    async def stop(_app):
        os.kill(os.getpid(), signal.SIGTERM)

    app.register_listener(stop, "after_server_start")
    return app

server.application = application
os._exit(server.main())
"""


# without these a start warns that nobody runs it
RUN_BY = {
    "SIGNPOST_RUN_BY": "A council",
    "SIGNPOST_CONTACT": "help@example.org",
    "SIGNPOST_COMPLAINTS": "complaints@example.org",
    "SIGNPOST_PRIVACY_NOTICE": "https://example.org/privacy",
}


def test_told_to_stop_while_it_still_starts_it_goes(model: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", STOPPED_WHILE_IT_STARTS],
        cwd=ROOT,
        env={**os.environ, **RUN_BY, "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"Signpost answers on http://127.0.0.1:{port}" in ended.stdout
