"""Actions that raise with the visitor's words in the error, that never end, or that say nothing."""

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import answers


class FaultyNeed(answers.ActionNeed):
    """Raises, as the worst of programs would: with the words in the message and in the frame's variables."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        """Raise for who cannot cope, whatever the conversation is about."""
        words = tracker.latest_message.get("text") or ""
        if "cannot cope" in words:
            raise RuntimeError(f"cannot answer {words!r} in {tracker.sender_id}")
        return await super().run(dispatcher, tracker, domain)


class FaultySay(answers.ActionSay):
    """Never ends for thanks, says nothing for a goodbye."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        """Wait without end, or return without a word."""
        intent = (tracker.latest_message.get("intent") or {}).get("name")
        if intent == "thanks":
            await asyncio.sleep(3600)
        if intent == "goodbye":
            return []
        return await super().run(dispatcher, tracker, domain)
