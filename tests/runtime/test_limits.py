"""Limits: who counts as one client, what a minute allows, and that a Redis that is gone refuses nobody."""

import asyncio
from collections.abc import Iterator

import pytest

from runtime.limits import Limits, client_of
from runtime.load_shedding import TOGETHER, Load
from runtime.redis_link import link
from tests.scale.services import RedisServer


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_client_is_its_address_and_of_ipv6_its_household(address: str, client: str) -> None:
    assert client_of(address) == client


def test_a_client_over_its_limit_hears_when_to_come_again_and_others_do_not() -> None:
    async def both() -> tuple[list[int], int, int]:
        limits = Limits({"messages": 3, "feedback": 1})
        first = [await limits.wait("messages", "192.0.2.1") for _ in range(5)]
        return first, await limits.wait("messages", "192.0.2.2"), await limits.wait("feedback", "192.0.2.1")

    first, other, kind = asyncio.run(both())
    assert first[:3] == [0, 0, 0]
    assert all(1 <= wait <= 60 for wait in first[3:])
    assert (other, kind) == (0, 0)


def test_everybody_together_has_a_limit_too() -> None:
    async def many() -> list[int]:
        limits = Limits({"everybody": 2})
        return [await limits.wait("everybody") for _ in range(3)]

    waits = asyncio.run(many())
    assert waits[:2] == [0, 0]
    assert waits[2] >= 1


def test_a_limit_of_0_is_lifted() -> None:
    async def many() -> int:
        limits = Limits({"messages": 0})
        return sum([await limits.wait("messages", "a") for _ in range(200)])

    assert asyncio.run(many()) == 0


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    link.cache_clear()
    yield server
    link.cache_clear()
    server.stop()


def test_processes_with_one_redis_count_together_and_keep_no_address(redis_server: RedisServer) -> None:
    address = "198.51.100.23"

    async def two_processes() -> list[int]:
        found = []
        for _ in range(2):
            limits = Limits({"messages": 3}, redis_server.url)
            found += [await limits.wait("messages", address) for _ in range(2)]
        await link(redis_server.url).close()
        return found

    waits = asyncio.run(two_processes())
    assert waits[:3] == [0, 0, 0]
    assert waits[3] >= 1
    names = list(redis_server.client.scan_iter())
    assert names
    assert all(address not in name for name in names)
    assert all(0 < redis_server.client.ttl(name) <= 120 for name in names)


def test_while_redis_is_down_each_process_counts_for_itself(redis_server: RedisServer) -> None:
    async def through_an_outage() -> tuple[list[int], list[int]]:
        limits = Limits({"messages": 2}, redis_server.url)
        before = [await limits.wait("messages", "a") for _ in range(3)]
        redis_server.stop()
        after = [await limits.wait("messages", "a") for _ in range(3)]
        await link(redis_server.url).close()
        return before, after

    before, after = asyncio.run(through_an_outage())
    assert before[2] >= 1
    assert after[:2] == [0, 0]  # nobody is refused because the counts are gone
    assert after[2] >= 1


def test_a_slow_pace_makes_it_full_sooner_and_a_pause_does_not() -> None:
    clock = [0.0]

    async def turns() -> tuple[bool, bool]:
        load = Load(100, patience=1.0, clock=lambda: clock[0])
        release = [asyncio.Event() for _ in range(10)]

        async def turn(number: int) -> None:
            async with load.place():
                await release[number].wait()

        tasks = [asyncio.create_task(turn(number)) for number in range(10)]
        await asyncio.sleep(0.01)
        before = load.full
        for number in range(8):
            clock[0] += 20  # two more wait, at a pace of several seconds
            release[number].set()
            await tasks[number]
        after = load.full
        for event in release:
            event.set()
        await asyncio.gather(*tasks)
        clock[0] += 1000
        async with load.place():
            pass
        assert load.under_way == 0
        assert not load.full
        return before, after

    assert asyncio.run(turns()) == (False, True)


def test_the_one_in_danger_waits_for_nobody() -> None:
    async def turns() -> list[str]:
        load, order = Load(100, patience=60.0), []
        hold = asyncio.Event()

        async def turn(name: str, first: bool = False) -> None:
            async with load.place(first):
                if not first:
                    await hold.wait()
                order.append(name)

        waiting = [asyncio.create_task(turn("waits")) for _ in range(TOGETHER + 4)]
        await asyncio.sleep(0.01)
        assert load.crowded
        await turn("in danger", first=True)
        hold.set()
        await asyncio.gather(*waiting)
        assert await load.drain(1)
        return order

    assert asyncio.run(turns())[0] == "in danger"
