"""Rasa extension point: a graph component between the intent classifier and the policies (`config.yml`, node `needs`).

It hands the readings of the message's parts to `signpost.understanding`; the answer becomes intent and entities.
"""

from datetime import datetime
from typing import Any, Optional
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from runtime.intents import PARTS
from runtime.metrics import metrics
from signpost.assistant import assistant
from signpost.memory import Memory
from signpost.understanding import NOT_UNDERSTOOD, read


class Needs(GraphComponent):
    """Puts the danger gate, the questions of fact and the audience beside the classifier's intents."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Needs":
        """Make the component; everything it knows is data that `signpost.assistant` loads."""
        assistant()
        return cls()

    def process(
        self,
        messages: list[Message],
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045 - Rasa compares the annotation
    ) -> list[Message]:
        """Set `intent` and `entities` of each message; the tracker is None in `rasa test nlu`."""
        memory = Memory.from_slots({n: s.value for n, s in tracker.slots.items()}) if tracker else Memory()
        today = datetime.now(ZoneInfo("Europe/London")).date()
        for message in messages:
            parts = message.get(PARTS)
            if not parts:
                continue
            reading = read(message.get(TEXT) or "", parts, memory, assistant(), today)
            message.set(INTENT, {INTENT_NAME_KEY: reading.intent, "confidence": reading.confidence}, True)
            metrics().understood(reading.intent, [v for n, v in reading.entities if n == "need"], NOT_UNDERSTOOD)
            entities = [{"entity": name, "value": value} for name, value in reading.entities]
            message.set(ENTITIES, entities, True)
        return messages
