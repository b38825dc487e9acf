"""Rasa extension point: `event_broker` in `endpoints.yml`; events lose their words before they are streamed.

`WordlessBroker` stands in front of any broker. `RabbitEvents` is Rasa's own broker for RabbitMQ, made so that a queue
that is down or slow costs events and never a reply: it connects in the background and holds back a bounded number.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import PikaEventBroker
from rasa.utils.endpoints import EndpointConfig

from runtime.redis_link import pseudonym

logger = logging.getLogger(__name__)
KEPT = ("event", "timestamp", "name", "policy", "confidence", "input_channel")
UNDER_WAY = 1000  # events that may wait for RabbitMQ's receipt
RETRY = 2.0  # seconds between attempts to connect


class EventBrokerError(RuntimeError):
    """The configured event broker is not one that could run."""


def wordless_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an event may leave the process: kinds, times, intents, wordless entities, slots.

    The conversation's id lets its holder speak in it: a pseudonym goes out instead, the same for all of its events.
    """
    kept = {name: event[name] for name in KEPT if name in event}
    kept["sender_id"] = pseudonym(str(event.get("sender_id", "")))
    if event.get("event") == "slot":
        kept["value"] = event.get("value")
    if event.get("event") == "user":
        said = event.get("parse_data") or {}
        intent = said.get("intent") or {}
        kept["parse_data"] = {
            "intent": {"name": intent.get("name"), "confidence": intent.get("confidence")},
            "entities": [{"entity": e["entity"], "value": e["value"]} for e in said.get("entities") or ()],
        }
    return kept


class WordlessBroker(EventBroker):
    """Any broker, given events without words."""

    def __init__(self, broker: EventBroker) -> None:
        self.broker = broker

    def publish(self, event: dict[str, Any]) -> None:
        """Pass the event on without words; a broker that fails costs the event and nothing else."""
        try:
            self.broker.publish(wordless_event(event))
        except Exception as error:
            logger.error("An event was not published: %s", type(error).__name__)

    def is_ready(self) -> bool:
        """Whether the broker within is connected."""
        return bool(self.broker.is_ready())

    async def close(self) -> None:
        """Close the broker within."""
        await self.broker.close()


class RabbitEvents(PikaEventBroker):
    """RabbitMQ at an `amqp://` or `amqps://` address with user and password; `queues` as Rasa has it."""

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig | None, event_loop: asyncio.AbstractEventLoop | None = None
    ) -> "RabbitEvents | None":
        """Return the broker at once; it connects while the assistant already answers."""
        if broker_config is None:
            return None
        address = urlsplit(broker_config.url)
        settings = {"queues": ["signpost"], **broker_config.kwargs, "should_keep_unpublished_messages": False}
        broker = cls(
            broker_config.url,
            username=unquote(address.username or "guest"),
            password=unquote(address.password or "guest"),
            port=address.port or 5672,
            connection_attempts=1,
            retry_delay_in_seconds=0,
            event_loop=event_loop or asyncio.get_running_loop(),
            **settings,
        )
        broker.connecting = asyncio.get_running_loop().create_task(broker.keep_trying())
        return broker

    connecting: "asyncio.Task[None] | None" = None

    async def keep_trying(self) -> None:
        """Connect as soon as RabbitMQ is there; from then on the connection mends itself."""
        logging.getLogger("rasa.core.brokers.pika").setLevel(logging.CRITICAL)  # its lines name the address
        told = False
        while True:
            try:
                await self.connect()
            except Exception as error:
                if not told:
                    logger.error("RabbitMQ is not there (%s); trying on", type(error).__name__)
                told = True
                await asyncio.sleep(RETRY)
            else:
                return

    def publish(self, event: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        """Publish in the background, unless too many events are under way already."""
        if len(self._background_tasks) < UNDER_WAY:
            super().publish(event, headers)

    async def close(self) -> None:
        """Stop trying, give what is under way a moment, and close."""
        if self.connecting is not None:
            self.connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self.connecting
        if self._background_tasks:
            await asyncio.wait(self._background_tasks, timeout=1)
        with suppress(Exception):  # a queue that has gone must not hold up the end
            await asyncio.wait_for(super().close(), 2)


async def connect_broker(agent: Any, endpoint: EndpointConfig | None) -> None:
    """Give the agent's store the configured broker, wordless; called in the loop that serves."""
    if endpoint is None:
        return
    broker = await EventBroker.create(endpoint)
    if broker is None:
        raise EventBrokerError(f"There is no event broker {endpoint.type!r}. Correct event_broker.type.")
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    inner = getattr(store, "store", store)
    for each in {id(s): s for s in (agent.tracker_store, store, inner)}.values():
        each.event_broker = WordlessBroker(broker)
