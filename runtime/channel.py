"""Rasa extension point: the input channel that `credentials.yml` names; the contract of ARCHITECTURE.md over HTTP.

JSON, or server-sent events when the client accepts them. The server makes the conversation's id; no id is in a path.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse, empty
from sanic.response import json as as_json

from runtime.admission import Admission, said
from runtime.conversation_ids import SHAPE, ConversationIds
from runtime.errors import ContractErrors, Fault, fault
from runtime.load_shedding import GRACE, Ending
from runtime.metrics import metrics
from runtime.output import Message
from runtime.pages import HEADERS, Pages, build
from runtime.settings import settings
from runtime.turns import Turns, clean
from signpost import site
from signpost.assistant import assistant
from signpost.directory.open_now import desk
from signpost.directory.service import Service

logger = structlog.get_logger(__name__)


class WebChannel(InputChannel):
    """The one channel that is mounted: conversations, messages, health, and the pages."""

    @classmethod
    def name(cls) -> str:
        """Return the name that events are marked with."""
        return "web"

    @classmethod
    def url_prefix(cls) -> str:
        """Mount at the root, not below Rasa's `/webhooks`."""
        return "/"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Make the channel; everything is set by environment variables (docs/settings.md)."""
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes. Loads the assistant's data, so that a damaged file stops the start here."""
        made = build(
            site.emergency_services(assistant()),
            site.pages(assistant(), settings().address),
            lambda page: site.signed(page, assistant()),
            settings().forget_after,
            settings().text_limit,
        )
        return _Routes(Pages(made, partial(site.figure, assistant()))).blueprint()


class _Routes:
    def __init__(self, pages: Pages) -> None:
        self.settings = settings()
        self.pages = pages
        self.origins = frozenset(self.settings.origins.split())
        self.metrics = metrics()
        self.admission = Admission(self.settings, self.metrics)
        self.desk()  # a mistake in its settings stops the start
        self.ids = ConversationIds(self.admission.limits.key)
        self.ending = Ending(self.admission.load, self.settings.drain_seconds)
        self.turns = Turns(self.settings.turn_seconds, self.emergency)

    def blueprint(self) -> Blueprint:
        routes = _Site("signpost", self)
        routes.add_route(self.begin, "/api/conversations", methods=["POST"])
        routes.add_route(self.forget, "/api/conversations", methods=["DELETE"])
        routes.add_route(self.answer, "/api/messages", methods=["POST"])
        routes.add_route(self.feedback, "/api/feedback", methods=["POST"])
        routes.add_route(self.people, "/api/open-now", methods=["GET", "HEAD"])
        routes.add_route(self.health, "/health", methods=["GET", "HEAD"])
        routes.add_route(self.live, "/health/live", methods=["GET", "HEAD"])
        return routes

    # --- what every request passes

    async def before(self, request: Request) -> HTTPResponse | None:
        """Serve pages and preflights. Rasa has a route at `/` that tells its version: ours comes first."""
        _refuse_forged(request)
        self.ending.see(request)
        if request.method == "OPTIONS":
            return self.allow(request)
        if request.method in ("GET", "HEAD"):
            path = "/help" if self.paused() and request.path in ("/", "/demo") else request.path
            return self.pages.response(path, request.headers)
        return None

    async def after(self, request: Request, response: HTTPResponse, **_: Any) -> None:
        """Put the security headers on every response, and the CORS header for a site that may embed."""
        for name in (
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers",
            "Access-Control-Allow-Origin",
        ):
            response.headers.pop(name, None)  # Rasa's own, for any origin
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        origin = request.headers.get("origin")
        if origin in self.origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"

    def paused(self) -> bool:
        """Whether the operator has turned the bot off."""
        return assistant().switch.state().paused

    # --- routes

    def ready(self, app: Any) -> bool:
        """Whether messages are answered: once the model is there, until the process is told to stop."""
        agent = app.ctx.agent
        return agent is not None and agent.is_ready() and not self.admission.load.stopping

    def emergency(self) -> list[Message]:
        """Return what is said when a turn fails or says nothing."""
        self.metrics.unanswered()
        return site.emergency_messages(assistant())

    async def live(self, request: Request) -> HTTPResponse:
        """200 as long as the process answers at all."""
        return as_json({"live": True}, headers={"Cache-Control": "no-store"})

    async def feedback(self, request: Request) -> HTTPResponse:
        """Count an answer to "Did this help?"; nothing else is kept, not even of which conversation."""
        helped = _body(request).get("helped")
        if not isinstance(helped, bool):
            raise Fault(400, "bad_feedback", 'The body needs "helped": true or false.')
        wait = await self.admission.limits.wait("feedback", request.client_ip)
        if wait:
            raise self.admission.too_many(wait)
        self.metrics.feedback(helped)
        return empty(204, {"Cache-Control": "no-store"})

    async def people(self, request: Request) -> HTTPResponse:
        """Return who can be talked to now; it needs no conversation and no model, and answers while they are down."""
        messages = site.people_now(assistant(), request.args.get("speaker", "unknown"), self.desk())
        return as_json(messages, headers={"Cache-Control": "no-store"}, ensure_ascii=False)

    def desk(self) -> Service | None:
        """Return the operator's own desk, as sure of its hours as the settings are."""
        known = self.settings
        return desk(known.desk_name, known.desk_hours, known.desk_address, datetime.now(UTC).date())

    async def health(self, request: Request) -> HTTPResponse:
        """200 while messages are answered, 503 before and while the process empties itself."""
        ready = self.ready(request.app)
        return as_json({"ready": ready}, 200 if ready else 503, headers={"Cache-Control": "no-store"})

    def allow(self, request: Request) -> HTTPResponse:
        """Answer a preflight; the origin itself is allowed in `after`."""
        if request.headers.get("origin") not in self.origins:
            return fault(404, "not_found", "There is nothing at this address.")
        allowed = {"Access-Control-Allow-Methods": "POST, DELETE", "Access-Control-Allow-Headers": "content-type"}
        return empty(204, {**allowed, "Access-Control-Max-Age": "600"})

    async def begin(self, request: Request) -> HTTPResponse:
        """Begin a conversation; returns its unguessable id.

        Of a client that begins too many it waits: who is in danger is answered in it all the same, anybody else hears
        429 until the client may begin again, and is answered then.
        """
        agent = self._agent(request)
        if await self.admission.limits.wait("conversations", request.client_ip):
            conversation = self.ids.waiting()
        else:
            conversation = self.ids.new()
            await self._remember(agent, conversation)
        return as_json({"conversation": conversation}, 201, headers={"Cache-Control": "no-store"})

    async def _remember(self, agent: Any, conversation: str) -> None:
        await agent.tracker_store.get_or_create_tracker(conversation)
        self.metrics.begun()

    async def forget(self, request: Request) -> HTTPResponse:
        """Forget a conversation at once; also one that is already forgotten."""
        body = _body(request)
        conversation = body.get("conversation")
        if not isinstance(conversation, str) or not conversation:
            raise Fault(400, "no_conversation", 'The body needs "conversation".')
        drop = getattr(_store(self._agent(request)), "forget", None)
        if drop is not None and SHAPE.fullmatch(conversation):
            await drop(conversation)
        self.turns.forget(conversation)
        return empty(204)

    async def answer(self, request: Request) -> HTTPResponse | None:
        """Answer one message."""
        body = _body(request)
        conversation, text, key = body.get("conversation"), body.get("text"), body.get("id")
        if not isinstance(conversation, str) or not conversation:
            raise Fault(400, "no_conversation", 'The body needs "conversation", from POST /api/conversations.')
        if not isinstance(text, str):
            raise Fault(400, "no_text", 'The body needs "text".')
        if key is not None and (not isinstance(key, str) or not 8 <= len(key) <= 64):
            raise Fault(400, "bad_id", '"id" is 8 to 64 characters.')
        if not text.strip():
            raise Fault(422, "empty_text", "The message is empty. Please write a few words.")
        agent = self._agent(request)
        refusal = await self.admission.refusal(text, request.client_ip)
        if refusal is not None:
            return await self._give(request, self.admission.instead(refusal, text))
        began = time.perf_counter()
        async with self.admission.load.place(self.admission.first(text)):
            if not SHAPE.fullmatch(conversation) or not await _store(agent).exists(conversation):
                if not self.ids.is_waiting(conversation):
                    message = "This conversation is not known or was forgotten. Begin a new one."
                    raise Fault(404, "no_such_conversation", message)
                refusal = await self.admission.beginning(request.client_ip)
                if refusal is not None:
                    return await self._give(request, self.admission.instead(refusal, text))
                await self._remember(agent, conversation)
            try:
                if "text/event-stream" in request.headers.get("accept", ""):
                    await self._stream(request, conversation, clean(text), key)
                    return None
                messages = await self.turns.take(agent, conversation, clean(text), key)
            finally:
                seconds = time.perf_counter() - began
                self.metrics.turn(seconds)
                logger.info("turn", ms=round(seconds * 1000, 1))
        return await self._give(request, messages)

    async def _give(self, request: Request, messages: list[Message]) -> HTTPResponse | None:
        """Send a reply that is known whole, in the form that was asked for."""
        if "text/event-stream" not in request.headers.get("accept", ""):
            return as_json(messages, headers={"Cache-Control": "no-store"}, ensure_ascii=False)
        queue: asyncio.Queue[Message | None] = asyncio.Queue()
        for message in (*messages, None):
            queue.put_nowait(message)
        await self._events(request, queue)
        return None

    async def _stream(self, request: Request, conversation: str, text: str, key: str | None) -> None:
        queue: asyncio.Queue[Message | None] = asyncio.Queue()
        turn = asyncio.ensure_future(self.turns.take(request.app.ctx.agent, conversation, text, key, queue.put_nowait))
        turn.add_done_callback(lambda _: queue.put_nowait(None))
        await self._events(request, queue)

    async def _events(self, request: Request, queue: "asyncio.Queue[Message | None]") -> None:
        """Send messages as server-sent events as they come; None ends them."""
        response = await request.respond(
            content_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        while (message := await queue.get()) is not None:
            await response.send(f"data: {json.dumps(message, ensure_ascii=False)}\n\n")
        await response.send("event: end\ndata: {}\n\n")
        await response.eof()

    def _agent(self, request: Request) -> Any:
        agent = request.app.ctx.agent
        if agent is None or not agent.is_ready():
            raise self.admission.later(503, "starting", "The assistant is starting. Please try again.", 2)
        if self.paused():
            self.metrics.refused("paused")
            raise Fault(503, "paused", said("paused"))
        return agent


class _Site(Blueprint):
    """A blueprint that also sets what belongs to the whole application: errors, headers, the body limit."""

    def __init__(self, name: str, routes: _Routes) -> None:
        super().__init__(name)
        self.ctx.routes = routes

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Mount the routes and the application-wide parts."""
        site_routes: _Routes = self.ctx.routes
        app.ctx.agent = None
        app.config.REQUEST_MAX_SIZE = site_routes.settings.body_limit
        app.config.ACCESS_LOG = False
        app.config.FALLBACK_ERROR_FORMAT = "json"
        app.config.PROXIES_COUNT = site_routes.settings.proxies or None
        app.config.REAL_IP_HEADER = site_routes.settings.real_ip_header or None
        app.config.FORWARDED_SECRET = site_routes.settings.forwarded_secret or None
        app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE
        app.ctx.signpost = site_routes
        app.register_listener(site_routes.ending.listen, "after_server_start")
        app.register_listener(site_routes.ending.stop, "before_server_stop")
        app.register_listener(site_routes.ending.stopped, "after_server_stop")
        app.error_handler = ContractErrors()
        app.register_middleware(site_routes.before, "request", priority=999)
        # a signal, not a middleware: it comes after the CORS middleware that Rasa mounts for any origin
        app.add_signal(site_routes.after, "http.lifecycle.response")
        app.add_signal(_watch_body, "http.lifecycle.request")
        super().register(app, {**options, "url_prefix": None})


async def _watch_body(request: Request, **_: Any) -> None:
    """Close a connection whose body has not come in time: Sanic's own timer leaves it open for ever."""

    def drop() -> None:
        if request.stream is not None and request.stream.request_body:
            request.transport.abort()

    if "content-length" in request.headers or "transfer-encoding" in request.headers:
        asyncio.get_running_loop().call_later(request.app.config.REQUEST_TIMEOUT, drop)


def _refuse_forged(request: Request) -> None:
    """Refuse what a proxy may read otherwise than we do, and what another site's page may send unasked."""
    names = list(request.headers)
    if names.count("host") > 1 or any(name != name.strip() for name in names):
        request.stream.keep_alive = False  # what follows on this connection may be a hidden request
        raise Fault(400, "bad_request", "The request could not be read.")
    # a browser names the page's origin, and lets another site send JSON only after a preflight
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method in ("POST", "DELETE") and "origin" in names and kind != "application/json":
        raise Fault(415, "not_json", "The body has to be application/json.")


def _store(agent: Any) -> Any:
    """Return our store; Rasa puts one around it that swallows errors and knows neither `exists` nor `forget`."""
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)


def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Fault(400, "bad_json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Fault(400, "bad_json", "The body is not a JSON object.")
    return body


__all__ = ["WebChannel"]
