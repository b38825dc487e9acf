"""What is kept for a conversation or a client does not grow without bound, and goes when its time is over."""

import asyncio
import json
import time
from typing import Any

import time_machine
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

from runtime import turns as turns_module
from runtime.sweeping import Sweep
from runtime.tracker_store import ForgettingTrackerStore
from runtime.turns import Turns

DOMAIN = Domain.load("domain.yml")
MANY = 20_000  # the soak holds 100,000: python -m benchmarks.soak


class Agent:
    """An agent that answers every message at once with the same long reply."""

    def __init__(self) -> None:
        self.tracker_store = ForgettingTrackerStore(DOMAIN)

    async def handle_message(self, message: Any) -> None:
        await message.output_channel.send_response("", {"text": f"an answer to {message.text}" + " and on" * 200})


def test_any_number_of_conversations_leaves_bounded_answers_and_no_lock() -> None:
    turns = Turns(5, lambda: [{"text": "help"}], kept=1000)
    agent: Any = Agent()

    async def go() -> None:
        for number in range(MANY):
            await turns.take(agent, f"conversation-{number}", "hello", f"message-{number}")

    asyncio.run(go())
    assert len(turns._answers) == 1000
    assert not turns._locks
    assert not turns._waiting
    assert all(len(answer) < 300 for answer in turns._answers.values() if isinstance(answer, bytes))


def test_any_number_of_conversations_leaves_as_many_as_are_allowed_in_a_few_hundred_bytes_each() -> None:
    store = ForgettingTrackerStore(DOMAIN, conversations=5000)
    tracker = store.init_tracker("x")
    tracker.update(SlotSet("kept_needs", ["groomed", "images"]))
    tracker.update(SlotSet("kept_shown", ["childline", "ceop", "report-remove"]))

    async def go() -> None:
        for number in range(MANY):
            tracker.sender_id = f"conversation-{number}"
            await store.save(tracker)

    asyncio.run(go())
    assert len(store._slots) == 5000
    assert max(len(packed) for packed in store._slots.values()) < 150
    kept = asyncio.run(store.retrieve(f"conversation-{MANY - 1}"))
    assert kept is not None
    assert kept.get_slot("kept_needs") == ["groomed", "images"]


def test_a_kept_answer_is_given_again_word_for_word() -> None:
    turns = Turns(5, lambda: [{"text": "help"}])
    agent: Any = Agent()

    async def go() -> tuple[Any, Any, list[Any]]:
        first = await turns.take(agent, "a", "Grüße 😀", "key-0001")
        heard: list[Any] = []
        return first, await turns.take(agent, "a", "something else", "key-0001", heard.append), heard

    first, again, heard = asyncio.run(go())
    assert again == first == heard


def test_a_cleared_conversation_has_no_kept_answer() -> None:
    turns = Turns(5, lambda: [{"text": "help"}])
    agent: Any = Agent()

    async def go() -> None:
        await turns.take(agent, "a", "hello", "key-0001")
        await turns.take(agent, "b", "hello", "key-0001")
        turns.forget("a")

    asyncio.run(go())
    assert list(turns._answers) == [("b", "key-0001")]


def test_what_is_over_its_time_leaves_memory_though_nobody_comes_any_more() -> None:
    store = ForgettingTrackerStore(DOMAIN, forget_after=0.2)

    async def go() -> int:
        await store.save(store.init_tracker("a"))
        raw = store._slots._Cache__data  # type: ignore[attr-defined]
        assert len(raw) == 1
        for _ in range(100):
            await asyncio.sleep(0.05)
            if not raw:
                break
        return len(raw)

    assert asyncio.run(go()) == 0


def test_a_sweep_ends_when_nothing_is_left_and_begins_again() -> None:
    left = [2]
    calls: list[int] = []

    def expire() -> bool:
        calls.append(left[0])
        left[0] -= 1
        return left[0] > 0

    async def go() -> None:
        sweep = Sweep(expire, 0.01)
        for _ in range(3):
            sweep.start()
        await asyncio.sleep(0.2)
        assert calls == [2, 1]
        left[0] = 1
        sweep.start()
        await asyncio.sleep(0.1)

    asyncio.run(go())
    assert calls == [2, 1, 1]


def test_a_wall_clock_that_jumps_forgets_nobody_early_and_keeps_nobody_longer() -> None:
    store = ForgettingTrackerStore(DOMAIN)

    async def go() -> list[bool]:
        await store.save(store.init_tracker("a"))
        known = []
        for days in (2, -2):
            with time_machine.travel(time.time() + days * 86_400):
                known.append(await store.exists("a"))
        return known

    assert asyncio.run(go()) == [True, True]


def test_slots_and_answers_are_the_same_after_packing() -> None:
    store = ForgettingTrackerStore(DOMAIN)
    slots = {"kept_answered": {"groomed": 3}, "kept_question": {"area": "cambridgeshire"}, "kept_noticed": True}
    assert store._unpack(store._pack(slots)) == json.loads(json.dumps(slots)) == slots
    answer: list[dict[str, Any]] = [{"text": "a", "custom": {"urgent": True}}]
    assert turns_module._unpack(__import__("zlib").compress(json.dumps(answer).encode())) == answer
