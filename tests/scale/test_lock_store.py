"""One turn at a time in a conversation, first come first served, over all processes."""

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from runtime.lock_store import RedisLockStore, _Place
from runtime.redis_link import pseudonym
from tests.scale.services import RedisServer


def store(server: RedisServer, lease: float = 3) -> RedisLockStore:
    return RedisLockStore(EndpointConfig(server.url), lease)


def waiting(server: RedisServer, conversation: str) -> int:
    return int(server.client.llen(f"signpost:{{{pseudonym(conversation)}}}:queue"))


async def until(ready: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not ready():
            await asyncio.sleep(0.005)


async def enter(locks: RedisLockStore, patience: float) -> None:
    async with locks.lock("c", lock_lifetime=patience):
        raise AssertionError("it was not its turn")


def apart(visit: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
    """Run as another request would: with nothing of this task's turn."""
    return asyncio.create_task(visit, context=contextvars.Context())


async def test_turns_are_served_in_the_order_in_which_they_came(shared_redis: RedisServer) -> None:
    order: list[int] = []
    inside: set[int] = set()

    async def take(number: int) -> None:
        async with store(shared_redis).lock("c"):
            assert not inside
            inside.add(number)
            await asyncio.sleep(0.01)
            inside.remove(number)
            order.append(number)

    turns = []
    async with store(shared_redis).lock("c"):
        for number in range(5):
            turns.append(apart(take(number)))
            await until(lambda there=number + 2: waiting(shared_redis, "c") == there)  # type: ignore[misc]
    await asyncio.gather(*turns)
    assert order == [0, 1, 2, 3, 4]
    assert shared_redis.client.keys() == []


async def test_conversations_do_not_wait_for_each_other(shared_redis: RedisServer) -> None:
    locks = store(shared_redis)
    async with locks.lock("a"), asyncio.timeout(20), locks.lock("b"):
        assert waiting(shared_redis, "a") == waiting(shared_redis, "b") == 1


async def test_a_turn_may_ask_again_for_what_it_holds(shared_redis: RedisServer) -> None:
    locks = store(shared_redis)
    async with asyncio.timeout(20), locks.lock("c"), locks.lock("c"):
        assert waiting(shared_redis, "c") == 1


async def test_the_place_of_a_process_that_died_runs_out(shared_redis: RedisServer) -> None:
    dead = _Place(store(shared_redis, lease=0.3), "c")
    await dead.wait(5, 0.005)
    async with asyncio.timeout(20), store(shared_redis).lock("c"):
        assert waiting(shared_redis, "c") == 1


async def test_a_place_is_kept_for_longer_than_its_lease_while_its_process_lives(shared_redis: RedisServer) -> None:
    async with store(shared_redis, lease=0.3).lock("c"):
        with pytest.raises(LockError):
            await apart(enter(store(shared_redis), 1))


async def test_nothing_of_a_place_stays_for_long_after_a_crash(shared_redis: RedisServer) -> None:
    await _Place(store(shared_redis), "c").wait(5, 0.005)
    assert len(shared_redis.client.keys()) == 2
    assert all(0 < shared_redis.client.pttl(name) <= 60_000 for name in shared_redis.client.scan_iter())


async def test_a_turn_that_gives_up_waiting_leaves_the_queue(shared_redis: RedisServer) -> None:
    async with store(shared_redis).lock("c"):
        waiter = apart(enter(store(shared_redis), 60))
        await until(lambda: waiting(shared_redis, "c") == 2)
        waiter.cancel()
        await asyncio.wait([waiter])
        await until(lambda: waiting(shared_redis, "c") == 1)


async def test_without_redis_a_turn_goes_on(shared_redis: RedisServer) -> None:
    shared_redis.stop()
    async with store(shared_redis).lock("c"):
        pass
    shared_redis.start()


async def test_a_late_answer_of_redis_lets_no_turn_go_before_its_time(shared_redis: RedisServer) -> None:
    async with store(shared_redis).lock("c"):
        locks, asked = store(shared_redis), []
        enter_script = locks._enter

        async def late(**arguments: Any) -> Any:
            asked.append(arguments)
            if len(asked) == 1:
                raise TimeoutError
            return await enter_script(**arguments)

        locks._enter = late
        with pytest.raises(LockError):
            await apart(enter(locks, 0.3))
    assert len(asked) > 1
