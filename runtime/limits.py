"""Rasa extension point: none; how much one client and everybody together may ask, by the `limits` library.

No address is kept: a client is a keyed hash that is gone after two minutes. Processes with one Redis share the counts;
without it, or while it is down, each counts for itself, and nobody is refused because the counts are gone.
"""

import hashlib
import ipaddress
import math
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import redis.asyncio  # noqa: F401 - limits looks it up as an attribute of redis
from cachetools import TTLCache
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from runtime.redis_link import RedisLink, SharedStateDown, link

Result = TypeVar("Result")
CLIENTS = 100_000  # counted by one process at most; the longest silent go first
WINDOWS = 120  # seconds: this minute and the one before


class _Memory(MemoryStorage):
    """The library's memory, bounded, and without its walk through all clients after each hit.

    With 40,000 clients that walk takes 3.7 ms a hit; this takes the same with any number.
    """

    STORAGE_SCHEME: list[str] = []  # noqa: RUF012 - as the library has it

    def __init__(self) -> None:
        super().__init__()
        self._counts: TTLCache[str, int] = TTLCache(CLIENTS, WINDOWS)

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        count = self._counts.get(key, 0) + amount
        self._counts[key] = count
        return count

    async def decr(self, key: str, amount: int = 1) -> int:
        return await self.incr(key, WINDOWS, -amount)

    async def get(self, key: str) -> int:
        return self._counts.get(key, 0)


class _Redis(RedisStorage):
    """The library's Redis, with the client that Rasa allows (4.6); tests/runtime/test_limits.py runs it."""

    STORAGE_SCHEME: list[str] = []  # noqa: RUF012
    DEPENDENCIES = {"redis": None}  # noqa: RUF012 - as the library has it


class Limits:
    """Counts what each client does in a minute.

    Args:
        per_minute: kind ("messages", ...) -> allowed in any minute; 0 lifts it.
        url: Redis of all processes; "" for none.
        secret: known to all processes; with the URL, and so with its password, it keys the hash of an address.
    """

    def __init__(self, per_minute: dict[str, int], url: str = "", secret: str = "") -> None:
        self._items: dict[str, RateLimitItem] = {
            kind: RateLimitItemPerMinute(allowed, namespace=kind) for kind, allowed in per_minute.items() if allowed
        }
        self._own = SlidingWindowCounterRateLimiter(_Memory())
        self._shared: SlidingWindowCounterRateLimiter | None = None
        self._link: RedisLink | None = None
        key = secrets.token_bytes(32)
        if url:
            self._link = link(url)
            pool: Any = self._link.redis.connection_pool
            storage = _Redis(
                f"async+{url}", implementation="redispy", key_prefix="signpost:limits", connection_pool=pool
            )
            self._shared = SlidingWindowCounterRateLimiter(storage)
            key = hashlib.blake2b(f"{url}\x00{secret}".encode(), digest_size=32).digest()
        self.key = key

    async def wait(self, kind: str, address: str = "") -> int:
        """Count one; return 0 if it is allowed, else the seconds (1 to 60) until the next one may be."""
        item = self._items.get(kind)
        if item is None:
            return 0
        client = hashlib.blake2b(client_of(address).encode(), key=self.key, digest_size=12).hexdigest()

        async def ask(limiter: SlidingWindowCounterRateLimiter) -> int:
            if await limiter.hit(item, client):
                return 0
            reset = (await limiter.get_window_stats(item, client)).reset_time
            return min(60, max(1, math.ceil(reset - time.time())))

        return await self._ask(ask)

    async def _ask(self, ask: Callable[[SlidingWindowCounterRateLimiter], Awaitable[Result]]) -> Result:
        shared = self._shared
        if self._link is not None and shared is not None:
            try:
                return await self._link.ask(lambda _: ask(shared))
            except SharedStateDown:
                pass
        return await ask(self._own)


def client_of(address: str) -> str:
    """Return who an address is counted as: itself, or the /64 of an IPv6 address, which is one household's."""
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)
    return str(found)
