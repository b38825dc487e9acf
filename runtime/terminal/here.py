"""Rasa extension point: `Agent.handle_message`; the assistant in this process, one conversation at a time."""

import asyncio
import secrets
from pathlib import Path
from typing import Any

from runtime.admission import said
from runtime.loading import load, quiet_logs
from runtime.needs import watched
from runtime.output import Message
from runtime.terminal.answer import Answer
from runtime.terminal.partners import SECONDS
from runtime.turns import Turns, clean
from signpost import site
from signpost.assistant import assistant
from signpost.understanding.evidence import Reading


class Here:
    """The assistant in this process.

    Args:
        model: another model than the newest. Raises StartError where it cannot be used.
    """

    here = True

    def __init__(self, model: Path | None = None, agent: Any = None) -> None:
        quiet_logs()
        self._agent = agent or load(model)[0]
        self._runner = asyncio.Runner()
        self._failed = False
        self._turns = Turns(SECONDS, self._emergency)
        self.begin()

    def begin(self) -> None:
        """Begin a new conversation."""
        self._conversation = secrets.token_urlsafe(24)

    def answer(self, text: str) -> Answer:
        """Answer one message; a failed turn has the emergency services and a fault."""
        if assistant().switch.state().paused:
            return Answer(({"text": said("paused")},))
        self._failed, readings = False, list[Reading]()
        with watched(readings.append):
            messages = self._runner.run(self._turns.take(self._agent, self._conversation, clean(text)))
        why = tuple(f"{step.stage:<9} {step.found}" for step in readings[-1].why) if readings else ()
        return Answer(tuple(messages), why, "the turn failed" if self._failed else "")

    def close(self) -> None:
        """End what runs beside the turns."""
        self._runner.close()

    def _emergency(self) -> list[Message]:
        self._failed = True
        return site.emergency_messages(assistant())
