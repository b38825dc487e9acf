"""What stops the start of one of several processes: another model, a missing address, a missing file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.event_broker import EventBrokerError, WordlessBroker, connect_broker, wordless_event
from runtime.loading import StartError, load, model_hash
from runtime.settings import settings


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_another_model_than_the_one_that_is_asked_for_stops_the_start(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNPOST_MODEL", "0" * 64)
    with pytest.raises(StartError, match=model_hash(model)):
        load(model)


def test_an_address_that_is_not_set_is_named(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    with pytest.raises(StartError, match="REDIS_URL"):
        load(model, "endpoints.scale.yml")


def test_a_file_that_is_not_there_is_named(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_ENDPOINTS", "endpoints.nowhere.yml")
    with pytest.raises(StartError, match="SIGNPOST_ENDPOINTS"):
        load(model)


async def test_a_mistyped_event_broker_stops_the_start(agent: object) -> None:
    from rasa.utils.endpoints import EndpointConfig

    with pytest.raises(EventBrokerError, match=r"event_broker\.type"):
        await connect_broker(agent, EndpointConfig("amqp://127.0.0.1", type="runtime.event_broker.Rabit"))


def test_an_event_goes_out_with_what_is_listed_and_nothing_else() -> None:
    event = {
        "event": "user",
        "sender_id": "conversation-id",
        "timestamp": 1.0,
        "text": "words",
        "message_id": "words",
        "metadata": {"words": "words"},
        "parse_data": {
            "text": "words",
            "intent": {"name": "help", "confidence": 1.0, "words": "words"},
            "entities": [{"entity": "need", "value": "help", "start": 0, "text": "words"}],
        },
    }
    out = wordless_event(event)
    assert "words" not in str(out)
    assert "conversation-id" not in str(out)
    assert out["parse_data"]["entities"] == [{"entity": "need", "value": "help"}]


def test_a_broker_that_fails_costs_the_event_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def publish(self, event: dict[str, object]) -> None:
            raise ConnectionError("words")

    WordlessBroker(Broken()).publish({"event": "action", "name": "action_listen", "sender_id": "a"})
    assert "ConnectionError" in caplog.text
    assert "words" not in caplog.text
