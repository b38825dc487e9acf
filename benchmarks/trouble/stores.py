"""A tracker store that fails to order: `fails` in `endpoints.yml` names a file that says when ("read", "save")."""

from pathlib import Path
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class FailingTrackerStore(InMemoryTrackerStore):  # type: ignore[misc]
    """Rasa's in-memory store, until its file says otherwise. The error's message holds the conversation."""

    def __init__(self, domain: Domain, event_broker: Any = None, fails: str = "", **kwargs: Any) -> None:
        self.fails = Path(fails)
        super().__init__(domain, event_broker, **{k: v for k, v in kwargs.items() if k != "host"})

    def _check(self, what: str, about: object) -> None:
        if what in self.fails.read_text():
            raise ConnectionError(f"no {what} of {about}")

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save, or raise with all that was said in the message."""
        self._check("save", [event.as_dict() for event in tracker.events])
        await super().save(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Load, or raise."""
        self._check("read", sender_id)
        return await super().retrieve(sender_id)
