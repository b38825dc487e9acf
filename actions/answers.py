"""The actions that the rules name: each hands the turn to one function of `signpost.conversation`."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from signpost import clock, conversation
from signpost.answering.turn import Turn
from signpost.assistant import Assistant, assistant
from signpost.replies import Reply


class _Answer:
    """One utter for each message of the reply; the slots that changed."""

    @staticmethod
    def answer(turn: Turn, assistant: Assistant) -> Reply:
        """Return the reply; each action names its function."""
        return conversation.not_understood(turn, assistant)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        """Run the action; returns SlotSet events."""
        message, slots = tracker.latest_message, tracker.current_slot_values()
        intent = (message.get("intent") or {}).get("name") or ""
        turn = Turn.of(intent, message.get("entities") or [], slots, clock.now())
        reply = self.answer(turn, assistant())
        for part in reply.messages:
            dispatcher.utter_message(
                text=part.get("text"), buttons=part.get("buttons"), json_message=part.get("custom")
            )
        return [SlotSet(name, value) for name, value in reply.memory.to_slots().items() if slots.get(name) != value]


class ActionNeed(_Answer, Action):
    """Answers a need with its route."""

    answer = staticmethod(conversation.needs)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_need"


class ActionFigures(_Answer, Action):
    """Answers a question of fact."""

    answer = staticmethod(conversation.figures)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_figures"


class ActionAnswer(_Answer, Action):
    """Answers a second question."""

    answer = staticmethod(conversation.second)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_answer"


class ActionServiceInfo(_Answer, Action):
    """Answers a question about a service."""

    answer = staticmethod(conversation.service_info)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_service_info"


class ActionNear(_Answer, Action):
    """Answers with local services."""

    answer = staticmethod(conversation.place)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_near"


class ActionSay(_Answer, Action):
    """Answers with fixed copy."""

    answer = staticmethod(conversation.say)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_say"


class ActionContinue(_Answer, Action):
    """Answers what follows on from the last reply."""

    answer = staticmethod(conversation.carry_on)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_continue"


class ActionNotUnderstood(_Answer, Action):
    """Answers what was not understood."""

    answer = staticmethod(conversation.not_understood)

    def name(self) -> str:
        """Return the action's name in `domain.yml`."""
        return "action_not_understood"
