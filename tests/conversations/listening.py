"""What is said in a conversation through the trained model, and what the reply to each message holds."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.understanding.never.listening import Listening, Reply

HERE = Path(__file__).parent
SAID: dict[str, Any] = yaml.safe_load((HERE / "acts.yml").read_text())
TOLD: dict[str, str] = SAID["told"]
ACTS: dict[str, list[str]] = SAID["acts"]
TAKEN = 4  # of the tellings behind each act one in so many, others for each act
_NUMBER = re.compile(r"(?<![\d/])\d[\d ]{1,14}\d(?!\d)")


@pytest.fixture(scope="session")
def listening(agent: Any) -> Iterator[Listening]:
    """Says things to the agent as it is served, each time in a new conversation."""
    found = Listening(agent)
    yield found
    found.close()


@cache
def threads() -> list[tuple[str, str, str]]:
    """Return (who told, act, wording): every act behind some kinds of telling, the wordings taken in turn."""
    everything = list(enumerate(itertools.product(ACTS, TOLD)))
    return [(who, act, ACTS[act][turn % len(ACTS[act])]) for turn, (act, who) in everything if turn % TAKEN == 0]


@cache
def heard(listening: Listening, *texts: str) -> list[Reply]:
    """Return the replies to the messages of one conversation, which is held once."""
    return listening.each(*texts)


def numbers(reply: Reply) -> list[str]:
    """Return the phone numbers of a reply's prose, in their order."""
    return [number.strip() for number in _NUMBER.findall(reply.prose)]


def cards(reply: Reply) -> list[str]:
    """Return the ids of the services that a reply shows as cards."""
    return [card["id"] for m in reply.messages for card in (m.get("custom") or {}).get("services", [])]


def buttons(reply: Reply) -> list[str]:
    """Return the titles of what a reply offers."""
    return [button["title"] for m in reply.messages for button in m.get("buttons", [])]


def act(listening: Listening, *texts: str) -> str | None:
    """Return the act that the last of some messages was taken for."""
    from runtime.needs import watched
    from signpost.understanding.evidence import Reading

    found: list[Reading] = []
    with watched(found.append):
        listening.each(*texts)
    evidence = found[-1].evidence
    return evidence.act.name if evidence is not None and evidence.act is not None else None
