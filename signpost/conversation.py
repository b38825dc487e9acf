"""What follows from a reading: one function an action. Reading and memory in, a reply out."""

from signpost.answering.acts import acted, reply
from signpost.answering.turn import Turn, answer_to, route_of, thread
from signpost.assistant import URGENT, Assistant
from signpost.directory.places import near
from signpost.directory.routes import Route
from signpost.languages import OTHER
from signpost.memory import Memory
from signpost.replies import Reply, Writer, services_of
from signpost.service_answers import answer_service
from signpost.understanding.evidence import Need
from signpost.understanding.speaker import CHILD, UNKNOWN
from signpost.understanding.whom import ME

EMERGENCY = "999"
HEARD = "heard"  # the act of who says again who they are
UNANSWERED = "unanswered"  # the act of who asks what has no reviewed answer
CARDS = 2  # services of a first reply
MORE = 3  # services behind "More help"


def needs(turn: Turn, assistant: Assistant) -> Reply:
    """Answer one or two needs, the urgent one first, and what else was asked beside them."""
    wanted = [need for need in turn.needs() if assistant.is_need(need.name)]
    if _only_asks(turn, wanted, assistant):
        return second(turn, assistant)
    return _needs(turn, wanted or [Need(turn.intent, turn.memory.speaker or UNKNOWN)], assistant)


def _only_asks(turn: Turn, wanted: list[Need], assistant: Assistant) -> bool:
    """Whether a message asks a second question, with an answer, and tells nothing but what the conversation knows."""
    known = {*turn.memory.needs, assistant.table.roles["doubts"]}
    if not turn.memory.needs or not wanted or any(n.name not in known or assistant.urgent(n.name) for n in wanted):
        return False
    return answer_to(turn, assistant) is not None


def _needs(turn: Turn, wanted: list[Need], assistant: Assistant) -> Reply:
    writer = Writer(assistant, turn.memory, turn.now)
    audience = turn.memory.audience or UNKNOWN
    routes = [route_of(need, audience, assistant) for need in wanted]
    _foreign(writer, turn, assistant)
    writer.loud = assistant.urgent(wanted[0].name)
    for position, (need, route) in enumerate(zip(wanted, routes, strict=True)):
        lines = _steps(writer, route, turn.memory.answered.get(need.name, 0))
        if position and route.now in routes[0].lines:
            continue  # the step is the same: it is said once
        lines = lines if position == 0 else lines[:1]
        (writer.urgent if position == 0 and writer.loud else writer.say)(*lines)
    titles = _beside(writer, turn, assistant)
    writer.show(services_of(routes), first=CARDS, again=not turn.memory.answered.get(wanted[0].name))
    if writer.numberless:
        writer.way(" ".join(route.now for route in routes), audience)
    writer.offer(assistant.tap(name, audience) for name in turn.entities.get("tap", []))
    writer.offer(routes[0].choices)
    if not any(EMERGENCY in line for line in writer.told()):
        writer.quiet(audience)
    asks = any(c.startswith("audience_") for c in writer.buttons)
    answered = dict(turn.memory.answered)
    for need in wanted:
        answered[need.name] = answered.get(need.name, 0) + 1
    writer.memory = writer.memory.having(
        needs=[need.name for need in wanted],
        subject=wanted[0].subject,
        answered=answered,
        asked="audience" if asks and audience == UNKNOWN else None,
    )
    writer.about(wanted)
    return writer.finish("", titles[:2])


def _steps(writer: Writer, route: Route, answered: int) -> list[str]:
    """Return the lines of a route; when it was said before, it opens otherwise and is shorter."""
    first = f"{route.now} {route.hear}" if route.urgency <= URGENT else f"{route.hear} {route.now}"
    turned = (answered - 1) % len(route.say) if route.say else 0
    others = [*route.say[turned:], *route.say[:turned]]
    if route.urgency <= URGENT and answered:  # what to do now stays the first line, in other words behind it
        return [writer.fresh(route.now, first.strip()), *others[:1]]
    opening = writer.fresh(*(others if answered and others else [first.strip(), *others]))
    return [opening, route.safe] if opening == first.strip() else [opening, route.now]


def _foreign(writer: Writer, turn: Turn, assistant: Assistant) -> None:
    """Say the line of another language first, with the one for own behaviour where that was told."""
    line = assistant.languages.lines.get(turn.first("language") or "")
    if line:
        own = assistant.table.of_role("own") in {assistant.table.family(need.name) for need in turn.needs()}
        writer.say(line["line"], line.get("own_line", "") if own else "")
        if turn.first("language") != OTHER:
            writer.messages[-1] = {**writer.messages[-1], "custom": {"lang": turn.first("language")}}


def _beside(writer: Writer, turn: Turn, assistant: Assistant) -> list[str]:
    """Answer a question of fact, about a service, or a place beside a need; returns titles to offer."""
    titles: list[str] = []
    question = turn.first("question")
    if question:
        found = assistant.statistics.answer(question, turn.now.date())
        writer.answer(found.text, found.custom)
        writer.memory = writer.memory.having(question=found.slots)
        titles += found.choices
    aspect = turn.first("aspect")
    if not _second(writer, turn, assistant) and aspect:
        named = [s for s in turn.entities.get("service", []) if writer.directory.get(s)] or turn.memory.shown[:1]
        writer.tell(named, aspect)
    slots = turn.first("place")
    place = assistant.places.from_slots(slots) if slots else None
    if place is not None:
        writer.show([(service, "") for service in near(place, writer.directory)], first=CARDS)
    return titles


def figures(turn: Turn, assistant: Assistant) -> Reply:
    """Answer a question of fact; one that the statistics cannot read gets what they hold."""
    writer = Writer(assistant, turn.memory, turn.now)
    question = turn.first("question")
    if question is None:
        return _said("figures_unclear", turn, assistant)
    found = assistant.statistics.answer(question, turn.now.date())
    writer.answer(found.text, found.custom)
    writer.memory = writer.memory.having(question=found.slots, asked=None)
    services = [s for s in turn.entities.get("service", []) if writer.directory.get(s)]
    if turn.first("aspect") and services:
        writer.tell(services, turn.first("aspect"))
    slots = turn.first("place")
    place = assistant.places.from_slots(slots) if slots and not services else None
    if place is not None:
        services += near(place, writer.directory)
    writer.show([(service, "") for service in services], first=CARDS)
    writer.quiet(turn.memory.audience or UNKNOWN)
    writer.about([])
    return writer.finish("", found.choices)


def second(turn: Turn, assistant: Assistant) -> Reply:
    """Answer a second question: the answer first, then one step; no cards are repeated."""
    writer = Writer(assistant, turn.memory, turn.now)
    if not _second(writer, turn, assistant):
        known = turn.memory.needs or turn.memory.shown
        return reply(UNANSWERED, turn, assistant) if known else service_info(turn, assistant)
    writer.quiet(turn.memory.audience or UNKNOWN)
    writer.ask(None)
    writer.about([])
    writer.offer(["what_happens_when_i_call", "cannot_speak", "talk_to_person", "more_services"])
    return writer.finish("")


def _second(writer: Writer, turn: Turn, assistant: Assistant) -> bool:
    """Say the reviewed answer to a second question, if there is one for this speaker."""
    found = answer_to(turn, assistant)
    if found is None:
        return False
    writer.say(found.answer, found.step)
    shown = [service for service in found.about if writer.directory.get(service)]
    if shown and not turn.memory.shown:
        writer.show([(shown[0], "")], first=1)
    return True


def service_info(turn: Turn, assistant: Assistant) -> Reply:
    """Answer a question about a service that is named now or was named last."""
    if act := acted(turn, assistant):
        return reply(act, turn, assistant)
    writer = Writer(assistant, turn.memory, turn.now)
    named = [s for s in turn.entities.get("service", []) if writer.directory.get(s)]
    chosen = named or [s for s in turn.memory.shown if writer.directory.get(s)]
    if not chosen:
        return _said("service_info_missing", turn, assistant, asked="service")
    writer.about([])
    return answer_service(writer, chosen[:CARDS], turn.first("aspect"))


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
    writer.about([])
    return writer.finish(route.next)


def say(turn: Turn, assistant: Assistant) -> Reply:
    """Answer an act, or with the copy of the intent (greeting, privacy, out of scope, ...)."""
    if act := acted(turn, assistant):
        return reply(act, turn, assistant)
    return _said(turn.intent, turn, assistant)


def carry_on(turn: Turn, assistant: Assistant) -> Reply:
    """Answer what only makes sense after something: yes, no, the second one, more, who is speaking, start again."""
    memory, does = turn.memory, assistant.table.roles
    if turn.intent == does["start_over"]:
        fresh = Memory(noticed=memory.noticed, warned=memory.warned)
        return _said(turn.intent, Turn(turn.intent, {}, fresh, turn.now), assistant)
    if turn.intent == does["speaker"]:
        return _audience(turn, assistant)
    if turn.intent == does["more"] and memory.needs:
        return _more(turn, assistant)
    if turn.intent == does["choose"]:
        return _listed(turn, assistant)
    if act := acted(turn, assistant):
        return reply(act, turn, assistant)
    if turn.intent == does["repeat"] and memory.question:
        return figures(Turn(turn.intent, {"question": [memory.question]}, memory, turn.now), assistant)
    return _said(turn.intent, turn, assistant)


def _more(turn: Turn, assistant: Assistant) -> Reply:
    """Unfold what the last reply left out."""
    writer, memory = Writer(assistant, turn.memory, turn.now), turn.memory
    routes = [route_of(need, memory.audience or UNKNOWN, assistant) for need in thread(turn, assistant)]
    if routes:
        writer.say(*routes[0].say)
    why = dict(services_of(routes))
    writer.show([(service, why.get(service, "")) for service in memory.more], first=MORE)
    writer.offer(["more_services", "find_near"])
    writer.about(thread(turn, assistant))
    return writer.finish(assistant.copy("more").next)


def not_understood(turn: Turn, assistant: Assistant) -> Reply:
    """Never a shrug: the routes, 999, and what can be asked; in a conversation, the way to help."""
    if act := acted(turn, assistant):
        return reply(act, turn, assistant)
    own = assistant.table.roles["own"] in turn.entities.get("tap", []) and turn.memory.audience != CHILD
    return _said("not_understood_own" if own else "not_understood", turn, assistant)


def _audience(turn: Turn, assistant: Assistant) -> Reply:
    """The visitor said who they are: answer the last need again for them, or ask what they need."""
    unclear = assistant.table.roles["unclear"]
    last = [need for need in thread(turn, assistant) if need.name != unclear]
    audience = turn.memory.audience or UNKNOWN
    if last:
        told = [Need(need.name, turn.memory.speaker or UNKNOWN, _kept(need, turn)) for need in last]
        same = route_of(told[0], audience, assistant) == route_of(last[0], audience, assistant)
        if same and turn.was == audience:
            return reply(HEARD, turn, assistant)
        forgotten = {n: c for n, c in turn.memory.answered.items() if n not in turn.memory.needs}
        fresh = Turn(turn.intent, {}, turn.memory.having(answered=forgotten), turn.now)
        return _needs(fresh, told, assistant)
    key = "audience_about_child" if turn.first("about_child") and audience == "adult" else f"audience_{audience}"
    fresh = Turn(turn.intent, turn.entities, turn.memory.having(needs=[]), turn.now)
    return _said(key if key in assistant.routes else "audience_unknown", fresh, assistant)


def _kept(need: Need, turn: Turn) -> str:
    """Return the subject that stays when the speaker changes: a child who corrects it speaks of themself."""
    return ME if turn.memory.audience == CHILD and (turn.was != CHILD or turn.first("corrected")) else need.subject


def _listed(turn: Turn, assistant: Assistant) -> Reply:
    """The first, second, third or last of what was shown."""
    writer = Writer(assistant, turn.memory, turn.now)
    ordinal = turn.first("ordinal")
    shown = [s for s in turn.memory.shown if writer.directory.get(s)]
    if not shown:
        return _said(assistant.table.roles["choose"], turn, assistant)
    index = int(ordinal) if ordinal is not None else 0
    chosen = shown[index] if -len(shown) <= index < len(shown) else shown[-1]
    writer.about([])
    return answer_service(writer, [chosen], "expect")


def _said(key: str, turn: Turn, assistant: Assistant, asked: str | None = None) -> Reply:
    """Say fixed copy; where something was told before, the way to help stays (docs: Never 4 and 9)."""
    writer = Writer(assistant, turn.memory, turn.now)
    audience = turn.memory.audience or UNKNOWN
    route = assistant.routes.route(key, audience)
    told = [] if key == assistant.table.roles["start_over"] else thread(turn, assistant)
    opening = writer.fresh(route.now, assistant.copy("here", audience).now)
    again = opening != route.now
    if told:
        writer.loud = assistant.urgent(told[0].name)
        writer.say(opening)
        writer.way(route_of(told[0], audience, assistant).now, audience)
    else:
        writer.say(opening, *(() if again else route.say))
        writer.show([] if again else [(service.id, service.why) for service in route.services], first=CARDS)
        writer.quiet(audience)
    writer.offer(assistant.tap(name, audience) for name in turn.entities.get("tap", []))
    writer.offer(route.choices)
    offers_audience = any(choice.startswith("audience_") for choice in route.choices)
    writer.ask(asked or ("audience" if offers_audience else None))
    writer.about([])
    return writer.finish("" if told else route.next)
