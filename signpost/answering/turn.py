"""One message as it was understood, with what the conversation is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signpost.answering.answers import Answer
from signpost.assistant import Assistant
from signpost.directory.routes import Route
from signpost.memory import Memory
from signpost.understanding.evidence import NO_SUBJECT, Need
from signpost.understanding.speaker import UNKNOWN, audience_of


@dataclass(frozen=True)
class Turn:
    """One message as it was understood, with what is remembered. `now` is aware; `was` is the audience until now."""

    intent: str
    entities: dict[str, list[Any]]
    memory: Memory
    now: datetime
    was: str | None = None

    @classmethod
    def of(cls, intent: str, entities: list[dict[str, Any]], slots: dict[str, Any], now: datetime) -> "Turn":
        """Make a turn from the intent, entities and slots of a tracker."""
        named: dict[str, list[Any]] = {}
        for entity in entities:
            named.setdefault(entity["entity"], []).append(entity["value"])
        memory = Memory.from_slots(slots)
        was = memory.audience
        speaker = next(iter(named.get("speaker", [])), UNKNOWN)
        if speaker != UNKNOWN:
            memory = memory.having(speaker=speaker, audience=audience_of(speaker))
        if named.get("audience"):
            said = named["audience"][0]
            kept = memory.speaker if memory.speaker and audience_of(memory.speaker) == said else said
            memory = memory.having(audience=said, speaker=kept)
        if named.get("place"):
            memory = memory.having(place=named["place"][0])
        return cls(intent, named, memory, now, was)

    def first(self, entity: str) -> Any:
        """Return the first value of an entity, or None."""
        return next(iter(self.entities.get(entity, [])), None)

    def needs(self) -> list[Need]:
        """Return the needs that are answered, the lead first."""
        names = self.entities.get("need", [])
        speakers, subjects = self.entities.get("speaker", []), self.entities.get("subject", [])
        return [
            Need(
                name,
                speakers[place] if place < len(speakers) else UNKNOWN,
                subjects[place] if place < len(subjects) else NO_SUBJECT,
            )
            for place, name in enumerate(names)
        ]


def thread(turn: Turn, assistant: Assistant) -> list[Need]:
    """Return the needs that the conversation is about."""
    memory = turn.memory
    return [
        Need(name, memory.speaker or UNKNOWN, (memory.subject or NO_SUBJECT) if not place else NO_SUBJECT)
        for place, name in enumerate(memory.needs)
        if assistant.is_need(name)
    ]


def route_of(need: Need, audience: str, assistant: Assistant) -> Route:
    """Return the route; words for a child are for nobody else, whoever the speaker was taken for."""
    spoken_to = audience_of(need.speaker)
    return assistant.route(need.name, need.speaker, need.subject, spoken_to if spoken_to != UNKNOWN else audience)


def answer_to(turn: Turn, assistant: Assistant) -> Answer | None:
    """Return the answer for what the conversation is about, or else for what it was about before."""
    asks, speaker = turn.first("ask") or {}, turn.memory.speaker or UNKNOWN
    asks = {asks: 1.0} if isinstance(asks, str) else asks
    nation = assistant.places.nation(turn.memory.place)
    told = thread(turn, assistant)
    route = route_of(told[0], turn.memory.audience or UNKNOWN, assistant) if told else None
    own = {service.id for service in route.services} if route else assistant.routed
    found = assistant.answers.choose(asks, speaker, turn.memory.needs, nation, assistant.routed - own)
    return found or assistant.answers.choose(asks, speaker, turn.memory.answered, nation, assistant.routed - own)
