"""One fault: how it is made, what the visitor saw, and what was lost."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks import BenchmarkError
from benchmarks.trouble.program import FAULTY, MEMORY, Program, endpoints

QUESTION, FOLLOWING, FIRST, SECOND = "how many in cambridgeshire in 2014", "and two years later?", "81", "192"
NOTHING = "nothing"
ANSWER = "the answer"
EMERGENCY = "the emergency services"
CARRIED = "no answer; the page shows the emergency services that it carries itself, and a retry"


@dataclass(frozen=True)
class Outcome:
    """What the visitor saw, and what was lost."""

    seen: str
    lost: str = NOTHING


@dataclass(frozen=True)
class Fault:
    """A fault by name. `make` gets an empty folder; it raises BenchmarkError when a promise is broken."""

    name: str
    make: Callable[[Path], Outcome]


FAULTS: list[Fault] = []


def fault(name: str) -> Callable[[Callable[[Path], Outcome]], Callable[[Path], Outcome]]:
    """Enter a function in the table."""

    def enter(make: Callable[[Path], Outcome]) -> Callable[[Path], Outcome]:
        FAULTS.append(Fault(name, make))
        return make

    return enter


def check(holds: bool, promise: str) -> None:
    """Raise BenchmarkError with the promise when it does not hold."""
    if not holds:
        raise BenchmarkError(f"broken: {promise}")


def faulty(folder: Path, store: str = MEMORY, more: str = "", actions: str = FAULTY, **settings: Any) -> Program:
    """Return a program that is starting, with actions that go wrong to order and two seconds for a turn."""
    folder.mkdir(parents=True, exist_ok=True)
    file = endpoints(folder / "endpoints.yml", store, actions, more)
    return Program(folder / "server", **{"SIGNPOST_TURN_SECONDS": "2", "SIGNPOST_ENDPOINTS": file, **settings})


def seen(reply: httpx.Response) -> str:
    """Return what a reply shows, in words."""
    if reply.status_code != 200:
        return f"{reply.status_code}: {reply.json()['error']['message']}"
    messages = reply.json()
    check(any(message.get("text") for message in messages), "no reply is empty")
    shown = [s["id"] for m in messages for s in (m.get("custom") or {}).get("services", [])]
    return EMERGENCY if shown[:2] == ["emergency-999", "childline"] else ANSWER


def ask(program: Program) -> str:
    """Begin a conversation whose next answer needs its memory; returns its id."""
    conversation = program.begin()
    check(FIRST in program.say(conversation, QUESTION).text, "a question of fact is answered")
    return conversation


def remembers(program: Program, conversation: str) -> bool:
    """Whether the conversation still knows what it was about."""
    reply = program.say(conversation, FOLLOWING)
    return reply.status_code == 200 and SECOND in reply.text


def as_the_page_does(program: Program, conversation: str, text: str) -> tuple[str, httpx.Response]:
    """Say something, in a new conversation when the old one is not known any more; returns id and reply."""
    key = secrets.token_hex(8)
    reply = program.say(conversation, text, id=key)
    if reply.status_code == 404:
        conversation = program.begin()
        reply = program.say(conversation, text, id=key)
    return conversation, reply
