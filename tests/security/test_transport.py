"""Requests that a browser would never send: split, doubled, endless, or meant for another server."""

from collections.abc import Callable

import httpx
import pytest

from tests.runtime.server import Served
from tests.security.conftest import Answer

HOST = b"Host: signpost.example\r\n"
HIDDEN = b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n"
POST = b"POST /api/messages HTTP/1.1\r\n" + HOST
Send = Callable[..., Answer]

AMBIGUOUS = {
    "the length twice": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
    "length and chunks": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "an unknown encoding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two encodings": POST + b"Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
    "a negative length": POST + b"Content-Length: -5\r\n\r\n{}",
    "a signed length": POST + b"Content-Length: +2\r\n\r\n{}",
    "an underscored length": POST + b"Content-Length: 1_0\r\n\r\n{}",
    "a length in words": POST + b"Content-Length: two\r\n\r\n{}",
    "a negative chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n",
    "a chunk in words": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "a trailer": POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: y\r\n\r\n",
    "a folded header": b"POST /api/messages HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
    "two hosts": b"GET /help HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "a header without a colon": b"GET /help HTTP/1.1\r\nHost\r\n\r\n",
    "no version": b"GET /help\r\n\r\n",
    "another version": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n",
    "bytes in the address": b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "an unknown expectation": POST + b"Content-Length: 2\r\nExpect: 200-banana\r\n\r\n{}",
}


@pytest.mark.parametrize("request_bytes", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_an_ambiguous_request_is_refused_and_hides_no_second_one(raw: Send, request_bytes: bytes) -> None:
    answer = raw(request_bytes + HIDDEN)
    assert answer.statuses
    assert set(answer.statuses) == {400}
    assert answer.closed
    assert b"ready" not in answer.raw


TOO_LARGE = {
    "a declared body": POST + b"Content-Length: 16385\r\n\r\n",
    "a huge declared body": POST + b"Content-Length: 99999999999999999999\r\n\r\n",
    "one chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n4100\r\n" + b"a" * 0x4100,
    "many chunks": POST + b"Transfer-Encoding: chunked\r\n\r\n" + (b"400\r\n" + b"a" * 0x400 + b"\r\n") * 20,
    "a header": b"GET /help HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    "headers": b"GET /help HTTP/1.1\r\n" + b"".join(b"x%d: a\r\n" % n for n in range(5000)) + b"\r\n",
    "headers without an end": b"GET /help HTTP/1.1\r\n" + b"x: a\r\n" * 5000,
    "an address": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_more_than_16_kb_is_refused_before_it_is_read(raw: Send, request_bytes: bytes) -> None:
    answer = raw(request_bytes)
    # the rest still being sent when the server closes may cost the client the answer, never the server its memory
    assert answer.closed
    assert answer.statuses in ([413], [])


ENDLESS = [
    b"GET /he",
    b"GET /help HTTP/1.1\nHost: x\n\n",
    POST + b"Content-Length: 50\r\n\r\n{",
    POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{",
    b"GET /nowhere HTTP/1.1\r\nContent-Length: 50\r\n\r\n",
]


@pytest.mark.parametrize("begun", ENDLESS)
def test_a_request_that_never_ends_is_closed(raw: Send, begun: bytes) -> None:
    answer = raw(begun, patience=60)
    assert answer.closed
    assert answer.statuses in ([408], [404], [])


def test_a_slow_or_broken_client_does_not_stop_the_others(served: Served, raw: Send) -> None:
    for _ in range(20):
        raw(b"POST /api/messages HTTP/1.1\r\nContent-Le", patience=0.01)
    assert served.say(served.begin(), "hello").status_code == 200


ELSEWHERE = [
    b"GET http://evil.example/help HTTP/1.1\r\n" + HOST,
    b"GET /help HTTP/1.1\r\nHost: evil.example\r\n",
    b"GET /help HTTP/1.1\r\nHost: evil.example/../@x:99999\r\n",
    b"GET /help HTTP/1.1\r\nHost: [::1\r\n",
    b"GET /help HTTP/1.1\r\n" + HOST + b"X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\n",
    b"GET /help HTTP/1.1\r\n" + HOST + b"Forwarded: host=evil.example;proto=gopher\r\n",
    b"GET /help HTTP/1.1\r\n" + HOST + b"X-Original-URL: /model\r\nX-Rewrite-URL: /model\r\n",
]


@pytest.mark.parametrize("head", ELSEWHERE)
def test_nothing_in_an_answer_is_built_from_the_host_that_was_named(raw: Send, head: bytes) -> None:
    answer = raw(head + b"Connection: close\r\n\r\n")
    assert answer.statuses == [200]
    assert b"evil.example" not in answer.raw
    assert b"\r\nlocation:" not in answer.raw.lower()


PATHS = [
    "//evil.example/",
    "//evil.example/help",
    "/\\evil.example",
    "/help/",
    "/help//",
    "/help%2f",
    "/help%00",
    "/help;x",
    "/HELP",
    "/widget/",
    "/widget",
    "/widget/../config.yml",
    "/widget/../../../../etc/passwd",
    "/widget/%2e%2e/config.yml",
    "/widget/..%2f..%2fconfig.yml",
    "/widget/..%5cconfig.yml",
    "/widget/....//config.yml",
    "/widget/%252e%252e%252fconfig.yml",
    "/widget/index.html",
    "/widget/README.md",
    "/data/../config.yml",
    "/data/statistics/figures.csv",
    "/etc/passwd",
    "/.git/config",
    "/models/signpost.tar.gz",
    "/endpoints.yml",
    "/%00",
    "/%zz%ff",
    "/?next=https://evil.example",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_address_leads_to_a_file_or_to_another_site(raw: Send, path: str) -> None:
    answer = raw(b"GET %b HTTP/1.1\r\n%bConnection: close\r\n\r\n" % (path.encode(), HOST))
    assert answer.statuses == [200 if path.startswith("/?") else 404]
    assert b"evil.example" not in answer.raw
    assert b"\r\nlocation:" not in answer.raw.lower()
    assert b"root:" not in answer.raw


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "GET", "BREW"])
def test_a_method_that_a_route_does_not_take_is_refused(served: Served, method: str) -> None:
    path = "/api/messages" if method != "PUT" else "/health"
    reply = httpx.request(method, served.base + path)
    assert reply.status_code == 405
    assert reply.json()["error"]["code"] == "method_not_allowed"
    assert set(reply.json()) == {"error"}


def test_a_tunnel_is_not_opened(raw: Send) -> None:
    answer = raw(b"CONNECT evil.example:80 HTTP/1.1\r\n" + HOST + b"\r\n")
    assert answer.closed
    assert 200 not in answer.statuses
