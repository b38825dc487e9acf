"""Rasa extension point: `tracker_store` in `endpoints.yml`; what is remembered of a conversation, in Redis.

Rasa's own Redis store reads, replays and rewrites every event of the conversation at each turn; here a turn costs one
read and one write of a few hundred bytes, at turn 500 as at turn 5, and Redis itself forgets them in time.
"""

import json
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain

from runtime.output import Message
from runtime.redis_link import RedisLink, link
from runtime.shared_store import ANSWER_SECONDS, Memory, SharedTrackerStore

ANSWERS = 4  # kept of each conversation, for messages that are sent again
_WRITE = """
if ARGV[3] == '0' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if ARGV[5] ~= '' then
  local age = math.min(tonumber(ARGV[2]), tonumber(ARGV[6]))
  redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
  redis.call('RPUSH', KEYS[3], ARGV[4])
  while redis.call('LLEN', KEYS[3]) > tonumber(ARGV[7]) do
    redis.call('HDEL', KEYS[2], redis.call('LPOP', KEYS[3]))
  end
  redis.call('PEXPIRE', KEYS[2], age)
  redis.call('PEXPIRE', KEYS[3], age)
end
return 1
"""


class RedisTrackerStore(SharedTrackerStore):
    """Slots of each conversation and the last answers, under pseudonyms that expire.

    Args:
        host: Redis's address, `url` in `endpoints.yml`.
    """

    def __init__(
        self, domain: Domain | None, host: str, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._link: RedisLink = link(host)
        self._write = self._link.redis.register_script(_WRITE)

    async def read(self, key: str, answer_key: str | None) -> tuple[Memory | None, list[Message] | None]:
        """Read both in one round trip."""

        async def both(redis: Any) -> list[str | None]:
            async with redis.pipeline(transaction=False) as pipe:
                pipe.get(_names(key)[0])
                if answer_key:
                    pipe.hget(_names(key)[1], answer_key)
                found: list[str | None] = await pipe.execute()
                return found

        memory, *answers = await self._link.ask(both)
        answer = answers[0] if answers else None
        return Memory.loads(memory) if memory else None, json.loads(answer) if answer else None

    async def write(
        self, key: str, memory: Memory, new: bool, answer_key: str | None, answer: list[Message] | None
    ) -> None:
        """Write both in one step, done by Redis itself."""
        kept = json.dumps(answer, ensure_ascii=False, separators=(",", ":")) if answer and answer_key else ""
        milliseconds = max(1, int(self.forget_after * 1000))
        arguments = [memory.dumps(), milliseconds, int(new), answer_key or "", kept, ANSWER_SECONDS * 1000, ANSWERS]
        await self._link.ask(lambda _: self._write(keys=_names(key), args=arguments))

    async def drop(self, key: str) -> None:
        """Drop the memory and all kept answers."""
        await self._link.ask(lambda redis: redis.delete(*_names(key)))

    async def keys(self) -> Iterable[str]:
        """Return the pseudonyms of the remembered conversations."""

        async def scan(redis: Any) -> list[str]:
            return [name async for name in redis.scan_iter("signpost:*:conversation", count=1000)]

        return await self._link.ask(scan)


def _names(key: str) -> list[str]:
    """Return the names of memory, answers, and their order; the braces keep them on one node of a Redis cluster."""
    return [f"signpost:{{{key}}}:{what}" for what in ("conversation", "answers", "order")]
