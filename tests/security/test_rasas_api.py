"""Rasa's own HTTP API and channels are not there: every route that Rasa could serve answers as nothing does."""

import importlib
import json
import subprocess
import sys
from functools import lru_cache
from typing import Any

import httpx
import pytest
import yaml

from tests.runtime.server import ROOT, Served

_ROUTES = """
import json, sys
import rasa.server
from sanic import Sanic
Sanic.test_mode = True
app = rasa.server.create_app()
print(json.dumps([[m, "/" + r.path] for r in app.router.routes for m in sorted(r.methods)]))
"""


@lru_cache(maxsize=1)
def rasas_routes() -> list[list[str]]:
    """Method and path of everything in Rasa's server with its API enabled."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _ROUTES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    routes: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return routes


def refused(served: Served, method: str, path: str) -> httpx.Response:
    body = {"text": "hello", "sender": "x", "model_file": "http://evil.example/model.tar.gz"}
    reply = httpx.request(method, served.base + path, json=body)
    assert set(reply.json()) == {"error"}
    assert "rasa" not in reply.text.lower()
    assert "3.6" not in reply.text
    return reply


def test_no_route_of_rasas_server_is_mounted(served: Served) -> None:
    routes = [(method, path.replace("<conversation_id:path>", served.begin())) for method, path in rasas_routes()]
    assert len(routes) > 15
    for method, path in routes:
        if path != "/":
            assert refused(served, method, path).status_code == 404, (method, path)


def test_the_root_tells_no_version(served: Served) -> None:
    for method in ("GET", "HEAD"):
        reply = httpx.request(method, served.base + "/")
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/html")
        assert "Hello from" not in reply.text


def test_no_channel_of_rasas_is_mounted(served: Served) -> None:
    channels = importlib.import_module("rasa.core.channels").BUILTIN_CHANNELS
    assert "rest" in channels
    for name in (*channels, "web", "signpost"):
        for path in (f"/webhooks/{name}", f"/webhooks/{name}/", f"/webhooks/{name}/webhook", f"/{name}/webhook"):
            for method in ("GET", "POST"):
                assert refused(served, method, path).status_code == 404, (method, path)
    for path in ("/socket.io/?EIO=4&transport=polling", "/webhook", "/actions", "/webhooks/rest/webhook?stream=true"):
        assert refused(served, "POST", path).status_code == 404


def test_the_configuration_names_our_channel_alone() -> None:
    credentials: dict[str, Any] = yaml.safe_load((ROOT / "credentials.yml").read_text())
    assert list(credentials) == ["runtime.channel.WebChannel"]
    assert "enable_api=False" in (ROOT / "runtime" / "server.py").read_text()


@pytest.mark.parametrize("path", ["/?q=/restart", "/help?token=x", "/health?environment=1"])
def test_a_query_changes_nothing(served: Served, path: str) -> None:
    plain, asked = (httpx.get(served.base + p) for p in (path.partition("?")[0], path))
    assert (plain.status_code, plain.content) == (asked.status_code, asked.content)
