"""What a visitor says and what a reply is about: the sentences of `said.yml` and of the held-out sets, and `Reply`."""

import asyncio
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rasa.core.channels
import yaml

from runtime.needs import watched
from runtime.output import TurnOutput
from signpost.assistant import assistant
from signpost.understanding.evidence import Reading, Step
from tests.conftest import words

HERE = Path(__file__).parent
SAID: dict[str, Any] = yaml.safe_load((HERE / "said.yml").read_text())
FLOORS: dict[str, float] = yaml.safe_load((HERE / "floors.yml").read_text())
SOFTENERS: list[str] = SAID["softeners"]
TABLE = assistant().table
CHILDLINE, EMERGENCY = "0800 1111", "999"
_CONTACT = re.compile(r"https?://\S+[\w/]|(?<![\d#])\d[\d ]{1,14}\d(?!\d)")


@dataclass(frozen=True)
class Reply:
    """The messages of one turn."""

    messages: list[dict[str, Any]]

    @property
    def about(self) -> dict[str, Any]:
        """Return what the reply says to be about."""
        found: dict[str, Any] = self.messages[0]["custom"]["about"]
        return found

    @property
    def needs(self) -> list[str]:
        """Return the needs that are answered, the lead first."""
        return list(self.about["needs"])

    @property
    def families(self) -> set[str]:
        """Return the families of the needs that are answered; none for talk."""
        return set(self.about["families"])

    @property
    def accuses(self) -> bool:
        """Whether it takes the writer for one who hurts, or refuses."""
        return bool(self.families & {"own", "refused"}) or self.about["refused"]

    @property
    def said(self) -> str:
        """Return all that a visitor could read, buttons and cards with it."""
        return words(self.messages)

    @property
    def prose(self) -> str:
        """Return what is said, without buttons and cards."""
        return "\n".join(m["text"] for m in self.messages if m.get("text")).replace("\u00a0", " ")

    @property
    def opening(self) -> str:
        """Return the first line."""
        return str(self.messages[0]["text"]).split("\n")[0].replace("\u00a0", " ")

    @property
    def contacts(self) -> set[str]:
        """Return the numbers and addresses that it names."""
        return set(_CONTACT.findall(self.prose))

    @property
    def way(self) -> set[str]:
        """Return the contacts of its first line: what to do now."""
        return set(_CONTACT.findall(self.opening))

    @property
    def figures(self) -> bool:
        """Whether it answers a question of fact."""
        return any(not {"note", "finding"}.isdisjoint(m.get("custom") or {}) for m in self.messages)


class Listening:
    """The agent, and a new conversation each time."""

    def __init__(self, agent: Any) -> None:
        self._agent, self._loop, self._count = agent, asyncio.new_event_loop(), 0
        self.to = cache(self._to)

    def _to(self, *texts: str) -> Reply:
        """Return the reply to the last of some messages of one conversation."""
        return self.each(*texts)[-1]

    def each(self, *texts: str) -> list[Reply]:
        """Return the reply to every message of one conversation."""
        self._count += 1
        return [self._turn(text, f"never-{id(self)}-{self._count}") for text in texts]

    def _turn(self, text: str, conversation: str) -> Reply:
        output = TurnOutput()
        message = rasa.core.channels.UserMessage(text, output, conversation, input_channel="web")
        self._loop.run_until_complete(self._agent.handle_message(message))
        assert output.messages, f"no answer to {text!r}"
        return Reply(output.messages)

    def why(self, text: str) -> tuple[Step, ...]:
        """Return what each stage found in a first message."""
        found: list[Reading] = []
        with watched(found.append):
            self.each(text)
        return found[-1].why

    def close(self) -> None:
        """End the loop that the agent ran in."""
        self._loop.close()


@cache
def held_out(*names: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the messages of held-out files, each with the needs that it may be understood as."""
    found = []
    for name in names:
        table = yaml.safe_load((HERE.parent / "heldout" / f"{name}.yml").read_text())
        for row in table["messages"]:
            text, also = (row["text"], row.get("also", [])) if isinstance(row, dict) else (row, [])
            found.append((text, frozenset({table["need"], *also})))
    return tuple(found)


def plainly(*names: str) -> list[str]:
    """Return the held-out messages that mean their need and nothing else."""
    return [text for text, needs in held_out(*names) if len(needs) == 1]


def softened(text: str, softener: str) -> str:
    """Put a softener before or behind a message; `...` stands for the message."""
    return softener.replace("...", text)


def holds(name: str, wrong: list[str], of: int) -> None:
    """Fail where fewer sentences than the floor are right, and name the wrong ones."""
    assert of >= 20, "a share of so few says nothing"
    right = 1 - len(wrong) / of
    floor = FLOORS.get(name, 1.0)
    assert right >= floor, f"{name}: {right:.3f} of {of} is below {floor}:\n" + "\n".join(wrong[:40])
