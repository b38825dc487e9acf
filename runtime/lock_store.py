"""Rasa extension point: `lock_store` in `endpoints.yml`; one turn at a time in a conversation, over all processes.

First come, first served. Rasa's own Redis lock reads and writes in two steps (two processes can be served at once),
looks again only every second, and keeps the ticket of a process that died for a minute. Here Redis itself gives out
the places in one step, a waiting turn looks again within milliseconds, and a dead process loses its place in seconds.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import Any

from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore
from rasa.utils.endpoints import EndpointConfig

from runtime.redis_link import RedisLink, SharedStateDown, SharedStateLate, link, pseudonym

logger = logging.getLogger(__name__)
LEASE = 3.0  # seconds that a place outlives its process
LOOK_AGAIN = (0.005, 0.05)  # first and longest pause of a waiting turn

# Both scripts get the queue of a conversation and the leases of those in it.
_ENTER = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local queue, leases, me, lease = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
if redis.call('HEXISTS', leases, me) == 0 then
  if ARGV[3] == 'renew' then return 0 end
  redis.call('RPUSH', queue, me)
end
redis.call('HSET', leases, me, now + lease)
redis.call('PEXPIRE', queue, lease * 20)
redis.call('PEXPIRE', leases, lease * 20)
local first = redis.call('LINDEX', queue, 0)
while first ~= me do
  if not first then return 0 end
  if tonumber(redis.call('HGET', leases, first) or '0') > now then return 0 end
  redis.call('LPOP', queue)
  redis.call('HDEL', leases, first)
  first = redis.call('LINDEX', queue, 0)
end
return 1
"""
_LEAVE = """
redis.call('LREM', KEYS[1], 0, ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
"""
_held: ContextVar[frozenset[str]] = ContextVar("conversations whose turn this task is in", default=frozenset())


class RedisLockStore(LockStore):
    """Places in the queue of each conversation, in Redis.

    Args:
        endpoint_config: the entry of `endpoints.yml`; `url` is Redis's address.
        lease: seconds that a place outlives its process; while the process lives it is renewed.
    """

    def __init__(self, endpoint_config: EndpointConfig, lease: float = LEASE) -> None:
        self._link: RedisLink = link(endpoint_config.url)
        self._lease = lease
        self._enter = self._link.redis.register_script(_ENTER)
        self._leave = self._link.redis.register_script(_LEAVE)

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = LOOK_AGAIN[0],
    ) -> AsyncIterator[None]:
        """Wait for this conversation's turn; within a turn of the same task it is there already.

        Without Redis the turn goes on: this process's own order still holds. Raises LockError after `lock_lifetime`.
        """
        if conversation_id in _held.get():
            yield
            return
        place = _Place(self, conversation_id)
        renewing = asyncio.create_task(place.renew())
        token = _held.set(_held.get() | {conversation_id})
        try:
            await place.wait(lock_lifetime, min(wait_time_in_seconds, LOOK_AGAIN[1]))
            yield
        finally:
            _held.reset(token)
            renewing.cancel()
            await asyncio.shield(place.leave())


class _Place:
    """One turn's place in the queue of one conversation."""

    def __init__(self, store: RedisLockStore, conversation: str) -> None:
        self._link, self._lease = store._link, store._lease
        self._scripts = store._enter, store._leave
        name = pseudonym(conversation)
        self._keys = [f"signpost:{{{name}}}:queue", f"signpost:{{{name}}}:leases"]
        self._me = secrets.token_hex(8)

    async def wait(self, patience: float, pause: float) -> None:
        """Return when it is this turn's turn, or when Redis cannot say."""
        end = time.monotonic() + patience
        while not await self._ask("enter"):
            if time.monotonic() > end:
                raise LockError("An earlier message of the conversation took too long.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LOOK_AGAIN[1])

    async def renew(self) -> None:
        """Keep the place for as long as this process is alive."""
        while True:
            await asyncio.sleep(self._lease / 3)
            if not await self._ask("renew"):
                logger.warning("A turn lost its place: this process stood still for longer than %s s", self._lease)
                return

    async def leave(self) -> None:
        """Give the place up; one that cannot be given up now runs out by itself."""
        with suppress(SharedStateDown):
            await self._link.ask(lambda _: self._scripts[1](keys=self._keys, args=[self._me]))

    async def _ask(self, what: str) -> Any:
        """Return whether it is this turn's turn; True when Redis is down. A late answer is no answer yet."""
        try:
            arguments = [self._me, int(self._lease * 1000), what]
            return await self._link.ask(lambda _: self._scripts[0](keys=self._keys, args=arguments))
        except SharedStateLate:
            return what == "renew"
        except SharedStateDown:
            return True
