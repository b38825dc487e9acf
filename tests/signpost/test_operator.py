"""Who runs this: what visitors read of it, and what is refused."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from signpost import site
from signpost.assistant import Assistant, assistant
from signpost.conversation import Turn, say
from signpost.memory import Memory
from signpost.operator import DEMONSTRATION, Operator, OperatorError

SETTINGS = {
    "SIGNPOST_RUN_BY": "Fenland Children's Trust",
    "SIGNPOST_CONTACT": "hello@fenland.example",
    "SIGNPOST_COMPLAINTS": "complaints@fenland.example",
    "SIGNPOST_PRIVACY_NOTICE": "https://fenland.example/privacy",
}
NOW = datetime(2026, 12, 1, 14, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """The assistant as an operator has set it up."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    return Assistant.load()


def told(intent: str, of: Assistant, memory: Memory | None = None) -> str:
    reply = say(Turn(intent, {}, memory or Memory(), NOW), of)
    return "\n".join(message.get("text", "") for message in reply.messages)


def test_the_first_reply_says_who_runs_this(run: Assistant) -> None:
    assert "Fenland Children's Trust runs this chat. Contact: hello@fenland.example." in told("greet", run)


def test_it_is_said_once_in_a_conversation(run: Assistant) -> None:
    assert "Fenland" not in told("thanks", run, Memory(noticed=True))
    assert told("robot", run).count("Fenland Children's Trust runs this chat") == 1


def test_who_asks_hears_where_to_complain_and_the_privacy_notice(run: Assistant) -> None:
    words = told("robot", run)
    assert "To complain: complaints@fenland.example." in words
    assert "Privacy notice: https://fenland.example/privacy" in words


def test_who_asks_after_telling_something_still_hears_it(run: Assistant) -> None:
    words = told("robot", run, Memory(noticed=True, needs=["disclosure"], speaker="child", audience="child"))
    assert "To complain: complaints@fenland.example." in words
    assert "0800 1111" in words


@pytest.mark.parametrize("missing", SETTINGS)
def test_unless_everything_is_set_it_is_a_demonstration(missing: str) -> None:
    operator = Operator.of({name: value for name, value in SETTINGS.items() if name != missing})
    assert operator.run_by == DEMONSTRATION
    assert missing in operator.warning()
    assert "Fenland" not in json.dumps(operator.as_json())
    assert operator.as_json()["demonstration"] is True


def test_a_demonstration_says_so_in_the_chat_and_on_every_page() -> None:
    assert DEMONSTRATION in told("greet", assistant())
    made = site.pages(assistant())
    for path in ("/help", "/data"):
        assert made[path]().count(DEMONSTRATION) == 1


def test_every_page_says_who_runs_this(run: Assistant) -> None:
    for path in ("/help", "/data"):
        page = site.pages(run)[path]()
        assert "Fenland Children&#x27;s Trust runs this chat." in page
        assert '<a href="https://fenland.example/privacy"' in page
    assert json.loads(site.pages(run)["/about.json"]())["complaints"] == "complaints@fenland.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNPOST_RUN_BY", "<script>alert(1)</script>"),
        ("SIGNPOST_RUN_BY", "{number:childline}"),
        ("SIGNPOST_CONTACT", "x" * 121),
        ("SIGNPOST_PRIVACY_NOTICE", "javascript:alert(1)"),
        ("SIGNPOST_PRIVACY_NOTICE", "http://fenland.example"),
    ],
)
def test_what_cannot_be_shown_stops_the_start_and_is_named(name: str, value: str) -> None:
    with pytest.raises(OperatorError, match=name):
        Operator.of({**SETTINGS, name: value})
