"""Rasa extension point: `tracker_store` in `endpoints.yml`.

`ForgettingTrackerStore` keeps what a reply needs (the slots), never a word, for a bounded time and number of
conversations, and costs the same at turn 500 as at turn 5. `without_words` puts the guarantee around Rasa's stores.
"""

import json
import logging
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from cachetools import LRUCache, TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import RedisTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from runtime.settings import settings
from runtime.sweeping import Sweep

logger = logging.getLogger(__name__)
REMEMBERED = "remembered_turns"  # attribute of a tracker that came out of a store


class TrackerStoreError(RasaException):
    """The configured tracker store is not the one that would run."""


def wordless(event: Event) -> Event:
    """Return the event without words; intent, entity ids, slots and times stay."""
    if isinstance(event, UserUttered):
        entities = [{"entity": e["entity"], "value": e["value"]} for e in event.entities]
        parse_data = {"intent": event.intent, "entities": entities, "text": ""}
        return UserUttered(
            "", event.intent, entities, parse_data, event.timestamp, event.input_channel, event.message_id
        )
    if isinstance(event, BotUttered):
        return BotUttered(None, {}, {}, event.timestamp)
    return event


def wordless_copy(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """Return a copy of the tracker in which no event has words."""
    copy = tracker.init_copy()
    for event in tracker.events:
        copy.update(wordless(event))
    return copy


def changed_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return the slots that differ from their start: all that a conversation is remembered by."""
    return {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}


class ForgettingTrackerStore(TrackerStore):
    """Slots of each conversation, for `forget_after` seconds after its last message; the oldest go first when full.

    Args:
        forget_after: seconds; default from `SIGNPOST_FORGET_AFTER`.
        conversations: how many are kept at most.
        clock: monotonic seconds, so that a jump of the wall clock forgets nobody early or late.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        forget_after: float | None = None,
        conversations: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        ttl = settings().forget_after if forget_after is None else forget_after
        size = settings().conversations if conversations is None else conversations
        self.forget_after, self.conversations = ttl, size
        self._slots: TTLCache[str, bytes] = TTLCache(size, ttl, clock)
        names = [slot.name for slot in domain.slots] + domain.intents if domain else []
        self._common = json.dumps(names).encode()
        self._sweep = Sweep(self._expire, min(60.0, ttl))
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots that differ from their start; stream the new events without words.

        A conversation that was forgotten while its turn was under way stays forgotten.
        """
        if self.event_broker is not None:
            await self.stream_events(wordless_copy(tracker))
        if not hasattr(tracker, REMEMBERED) or tracker.sender_id in self._slots:
            self._slots[tracker.sender_id] = self._pack(changed_slots(tracker))
            self._sweep.start()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a tracker of a fixed few events that holds the slots, or None if unknown or forgotten."""
        slots = self._slots.get(sender_id)
        return None if slots is None else self.rebuild(sender_id, self._unpack(slots))

    def _pack(self, slots: dict[str, Any]) -> bytes:
        """Return the slots in a few dozen bytes instead of two thousand: there may be 30,000 conversations."""
        packing = zlib.compressobj(zdict=self._common)
        return packing.compress(json.dumps(slots, separators=(",", ":")).encode()) + packing.flush()

    def _unpack(self, packed: bytes) -> dict[str, Any]:
        slots: dict[str, Any] = json.loads(zlib.decompressobj(zdict=self._common).decompress(packed))
        return slots

    def _expire(self) -> bool:
        self._slots.expire()
        return bool(self._slots)

    def rebuild(self, sender_id: str, slots: dict[str, Any], turns: int = 0) -> DialogueStateTracker:
        """Return a tracker with these slots, marked as remembered since so many turns."""
        tracker = self.init_tracker(sender_id)
        events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        events += [SlotSet(name, value) for name, value in slots.items()]
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        for event in events:
            tracker.update(event)
        setattr(tracker, REMEMBERED, turns)
        return tracker

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is still remembered; costs no tracker."""
        return conversation_id in self._slots

    async def forget(self, conversation_id: str) -> None:
        """Drop a conversation at once; an unknown one is no error."""
        self._slots.pop(conversation_id, None)

    async def keys(self) -> Iterable[str]:
        """Return the ids of the remembered conversations."""
        return list(self._slots)


class WordlessTrackerStore(TrackerStore):
    """Any other store of Rasa's, given trackers without words and never raising into Rasa's fail-safe copy.

    Rasa answers an error of `save` by keeping the whole tracker, words included, in memory for ever.
    """

    def __init__(self, store: TrackerStore) -> None:
        self.store = store
        self._unread: LRUCache[str, bool] = LRUCache(10_000)  # what could not be read must not be written over
        super().__init__(store.domain, store.event_broker)

    @property
    def domain(self) -> Domain:
        """Return the domain of the store within."""
        return self.store.domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        self.store.domain = domain or Domain.empty()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save without words. An error costs the memory of this turn, never the reply nor what was known before."""
        if self._unread.pop(tracker.sender_id, False):
            return
        try:
            await self.store.save(wordless_copy(tracker))
        except Exception as error:
            logger.error("Tracker store %s failed to save: %s", type(self.store).__name__, type(error).__name__)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the stored tracker; None (a new conversation) when the store fails."""
        try:
            return await self.store.retrieve(sender_id)
        except Exception as error:
            self._unread[sender_id] = True
            logger.error("Tracker store %s failed to load: %s", type(self.store).__name__, type(error).__name__)
            return None

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is remembered; yes when the store fails, so that nobody is turned away for it."""
        try:
            return bool(await self.store.exists(conversation_id))
        except Exception as error:
            logger.error("Tracker store %s failed to look: %s", type(self.store).__name__, type(error).__name__)
            return True

    async def forget(self, conversation_id: str) -> None:
        """Drop a conversation at once. Rasa's own stores have no way to, so their records are deleted here."""
        drop = getattr(self.store, "delete", None) or getattr(self.store, "forget", None)
        if drop is not None:
            await drop(conversation_id)
        elif isinstance(self.store, RedisTrackerStore):
            self.store.red.delete(self.store.key_prefix + conversation_id)
        elif isinstance(self.store, SQLTrackerStore):
            with self.store.session_scope() as session:
                session.query(self.store.SQLEvent).filter_by(sender_id=conversation_id).delete()
                session.commit()

    async def keys(self) -> Iterable[str]:
        """Return the ids that the store within holds."""
        keys: Iterable[str] = await self.store.keys()
        return keys


def without_words(store: TrackerStore, kind: str | None) -> TrackerStore:
    """Wrap a store of Rasa's; refuse one that fell back to memory because its `type` was mistyped."""
    if isinstance(store, ForgettingTrackerStore):
        return store
    names = {None: "InMemoryTrackerStore", "mongod": "MongoTrackerStore", "redis": "RedisTrackerStore"}
    names |= {"sql": "SQLTrackerStore", "in_memory": "InMemoryTrackerStore"}
    expected = names.get(kind.lower() if kind else None) or str(kind).rpartition(".")[2]
    if type(store).__name__ != expected:
        raise TrackerStoreError(
            f"endpoints.yml asks for the tracker store {kind!r}, but Rasa would run {type(store).__name__}. "
            f"Correct tracker_store.type."
        )
    return WordlessTrackerStore(store)
