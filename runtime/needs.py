"""Rasa extension point: a graph component between the intent classifier and the policies (`config.yml`, node `needs`).

It hands what the message's parts may mean to `signpost.understanding`; the reading becomes intent and entities.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from runtime.intents import PARTS
from runtime.metrics import metrics
from signpost import clock
from signpost.assistant import NOT_UNDERSTOOD, assistant
from signpost.faults import check
from signpost.memory import Memory
from signpost.understanding.evidence import Part, Reading
from signpost.understanding.read import read
from signpost.understanding.wordless import wordless

CONFIDENCE = "confidence"
_watching: list[Callable[[Reading], None]] = []


@contextlib.contextmanager
def watched(by: Callable[[Reading], None]) -> Iterator[None]:
    """Show every reading to `by` while the block lasts: for `make why` and the terminal, never in a server."""
    _watching.append(by)
    try:
        yield
    finally:
        _watching.remove(by)


class Needs(GraphComponent):
    """Reads each message: what is asked, by whom, and what is answered."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Needs":
        """Make the component; everything it knows is data that `signpost.assistant` loads. Raises DataError."""
        check(assistant())
        return cls()

    def process(
        self,
        messages: list[Message],
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045 - Rasa compares the annotation
    ) -> list[Message]:
        """Set `intent` and `entities` of each message; the tracker is None in `rasa test nlu`."""
        memory = Memory.from_slots({n: s.value for n, s in tracker.slots.items()}) if tracker else Memory()
        today = clock.now().date()
        for message in messages:
            parts = message.get(PARTS)
            if not parts:
                continue
            heard = tuple(Part(folded, labels) for folded, labels in parts)
            reading = read(message.get(TEXT) or "", heard, memory, assistant(), today)
            for by in _watching:
                by(reading)
            intent, entities = wordless(reading, assistant())
            message.set(INTENT, {INTENT_NAME_KEY: intent, CONFIDENCE: reading.confidence}, True)
            metrics().understood(intent, [need.name for need in reading.needs], NOT_UNDERSTOOD)
            message.set(ENTITIES, [{"entity": name, "value": value} for name, value in entities], True)
        return messages
