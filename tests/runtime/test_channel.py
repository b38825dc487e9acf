"""The channel's contract, against the served assistant: answers, pages, headers, a clear error for each bad input."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from runtime.pages import POLICY
from tests.runtime.server import Served, early_in_a_minute


@pytest.fixture(scope="module")
def served(model: Path) -> Iterator[Served]:
    server = Served(SIGNPOST_ORIGINS="https://news.example")
    try:
        yield server.wait()
    finally:
        server.stop()


def test_a_question_is_answered_with_its_figure(served: Served) -> None:
    messages = served.say(served.begin(), "how many in cambridgeshire in 2014").json()
    assert messages[0]["text"].startswith("81 ")
    assert messages[0]["custom"]["finding"]["value"] == "81"


def test_two_conversations_do_not_know_of_each_other(served: Served) -> None:
    first, second = served.begin(), served.begin()
    assert first != second
    assert len(first) >= 32
    served.say(first, "how many in cambridgeshire in 2014")
    assert "192" in served.say(first, "and two years later?").text
    assert "text" in served.say(second, "and two years later?").json()[0]


def test_the_notice_is_said_once_a_conversation(served: Served) -> None:
    conversation = served.begin()
    said = [
        served.say(conversation, text).text.count("no report has been made") for text in ("help", "i need help", "pls")
    ]
    assert said == [1, 0, 0]


def test_server_sent_events_carry_the_same_messages(served: Served) -> None:
    body = {"conversation": served.begin(), "text": "somebody is blackmailing me with a pic"}
    with httpx.stream(
        "POST", f"{served.base}/api/messages", json=body, headers={"accept": "text/event-stream"}
    ) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        lines = list(reply.iter_lines())
    messages = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    assert lines[-3:-1] == ["event: end", "data: {}"] or "event: end" in lines
    assert any("Childline" in m.get("text", "") for m in messages)


def test_the_same_message_sent_twice_is_answered_once(served: Served) -> None:
    conversation = served.begin()
    first = served.say(conversation, "how many in cambridgeshire in 2014", id="retry-0001").json()
    second = served.say(conversation, "how many in cambridgeshire in 2014", id="retry-0001").json()
    assert first == second
    third = served.say(conversation, "how many in cambridgeshire in 2014", id="retry-0002").json()
    assert third != first  # by now the notice has been said


def test_messages_of_one_conversation_are_answered_in_their_order(served: Served) -> None:
    conversation = served.begin()

    async def both() -> list[httpx.Response]:
        async with httpx.AsyncClient(timeout=30) as client:
            texts = ["how many in cambridgeshire in 2014", "and in 2016?", "and 2015?"]
            calls = []
            for text in texts:
                body = {"conversation": conversation, "text": text}
                calls.append(asyncio.create_task(client.post(f"{served.base}/api/messages", json=body)))
                await asyncio.sleep(0.02)
            return await asyncio.gather(*calls)

    replies = [reply.json() for reply in asyncio.run(both())]
    values = [m["custom"]["finding"]["value"] for reply in replies for m in reply if "finding" in m.get("custom", {})]
    assert values == ["81", "192", "155"]


BAD: list[tuple[str, Any, int, str]] = [
    ("not JSON", b"{", 400, "bad_json"),
    ("a list", b"[]", 400, "bad_json"),
    ("deep nesting", b"[" * 5000, 400, "bad_json"),
    ("no fields", {}, 400, "no_conversation"),
    ("no text", {"conversation": "x"}, 400, "no_text"),
    ("a number as text", {"conversation": "x", "text": 5}, 400, "no_text"),
    ("a short id", {"conversation": "x", "text": "hi", "id": "1"}, 400, "bad_id"),
    ("an unknown conversation", {"conversation": "x", "text": "hi"}, 404, "no_such_conversation"),
    ("an empty text", {"conversation": "x", "text": "  \n "}, 422, "empty_text"),
    ("five thousand letters", {"conversation": "x", "text": "a" * 5000}, 422, "long_text"),
    ("20 kB", {"conversation": "x", "text": "a" * 20_000}, 413, "too_large"),
    ("ten thousand emoji", {"conversation": "x", "text": "\U0001f602" * 10_000}, 413, "too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_bad_input_gets_the_contracts_error(served: Served, body: Any, status: int, code: str) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    reply = httpx.post(f"{served.base}/api/messages", content=content)
    assert reply.status_code == status
    assert reply.json()["error"]["code"] == code
    assert "Traceback" not in reply.text


@pytest.mark.parametrize(
    "text", ["/danger", "/ / /greet{}", "\ud800 help me", "\x00\x01", "😂" * 900, "a" * 4000, "?" * 3000]
)
def test_odd_text_is_answered_like_any_other(served: Served, text: str) -> None:
    body = json.dumps({"conversation": served.begin(), "text": text})
    reply = httpx.post(f"{served.base}/api/messages", content=body.encode(), timeout=30)
    if reply.status_code != 413:
        assert reply.status_code == 200
        assert reply.json()[0]["text"]


def test_a_slash_names_no_intent(served: Served) -> None:
    named = served.say(served.begin(), "/suicide").json()
    typed = served.say(served.begin(), "suicide").json()
    assert named == typed


@pytest.mark.parametrize(
    "path",
    ["/model", "/webhooks/rest/webhook", "/conversations/x/tracker", "/status", "/version", "/widget/../config.yml"],
)
def test_nothing_of_rasas_own_api_is_served(served: Served, path: str) -> None:
    reply = httpx.get(served.base + path)
    assert reply.status_code == 404
    assert "rasa" not in reply.text.lower()


@pytest.mark.parametrize(
    "path", ["/", "/widget.js", "/demo", "/help", "/help.css", "/data", "/data/figures/none", "/health", "/nowhere"]
)
def test_every_response_has_the_security_headers(served: Served, path: str) -> None:
    reply = httpx.get(served.base + path)
    assert reply.headers["content-security-policy"] == POLICY
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in reply.headers
    assert "access-control-allow-credentials" not in reply.headers


def test_pages_are_compressed_and_known_ones_are_not_sent_again(served: Served) -> None:
    page = httpx.get(served.base + "/help")
    assert page.headers["content-encoding"] == "gzip"
    again = httpx.get(served.base + "/help", headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304


def test_the_figures_are_served_with_descriptions_that_fit_them(served: Served) -> None:
    table = httpx.get(served.base + "/data/figures.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    resource = httpx.get(served.base + "/data/datapackage.json").json()["resources"][0]
    assert resource["hash"] == f"sha256:{hashlib.sha256(table.content).hexdigest()}"
    columns = httpx.get(served.base + "/data/figures.csv-metadata.json").json()["tableSchema"]["columns"]
    assert ",".join(column["name"] for column in columns) == table.text.splitlines()[0]
    assert httpx.get(served.base + "/data/figures.json").json()["datapackage"]["resources"] == [resource]


def test_each_figure_has_an_address_as_a_page_and_as_json(served: Served) -> None:
    path = f"{served.base}/data/figures/bbc-foi-suspected-online-child-sex-offenders--cambridgeshire--2014"
    page = httpx.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>81 suspected online child sex offenders in Cambridgeshire in 2014.</h1>" in page.text
    assert httpx.get(path, headers={"if-none-match": page.headers["etag"]}).status_code == 304
    row = httpx.get(path + ".json")
    assert row.headers["content-type"] == "application/json"
    assert (row.json()["value"], row.json()["area_code"]) == ("81", "E23000023")
    assert httpx.head(path).status_code == 200


@pytest.mark.parametrize("name", ["none", "", "..%2f..%2fconfig.yml", "%3Cscript%3E", "a" * 500])
def test_an_unknown_figure_is_a_plain_page_that_says_so(served: Served, name: str) -> None:
    page = httpx.get(f"{served.base}/data/figures/{name}")
    assert page.status_code == 404
    assert "There is no figure at this address" in page.text
    assert 'href="/data"' in page.text
    assert "script" not in page.text
    row = httpx.get(f"{served.base}/data/figures/none.json")
    assert (row.status_code, row.json()["error"]["code"]) == (404, "not_found")


def test_only_a_configured_site_may_call_from_elsewhere(served: Served) -> None:
    path = f"{served.base}/api/messages"
    allowed = httpx.options(path, headers={"origin": "https://news.example"})
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == "https://news.example"
    assert httpx.options(path, headers={"origin": "https://evil.example"}).status_code == 404
    reply = httpx.get(f"{served.base}/widget.js", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in reply.headers


def test_a_cleared_conversation_is_forgotten_at_once(served: Served) -> None:
    conversation = served.begin()
    reply = httpx.request("DELETE", f"{served.base}/api/conversations", json={"conversation": conversation})
    assert reply.status_code == 204
    assert served.say(conversation, "hello").status_code == 404


def test_too_many_messages_are_told_when_to_come_back(model: Path) -> None:
    server = Served(SIGNPOST_MESSAGES_PER_MINUTE="3").wait()
    try:
        early_in_a_minute()
        conversation = server.begin()
        replies = [server.say(conversation, "hello") for _ in range(5)]
    finally:
        server.stop()
    assert [r.status_code for r in replies] == [200, 200, 200, 429, 429]
    assert int(replies[-1].headers["retry-after"]) >= 1
    assert replies[-1].json()["error"]["code"] == "too_many"


def test_a_paused_bot_shows_the_help_page_and_refuses_messages(model: Path, tmp_path: Path) -> None:
    switch = tmp_path / "operator.yml"
    server = Served(SIGNPOST_OPERATOR_FILE=str(switch)).wait()
    try:
        conversation = server.begin()
        switch.write_text("paused: true\n")
        refused = server.say(conversation, "hello")
        page = httpx.get(server.base + "/")
        switch.write_text("paused: false\nhidden: [childline]\n")
        hidden = server.say(conversation, "im 12 and my uncle touches me")
    finally:
        server.stop()
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "paused")
    assert "Childline" in page.text
    assert "signpost-chat" not in page.text
    assert hidden.status_code == 200
    assert '"id":"childline"' not in hidden.text.replace(" ", "")
