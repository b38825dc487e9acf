"""Rasa extension point: none; the private port: `/metrics` for Prometheus and `/operator` for a person. Read-only.

It runs in a thread of its own, so that it still answers when the assistant is too busy to. It has no password: it
listens on this machine only, unless `SIGNPOST_OPERATOR_HOST` says otherwise.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.exposition import ThreadingWSGIServer

from runtime.metrics import Metrics
from runtime.operator_page import State, page
from runtime.pages import HEADERS
from runtime.shared_store import shared_store
from signpost.assistant import assistant

STYLE = Path(__file__).parent / "operator.css"
SECONDS = 10  # a client that says nothing is dropped
PRIVATE = {**HEADERS, "Server": "signpost", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}


class _Quiet(WSGIRequestHandler):
    timeout = SECONDS

    def log_message(self, *_: Any) -> None:
        """Log nothing: not even who looked."""


class _Server(ThreadingWSGIServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is no error."""


class OperatorServer:
    """The private port of this process.

    Args:
        host, port: where it listens; port 0 takes a free one.
        metrics: what is shown.
        state: asked at each view.

    Raises OSError when the port is taken.
    """

    def __init__(self, host: str, port: int, metrics: Metrics, state: Callable[[], State]) -> None:
        self._metrics, self._state = metrics, state
        self._style = STYLE.read_bytes()
        self._server: WSGIServer = make_server(host, port, self._answer, _Server, _Quiet)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, name="operator", daemon=True)

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        status, kind, body = "200 OK", "text/plain; charset=utf-8", b""
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            status, body = "405 Method Not Allowed", b"This page is only read.\n"
        elif path == "/metrics":
            kind, body = CONTENT_TYPE_LATEST, generate_latest(self._metrics.registry)
        elif path == "/operator":
            kind, body = "text/html; charset=utf-8", page(self._metrics, self._state()).encode()
        elif path == "/operator.css":
            kind, body = "text/css; charset=utf-8", self._style
        else:
            status, body = "404 Not Found", b"There are /operator and /metrics.\n"
        headers = {**PRIVATE, "Content-Type": kind, "Content-Length": str(len(body))}
        start(status, list(headers.items()))
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class Watch:
    """Looks at a running application from another thread.

    Args:
        app: Sanic's, with our channel mounted.
        model: SHA-256 of its model.
    """

    def __init__(self, app: Any, metrics: Metrics, model: str) -> None:
        self._app, self._model = app, model
        self._loop: asyncio.AbstractEventLoop | None = None
        metrics.open.set_function(lambda: float("nan") if (found := self._open()) is None else found)
        metrics.ready.set_function(lambda: app.ctx.signpost.ready(app))
        metrics.model.labels(model).set(1)

    async def begin(self, _app: Any) -> None:
        """Remember the event loop that the conversations live in."""
        self._loop = asyncio.get_running_loop()

    def __call__(self) -> State:
        """Return how the process stands."""
        routes = self._app.ctx.signpost
        load, switch = routes.admission.load, assistant().switch.state()
        return State(
            ready=routes.ready(self._app),
            paused=switch.paused,
            stopping=load.stopping,
            hidden=tuple(sorted(switch.hidden)),
            fault=switch.fault,
            model=self._model,
            open=self._open(),
            under_way=load.under_way,
            most=load.most,
        )

    def _open(self) -> int | None:
        """Count the conversations in their own thread; None where a shared store has them, or nobody answers."""
        agent = self._app.ctx.agent
        if self._loop is None or agent is None or shared_store(agent) is not None:
            return None
        store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
        found = asyncio.run_coroutine_threadsafe(store.keys(), self._loop)
        try:
            return sum(1 for _ in found.result(timeout=1))
        except (TimeoutError, RuntimeError):
            return None
