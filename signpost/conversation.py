"""What follows from a reading: one function an action. Reading and memory in, a reply out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signpost.assistant import Assistant
from signpost.audience import UNKNOWN
from signpost.directory.places import near
from signpost.memory import Memory
from signpost.replies import Reply, Writer, services_of
from signpost.service_answers import answer_service
from signpost.thread import REFUSED


@dataclass(frozen=True)
class Turn:
    """One message as it was understood, with what was remembered before it. `now` is an aware datetime."""

    intent: str
    entities: dict[str, list[Any]]
    memory: Memory
    now: datetime

    @classmethod
    def of(cls, intent: str, entities: list[dict[str, Any]], slots: dict[str, Any], now: datetime) -> "Turn":
        """Make a turn from the intent, entities and slots of a tracker."""
        named: dict[str, list[Any]] = {}
        for entity in entities:
            named.setdefault(entity["entity"], []).append(entity["value"])
        memory = Memory.from_slots(slots)
        said = named.get("audience")
        if said:
            memory = memory.having(audience=said[0])
        if named.get("place"):
            memory = memory.having(place=named["place"][0])
        return cls(intent, named, memory, now)

    def first(self, entity: str) -> Any:
        """Return the first value of an entity, or None."""
        return next(iter(self.entities.get(entity, [])), None)


def needs(turn: Turn, assistant: Assistant) -> Reply:
    """Answer one or two needs, the urgent one first, and a question of fact beside them."""
    wanted = [n for n in turn.entities.get("need", []) if assistant.is_need(n)] or [turn.intent]
    return _needs(turn, wanted, assistant)


def _needs(turn: Turn, wanted: list[str], assistant: Assistant) -> Reply:
    if wanted[0] not in ("danger", "suicide") and any(n in REFUSED for n in wanted):
        wanted = [next(n for n in wanted if n in REFUSED)]
    writer = Writer(assistant, turn.memory, turn.now)
    audience = turn.memory.audience or UNKNOWN
    routes = [assistant.routes.route(need, audience) for need in wanted]
    language = turn.first("language")
    if language in assistant.languages.lines:
        writer.say(assistant.languages.lines[language]["line"])
    for position, route in enumerate(routes):
        again = turn.memory.answered.get(route.need, 0) >= 2
        # the second need gets its first steps; the services below are for both
        lines = (route.now,) if again else (route.now, *(route.say if position == 0 else route.say[:1]))
        if position == 0 and route.urgency <= 10:
            writer.urgent(*lines)
        else:
            writer.say(*lines)
    question = turn.first("question")
    titles: list[str] = []
    if question and wanted[0] not in REFUSED:
        found = assistant.statistics.answer(question, turn.now.date())
        writer.answer(found.text, found.custom)
        writer.memory = writer.memory.having(question=found.slots)
        titles += found.choices
    writer.show(services_of(routes), first=3 if len(routes) == 1 else 4)
    for route in routes:
        writer.offer(route.choices[:5])
    asks = any(c.startswith("audience_") for c in writer.buttons)
    answered = dict(turn.memory.answered)
    for need in wanted:
        answered[need] = answered.get(need, 0) + 1
    writer.memory = writer.memory.having(
        needs=wanted, answered=answered, asked="audience" if asks and audience == UNKNOWN else None
    )
    return writer.finish(routes[0].next, titles[:2])


def figures(turn: Turn, assistant: Assistant) -> Reply:
    """Answer a question of fact; one that the statistics cannot read gets what they hold."""
    writer = Writer(assistant, turn.memory, turn.now)
    question = turn.first("question") or turn.memory.question
    if question is None:
        return _said("figures_unclear", turn, assistant)
    found = assistant.statistics.answer(question, turn.now.date())
    writer.answer(found.text, found.custom)
    writer.memory = writer.memory.having(question=found.slots, asked=None)
    writer.show([(service, "") for service in turn.entities.get("service", [])])
    return writer.finish("", found.choices)


def service_info(turn: Turn, assistant: Assistant) -> Reply:
    """Answer a question about a service that is named now or was named last."""
    writer = Writer(assistant, turn.memory, turn.now)
    named = [s for s in turn.entities.get("service", []) if writer.directory.get(s)]
    chosen = named or [s for s in turn.memory.shown if writer.directory.get(s)]
    if not chosen:
        return _said("service_info_missing", turn, assistant, asked="service")
    return answer_service(writer, chosen[:3], turn.first("aspect"))


def place(turn: Turn, assistant: Assistant) -> Reply:
    """Answer with the services of the place that was named, or ask for one."""
    slots = turn.first("place") or turn.memory.place
    found = assistant.places.from_slots(slots) if slots else None
    if found is None:
        return _said("near_missing", turn, assistant, asked="place")
    writer = Writer(assistant, turn.memory, turn.now)
    finder = assistant.places.finder in found.services
    route = assistant.copy("near_found" if finder else "near_elsewhere", turn.memory.audience or UNKNOWN)
    writer.say(route.now, *route.say)
    local = near(found, writer.directory)
    writer.show([(service, "") for service in local], first=4)
    writer.ask(None)
    writer.offer(route.choices)
    return writer.finish(route.next)


def say(turn: Turn, assistant: Assistant) -> Reply:
    """Answer with the copy of the intent (greeting, privacy, out of scope, ...)."""
    if turn.intent == "benign" and turn.first("doubtful"):
        return _said("benign_doubtful", turn, assistant)
    return _said(turn.intent, turn, assistant)


def carry_on(turn: Turn, assistant: Assistant) -> Reply:
    """Answer what only makes sense after something: yes, no, the second one, more, who is speaking, start again."""
    memory = turn.memory
    if turn.intent == "start_over":
        return _said(
            "start_over",
            Turn(turn.intent, {}, Memory(noticed=memory.noticed, warned=memory.warned), turn.now),
            assistant,
        )
    if turn.intent == "audience":
        return _audience(turn, assistant)
    writer = Writer(assistant, memory, turn.now)
    if turn.intent == "more" and memory.more:
        audience = memory.audience or UNKNOWN
        routes = [assistant.routes.route(need, audience) for need in memory.needs if assistant.is_need(need)]
        why = dict(services_of(routes))
        writer.show([(service, why.get(service, "")) for service in memory.more])
        writer.offer(["more_services", "find_near"])
        return writer.finish(assistant.copy("more").next)
    if turn.intent == "choose":
        return _chosen(turn, assistant)
    if turn.intent == "repeat" and memory.needs and assistant.is_need(memory.needs[0]):
        forgotten = {n: c for n, c in memory.answered.items() if n not in memory.needs}
        again = Turn(turn.intent, {}, memory.having(answered=forgotten), turn.now)
        return _needs(again, memory.needs, assistant)
    if turn.intent == "repeat" and memory.question:
        return figures(turn, assistant)
    if turn.intent == "affirm" and memory.shown:
        return answer_service(writer, memory.shown[:1], "expect")
    return _said(turn.intent, turn, assistant)


def not_understood(turn: Turn, assistant: Assistant) -> Reply:
    """Never a shrug: the three routes, 999, and what can be asked."""
    return _said("not_understood", turn, assistant)


def _audience(turn: Turn, assistant: Assistant) -> Reply:
    """The visitor said who they are: answer the last need again for them, or ask what they need."""
    last = [n for n in turn.memory.needs if assistant.is_need(n) and n != "help"]
    audience = turn.memory.audience or UNKNOWN
    if last:
        forgotten = {n: c for n, c in turn.memory.answered.items() if n not in last}
        return _needs(Turn(turn.intent, {}, turn.memory.having(answered=forgotten), turn.now), last, assistant)
    key = "audience_about_child" if turn.first("about_child") and audience == "adult" else f"audience_{audience}"
    return _said(key if key in assistant.routes else "audience_unknown", turn, assistant)


def _chosen(turn: Turn, assistant: Assistant) -> Reply:
    """The first, second, third or last of what was shown."""
    writer = Writer(assistant, turn.memory, turn.now)
    ordinal = turn.first("ordinal")
    shown = [s for s in turn.memory.shown if writer.directory.get(s)]
    if not shown:
        return _said("choose", turn, assistant)
    index = int(ordinal) if ordinal is not None else 0
    chosen = shown[index] if -len(shown) <= index < len(shown) else shown[-1]
    return answer_service(writer, [chosen], "expect")


def _said(key: str, turn: Turn, assistant: Assistant, asked: str | None = None) -> Reply:
    writer = Writer(assistant, turn.memory, turn.now)
    route = assistant.routes.route(key, turn.memory.audience or UNKNOWN)
    writer.say(route.now, *route.say)
    writer.show([(service.id, service.why) for service in route.services])
    writer.offer(route.choices)
    offers_audience = any(choice.startswith("audience_") for choice in route.choices)
    writer.ask(asked or ("audience" if offers_audience else None))
    return writer.finish(route.next)
