"""Rasa extension point: none; what the channel asks before a turn: is there room, and is this client within its limits.

Who is not let in hears when to come again and that 999 is there; someone in danger is answered all the same.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from runtime.errors import Fault
from runtime.limits import Limits
from runtime.load_shedding import Load
from runtime.loading import learned_words
from runtime.metrics import Metrics
from runtime.output import Message
from runtime.settings import Settings
from runtime.training import newest_model
from signpost.assistant import assistant
from signpost.urgent import Urgent

LONDON = ZoneInfo("Europe/London")
FEEDBACK_PER_MINUTE = 20
IN_DANGER = "If anyone is in danger now, call {number:emergency-999}."


class Admission:
    """Limits, load and the danger gate of one process."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.settings, self.metrics = settings, metrics
        self.load = Load(settings.turns_at_once, settings.wait_seconds)
        lifted = not settings.messages_per_minute
        allowed = {
            "messages": settings.messages_per_minute,
            "conversations": 0 if lifted else settings.conversations_per_minute,
            "feedback": 0 if lifted else FEEDBACK_PER_MINUTE,
            "everybody": settings.all_messages_per_minute,
        }
        self.limits = Limits(allowed, settings.redis_url, settings.forwarded_secret)
        self.urgent = Urgent(assistant(), learned_words(newest_model()))
        metrics.under_way.set_function(lambda: self.load.under_way)

    async def refusal(self, text: str, client: str) -> Fault | None:
        """Return why a message is not read as usual, or None. Counts it against the limits."""
        if self.load.stopping:
            return self.later(503, "stopping", "The assistant is being restarted. Please send it again.", 1)
        wait = await self.limits.wait("messages", client)
        if wait:
            return self.too_many(wait)
        if await self.limits.wait("everybody"):
            return self.busy()
        if len(text) > self.settings.text_limit:
            return Fault(422, "long_text", said("too_long"))
        if self.load.full:
            return self.busy()
        return None

    async def beginning(self, client: str) -> Fault | None:
        """Return why a conversation that waits may not begin yet, or None. Counts it against the limits."""
        wait = await self.limits.wait("conversations", client)
        return self.too_many(wait) if wait else None

    def first(self, text: str) -> bool:
        """Whether a message goes before those that wait: the one of someone in danger."""
        return self.load.crowded and bool(self.urgent.parts(text))

    def instead(self, refusal: Fault, text: str) -> list[Message]:
        """Return the answer to someone in danger; raises the refusal for everybody else."""
        messages = self.urgent.answer(text, datetime.now(LONDON))
        if messages is None:
            self.metrics.refused(refusal.code)
            raise refusal
        self.metrics.urgent()
        return messages

    def too_many(self, wait: int) -> Fault:
        """Return the fault of a client over its limit."""
        return self.later(429, "too_many", f"Too many at once. Please wait {wait} seconds.", wait)

    def busy(self) -> Fault:
        """Return the fault of a process that has enough to do."""
        wait = self.load.later()
        return self.later(503, "busy", f"Very many people are here now. Please try again in {wait} seconds.", wait)

    @staticmethod
    def later(status: int, code: str, message: str, wait: int) -> Fault:
        """Return a fault that says when to come again, and that 999 is there."""
        text = f"{message} {assistant().services().fill(IN_DANGER)}".strip()
        return Fault(status, code, text, {"Retry-After": str(wait)})


def said(intent: str) -> str:
    """Return the copy of an intent as one line: its first sentence and its last."""
    route = assistant().copy(intent)
    services: Any = assistant().services()
    return " ".join(line for line in (services.fill(route.now), services.fill(route.next)) if line)
