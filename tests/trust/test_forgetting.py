"""A conversation is forgotten as long after its last message as the setting says."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.server import Served

FORGET_AFTER = 10  # seconds


@pytest.fixture(scope="module")
def forgetful(model: Path) -> Iterator[Served]:
    server = Served(SIGNPOST_FORGET_AFTER=str(FORGET_AFTER))
    try:
        yield server.wait(240)
    finally:
        server.stop()


def words_of(server: Served, conversation: str, text: str) -> str:
    return " ".join(message.get("text") or "" for message in server.say(conversation, text).json())


def test_each_message_starts_the_time_anew_and_silence_ends_it(forgetful: Served) -> None:
    conversation = forgetful.begin()
    assert "81" in words_of(forgetful, conversation, "how many in cambridgeshire in 2014")
    time.sleep(FORGET_AFTER * 0.6)
    assert "192" in words_of(forgetful, conversation, "and two years later?")
    time.sleep(FORGET_AFTER * 0.6)  # longer ago than the limit since the first message, not since the last
    assert "81" in words_of(forgetful, conversation, "and two years before that?")
    time.sleep(FORGET_AFTER * 1.5)
    gone = forgetful.say(conversation, "and two years later?")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "no_such_conversation")
