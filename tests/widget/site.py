"""A small server that keeps the channel's contract, answers from cans, and fails when it is told to."""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from runtime.pages import HEADERS, Page, build

from .replies import EMERGENCY, PEOPLE, answer

WIDGET = Path(__file__).parents[2] / "widget"
HELP = '<!doctype html><html lang="en"><title>Help</title><h1>Help</h1>'
FILES: dict[str, Page] = build(EMERGENCY, {path: lambda: HELP for path in ("/help", "/data")})


@dataclass
class Fault:
    """What goes wrong with one message: a status, an empty reply, a lost connection, or a wait for `release`."""

    status: int = 200
    empty: bool = False
    lost: bool = False
    release: threading.Event | None = None
    after: int | None = None


@dataclass
class Site:
    """The server's state: what it was told to do wrong, and what it heard."""

    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    said: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    helped: list[dict[str, Any]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    policy: str = HEADERS["Content-Security-Policy"]

    def reset(self) -> None:
        """Forget what was heard and told, for the next test."""
        for name in ("faults", "heard", "said", "open", "dropped", "helped", "requests", "pages", "broken"):
            getattr(self, name).clear()

    def dropped_soon(self, seconds: float = 5) -> int:
        """Return how many conversations were dropped; a page that leaves does not wait for the answer, so this does."""
        end = time.monotonic() + seconds
        while not self.dropped and time.monotonic() < end:
            time.sleep(0.02)
        return len(self.dropped)

    @property
    def texts(self) -> list[str]:
        """The text of each message once, in order: what the bot would have answered."""
        return list({one["id"]: one["text"] for one in self.heard}.values())


class Handler(BaseHTTPRequestHandler):
    """The routes of the contract."""

    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""

    def give(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        known = {"Content-Type": kind, "Content-Length": str(len(body)), **HEADERS}
        known["Content-Security-Policy"] = self.site.policy
        for name, value in {**known, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def tell(self, status: int, body: Any, **headers: str) -> None:
        self.give(status, "application/json", json.dumps(body).encode(), **headers)

    def wrong(self, status: int, **headers: str) -> None:
        self.tell(status, {"error": {"code": "fault", "message": "Something went wrong."}}, **headers)

    def heard(self) -> dict[str, str]:
        body: dict[str, str] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return body

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.site.requests.append(path)
        if path in self.site.broken:
            self.wrong(503)
        elif path == "/api/open-now":
            self.tell(200, PEOPLE)
        elif path in self.site.pages:
            self.give(200, "text/html; charset=utf-8", self.site.pages[path].encode())
        elif path in FILES:
            self.give(200, FILES[path].kind, FILES[path].packed, Content_Encoding="gzip", Cache_Control="max-age=300")
        else:
            self.wrong(404)

    def do_POST(self) -> None:
        body = self.heard()
        if self.path == "/api/conversations":
            conversation = secrets.token_urlsafe(8)
            self.site.open.add(conversation)
            self.tell(201, {"conversation": conversation})
            return
        if self.path == "/api/feedback":
            self.site.helped.append(body)
            fault = self.site.faults.pop(0) if self.site.faults else Fault()
            self.give(fault.status if fault.status != 200 else 204, "application/json", b"")
            return
        if body["conversation"] not in self.site.open:
            self.wrong(404)
            return
        self.site.heard.append(body)
        fault = self.site.faults.pop(0) if self.site.faults else Fault()
        if fault.release:
            fault.release.wait(30)
        if fault.status != 200:
            self.wrong(fault.status, **({"Retry_After": str(fault.after)} if fault.after else {}))
            return
        reply = self.site.said.setdefault(body["id"], answer(body["text"]))
        if fault.lost:
            self.close_connection = True
            return
        self.tell(200, [] if fault.empty else reply)

    def do_DELETE(self) -> None:
        conversation = self.heard()["conversation"]
        if conversation in self.site.open:  # One that an earlier test left behind is no longer known.
            self.site.open.remove(conversation)
            self.site.dropped.append(conversation)
        self.send_response(204)
        self.end_headers()


class Quiet(ThreadingHTTPServer):
    """A server that says nothing when a browser goes away in the middle of a reply."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that left is no fault."""


def serve(port: int = 0) -> tuple[Quiet, Site]:
    """Start the server on a thread; stop it with `shutdown()`."""
    site = Site()
    server = Quiet(("127.0.0.1", port), type("Bound", (Handler,), {"site": site}))
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server, site
