"""What several processes share of a conversation: slots and answers, no words, no longer than they should."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from runtime.deletion import main as delete
from runtime.redis_link import SharedStateDown, link, pseudonym
from runtime.redis_store import RedisTrackerStore
from runtime.shared_store import SharedTrackerStore
from runtime.sql_store import SqlTrackerStore, delete_forgotten
from runtime.tracker_store import TrackerStoreError
from tests.scale.services import PostgresServer, RedisServer

DOMAIN = Domain.load("domain.yml")
MARKER = "Zephyrine Quillfeather"
ANSWER = [{"text": "an answer"}]


class Kind:
    """One kind of shared store, as many processes of it as wanted."""

    def __init__(self, kind: type[SharedTrackerStore], url: str, server: Any) -> None:
        self.kind, self.url, self.server = kind, url, server

    def process(self, **settings: Any) -> SharedTrackerStore:
        link.cache_clear()
        return self.kind(DOMAIN, host=self.url, **settings)


@pytest.fixture(params=["redis", "postgresql"])
def shared(request: pytest.FixtureRequest) -> Iterator[Kind]:
    if request.param == "redis":
        server: Any = request.getfixturevalue("shared_redis")
        yield Kind(RedisTrackerStore, server.url, server)
    else:
        server = request.getfixturevalue("postgres")
        yield Kind(SqlTrackerStore, server.url, server)
        server.query("drop table if exists signpost_conversations")


async def turn(store: SharedTrackerStore, conversation: str, key: str | None = None, **slots: Any) -> Any:
    """Take one turn as the server does; returns the answer that was known before, or None."""
    messages: list[Any] = []
    async with store.turn(conversation, key, messages) as known:
        if known is not None:
            return known
        tracker = await store.get_or_create_tracker(conversation)
        tracker.update(UserUttered(f"my name is {MARKER}", {"name": "help", "confidence": 1.0}))
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        tracker.update(BotUttered("words of a reply"))
        tracker.update(ActionExecuted("action_listen"))
        messages += ANSWER
        await store.save(tracker)
        return None


async def slot(store: SharedTrackerStore, conversation: str, name: str) -> Any:
    tracker = await store.retrieve(conversation)
    return None if tracker is None else tracker.get_slot(name)


async def test_what_one_process_remembers_the_other_knows(shared: Kind) -> None:
    one, other = shared.process(), shared.process()
    await turn(one, "a", kept_audience="child")
    assert await slot(other, "a", "kept_audience") == "child"
    await turn(other, "a", kept_audience="adult")
    assert await slot(one, "a", "kept_audience") == "adult"


async def test_a_message_that_is_sent_again_to_another_process_gets_its_first_answer(shared: Kind) -> None:
    one, other = shared.process(), shared.process()
    assert await turn(one, "a", "message-1") is None
    assert await turn(other, "a", "message-1") == ANSWER
    assert await turn(other, "a", "message-2") is None
    assert await turn(one, "b", "message-2") is None


async def test_a_conversation_is_forgotten_in_time_by_all(shared: Kind) -> None:
    one, other = shared.process(forget_after=0.2), shared.process(forget_after=0.2)
    await turn(one, "a")
    await asyncio.sleep(0.4)
    assert not await one.exists("a")
    assert await other.retrieve("a") is None


async def test_a_conversation_is_forgotten_at_once_by_all(shared: Kind) -> None:
    one, other = shared.process(), shared.process()
    await turn(one, "a", "message-1")
    await other.forget("a")
    assert await one.retrieve("a") is None
    assert not await other.exists("a")
    assert await turn(one, "a", "message-1") is None


async def test_a_turn_under_way_does_not_bring_back_what_was_forgotten(shared: Kind) -> None:
    one, other = shared.process(), shared.process()
    await turn(one, "a")
    messages = list(ANSWER)
    async with one.turn("a", "message-2", messages):
        tracker = await one.get_or_create_tracker("a")
        await other.forget("a")
        await one.save(tracker)
    assert not await other.exists("a")
    assert await turn(other, "a", "message-2") is None


async def test_turn_50_reads_and_writes_as_much_as_turn_5(shared: Kind) -> None:
    store, lengths = shared.process(), []
    for number in range(50):
        await turn(store, "a", f"message-{number}", kept_audience="child", kept_needs=["groomed"])
        if number in (4, 49):
            memory, _ = await store.read(pseudonym("a"), None)
            assert memory is not None
            tracker = await store.retrieve("a")
            assert tracker is not None
            lengths.append((len(tracker.events), len(memory.dumps()) - len(str(memory.turns))))
    assert lengths[0] == lengths[1]


async def test_no_word_and_no_id_of_a_conversation_is_kept(shared: Kind) -> None:
    store = shared.process()
    await turn(store, "conversation-id-of-a-visitor", "message-id-1", kept_audience="child")
    if isinstance(shared.server, RedisServer):
        kept = shared.server.all_text()
        assert len(shared.server.client.keys()) == 3
        assert all(shared.server.client.pttl(name) > 0 for name in shared.server.client.scan_iter())
    else:
        kept = str(shared.server.query("select * from signpost_conversations"))
    assert "kept_audience" in kept
    for word in (*MARKER.split(), "conversation-id", "message-id"):
        assert word not in kept


async def test_while_the_store_is_down_a_process_remembers_by_itself_and_gives_it_back(shared: Kind) -> None:
    one, other = shared.process(), shared.process()
    await turn(one, "a", kept_audience="child")
    shared.server.stop()
    try:
        assert await one.exists("a")
        await turn(one, "a", kept_audience="adult")
        assert await slot(one, "a", "kept_audience") == "adult"
        assert await slot(other, "never seen", "kept_audience") is None
    finally:
        shared.server.start()
    await asyncio.sleep(1.1)  # until the store is asked again
    await turn(one, "a")
    assert await slot(other, "a", "kept_audience") == "adult"


async def test_a_turn_that_began_without_the_store_wipes_out_nothing_that_is_there(
    shared: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: object) -> None:
        raise SharedStateDown

    one = shared.process()
    for _ in range(3):
        await turn(one, "a", kept_audience="child")
    messages: list[Any] = list(ANSWER)
    with monkeypatch.context() as outage:
        outage.setattr(one, "read", unreachable)
        begun = one.turn("a", None, messages)
        await begun.__aenter__()
    tracker = await one.get_or_create_tracker("a")
    tracker.update(SlotSet("kept_needs", ["groomed"]))
    await one.save(tracker)
    await begun.__aexit__(None, None, None)
    assert await slot(shared.process(), "a", "kept_audience") == "child"
    assert await slot(shared.process(), "a", "kept_needs") == ["groomed"]


async def test_what_is_forgotten_while_the_store_is_down_is_dropped_once_it_is_back(
    shared: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(_key: str) -> None:
        raise SharedStateDown

    one = shared.process()
    await turn(one, "a", kept_audience="child")
    with monkeypatch.context() as outage:
        outage.setattr(one, "drop", unreachable)
        await one.forget("a")
    assert await shared.process().exists("a")
    assert not await one.exists("a")
    assert not await shared.process().exists("a")


async def test_the_job_deletes_what_is_forgotten_and_nothing_else(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = SqlTrackerStore(DOMAIN, postgres.url)
    await turn(store, "old")
    await turn(store, "new")
    postgres.query(
        f"update signpost_conversations set last_turn = last_turn - 7200 where conversation = '{pseudonym('old')}'"
    )
    assert not await store.exists("old")
    monkeypatch.setenv("DATABASE_URL", postgres.url)
    assert delete() == 0
    assert capsys.readouterr().out == "1 forgotten conversations deleted\n"
    assert postgres.query("select conversation from signpost_conversations") == [(pseudonym("new"),)]
    assert delete_forgotten(postgres.url, -1) == 1


def test_the_job_says_when_it_cannot_reach_the_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert delete() == 1
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert delete() == 1
    assert "secret" not in capsys.readouterr().err


def test_a_wrong_address_of_the_database_is_named() -> None:
    with pytest.raises(TrackerStoreError, match="DATABASE_URL"):
        SqlTrackerStore(DOMAIN, "not a url")
