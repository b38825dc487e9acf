"""Rasa extension point: `agent.handle_message`; one turn, in order, in its time, answered once, never with nothing."""

import asyncio
import json
import logging
import zlib
from collections.abc import Callable
from typing import Any

from cachetools import TTLCache
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from runtime.output import Message, TurnOutput
from runtime.shared_store import shared_store
from runtime.sweeping import Sweep

logger = logging.getLogger(__name__)
CHANNEL = "web"


class Turns:
    """Runs the turns of all conversations of this process.

    Args:
        seconds: time limit of one turn.
        emergency: what is said when a turn fails or says nothing.
        kept: how many answers are kept for a client that sends the same message again.
    """

    def __init__(self, seconds: float, emergency: Callable[[], list[Message]], kept: int = 10_000) -> None:
        self._seconds, self._emergency = seconds, emergency
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}
        # an answer under way, or given (packed: thousands of them are kept)
        self._answers: TTLCache[tuple[str, str], asyncio.Future[list[Message]] | bytes] = TTLCache(kept, 300)
        self._sweep = Sweep(self._expire, 60)

    async def take(
        self,
        agent: Agent,
        conversation: str,
        text: str,
        key: str | None = None,
        listener: Callable[[Message], None] | None = None,
    ) -> list[Message]:
        """Answer one message; the same `key` in the same conversation gets the first answer again."""
        if key is None:
            return await self._in_order(agent, conversation, text, key, listener)
        first = self._answers.get((conversation, key))
        if first is None:
            first = asyncio.ensure_future(self._in_order(agent, conversation, text, key, listener))
            self._answers[(conversation, key)] = first
            first.add_done_callback(lambda done: self._pack((conversation, key), done))
            return await asyncio.shield(first)
        messages = _unpack(first) if isinstance(first, bytes) else await asyncio.shield(first)
        for message in messages if listener else ():
            listener(message)  # type: ignore[misc]
        return messages

    def forget(self, conversation: str) -> None:
        """Drop the answers that were kept for a conversation; a turn under way ends, and its answer is not kept."""
        for known in [known for known in self._answers if known[0] == conversation]:
            self._answers.pop(known, None)

    def _pack(self, known: tuple[str, str], done: "asyncio.Future[list[Message]]") -> None:
        """Keep an answer small; one that failed may be asked for again."""
        if self._answers.get(known) is not done:
            return
        if done.cancelled() or done.exception() is not None:
            self._answers.pop(known, None)
        else:
            self._answers[known] = zlib.compress(json.dumps(done.result()).encode(), 1)
            self._sweep.start()

    def _expire(self) -> bool:
        self._answers.expire()
        return bool(self._answers)

    async def _in_order(
        self, agent: Agent, conversation: str, text: str, key: str | None, listener: Callable[[Message], None] | None
    ) -> list[Message]:
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        self._waiting[conversation] = self._waiting.get(conversation, 0) + 1
        try:
            async with lock:
                return await self._shared(agent, conversation, text, key, listener)
        finally:
            self._waiting[conversation] -= 1
            if not self._waiting[conversation]:
                del self._waiting[conversation], self._locks[conversation]

    async def _shared(
        self, agent: Agent, conversation: str, text: str, key: str | None, listener: Callable[[Message], None] | None
    ) -> list[Message]:
        """Take the turn in the order of all processes, where they share a store; another's answer is given again."""
        output = TurnOutput(listener)
        store = shared_store(agent)
        if store is None:
            return await self._turn(agent, conversation, text, output)
        try:
            async with (
                agent.lock_store.lock(conversation, lock_lifetime=2 * self._seconds),
                store.turn(conversation, key, output.messages) as known,
            ):
                if known is None:
                    return await self._turn(agent, conversation, text, output)
                for message in known:
                    await output.send_response(conversation, message)
        except Exception as error:
            logger.error("A turn was not taken: %s", type(error).__name__)
            await self._help(conversation, output)
        return output.messages

    async def _turn(self, agent: Agent, conversation: str, text: str, output: TurnOutput) -> list[Message]:
        message = UserMessage(text, output, conversation, input_channel=CHANNEL)
        try:
            await asyncio.wait_for(agent.handle_message(message), self._seconds)
        except TimeoutError:
            logger.error("A turn took longer than %s s", self._seconds)
        except Exception as error:
            # The traceback's values may hold the visitor's words.
            logger.error("A turn failed: %s", type(error).__name__)
        await self._help(conversation, output)
        return output.messages

    async def _help(self, conversation: str, output: TurnOutput) -> None:
        """Say the emergency services where nothing else was said."""
        if not output.messages:
            for part in self._emergency():
                await output.send_response(conversation, part)


def _unpack(answer: bytes) -> list[Message]:
    messages: list[Message] = json.loads(zlib.decompress(answer))
    return messages


def clean(text: Any) -> str:
    """Return the text as valid Unicode that names no intent.

    Lone surrogates are replaced, leading slashes taken away, and runs of spaces or lines made one: what reads the text
    may take the square of a run's length.
    """
    whole = str(text).encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    lines = (" ".join(line.split()) for line in whole.splitlines())
    return "\n".join(line for line in lines if line).lstrip("/ \n") or "."
