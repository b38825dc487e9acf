"""Rasa extension point: `tracker_store`; what the stores that several processes share have in common.

A turn reads what is remembered once and writes it once, together with the answer, so that a process that dies leaves
both or neither. While the shared store is down, this process remembers by itself, and gives back what it knows after.
"""

import json
import logging
from abc import abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from runtime.output import Message
from runtime.redis_link import SharedStateDown, pseudonym
from runtime.tracker_store import REMEMBERED, ForgettingTrackerStore, changed_slots, wordless_copy

logger = logging.getLogger(__name__)
ANSWER_SECONDS = 300  # how long a client may send the same message again


@dataclass(frozen=True)
class Memory:
    """What is remembered of a conversation: how many turns it had, and its slots."""

    turns: int
    slots: dict[str, Any]

    def dumps(self) -> str:
        """Return the memory as the text that is stored."""
        return json.dumps([self.turns, self.slots], separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> "Memory":
        """Return the memory that a text holds."""
        turns, slots = json.loads(text)
        return cls(turns, slots)


@dataclass
class _Turn:
    """The turn that this task is in."""

    conversation: str
    answer_key: str | None
    messages: list[Message]
    memory: Memory | None = None
    down: bool = False
    answer: list[Message] | None = None


_turn: ContextVar[_Turn | None] = ContextVar("the turn of this task", default=None)


class SharedTrackerStore(ForgettingTrackerStore):
    """Base of the shared stores. A subclass reads, writes and drops by key, and raises SharedStateDown.

    Keys are pseudonyms: who reads the store can speak in no conversation.
    """

    def __init__(self, domain: Domain | None, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        # what only this process knows, from a time when the store was down
        self._own: TTLCache[str, Memory] = TTLCache(self.conversations, self.forget_after)
        self._forgotten: TTLCache[str, None] = TTLCache(self.conversations, self.forget_after)

    # --- what a subclass fills

    @abstractmethod
    async def read(self, key: str, answer_key: str | None) -> tuple[Memory | None, list[Message] | None]:
        """Return what is remembered under the key, and the answer under the answer's key."""

    @abstractmethod
    async def write(
        self, key: str, memory: Memory, new: bool, answer_key: str | None, answer: list[Message] | None
    ) -> None:
        """Write both in one step; unless it is `new`, only if the conversation has not been forgotten meanwhile."""

    @abstractmethod
    async def drop(self, key: str) -> None:
        """Forget what is under the key."""

    # --- a turn

    @asynccontextmanager
    async def turn(
        self, conversation: str, key: str | None, messages: list[Message]
    ) -> AsyncIterator[list[Message] | None]:
        """Hold one turn; yields the answer that this message was given before, or None.

        Args:
            conversation: its id.
            key: the client's id of the message, the same when it is sent again.
            messages: filled during the turn; saved as the answer when Rasa saves the tracker.
        """
        turn = _Turn(conversation, pseudonym(conversation, key) if key else None, messages)
        await self._load(turn)
        token = _turn.set(turn)
        try:
            yield turn.answer
        finally:
            _turn.reset(token)

    async def _load(self, turn: _Turn) -> None:
        """Read memory and answer; what only this process knows counts where it is newer."""
        own = self._own.get(turn.conversation)
        try:
            await self._drop_forgotten()
            turn.memory, turn.answer = await self.read(pseudonym(turn.conversation), turn.answer_key)
        except SharedStateDown:
            turn.down = True
            if turn.conversation not in self._forgotten:
                turn.memory = own or Memory(0, {})
            return
        if own is not None and own.turns > (turn.memory.turns if turn.memory else -1):
            turn.memory = own

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a tracker that holds the slots; None if unknown or forgotten. Without the store, nobody is unknown."""
        turn = _turn.get()
        if turn is None or turn.conversation != sender_id:
            turn = _Turn(sender_id, None, [])
            await self._load(turn)
        if turn.memory is None:
            return None
        if turn.down:
            self._own[sender_id] = turn.memory
        return self.rebuild(sender_id, turn.memory.slots, turn.memory.turns)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots, and the answer of the turn; stream the new events without words."""
        if self.event_broker is not None:
            await self.stream_events(wordless_copy(tracker))
        conversation, turn = tracker.sender_id, _turn.get()
        turns = getattr(tracker, REMEMBERED, None)
        memory = Memory(0 if turns is None else turns + 1, changed_slots(tracker))
        answer_key, answer = None, None
        if turn is not None and turn.conversation == conversation and turn.messages:
            answer_key, answer = turn.answer_key, turn.messages
        new = turns is None or self._own.pop(conversation, None) is not None
        try:
            if turn is not None and turn.down:
                memory = await self._onto_what_is_there(conversation, memory)
            await self.write(pseudonym(conversation), memory, new, answer_key, answer)
        except SharedStateDown:
            if conversation not in self._forgotten:
                self._own[conversation] = memory

    async def _onto_what_is_there(self, conversation: str, memory: Memory) -> Memory:
        """Return the memory of a turn that began without the store, laid over what the store turns out to hold."""
        stored, _ = await self.read(pseudonym(conversation), None)
        if stored is None or stored.turns < memory.turns:
            return memory
        return Memory(stored.turns + 1, {**stored.slots, **memory.slots})

    async def forget(self, conversation_id: str) -> None:
        """Drop a conversation at once; where the store is down, here at once and there when it is back."""
        self._own.pop(conversation_id, None)
        try:
            await self.drop(pseudonym(conversation_id))
        except SharedStateDown:
            self._forgotten[conversation_id] = None

    async def _drop_forgotten(self) -> None:
        for conversation in list(self._forgotten):
            await self.drop(pseudonym(conversation))
            self._forgotten.pop(conversation, None)

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is remembered; True while nobody can say."""
        turn = _Turn(conversation_id, None, [])
        await self._load(turn)
        return turn.memory is not None


def shared_store(agent: Any) -> SharedTrackerStore | None:
    """Return the agent's store if it is a shared one."""
    store = getattr(agent, "tracker_store", None)
    store = getattr(store, "_tracker_store", store)
    return store if isinstance(store, SharedTrackerStore) else None
