"""Two servers are one assistant: order, memory, answers, forgetting, and what is left when something dies."""

import asyncio
import json
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest
from rasa.utils.endpoints import EndpointConfig

from runtime.lock_store import RedisLockStore, _Place
from runtime.redis_link import RedisLink, pseudonym
from tests.runtime.server import Served
from tests.scale.services import Queue, RedisServer, wait_for

Pair = tuple[Served, Served]
FIRST, NEXT = "how many in cambridgeshire in 2014", "and in 2015"
MARKER = "Zephyrine"


def said(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    messages = [message["text"] for message in answer.json() if message.get("text")]
    return str(messages["hard to read" in messages[0]])  # past the content note, where there is one


class Busy:
    """A turn of a third process that stands in the way for as long as the test wants."""

    def __init__(self, server: RedisServer, conversation: str) -> None:
        self._server, self._conversation = server, conversation
        self._name = f"signpost:{{{pseudonym(conversation)}}}"

    def __enter__(self) -> "Busy":
        self._server.client.rpush(f"{self._name}:queue", "busy")
        self._server.client.hset(f"{self._name}:leases", "busy", "9999999999999")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.client.lrem(f"{self._name}:queue", 0, "busy")

    def wait_until_waiting(self, answers: Sequence[Future[httpx.Response]]) -> None:
        def queued() -> bool:
            early = [answer.result().text for answer in answers if answer.done()]
            assert not early, f"answered without waiting: {early}"
            return bool(self._server.client.llen(f"{self._name}:queue") == len(answers) + 1)

        wait_for(queued, f"{len(answers)} turns in the queue")


def turns(server: RedisServer, conversation: str) -> int:
    return int(json.loads(str(server.client.get(f"signpost:{{{pseudonym(conversation)}}}:conversation")))[0])


@pytest.fixture
def visitors() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(8)


def test_a_conversation_goes_from_server_to_server(pair: Pair, shared_redis: RedisServer) -> None:
    one, other = pair
    conversation = one.begin()
    assert said(other.say(conversation, FIRST)).startswith("81 ")
    assert said(one.say(conversation, NEXT)).startswith("155 ")


def test_messages_are_answered_in_the_order_in_which_they_came(
    pair: Pair, shared_redis: RedisServer, visitors: ThreadPoolExecutor
) -> None:
    one, other = pair
    conversation = one.begin()
    answers: list[Future[httpx.Response]] = []
    with Busy(shared_redis, conversation) as busy:
        for server, text in ((one, FIRST), (other, NEXT)):
            answers.append(visitors.submit(server.say, conversation, text))
            busy.wait_until_waiting(answers)
    assert [said(answer.result()).split()[0] for answer in answers] == ["81", "155"]


def test_a_message_sent_to_both_servers_at_once_is_answered_once(
    pair: Pair, shared_redis: RedisServer, visitors: ThreadPoolExecutor
) -> None:
    conversation = pair[0].begin()
    before = turns(shared_redis, conversation)
    with Busy(shared_redis, conversation) as busy:
        answers = [visitors.submit(server.say, conversation, FIRST, id="message-1") for server in pair]
        busy.wait_until_waiting(answers)
    first, second = (answer.result().json() for answer in answers)
    assert first == second
    assert turns(shared_redis, conversation) == before + 1


def test_a_conversation_is_cleared_at_once_on_both(pair: Pair, shared_redis: RedisServer) -> None:
    one, other = pair
    conversation = one.begin()
    other.say(conversation, FIRST, id="message-1")
    httpx.request("DELETE", f"{one.base}/api/conversations", json={"conversation": conversation})
    assert shared_redis.client.keys() == []
    assert other.say(conversation, NEXT).status_code == 404


def test_nothing_that_was_typed_is_in_redis_and_everything_runs_out(pair: Pair, shared_redis: RedisServer) -> None:
    one, other = pair
    conversation = one.begin()
    for server, text in ((one, f"my name is {MARKER}"), (other, f"{MARKER} is hurt by her uncle")):
        assert said(server.say(conversation, text, id=f"{MARKER}-1"))
    kept = shared_redis.all_text()
    assert "kept_needs" in kept
    assert MARKER not in kept
    assert conversation not in kept
    assert all(0 < shared_redis.client.pttl(name) <= 1_800_000 for name in shared_redis.client.scan_iter())


async def test_the_turn_of_a_process_that_died_is_taken_by_another(pair: Pair, shared_redis: RedisServer) -> None:
    one, other = pair
    conversation = await asyncio.to_thread(one.begin)
    dead = _Place(RedisLockStore(EndpointConfig(shared_redis.url), lease=1), conversation)
    await dead.wait(5, 0.005)
    answer = await asyncio.to_thread(other.say, conversation, FIRST, id="message-1")
    assert said(answer).startswith("81 ")


def test_while_redis_is_down_there_is_an_answer_and_help_and_then_memory_again(
    pair: Pair, shared_redis: RedisServer
) -> None:
    one, other = pair
    conversation = one.begin()
    assert said(other.say(conversation, FIRST)).startswith("81 ")
    shared_redis.stop()
    try:
        for server in pair:
            assert "999" in server.say(conversation, "i want to die").text
            assert said(server.say(server.begin(), FIRST)).startswith("81 ")
        assert said(one.say(conversation, FIRST)).startswith("81 ")
        assert said(one.say(conversation, NEXT)).startswith("155 ")
    finally:
        shared_redis.start()
    wait_for(lambda: one.say(conversation, FIRST).status_code == 200 and bool(shared_redis.client.keys()), "memory")
    assert said(other.say(conversation, NEXT)).startswith("155 ")


def test_a_redis_that_hangs_holds_up_a_turn_and_not_the_visitor(pair: Pair, shared_redis: RedisServer) -> None:
    conversation = pair[0].begin()
    shared_redis.process.send_signal(19)  # SIGSTOP: it keeps its connections and answers none
    try:
        assert said(pair[0].say(conversation, FIRST)).startswith("81 ")
    finally:
        shared_redis.process.send_signal(18)


def test_events_reach_the_queue_without_words_once_it_is_there(
    pair: Pair, shared_redis: RedisServer, queue: Queue
) -> None:
    one, other = pair
    conversation = ""

    def shared() -> bool:
        nonlocal conversation
        time.sleep(0.3)
        conversation = one.begin()
        return other.say(conversation, FIRST).status_code == 200

    wait_for(shared, "Redis to be asked again, which hung before")
    assert said(one.say(conversation, NEXT)).startswith("155 ")  # the queue is down, and nobody notices
    queue.start()

    def streamed() -> bool:
        for server in pair:
            assert server.say(conversation, f"my name is {MARKER} and my uncle hurts me").status_code == 200
        return len({event["timestamp"] for event in queue.events() if event["event"] == "user"}) >= 4

    wait_for(streamed, "events of both servers")
    events = queue.events()
    assert MARKER not in str(events)
    assert conversation not in str(events)
    assert {event["sender_id"] for event in events} == {pseudonym(conversation)}
    assert all("text" not in event and "metadata" not in event for event in events)
    needs = [entity["value"] for e in events if e["event"] == "user" for entity in e["parse_data"]["entities"]]
    assert "disclosure" in needs
    queue.stop()
    assert said(other.say(conversation, FIRST)).startswith("81 ")


async def test_one_late_answer_of_redis_is_no_outage(shared_redis: RedisServer) -> None:
    async def late(_: object) -> None:
        raise TimeoutError

    link = RedisLink(shared_redis.url, lambda: 100.0)
    with pytest.raises(ConnectionError):
        await link.ask(late)
    assert await link.ask(lambda redis: redis.ping())
    await link.close()


async def test_connections_from_before_redis_began_anew_are_no_outage(shared_redis: RedisServer) -> None:
    link = RedisLink(shared_redis.url)
    kept = 5
    await asyncio.gather(*(link.ask(lambda redis: redis.execute_command("CLIENT", "ID")) for _ in range(kept)))
    shared_redis.stop()
    shared_redis.start()
    assert await asyncio.gather(*(link.ask(lambda redis: redis.ping()) for _ in range(kept))) == [True] * kept
    await link.close()


async def test_a_failing_redis_is_left_alone_for_a_moment(shared_redis: RedisServer) -> None:
    now, asked = [100.0], []

    async def broken(_: object) -> None:
        asked.append(now[0])
        raise OSError

    link = RedisLink(shared_redis.url, lambda: now[0])
    for now[0] in (100.0, 100.5, 101.1):
        with pytest.raises(ConnectionError):
            await link.ask(broken)
    assert asked == [100.0, 101.1]
    await link.close()
