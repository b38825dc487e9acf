"""What every response carries, whatever went wrong: our headers, no banner, no origin that was not named."""

import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest

from runtime.pages import HEADERS
from tests.runtime.server import ROOT, Served
from tests.security.conftest import ORIGIN, Answer

JSON = {"Content-Type": "application/json"}
PROBES = {
    "200 of a page": ("GET", "/", None),
    "200 of health": ("GET", "/health", None),
    "201": ("POST", "/api/conversations", b"{}"),
    "204": ("DELETE", "/api/conversations", b'{"conversation": "gone"}'),
    "204 of feedback": ("POST", "/api/feedback", b'{"helped": true}'),
    "400": ("POST", "/api/messages", b"{"),
    "404 of an address": ("GET", "/nowhere", None),
    "404 of a conversation": ("POST", "/api/messages", b'{"conversation": "gone", "text": "hello"}'),
    "405": ("GET", "/api/messages", None),
    "413": ("POST", "/api/messages", b"a" * 20_000),
    "422": ("POST", "/api/messages", b'{"conversation": "gone", "text": " "}'),
    "404 of a foreign preflight": ("OPTIONS", "/api/messages", None),
}
BANNERS = ("rasa", "sanic", "python", "uvloop", "httptools", "3.6.21", "traceback", "/work", "site-packages")


def shows_nothing(head: str) -> bool:
    return not any(banner in head.lower() for banner in BANNERS)


@pytest.mark.parametrize(("status", "probe"), PROBES.items())
def test_every_answer_has_the_security_headers_and_no_banner(
    served: Served, status: str, probe: tuple[str, str, bytes | None]
) -> None:
    method, path, body = probe
    reply = httpx.request(method, served.base + path, content=body, headers=JSON)
    assert reply.status_code == int(status[:3])
    for name, value in HEADERS.items():
        assert reply.headers[name] == value
    assert "server" not in reply.headers
    assert "x-powered-by" not in reply.headers
    assert "set-cookie" not in reply.headers
    assert shows_nothing(str(reply.headers.raw))
    if status.startswith("4"):
        assert shows_nothing(reply.text)


@pytest.mark.parametrize("probe", [b"\x00\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n", b"GET / HTTP/9\r\n\r\n"])
def test_bytes_that_are_no_request_get_the_same_headers(raw: Callable[..., Answer], probe: bytes) -> None:
    answer = raw(probe)
    head = answer.raw.decode()
    assert answer.statuses == [400]
    for name, value in HEADERS.items():
        assert f"{name}: {value}".lower() in head.lower()
    assert "\r\nserver:" not in head.lower()
    assert shows_nothing(head.replace(HEADERS["Content-Security-Policy"], ""))


def test_an_error_inside_is_told_in_the_same_form_without_its_reason() -> None:
    """The whole application with a route that raises: the one way to see what an unforeseen error would show."""
    code = """
import asyncio, sys
from sanic import Sanic
from runtime.channel import WebChannel
from runtime.loading import quiet_logs
quiet_logs()
app = Sanic("broken")
channel = WebChannel.from_credentials(None)
app.blueprint(channel.blueprint(lambda message: None))
@app.get("/broken")
async def broken(request):
    raise RuntimeError("a visitor's own words in /work/secret.py")
async def main():
    server = await app.create_server(host="127.0.0.1", port=0, return_asyncio_server=True)
    await server.startup(); await server.before_start()
    async with server.server as bound:
        port = bound.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /broken HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n")
        print((await reader.read()).decode())
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "HTTP/1.1 503" in done.stdout, done.stderr
    for name, value in HEADERS.items():
        assert f"{name}: {value}" in done.stdout
    for text in (done.stdout, done.stderr):
        assert "own words" not in text
        assert "Traceback" not in text
        assert "secret.py" not in text


@pytest.mark.parametrize(
    "origin", ["null", "https://evil.example", ORIGIN + ".evil.example", "http://news.example", "*"]
)
@pytest.mark.parametrize("method", ["OPTIONS", "POST", "GET"])
def test_no_other_origin_may_read_an_answer(served: Served, origin: str, method: str) -> None:
    path = "/help" if method == "GET" else "/api/conversations"
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    reply = httpx.request(method, served.base + path, headers={**asked, **JSON})
    assert not [name for name in reply.headers if name.startswith("access-control-")]
    assert reply.status_code == {"OPTIONS": 404, "POST": 201, "GET": 200}[method]


def test_the_site_that_embeds_may_post_json_and_no_credentials(served: Served) -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = httpx.options(f"{served.base}/api/messages", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert preflight.headers["access-control-allow-headers"] == "content-type"
    assert "access-control-allow-credentials" not in preflight.headers
    for name, value in HEADERS.items():
        assert preflight.headers[name] == value
    reply = httpx.post(f"{served.base}/api/conversations", headers={"Origin": ORIGIN, **JSON}, content=b"{}")
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (201, ORIGIN)


SIMPLE = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "text/json"]


@pytest.mark.parametrize("kind", SIMPLE)
@pytest.mark.parametrize("path", ["/api/conversations", "/api/messages", "/api/feedback"])
def test_another_sites_page_cannot_post_what_needs_no_preflight(served: Served, path: str, kind: str) -> None:
    headers = {"Origin": "https://evil.example", **({"Content-Type": kind} if kind else {})}
    reply = httpx.post(served.base + path, content=b'{"conversation": "x", "text": "hi"}', headers=headers)
    assert reply.status_code == 415
    assert reply.json()["error"]["code"] == "not_json"


def test_a_program_that_is_no_browser_need_not_declare_json(served: Served) -> None:
    assert httpx.post(f"{served.base}/api/conversations", content=b"{}").status_code == 201
