"""The assistant under evaluation: the agent as it is served, in this process."""

import asyncio
import secrets
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.evaluation.judging import Heard
from runtime.loading import load, quiet_logs
from runtime.needs import watched
from runtime.turns import clean
from signpost.assistant import assistant
from signpost.understanding.evidence import About, Question, Reading, Second
from signpost.understanding.needs import Needs
from signpost.understanding.speaker import CHILD, UNKNOWN
from signpost.understanding.wordless import wordless


@dataclass(frozen=True)
class Understood:
    """What one message was taken for.

    Attributes:
        intent: the name of what is answered first.
        answered: the names of everything that is answered.
        needs: the needs that are answered, the lead first.
        speaker: for whom the lead is answered; without a need, who the words say is speaking.
        talk: what is answered where there is no need.
        question: whether a question of fact is answered.
        about: whether a question about a service, or a second question, is answered.
        urgent: the kinds of danger that the gate found: police, ambulance, suicide.
        young: whether the words say that somebody under 18 is speaking.
    """

    intent: str
    answered: frozenset[str]
    needs: tuple[str, ...]
    speaker: str
    talk: str
    question: bool
    about: bool
    urgent: frozenset[str]
    young: bool

    @property
    def child(self) -> bool:
        """Whether a child is answered, or the words say that one is speaking."""
        return self.young or self.speaker == CHILD

    @property
    def heard(self) -> Heard:
        """Return what is judged."""
        return Heard(self.needs, self.talk, self.question, self.about, self.young)


class Evaluated:
    """Reads messages and holds conversations; a message is read once.

    Args:
        agent: the agent, if there is one already; else it is loaded, and trained first if the data has changed.

    Raises runtime's StartError.
    """

    def __init__(self, agent: Any = None) -> None:
        self._agent = agent or _loaded()
        self._loop = asyncio.new_event_loop()
        self._known: dict[str, Understood] = {}

    def close(self) -> None:
        """End the loop."""
        self._loop.close()

    def read(self, text: str) -> Reading:
        """Return the reading of one message that nothing went before."""
        found: list[Reading] = []
        with watched(found.append):
            self._loop.run_until_complete(self._agent.parse_message(clean(text)))
        return found[-1]

    def understand(self, text: str) -> Understood:
        """Read one message that nothing went before, and tell what it was taken for."""
        if text not in self._known:
            self._known[text] = understood(self.read(text))
        return self._known[text]

    def hear(self, text: str) -> Heard:
        """Read one message and return what is judged."""
        return self.understand(text).heard

    def converse(self, turns: Sequence[str]) -> list[dict[str, Any]]:
        """Say the turns in a new conversation; returns the messages of the last reply."""
        return self.replies(turns)[-1]

    def replies(self, turns: Sequence[str]) -> list[list[dict[str, Any]]]:
        """Say the turns in a new conversation; returns the messages of each reply."""
        return self._loop.run_until_complete(self._converse(turns))

    async def _converse(self, turns: Sequence[str]) -> list[list[dict[str, Any]]]:
        from rasa.core.channels.channel import UserMessage

        from runtime.output import TurnOutput

        conversation, replies = secrets.token_urlsafe(24), []
        for turn in turns:
            output = TurnOutput()
            await self._agent.handle_message(UserMessage(clean(turn), output, conversation, input_channel="web"))
            replies.append(output.messages)
        return replies

    @property
    def table(self) -> Needs:
        """Return the table of needs and of harm."""
        return assistant().table


def understood(reading: Reading) -> Understood:
    """Return what a reading answers, by name."""
    names = [wordless(Reading((ask,)), assistant())[0] for ask in reading.asks]
    question = any(isinstance(ask, Question) for ask in reading.asks)
    evidence = reading.evidence
    said = evidence.speaker.who if evidence else UNKNOWN
    return Understood(
        intent=names[0],
        answered=frozenset(names) | ({assistant().table.roles["figures"]} if question else frozenset()),
        needs=tuple(need.name for need in reading.needs),
        speaker=reading.needs[0].speaker if reading.needs else said,
        talk="" if reading.needs else names[0],
        question=question,
        about=any(isinstance(ask, About | Second) for ask in reading.asks),
        urgent=evidence.danger if evidence else frozenset(),
        young=evidence.speaker.young if evidence else False,
    )


def _loaded() -> Any:
    quiet_logs()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load()[0]
