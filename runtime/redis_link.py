"""Rasa extension point: none; the one connection pool to Redis that the lock store and the tracker store share.

Rasa's own Redis clients are synchronous and wait without end or for ten seconds; this one never holds up the event
loop, and after a failure leaves Redis alone for a moment, so that an outage costs a turn a few seconds and not more.
"""

import functools
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
SECONDS = 2.0  # for a connection, and for an answer; on a crowded machine one second is soon gone
SLOW = 2  # late answers in a row, after which Redis counts as down; one may be this process's own delay
PAUSE = 1.0  # until Redis is asked again after a failure
CONNECTIONS = 64


class SharedStateDown(ConnectionError):
    """What the processes share cannot be reached; the caller goes on with what this process knows."""


class SharedStateLate(SharedStateDown):
    """One answer came too late, which may be this process's own delay: what can be asked twice may be asked again."""


class RedisLink:
    """Redis at a URL (`redis://`, `rediss://` with TLS, or `unix://`).

    Args:
        url: address with user, password and database number.
        clock: monotonic seconds.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=SECONDS,
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS,
            decode_responses=True,
        )
        self.redis: Redis[str] = Redis(connection_pool=pool)
        self._clock = clock
        self._again = 0.0
        self._late = 0

    async def ask(self, command: Callable[["Redis[str]"], Awaitable[Result]]) -> Result:
        """Return what the command returns; one whose connection was lost is given a second time.

        Raises SharedStateDown, at once if Redis failed a moment ago.
        """
        if self._clock() < self._again:
            raise SharedStateDown
        try:
            try:
                result = await command(self.redis)
            except RedisConnectionError:  # a kept connection, from before Redis began anew, is no outage
                result = await command(self.redis)
        except (TimeoutError, RedisError, OSError) as error:
            late = isinstance(error, TimeoutError | RedisTimeoutError)
            self._late = self._late + 1 if late else SLOW
            down = self._late >= SLOW
            if down:
                self._again = self._clock() + PAUSE
            # the message may name the address and the user: the class is enough
            logger.error("Redis does not answer (%s); going on with what this process knows", type(error).__name__)
            raise (SharedStateDown if down else SharedStateLate) from None
        self._late = 0
        if self._again:
            self._again = 0.0
            logger.warning("Redis answers again")
        return result

    async def close(self) -> None:
        """Close all connections."""
        await self.redis.close()
        await self.redis.connection_pool.disconnect()


@functools.lru_cache(maxsize=4)
def link(url: str) -> RedisLink:
    """Return this process's link to that Redis."""
    return RedisLink(url)


def pseudonym(*parts: str) -> str:
    """Return a name for a conversation that does not let its reader speak in it: the id itself is never shared."""
    digest: Any = hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=16)
    return str(digest.hexdigest())
